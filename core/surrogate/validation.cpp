// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"

namespace ionscape::surrogate {

namespace {

std::vector<Eigen::Index> shuffledRows(Eigen::Index rows, std::uint64_t seed) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(rows));
    std::iota(order.begin(), order.end(), Eigen::Index(0));
    RandomStream random(seed, "folds");
    random.shuffle(order);
    return order;
}

/// Tested are order[begin, end), ascending; the rest is for training.
Fold foldOf(std::string name, const std::vector<Eigen::Index>& order, std::size_t begin, std::size_t end) {
    Fold fold{std::move(name), {}, {}};
    for (std::size_t i = 0; i < order.size(); ++i)
        (i >= begin && i < end ? fold.test : fold.training).push_back(order[i]);
    std::sort(fold.test.begin(), fold.test.end());
    std::sort(fold.training.begin(), fold.training.end());
    return fold;
}

}  // namespace

std::vector<Fold> kFold(Eigen::Index rows, int k, std::uint64_t seed) {
    if (k < 2 || k > rows)
        throw InputError(fmt::format("{} rows cannot be split into {} folds; take 2 to {}", rows, k, rows));
    const auto order = shuffledRows(rows, seed);
    std::vector<Fold> folds;
    const auto n = order.size(), parts = static_cast<std::size_t>(k);
    for (std::size_t i = 0; i < parts; ++i)
        folds.push_back(foldOf(fmt::format("fold {}", i + 1), order, i * n / parts, (i + 1) * n / parts));
    return folds;
}

Fold holdOut(Eigen::Index rows, double testShare, std::uint64_t seed) {
    if (!(testShare > 0.0 && testShare < 1.0) || rows < 2)
        throw InputError(
            fmt::format("{:g} of {} rows cannot be held out; take a share between 0 and 1", testShare, rows));
    const auto test =
        std::clamp(static_cast<Eigen::Index>(std::lround(testShare * static_cast<double>(rows))),
                   Eigen::Index(1), rows - 1);
    return foldOf("held out", shuffledRows(rows, seed), 0, static_cast<std::size_t>(test));
}

std::vector<Fold> leaveOneGroupOut(const SurrogateTable& table, std::string_view name,
                                   Eigen::Index leastTraining) {
    const auto& grouping = table.grouping(name);
    std::set<std::string> groups;
    for (const auto& of : grouping.groupsOfRow)
        groups.insert(of.begin(), of.end());
    std::vector<Fold> folds;
    for (const auto& group : groups) {
        Fold fold{"without " + group, {}, {}};
        for (Eigen::Index i = 0; i < table.rows(); ++i) {
            const auto& of = grouping.groupsOfRow[static_cast<std::size_t>(i)];
            const bool isIn = std::find(of.begin(), of.end(), group) != of.end();
            (isIn ? fold.test : fold.training).push_back(i);
        }
        if (static_cast<Eigen::Index>(fold.training.size()) >= std::max<Eigen::Index>(3, leastTraining))
            folds.push_back(std::move(fold));
    }
    if (folds.empty()) {
        throw InputError(fmt::format("no group by {} leaves {} rows to learn from", name,
                                     std::max<Eigen::Index>(3, leastTraining)));
    }
    return folds;
}

CrossValidation crossValidate(const Regressor& model, const SurrogateTable& table,
                              const std::vector<Fold>& folds, std::uint64_t seed, const std::stop_token& stop,
                              ProgressSink* progress) {
    if (folds.empty()) throw InputError("there are no folds to validate with");
    table.validate(true);
    CrossValidation result;
    for (std::size_t f = 0; f < folds.size(); ++f) {
        if (progress) {
            progress->report("validate", static_cast<std::int64_t>(f),
                             static_cast<std::int64_t>(folds.size()), folds[f].name);
        }
        const auto training = table.subset(folds[f].training);
        const auto each = model.fresh();
        each->fit(training, seed, stop);
        FoldResult fold{
            folds[f].name, folds[f].test, each->predict(table.x(folds[f].test, Eigen::all)), {}, {}};
        fold.metrics = metricsOf(table.y(folds[f].test), fold.predicted.mean);
        fold.training = metricsOf(training.y, each->predictMean(training.x));
        result.rows.insert(result.rows.end(), fold.rows.begin(), fold.rows.end());
        result.folds.push_back(std::move(fold));
    }
    const auto n = static_cast<Eigen::Index>(result.rows.size());
    result.y = table.y(result.rows);
    result.predicted = {Eigen::VectorXd(n), Eigen::VectorXd(n)};
    Eigen::Index at = 0;
    for (const auto& fold : result.folds) {
        const auto m = fold.predicted.mean.size();
        result.predicted.mean.segment(at, m) = fold.predicted.mean;
        result.predicted.standardDeviation.segment(at, m) = fold.predicted.standardDeviation;
        at += m;
    }
    result.metrics = metricsOf(result.y, result.predicted.mean);
    return result;
}

}  // namespace ionscape::surrogate
