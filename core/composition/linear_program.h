// SPDX-License-Identifier: GPL-3.0-or-later
// Small dense linear programs, solved by the simplex method: the ground states of mixtures.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace ionscape::composition {

struct LinearProgramResult {
    bool feasible = false;
    double value = 0.0;
    Eigen::VectorXd solution;  ///< ≥ 0; a vertex, with no more positive entries than constraints
    /// Lagrange multipliers of the constraints: with energies as costs the chemical potentials.
    Eigen::VectorXd multipliers;
};

/// Minimises costs·x subject to constraints · x = right and x ≥ 0. Two phases on a dense tableau with Bland's
/// rule (Math. Oper. Res. 2, 103 (1977)), which ends for degenerate programs too; constraints may depend on
/// each other. Meant for some tens of constraints of entries near one and some thousands of variables. Throws
/// InputError for sizes that disagree, numbers that are not finite, and costs without a lower bound.
LinearProgramResult minimise(const Eigen::MatrixXd& constraints, const Eigen::VectorXd& right,
                             const Eigen::VectorXd& costs);

}  // namespace ionscape::composition
