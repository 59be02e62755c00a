// SPDX-License-Identifier: GPL-3.0-or-later
// Minimising a smooth function of a few dozen variables with its gradient.
#pragma once

#include <Eigen/Core>
#include <functional>

namespace ionscape::surrogate {

struct Minimum {
    Eigen::VectorXd x;
    double value = 0.0;
    int iterations = 0;
};

/// Value at x; fills the gradient. A value that is not finite marks a place that cannot be.
using SmoothFunction = std::function<double(const Eigen::VectorXd& x, Eigen::VectorXd& gradient)>;

/// L-BFGS with a line search for Armijo's condition (Nocedal & Wright, Numerical Optimization, 2nd ed.,
/// algorithm 7.5). Ends when the largest component of the gradient is below `tolerance`, when a step no
/// longer helps, or after `iterations`.
Minimum minimise(const SmoothFunction& function, Eigen::VectorXd start, int iterations = 100,
                 double tolerance = 1e-4);

}  // namespace ionscape::surrogate
