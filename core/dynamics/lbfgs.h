// SPDX-License-Identifier: GPL-3.0-or-later
// The limited-memory BFGS iteration.
#pragma once

#include <deque>

#include "core/dynamics/minimiser.h"
#include "core/dynamics/stiffness_model.h"

namespace ionscape::dynamics {

/// Quasi-Newton steps from the last moves and changes of force (Nocedal, Math. Comput. 35, 773 (1980))
/// without a line search: one evaluation a move. The matrix that they correct is a model of the crystal's
/// stiffness. What was learnt is forgotten where the energy rose, and a pair that shows negative curvature is
/// not learnt from, so that the matrix stays positive definite.
class Lbfgs final : public Minimiser {
  public:
    /// As makeMinimiser().
    Lbfgs(const crystal::Structure& start, Eigen::Index cellCoordinates) : model_(start, cellCoordinates) {}
    Eigen::VectorXd move(double energy, const Eigen::VectorXd& force, const Limit& limit) override;

  private:
    struct Pair {
        Eigen::VectorXd step, change;  ///< of coordinates and of the gradient
        double inverse = 0.0;          ///< 1/(step · change)
        double scale = 1.0;            ///< of the model, so that it fits this pair
    };
    void learn(double energy, const Eigen::VectorXd& force);
    Eigen::VectorXd direction(const Eigen::VectorXd& force) const;

    StiffnessModel model_;
    std::deque<Pair> pairs_;
    Eigen::VectorXd lastStep_, lastForce_;
    double lastEnergy_ = 0.0;
};

}  // namespace ionscape::dynamics
