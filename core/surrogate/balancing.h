// SPDX-License-Identifier: GPL-3.0-or-later
// Dropping rows where targets crowd, so that rare values count as much as common ones.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace ionscape::surrogate {

/// Entropy of the histogram of equal bins between the extremes over its largest value: 1 for a flat one, 0
/// when all is in one bin.
double evenness(const Eigen::VectorXd& y, int bins = 10);

struct BalancingOptions {
    int bins = 10;
    double evenness = 0.95;       ///< enough when the histogram is as flat as that
    Eigen::Index leastRows = 30;  ///< never fewer than these are kept
};

/// Rows to keep, ascending: of the two rows whose targets lie closest to each other, the one that lies closer
/// to its other neighbour is dropped, again and again, until the histogram is flat enough or few rows are
/// left (Fu et al., npj Comput. Mater. 12, 178 (2026)). The extremes stay. Throws InputError for targets that
/// are not finite and for fewer than two bins.
std::vector<Eigen::Index> balancedRows(const Eigen::VectorXd& y, const BalancingOptions& options = {});

}  // namespace ionscape::surrogate
