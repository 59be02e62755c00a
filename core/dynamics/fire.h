// SPDX-License-Identifier: GPL-3.0-or-later
// The FIRE 2.0 iteration on a plain vector of coordinates.
#pragma once

#include "core/dynamics/minimiser.h"

namespace ionscape::dynamics {

/// Fast inertial relaxation engine with semi-implicit Euler integration, mixing before the move and a half
/// step back uphill (Guénolé et al., Comput. Mater. Sci. 175, 109584 (2020), with the parameters recommended
/// there). Unit masses; the unit of time is then Å/√eV.
class Fire final : public Minimiser {
  public:
    explicit Fire(Eigen::Index coordinates) : velocity_(Eigen::VectorXd::Zero(coordinates)) {}

    /// The velocity is shortened with a move that `limit` shortens, so that the next one starts from what was
    /// really done. The energy is not looked at.
    Eigen::VectorXd move(double energy, const Eigen::VectorXd& force, const Limit& limit) override;

  private:
    Eigen::VectorXd velocity_;
    double timestep_ = 0.1;
    double mixing_ = 0.25;
    int downhill_ = 0;  ///< moves since the power was last negative
    int moves_ = 0;
};

}  // namespace ionscape::dynamics
