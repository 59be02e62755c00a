// SPDX-License-Identifier: GPL-3.0-or-later
// How good predictions are.
#pragma once

#include <Eigen/Core>
#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace ionscape::surrogate {

/// Of predictions against targets; in the target's unit where it has one.
struct Metrics {
    std::size_t n = 0;
    /// 1 − Σ(y − ŷ)²/Σ(y − ȳ)²; 0 where the targets do not vary.
    double r2 = 0.0;
    double mae = 0.0;
    double rmse = 0.0;
    double maxAe = 0.0;
    /// Rank correlation, ties at their mean rank; 0 where one side does not vary.
    double spearman = 0.0;
};

/// Throws InputError for lengths that differ and for no rows.
Metrics metricsOf(const Eigen::VectorXd& y, const Eigen::VectorXd& predicted);

/// Ranks from 1, equal values at the mean of theirs.
Eigen::VectorXd ranks(const Eigen::VectorXd& values);

/// Pearson's r; 0 where one side does not vary.
double pearson(const Eigen::VectorXd& a, const Eigen::VectorXd& b);

/// Pearson's r of all pairs of columns.
Eigen::MatrixXd correlationMatrix(const Eigen::MatrixXd& x);

nlohmann::json toJson(const Metrics& metrics);
Metrics metricsFromJson(const nlohmann::json& object);

}  // namespace ionscape::surrogate
