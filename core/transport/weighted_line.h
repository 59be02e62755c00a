// SPDX-License-Identifier: GPL-3.0-or-later
// Weighted least squares of a straight line. Internal to core/transport.
#pragma once

#include <Eigen/Core>

namespace ionscape::transport {

struct WeightedLine {
    double intercept = 0.0, slope = 0.0;
    /// Σ w (y − line)².
    double chiSquared = 0.0;
    /// Of (intercept, slope) when the weights are inverse variances.
    Eigen::Matrix2d covariance;

    double at(double x) const { return intercept + slope * x; }
};

/// At least two different x and positive weights.
WeightedLine weightedLine(const Eigen::ArrayXd& x, const Eigen::ArrayXd& y, const Eigen::ArrayXd& weights);

}  // namespace ionscape::transport
