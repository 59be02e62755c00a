// SPDX-License-Identifier: GPL-3.0-or-later
// Shapley values in closed form of sums of products, such as Gaussian processes with a squared-exponential
// kernel.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "core/surrogate/shapley.h"

namespace ionscape::surrogate {

/// Nodes and weights on [0, 1] that integrate polynomials up to degree 2 nodes − 1 exactly.
struct GaussLegendre {
    explicit GaussLegendre(int nodes);
    std::vector<double> nodes, weights;
};

/// Of f(x) = Σ_i w_i Π_j exp(−½ (x_j − c_ij)²), the game of exactShapley(). For one term and one background
/// row it is a product of two-valued factors, p_j where j is known and q_j where not, and Owen's integral
/// over its multilinear extension (Management Science 18, P64 (1972)) has one polynomial for each feature:
/// φ_j = (p_j − q_j) ∫₀¹ Π_{k≠j} (q_k + t (p_k − q_k)) dt. Gauss-Legendre nodes are added until they are
/// exact or the values sum to f(x) − base to 1e-9 Σ|w|.
class ProductShapley {
  public:
    /// \param centres     terms × features, in units of the kernel's lengths
    /// \param background  rows × features, in the same units
    ProductShapley(const Eigen::MatrixXd& centres, const Eigen::VectorXd& weights,
                   const Eigen::MatrixXd& background);

    double base() const { return base_; }
    /// In these units, too.
    Eigen::RowVectorXd operator()(const Eigen::RowVectorXd& row) const;

  private:
    /// Terms that are worked on at once, so that their factors stay in the fastest memory.
    static constexpr int together = 16;
    using Factors = Eigen::Array<double, together, Eigen::Dynamic>;
    using Column = Eigen::Array<double, together, 1>;
    struct Block {
        Factors centres;
        Column weights;                ///< zero for terms that only fill the block
        std::vector<Factors> unknown;  ///< of each background row

        Factors factors(const Eigen::RowVectorXd& row) const;
        double sum(const Factors& factors) const { return (factors.rowwise().prod() * weights).sum(); }
        void integrate(const Factors& known, const GaussLegendre& rule, Eigen::RowVectorXd& values) const;
    };

    std::vector<Block> blocks_;
    std::vector<GaussLegendre> rules_;  ///< more and more nodes, the last one exact
    double rows_ = 0.0;                 ///< of the background
    double base_ = 0.0, tolerance_ = 0.0;
};

}  // namespace ionscape::surrogate
