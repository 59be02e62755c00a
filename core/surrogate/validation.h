// SPDX-License-Identifier: GPL-3.0-or-later
// Errors of a model on rows that it has not seen: k-fold, leave one group out.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/surrogate/metrics.h"
#include "core/surrogate/regressor.h"

namespace ionscape::surrogate {

/// A part of the rows that is predicted from others.
struct Fold {
    std::string name;  ///< "fold 3", "without Nb"
    std::vector<Eigen::Index> training, test;
};

/// How many units there are (SurrogateTable::units): what folds can separate.
Eigen::Index separableRows(const SurrogateTable& table);

/// Random parts of nearly equal numbers of units, each predicted from the rest: what is nearly the same is
/// never on both sides. Throws InputError unless 2 ≤ k ≤ separableRows().
std::vector<Fold> kFold(const SurrogateTable& table, int k, std::uint64_t seed);

/// One random split: a share of the rows is tested, at least one; units stay together.
Fold holdOut(const SurrogateTable& table, double testShare, std::uint64_t seed);

/// For every group, its rows predicted from those that are not in it: all compositions with Nb from those
/// without. Groups that leave fewer than `leastTraining` rows are left out. Throws InputError when none is
/// left.
std::vector<Fold> leaveOneGroupOut(const SurrogateTable& table, std::string_view grouping,
                                   Eigen::Index leastTraining = 10);

/// What one fold gave.
struct FoldResult {
    std::string name;
    std::vector<Eigen::Index> rows;  ///< of the table, that were tested
    Prediction predicted;            ///< one each
    Metrics metrics;
    Metrics training;                        ///< of the same model on the rows it learnt from
    std::shared_ptr<const Regressor> model;  ///< that predicted them
};

struct CrossValidation {
    std::vector<FoldResult> folds;
    /// All tested rows together; a row counts as often as it was tested.
    Metrics metrics;
    /// Tested rows and their predictions in the order of the folds.
    std::vector<Eigen::Index> rows;
    Eigen::VectorXd y;
    Prediction predicted;
};

/// Done to a model before it learns these rows: the choice of its settings. What is tested afterwards must
/// not have taken part in it.
using Preparation =
    std::function<void(Regressor& model, const SurrogateTable& training, const std::stop_token& stop)>;

/// Prepares and fits a fresh model of the same kind and settings for each fold. Throws InputError, Cancelled.
CrossValidation crossValidate(const Regressor& model, const SurrogateTable& table,
                              const std::vector<Fold>& folds, std::uint64_t seed,
                              const std::stop_token& stop = {}, ProgressSink* progress = nullptr,
                              const Preparation& prepare = {});

}  // namespace ionscape::surrogate
