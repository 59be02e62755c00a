// SPDX-License-Identifier: GPL-3.0-or-later
// What each feature contributes to a prediction, for any model.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/surrogate/regressor.h"

namespace ionscape::surrogate {

struct ExplanationOptions {
    /// Pairs of orders of the features, for models that are sampled.
    int pairs = 100;
    /// At most so many background rows, spread over those given.
    int background = 64;
    std::uint64_t seed = 1;
};

/// SHAP values in the unit of the target.
struct Explanation {
    double base = 0.0;
    Eigen::MatrixXd values;  ///< rows × features; with the base a row sums to its prediction
    Eigen::MatrixXd errors;  ///< standard errors of sampling; zero for exact values
    bool isExact = true;
    std::string method;  ///< "TreeSHAP", "closed form", "all sets of features", "sampled orders of features"

    /// Mean |value| of each feature: the usual measure of importance.
    Eigen::RowVectorXd importance() const;
};

/// TreeSHAP for models of trees (whose background is in the trees); else Shapley values over `background`,
/// exact where there is a closed form (Regressor::closedShapley) and up to 8 features, sampled beyond, on all
/// cores. The same for any number of them. Throws InputError, Cancelled.
Explanation explain(const Regressor& model, const Eigen::MatrixXd& background, const Eigen::MatrixXd& x,
                    const ExplanationOptions& options = {}, const std::stop_token& stop = {},
                    ProgressSink* progress = nullptr);

/// By how much the error grows when the values of one feature are shuffled among the rows (Breiman 2001).
struct PermutationImportance {
    Eigen::RowVectorXd mean;       ///< growth of the RMSE, one a feature
    Eigen::RowVectorXd deviation;  ///< over the repeats
    double rmse = 0.0;             ///< with the values where they belong
};

/// \param table  rows with targets, better ones that the model has not seen
PermutationImportance permutationImportance(const Regressor& model, const SurrogateTable& table, int repeats,
                                            std::uint64_t seed, const std::stop_token& stop = {});

}  // namespace ionscape::surrogate
