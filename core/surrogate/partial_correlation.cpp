// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/partial_correlation.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "core/base/random.h"

namespace ionscape::surrogate {

namespace {

/// What a line through the (centred) control leaves of the values, of length one; zeros when that is nothing.
Eigen::VectorXd rest(const Eigen::VectorXd& values, const Eigen::VectorXd& control) {
    const Eigen::VectorXd centred = values.array() - values.mean();
    const double power = control.squaredNorm();
    Eigen::VectorXd left = centred;
    if (power > 0.0) left -= centred.dot(control) / power * control;
    // The rounding of a mean and of a product.
    const double smallest = 1e-9 * std::max(centred.norm(), 1e-3 * values.norm());
    if (left.norm() <= smallest) return Eigen::VectorXd::Zero(values.size());
    return left.normalized();
}

}  // namespace

PartialCorrelations partialCorrelations(const Eigen::MatrixXd& x, const Eigen::VectorXd& y,
                                        const Eigen::VectorXd& control, std::uint64_t seed, int shuffles) {
    const Eigen::VectorXd centred = control.array() - control.mean();
    Eigen::MatrixXd features(x.rows(), x.cols());
    for (Eigen::Index j = 0; j < x.cols(); ++j)
        features.col(j) = rest(x.col(j), centred);
    Eigen::VectorXd target = rest(y, centred);
    PartialCorrelations result;
    result.r = features.transpose() * target;
    RandomStream random(seed, "partial correlation");
    std::vector<Eigen::Index> order(static_cast<std::size_t>(y.size()));
    std::iota(order.begin(), order.end(), Eigen::Index(0));
    std::vector<double> largest;
    for (int s = 0; s < shuffles; ++s) {
        random.shuffle(order);
        largest.push_back((features.transpose() * target(order)).cwiseAbs().maxCoeff());
    }
    if (largest.empty()) return result;
    const auto at = largest.begin() + static_cast<std::ptrdiff_t>(0.95 * static_cast<double>(largest.size()));
    std::nth_element(largest.begin(), at, largest.end());
    result.chance95 = *at;
    return result;
}

}  // namespace ionscape::surrogate
