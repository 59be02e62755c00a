// SPDX-License-Identifier: GPL-3.0-or-later
// How stiff a crystal is, guessed from its bond lengths alone.
#pragma once

#include <Eigen/IterativeLinearSolvers>
#include <Eigen/SparseCore>

#include "core/crystal/structure.h"

namespace ionscape::dynamics {

/// Springs between neighbours that soften exponentially with their length: a Hessian good enough to
/// precondition a quasi-Newton relaxation, in the spirit of Packwood et al., J. Chem. Phys. 144, 164109
/// (2016), and Mones, Ortner & Csányi, Sci. Rep. 8, 13991 (2018). Stiff bonds (P–O) and soft directions (a
/// loosely held Li, an acoustic wave through a long cell) then ask for equally many steps.
class StiffnessModel {
  public:
    /// `cellCoordinates` coordinates of the cell follow the 3N of the atoms (x, y, z of each in turn). Throws
    /// InputError for two atoms at one point.
    StiffnessModel(const crystal::Structure& structure, Eigen::Index cellCoordinates);

    /// The move, Å, that takes back the gradient (eV/Å): K⁻¹ g.
    Eigen::VectorXd solve(const Eigen::VectorXd& gradient) const;

  private:
    Eigen::Index atomCoordinates_, cellCoordinates_;
    Eigen::SparseMatrix<double> springs_;
    // Not a direct solver: the factors of 10⁴ atoms in three dimensions take more than a minute.
    Eigen::ConjugateGradient<Eigen::SparseMatrix<double>, Eigen::Lower | Eigen::Upper,
                             Eigen::IncompleteCholesky<double>>
        solver_;
};

}  // namespace ionscape::dynamics
