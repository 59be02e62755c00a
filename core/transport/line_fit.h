// SPDX-License-Identifier: GPL-3.0-or-later
// Straight line through a mean squared displacement by generalised least squares. Internal to core/transport.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace ionscape::transport {

/// Σ over all pairs of origins of the number of steps that a displacement over n steps and one over m share,
/// to the power of 1 or 2, in a trajectory of `frames` frames. In closed form.
double sharedSteps(std::size_t n, std::size_t m, std::size_t frames, int power);

/// A line is linear in the MSD it is laid through, and so are its errors in the covariance of that.
struct LineFit {
    std::vector<std::size_t> lags;  ///< frames
    /// Slope (first row, per frame) and intercept from the MSD at `lags`.
    Eigen::Matrix2Xd weights;
    /// Variance of the slope relative to its square for one walker whose steps in all directions together are
    /// worth one Gaussian number: multiply by 1/(N d) for N walkers in d dimensions.
    double walkVariance = 0.0;
    /// The same for bursts: of steps whose square varies from frame to frame by its own square beyond what is
    /// Gaussian.
    double burstVariance = 0.0;

    /// Slope and intercept. \param msd  at all lags, also those not used
    Eigen::Vector2d line(const std::vector<double>& msd) const;
};

/// Weights from the exact covariance of random walkers over overlapping origins and between lags.
/// At most 40 of the given lags (ascending, at least three, below `frames`) are used, evenly spread.
LineFit lineFit(const std::vector<std::size_t>& lags, std::size_t frames);

}  // namespace ionscape::transport
