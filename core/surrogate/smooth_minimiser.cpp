// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/smooth_minimiser.h"

#include <cmath>
#include <deque>
#include <vector>

namespace ionscape::surrogate {

namespace {

constexpr std::size_t memory = 10;
constexpr double longestStep = 2.0;

struct Pair {
    Eigen::VectorXd step, change;
    double curvature;
};

/// The two loops that multiply the gradient with the approximate inverse Hessian.
Eigen::VectorXd direction(const std::deque<Pair>& pairs, const Eigen::VectorXd& gradient) {
    Eigen::VectorXd q = -gradient;
    std::vector<double> alpha(pairs.size());
    for (std::size_t i = pairs.size(); i-- > 0;) {
        alpha[i] = pairs[i].step.dot(q) / pairs[i].curvature;
        q -= alpha[i] * pairs[i].change;
    }
    if (!pairs.empty()) q *= pairs.back().curvature / pairs.back().change.squaredNorm();
    for (std::size_t i = 0; i < pairs.size(); ++i)
        q += (alpha[i] - pairs[i].change.dot(q) / pairs[i].curvature) * pairs[i].step;
    return q;
}

}  // namespace

Minimum minimise(const SmoothFunction& function, Eigen::VectorXd start, int iterations, double tolerance) {
    Minimum at{std::move(start), 0.0, 0};
    Eigen::VectorXd gradient(at.x.size()), next(at.x.size());
    at.value = function(at.x, gradient);
    std::deque<Pair> pairs;
    while (at.iterations < iterations && gradient.cwiseAbs().maxCoeff() > tolerance) {
        Eigen::VectorXd way = direction(pairs, gradient);
        if (!(way.dot(gradient) < 0.0)) {
            pairs.clear();
            way = -gradient;
        }
        const double largest = way.cwiseAbs().maxCoeff();
        if (largest > longestStep) way *= longestStep / largest;
        const double slope = way.dot(gradient);
        double length = 1.0, value = 0.0;
        bool found = false;
        for (int tries = 0; tries < 30 && !found; ++tries, length *= 0.5) {
            value = function(at.x + length * way, next);
            found = std::isfinite(value) && value <= at.value + 1e-4 * length * slope;
            if (found) break;
        }
        if (!found) break;
        Pair pair{length * way, next - gradient, 0.0};
        pair.curvature = pair.step.dot(pair.change);
        if (pair.curvature > 1e-12 * pair.step.norm() * pair.change.norm()) {
            pairs.push_back(pair);
            if (pairs.size() > memory) pairs.pop_front();
        }
        const double gain = at.value - value;
        at.x += pair.step;
        at.value = value;
        gradient = next;
        ++at.iterations;
        if (gain < 1e-9 * (1.0 + std::abs(value))) break;
    }
    return at;
}

}  // namespace ionscape::surrogate
