// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/fire.h"

#include <algorithm>

namespace ionscape::dynamics {

namespace {
constexpr double largestTimestep = 1.0;
constexpr double smallestTimestep = 0.002;
constexpr double startMixing = 0.25;
constexpr double mixingDecay = 0.99;
constexpr double timestepGrowth = 1.1;
constexpr double timestepCut = 0.5;
constexpr int delay = 20;  // moves before the time step may grow, and before it may first be cut
}  // namespace

Eigen::VectorXd Fire::move(double, const Eigen::VectorXd& force, const Limit& limit) {
    Eigen::VectorXd step = Eigen::VectorXd::Zero(force.size());
    if (force.dot(velocity_) > 0.0) {
        if (++downhill_ > delay) {
            timestep_ = std::min(timestep_ * timestepGrowth, largestTimestep);
            mixing_ *= mixingDecay;
        }
    } else {
        downhill_ = 0;
        if (moves_ >= delay) timestep_ = std::max(timestep_ * timestepCut, smallestTimestep);
        mixing_ = startMixing;
        step -= 0.5 * timestep_ * velocity_;
        velocity_.setZero();
    }
    ++moves_;

    velocity_ += timestep_ * force;
    const double norm = force.norm();
    if (norm > 0.0) velocity_ = (1.0 - mixing_) * velocity_ + (mixing_ * velocity_.norm() / norm) * force;
    step += timestep_ * velocity_;
    const double factor = limit(step);
    velocity_ *= factor;
    return factor * step;
}

}  // namespace ionscape::dynamics
