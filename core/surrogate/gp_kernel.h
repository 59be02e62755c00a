// SPDX-License-Identifier: GPL-3.0-or-later
// Covariances of a Gaussian process with a length for each feature, and the evidence for them.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace ionscape::surrogate {

enum class KernelShape { SquaredExponential, Matern52 };

/// k(x, x') = amplitude² · shape(r), r² = Σ ((x_j − x'_j)/length_j)², plus noise² where rows are the same.
struct Kernel {
    KernelShape shape = KernelShape::Matern52;
    Eigen::RowVectorXd lengths;
    double amplitude = 1.0;
    double noise = 0.1;

    /// Logarithms of lengths, amplitude and noise.
    Eigen::VectorXd parameters() const;
    void setParameters(const Eigen::VectorXd& parameters);
    /// Covariance of the function itself, without noise: rows of a × rows of b.
    Eigen::MatrixXd covariance(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) const;
    /// The same of the rows of featurePath(from, to, order), each distance from the one before.
    Eigen::MatrixXd covarianceOnPath(const Eigen::RowVectorXd& from, const Eigen::RowVectorXd& to,
                                     const std::vector<Eigen::Index>& order, const Eigen::MatrixXd& b) const;
};

/// log p(y | x, kernel) = −½ yᵀK⁻¹y − ½ log|K| − n/2 log 2π (Rasmussen & Williams 2006, eq. 5.8) and its
/// gradient with respect to Kernel::parameters() (eq. 5.9). −∞ where K is not positive definite.
/// \param ownVariance  known variance of each target beside the common noise; may be empty
double logMarginalLikelihood(const Kernel& kernel, const Eigen::MatrixXd& x, const Eigen::VectorXd& y,
                             const Eigen::VectorXd& ownVariance, Eigen::VectorXd& gradient);

}  // namespace ionscape::surrogate
