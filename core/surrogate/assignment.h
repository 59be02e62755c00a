// SPDX-License-Identifier: GPL-3.0-or-later
// The assignment problem: one column for each row at the least total cost.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace ionscape::surrogate {

/// Column of each row of a square matrix of costs, by the shortest augmenting paths of Jonker & Volgenant,
/// Computing 38, 325 (1987): exact, O(n³).
std::vector<int> leastCostAssignment(const Eigen::MatrixXd& cost);

}  // namespace ionscape::surrogate
