// SPDX-License-Identifier: GPL-3.0-or-later
// Random search for the settings of a model (Bergstra & Bengio, J. Mach. Learn. Res. 13, 281 (2012)).
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/surrogate/validation.h"

namespace ionscape::surrogate {

struct SearchTrial {
    Settings settings;
    Metrics metrics;  ///< over all folds
};

struct SearchOptions {
    int trials = 30;
    std::uint64_t seed = 1;
    /// Setting values that stay as they are in the model given.
    std::vector<std::string> fixed = {};
};

/// Cross-validates the model as it is and then with `trials` random settings, all on the same folds; the
/// least RMSE first. The best of many trials looks better than it is: judge it on rows outside the folds, as
/// crossValidate() does with searchedSettings(). Throws InputError, Cancelled.
std::vector<SearchTrial> searchSettings(const Regressor& model, const SurrogateTable& table,
                                        const std::vector<Fold>& folds, const SearchOptions& options,
                                        const std::stop_token& stop = {}, ProgressSink* progress = nullptr);

/// Gives a model the best settings of a search on random parts of the rows that it is to learn, at most
/// `folds`.
Preparation searchedSettings(SearchOptions options, int folds);

}  // namespace ionscape::surrogate
