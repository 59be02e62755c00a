// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/line_fit.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>

namespace ionscape::transport {

namespace {

/// More lags than this add no information: neighbouring ones share nearly all their displacements.
constexpr std::size_t mostLags = 40;
/// Nugget on the covariance's diagonal. Without it the weights of neighbouring lags become huge and of
/// opposite sign and would amplify whatever real ions do besides walking at random (vibrations). The error
/// bar knows of it.
constexpr double nugget = 1e-4;

/// Σ of x^power for x = 1..last.
double powerSum(double last, int power) {
    const double triangle = last * (last + 1.0) / 2.0;
    if (power == 1) return triangle;
    if (power == 2) return triangle * (2.0 * last + 1.0) / 3.0;
    return triangle * triangle;
}

std::vector<std::size_t> thinned(const std::vector<std::size_t>& lags) {
    if (lags.size() <= mostLags) return lags;
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < mostLags; ++i)
        kept.push_back(lags[i * (lags.size() - 1) / (mostLags - 1)]);
    return kept;
}

Eigen::MatrixXd sharedStepMatrix(const std::vector<std::size_t>& lags, std::size_t frames, int power) {
    const auto size = static_cast<Eigen::Index>(lags.size());
    Eigen::MatrixXd matrix(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        for (Eigen::Index j = 0; j <= i; ++j) {
            const std::size_t n = lags[static_cast<std::size_t>(i)], m = lags[static_cast<std::size_t>(j)];
            const double origins = static_cast<double>(frames - n) * static_cast<double>(frames - m);
            matrix(i, j) = matrix(j, i) = sharedSteps(n, m, frames, power) / origins;
        }
    }
    return matrix;
}

}  // namespace

double sharedSteps(std::size_t n, std::size_t m, std::size_t frames, int power) {
    const auto longer = static_cast<double>(std::max(n, m)), shorter = static_cast<double>(std::min(n, m));
    const double origins = static_cast<double>(frames) - longer;
    const double raise = power == 1 ? shorter : shorter * shorter;
    // All the shorter one's steps are shared: it starts 0 to longer − shorter frames after the longer one …
    double sum = (longer - shorter + 1.0) * origins * raise;
    // … or x < shorter of them, at either end, where each frame of shift costs a pair of origins.
    const double lost = origins - shorter;
    const double first = std::max(0.0, -lost);
    if (first < shorter - 1.0) {
        const auto between = [&](int p) { return powerSum(shorter - 1.0, p) - powerSum(first, p); };
        sum += 2.0 * (lost * between(power) + between(power + 1));
    }
    return sum;
}

Eigen::Vector2d LineFit::line(const std::vector<double>& msd) const {
    Eigen::Vector2d result = Eigen::Vector2d::Zero();
    for (std::size_t i = 0; i < lags.size(); ++i)
        result += weights.col(static_cast<Eigen::Index>(i)) * msd[lags[i]];
    return result;
}

LineFit lineFit(const std::vector<std::size_t>& lags, std::size_t frames) {
    LineFit fit;
    fit.lags = thinned(lags);
    const auto size = static_cast<Eigen::Index>(fit.lags.size());
    Eigen::MatrixXd design(size, 2);
    for (Eigen::Index i = 0; i < size; ++i) {
        design(i, 0) = static_cast<double>(fit.lags[static_cast<std::size_t>(i)]);
        design(i, 1) = 1.0;
    }
    const Eigen::MatrixXd covariance = sharedStepMatrix(fit.lags, frames, 2);
    Eigen::MatrixXd regularised = covariance;
    regularised.diagonal() *= 1.0 + nugget;
    const Eigen::MatrixXd weighted = regularised.ldlt().solve(design);
    fit.weights = (design.transpose() * weighted).inverse() * weighted.transpose();
    const Eigen::RowVectorXd slope = fit.weights.row(0);
    // Displacements are Gaussian, so the variance of a squared one is twice the square of its variance.
    fit.walkVariance = 2.0 * std::max(0.0, slope.dot(covariance * slope.transpose()));
    fit.burstVariance = std::max(0.0, slope.dot(sharedStepMatrix(fit.lags, frames, 1) * slope.transpose()));
    return fit;
}

}  // namespace ionscape::transport
