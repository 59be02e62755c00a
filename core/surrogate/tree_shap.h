// SPDX-License-Identifier: GPL-3.0-or-later
// Exact Shapley values of sums of trees in polynomial time (TreeSHAP).
#pragma once

#include <Eigen/Core>
#include <stop_token>

#include "core/base/progress.h"
#include "core/surrogate/tree_ensemble.h"

namespace ionscape::surrogate {

/// Shapley values of the game whose value for a set of features is the mean of the trees over the rest, each
/// branch weighted by the training rows that took it (Lundberg, Erion & Lee, arXiv:1802.03888; algorithm 2).
/// rows × features, in the unit of the target: a row of it and TreeEnsemble::expectedValue() sum to the
/// prediction. Throws Cancelled.
Eigen::MatrixXd treeShap(const TreeEnsemble& trees, const Eigen::MatrixXd& x,
                         const std::stop_token& stop = {}, ProgressSink* progress = nullptr);

/// SHAP interaction values of one row, features × features: the diagonal holds what a feature does by itself,
/// (i, j) half of what i and j do together, each row sums to the feature's SHAP value (ibid., section 4).
/// Throws Cancelled.
Eigen::MatrixXd treeShapInteractions(const TreeEnsemble& trees, const Eigen::RowVectorXd& row,
                                     const std::stop_token& stop = {});

}  // namespace ionscape::surrogate
