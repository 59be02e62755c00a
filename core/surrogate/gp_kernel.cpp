// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/gp_kernel.h"

#include <Eigen/Cholesky>
#include <cmath>
#include <limits>

#include "core/base/units.h"

namespace ionscape::surrogate {

namespace {

Eigen::MatrixXd squaredDistances(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
    Eigen::MatrixXd d = -2.0 * a * b.transpose();
    d.colwise() += a.rowwise().squaredNorm();
    d.rowwise() += b.rowwise().squaredNorm().transpose();
    return d.cwiseMax(0.0);
}

/// shape(r) for squared distances.
Eigen::MatrixXd shaped(KernelShape shape, const Eigen::MatrixXd& squares) {
    if (shape == KernelShape::SquaredExponential) return (-0.5 * squares.array()).exp();
    const Eigen::ArrayXXd a = (5.0 * squares.array()).sqrt();
    return (1.0 + a + a.square() / 3.0) * (-a).exp();
}

/// ∂shape/∂log length_j = this · ((x_j − x'_j)/length_j)².
Eigen::MatrixXd slope(KernelShape shape, const Eigen::MatrixXd& squares) {
    if (shape == KernelShape::SquaredExponential) return (-0.5 * squares.array()).exp();
    const Eigen::ArrayXXd a = (5.0 * squares.array()).sqrt();
    return 5.0 / 3.0 * (1.0 + a) * (-a).exp();
}

}  // namespace

Eigen::VectorXd Kernel::parameters() const {
    Eigen::VectorXd p(lengths.size() + 2);
    p.head(lengths.size()) = lengths.array().log().matrix().transpose();
    p[lengths.size()] = std::log(amplitude);
    p[lengths.size() + 1] = std::log(noise);
    return p;
}

void Kernel::setParameters(const Eigen::VectorXd& p) {
    const auto d = p.size() - 2;
    lengths = p.head(d).array().exp().matrix().transpose();
    amplitude = std::exp(p[d]);
    noise = std::exp(p[d + 1]);
}

Eigen::MatrixXd Kernel::covariance(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) const {
    const Eigen::MatrixXd u = a.array().rowwise() / lengths.array(),
                          v = b.array().rowwise() / lengths.array();
    return amplitude * amplitude * shaped(shape, squaredDistances(u, v));
}

Eigen::MatrixXd Kernel::covarianceOnPath(const Eigen::RowVectorXd& from, const Eigen::RowVectorXd& to,
                                         const std::vector<Eigen::Index>& order,
                                         const Eigen::MatrixXd& b) const {
    const Eigen::RowVectorXd inverse = lengths.cwiseInverse();
    const auto squares = [&](const Eigen::RowVectorXd& row) -> Eigen::ArrayXXd {
        return ((b.rowwise() - row).array().rowwise() * inverse.array()).square();
    };
    const Eigen::ArrayXXd before = squares(from), after = squares(to);
    // Points of the path are columns: one lies after the other in memory.
    Eigen::MatrixXd distances(b.rows(), from.size() + 1);
    distances.col(0) = before.rowwise().sum();
    for (Eigen::Index step = 0; step < from.size(); ++step) {
        const auto j = order[static_cast<std::size_t>(step)];
        distances.col(step + 1) = distances.col(step).array() + after.col(j) - before.col(j);
    }
    return amplitude * amplitude * shaped(shape, distances.cwiseMax(0.0)).transpose();
}

double logMarginalLikelihood(const Kernel& kernel, const Eigen::MatrixXd& x, const Eigen::VectorXd& y,
                             const Eigen::VectorXd& ownVariance, Eigen::VectorXd& gradient) {
    const auto n = x.rows(), d = x.cols();
    const double power = kernel.amplitude * kernel.amplitude;
    const Eigen::MatrixXd u = x.array().rowwise() / kernel.lengths.array();
    const Eigen::MatrixXd squares = squaredDistances(u, u);
    const Eigen::MatrixXd clean = power * shaped(kernel.shape, squares);
    Eigen::MatrixXd noisy = clean;
    // A trace of the power keeps the factorisation sound where rows nearly coincide.
    noisy.diagonal().array() += kernel.noise * kernel.noise + 1e-10 * power;
    if (ownVariance.size() > 0) noisy.diagonal() += ownVariance;
    const Eigen::LLT<Eigen::MatrixXd> factor(noisy);
    gradient = Eigen::VectorXd::Zero(d + 2);
    const Eigen::VectorXd diagonal = factor.matrixLLT().diagonal();
    if (factor.info() != Eigen::Success || !(diagonal.minCoeff() > 0.0))
        return -std::numeric_limits<double>::infinity();
    const Eigen::VectorXd alpha = factor.solve(y);
    // ½ tr((ααᵀ − K⁻¹) ∂K/∂θ) for all θ from the one matrix.
    const Eigen::MatrixXd w = alpha * alpha.transpose() - factor.solve(Eigen::MatrixXd::Identity(n, n));
    const Eigen::MatrixXd m = power * w.cwiseProduct(slope(kernel.shape, squares));
    // Σ_ik m_ik (u_ij − u_kj)² = 2 Σ_i u_ij² Σ_k m_ik − 2 Σ_ik u_ij m_ik u_kj
    const Eigen::VectorXd sums = m.rowwise().sum();
    const Eigen::MatrixXd mu = m * u;
    for (Eigen::Index j = 0; j < d; ++j)
        gradient[j] = sums.dot(u.col(j).cwiseAbs2()) - u.col(j).dot(mu.col(j));
    gradient[d] = w.cwiseProduct(clean).sum();
    gradient[d + 1] = kernel.noise * kernel.noise * w.trace();
    return -0.5 * y.dot(alpha) - diagonal.array().log().sum() -
           0.5 * static_cast<double>(n) * std::log(2.0 * units::pi);
}

}  // namespace ionscape::surrogate
