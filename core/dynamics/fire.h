// SPDX-License-Identifier: GPL-3.0-or-later
// The FIRE 2.0 iteration on a plain vector of coordinates.
#pragma once

#include <Eigen/Core>
#include <functional>

namespace ionscape::dynamics {

/// Fast inertial relaxation engine with semi-implicit Euler integration, mixing before the move and a half
/// step back uphill (Guénolé et al., Comput. Mater. Sci. 175, 109584 (2020), with the parameters recommended
/// there). Unit masses; the unit of time is then Å/√eV.
class Fire {
  public:
    explicit Fire(Eigen::Index coordinates) : velocity_(Eigen::VectorXd::Zero(coordinates)) {}

    /// The move for the force at the present point. `limit` returns the factor (0, 1] a proposed move has to
    /// be shortened by; the velocity is shortened with it so that the next move starts from what was really
    /// done.
    Eigen::VectorXd move(const Eigen::VectorXd& force,
                         const std::function<double(const Eigen::VectorXd&)>& limit);

  private:
    Eigen::VectorXd velocity_;
    double timestep_ = 0.1;
    double mixing_ = 0.25;
    int downhill_ = 0;  ///< moves since the power was last negative
    int moves_ = 0;
};

}  // namespace ionscape::dynamics
