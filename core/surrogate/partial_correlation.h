// SPDX-License-Identifier: GPL-3.0-or-later
// What features have to do with a target beyond one quantity that explains much of both.
#pragma once

#include <Eigen/Core>
#include <cstdint>

namespace ionscape::surrogate {

struct PartialCorrelations {
    Eigen::VectorXd r;  ///< one a feature; 0 where the control leaves nothing of it
    /// What the largest |r| of all features stays below in 95 % of shuffles: smaller ones may be chance
    /// (Westfall & Young, Resampling-Based Multiple Testing, 1993).
    double chance95 = 0.0;
};

/// Pearson's r of each column of `x` with `y` after straight lines through `control` are taken from both. The
/// shuffles permute the rest of y (Freedman & Lane, J. Bus. Econ. Stat. 1, 292 (1983)).
PartialCorrelations partialCorrelations(const Eigen::MatrixXd& x, const Eigen::VectorXd& y,
                                        const Eigen::VectorXd& control, std::uint64_t seed,
                                        int shuffles = 1000);

}  // namespace ionscape::surrogate
