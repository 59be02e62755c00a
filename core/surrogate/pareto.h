// SPDX-License-Identifier: GPL-3.0-or-later
// Compositions that nothing beats in every objective at once, and how much they cover.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace ionscape::surrogate {

/// rows × objectives; `maximise` says for each objective whether large values are good.
struct Objectives {
    Eigen::MatrixXd values;
    std::vector<bool> maximise;
};

/// The front of each row: 0 for those that no other row dominates (is as good in all objectives and better in
/// one), 1 for those that only front 0 dominates, and so on (Deb et al., IEEE Trans. Evol. Comput. 6, 182
/// (2002)). Throws InputError for sizes that do not fit and values that are not finite.
std::vector<int> paretoFronts(const Objectives& objectives);

/// Rows of front 0, ascending.
std::vector<Eigen::Index> paretoFront(const Objectives& objectives);

/// Volume that the rows dominate up to `reference`, a point that is worse in every objective; rows that are
/// not better than it everywhere do not count. Exact: sweeps in two and three dimensions, beyond that the WFG
/// algorithm (While, Bradstreet & Barone, IEEE Trans. Evol. Comput. 16, 86 (2012)). Throws InputError.
double hypervolume(const Objectives& objectives, const Eigen::RowVectorXd& reference);

/// The worst value of each objective over the rows, moved on by `margin` of its range: a usual reference.
Eigen::RowVectorXd worstPoint(const Objectives& objectives, double margin = 0.1);

}  // namespace ionscape::surrogate
