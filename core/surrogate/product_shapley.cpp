// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/product_shapley.h"

#include <cmath>
#include <numbers>
#include <utility>

#include "core/base/error.h"

namespace ionscape::surrogate {

GaussLegendre::GaussLegendre(int count) {
    for (int i = 0; i < count; ++i) {
        // Newton's steps from Tricomi's estimate of the i-th root of Legendre's polynomial.
        double x = std::cos(std::numbers::pi * (i + 0.75) / (count + 0.5)), slope = 1.0;
        for (int step = 0; step < 100; ++step) {
            double before = 1.0, value = x;
            for (int k = 2; k <= count; ++k)
                before = std::exchange(value, ((2 * k - 1) * x * value - (k - 1) * before) / k);
            slope = count * (x * value - before) / (x * x - 1.0);
            const double change = value / slope;
            x -= change;
            if (std::abs(change) < 1e-15) break;
        }
        nodes.push_back(0.5 * (1.0 + x));
        weights.push_back(1.0 / ((1.0 - x * x) * slope * slope));
    }
}

ProductShapley::ProductShapley(const Eigen::MatrixXd& centres, Eigen::VectorXd weights,
                               const Eigen::MatrixXd& background)
    : centres_(centres.array()), weights_(weights.array()) {
    if (background.rows() == 0 || background.cols() != centres.cols())
        throw InputError("Shapley values need background rows with the same features");
    for (Eigen::Index b = 0; b < background.rows(); ++b) {
        unknown_.push_back(factors(background.row(b)));
        base_ += (unknown_.back().rowwise().prod() * weights_).sum();
    }
    base_ /= static_cast<double>(background.rows());
    // The polynomials are of degree features − 1.
    const auto exact = static_cast<int>(std::max<Eigen::Index>(1, (centres.cols() + 1) / 2));
    for (int nodes = 5; nodes < exact; nodes *= 2)
        rules_.emplace_back(nodes);
    rules_.emplace_back(exact);
}

Eigen::ArrayXXd ProductShapley::factors(const Eigen::RowVectorXd& row) const {
    return (-0.5 * (centres_.rowwise() - row.array()).square()).exp();
}

Eigen::RowVectorXd ProductShapley::operator()(const Eigen::RowVectorXd& row) const {
    const auto known = factors(row);
    const double sum = (known.rowwise().prod() * weights_).sum() - base_;
    const double tolerance = 1e-10 * weights_.abs().sum();
    Eigen::RowVectorXd values;
    for (const auto& rule : rules_) {
        values = integrated(known, rule);
        if (std::abs(values.sum() - sum) < tolerance) break;
    }
    return values;
}

Eigen::RowVectorXd ProductShapley::integrated(const Eigen::ArrayXXd& known, const GaussLegendre& rule) const {
    const auto terms = known.rows(), features = known.cols();
    Eigen::RowVectorXd values = Eigen::RowVectorXd::Zero(features);
    // Column j of `before`: the product of all factors before the j-th.
    Eigen::ArrayXXd mixed(terms, features), before(terms, features), steps(terms, features);
    Eigen::ArrayXd after(terms);
    for (const auto& unknown : unknown_) {
        steps = known - unknown;
        for (std::size_t k = 0; k < rule.nodes.size(); ++k) {
            mixed = unknown + rule.nodes[k] * steps;
            before.col(0) = rule.weights[k] * weights_;
            for (Eigen::Index j = 1; j < features; ++j)
                before.col(j) = before.col(j - 1) * mixed.col(j - 1);
            after.setOnes();
            for (Eigen::Index j = features - 1; j >= 0; --j) {
                values[j] += (before.col(j) * after * steps.col(j)).sum();
                after *= mixed.col(j);
            }
        }
    }
    return values / static_cast<double>(unknown_.size());
}

}  // namespace ionscape::surrogate
