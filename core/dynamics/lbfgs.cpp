// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/lbfgs.h"

namespace ionscape::dynamics {

namespace {
constexpr std::size_t memory = 20;
/// A rise of the energy that single precision may make by itself, eV.
constexpr double negligibleRise = 1e-4;
}  // namespace

void Lbfgs::learn(double energy, const Eigen::VectorXd& force) {
    if (lastStep_.size() != force.size()) return;
    if (energy > lastEnergy_ + negligibleRise) {
        pairs_.clear();
        return;
    }
    Pair pair{lastStep_, lastForce_ - force};
    const double curvature = pair.step.dot(pair.change);
    if (!(curvature > 1e-10 * pair.step.norm() * pair.change.norm())) return;
    pair.inverse = 1.0 / curvature;
    pair.scale = curvature / pair.change.dot(model_.solve(pair.change));
    pairs_.push_back(std::move(pair));
    if (pairs_.size() > memory) pairs_.pop_front();
}

Eigen::VectorXd Lbfgs::direction(const Eigen::VectorXd& force) const {
    // The two loops of Nocedal & Wright, Numerical Optimization, algorithm 7.4.
    Eigen::VectorXd q = -force;
    std::vector<double> alpha(pairs_.size());
    for (std::size_t i = pairs_.size(); i-- > 0;) {
        alpha[i] = pairs_[i].inverse * pairs_[i].step.dot(q);
        q -= alpha[i] * pairs_[i].change;
    }
    q = model_.solve(q) * (pairs_.empty() ? 1.0 : pairs_.back().scale);
    for (std::size_t i = 0; i < pairs_.size(); ++i)
        q += (alpha[i] - pairs_[i].inverse * pairs_[i].change.dot(q)) * pairs_[i].step;
    return -q;
}

Eigen::VectorXd Lbfgs::move(double energy, const Eigen::VectorXd& force, const Limit& limit) {
    learn(energy, force);
    Eigen::VectorXd step = direction(force);
    step *= limit(step);
    lastStep_ = step;
    lastForce_ = force;
    lastEnergy_ = energy;
    return step;
}

}  // namespace ionscape::dynamics
