// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/settings_search.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/random.h"

namespace ionscape::surrogate {

std::vector<SearchTrial> searchSettings(const Regressor& model, const SurrogateTable& table,
                                        const std::vector<Fold>& folds, const SearchOptions& options,
                                        const std::stop_token& stop, ProgressSink* progress) {
    if (options.trials < 1) throw InputError("a search needs a trial or more");
    RandomStream random(options.seed, "settings");
    std::vector<SearchTrial> trials;
    double best = 0.0;
    for (int t = 0; t <= options.trials; ++t) {
        if (progress) {
            progress->report("search", t, options.trials + 1,
                             t == 0 ? std::string() : fmt::format("least RMSE {:.4g}", best));
        }
        auto trial = model.fresh();
        if (t > 0) {
            trial->settings().randomise(random);
            for (const auto& name : options.fixed)
                trial->settings().set(name, model.settings().value(name));
        }
        const auto result = crossValidate(*trial, table, folds, options.seed, stop);
        trials.push_back({trial->settings(), result.metrics});
        best = t == 0 ? result.metrics.rmse : std::min(best, result.metrics.rmse);
    }
    std::stable_sort(trials.begin(), trials.end(), [](const SearchTrial& a, const SearchTrial& b) {
        return a.metrics.rmse < b.metrics.rmse;
    });
    return trials;
}

Preparation searchedSettings(SearchOptions options, int folds) {
    return [options = std::move(options), folds](Regressor& model, const SurrogateTable& training,
                                                 const std::stop_token& stop) {
        const auto parts =
            kFold(training, std::min<int>(folds, static_cast<int>(separableRows(training))), options.seed);
        model.settings() = searchSettings(model, training, parts, options, stop).front().settings;
    };
}

}  // namespace ionscape::surrogate
