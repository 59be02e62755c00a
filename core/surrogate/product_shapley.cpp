// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/product_shapley.h"

#include <algorithm>
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

ProductShapley::ProductShapley(const Eigen::MatrixXd& centres, const Eigen::VectorXd& weights,
                               const Eigen::MatrixXd& background)
    : rows_(static_cast<double>(background.rows())), tolerance_(1e-9 * weights.cwiseAbs().sum()) {
    if (background.rows() == 0 || background.cols() != centres.cols())
        throw InputError("Shapley values need background rows with the same features");
    for (Eigen::Index first = 0; first < centres.rows(); first += together) {
        const auto count = std::min<Eigen::Index>(together, centres.rows() - first);
        Block block;
        block.centres.setZero(together, centres.cols());
        block.weights.setZero();
        block.centres.topRows(count) = centres.middleRows(first, count).array();
        block.weights.head(count) = weights.segment(first, count).array();
        for (Eigen::Index b = 0; b < background.rows(); ++b) {
            block.unknown.push_back(block.factors(background.row(b)));
            base_ += block.sum(block.unknown.back()) / rows_;
        }
        blocks_.push_back(std::move(block));
    }
    // The polynomials are of degree features − 1.
    const auto exact = static_cast<int>(std::max<Eigen::Index>(1, (centres.cols() + 1) / 2));
    for (int nodes = 5; nodes < exact; nodes *= 2)
        rules_.emplace_back(nodes);
    rules_.emplace_back(exact);
}

Eigen::RowVectorXd ProductShapley::operator()(const Eigen::RowVectorXd& row) const {
    std::vector<Factors> known;
    double sum = -base_;
    for (const auto& block : blocks_) {
        known.push_back(block.factors(row));
        sum += block.sum(known.back());
    }
    Eigen::RowVectorXd values;
    for (const auto& rule : rules_) {
        values.setZero(row.size());
        for (std::size_t b = 0; b < blocks_.size(); ++b)
            blocks_[b].integrate(known[b], rule, values);
        values /= rows_;
        if (std::abs(values.sum() - sum) < tolerance_) break;
    }
    return values;
}

ProductShapley::Factors ProductShapley::Block::factors(const Eigen::RowVectorXd& row) const {
    return (-0.5 * (centres.rowwise() - row.array()).square()).exp();
}

void ProductShapley::Block::integrate(const Factors& known, const GaussLegendre& rule,
                                      Eigen::RowVectorXd& values) const {
    const auto features = known.cols();
    // Column j of `before`: the product of all factors before the j-th.
    Factors mixed(together, features), before(together, features), steps(together, features);
    for (const auto& without : unknown) {
        steps = known - without;
        for (std::size_t k = 0; k < rule.nodes.size(); ++k) {
            Column product = rule.weights[k] * weights;
            for (Eigen::Index j = 0; j < features; ++j) {
                mixed.col(j) = without.col(j) + rule.nodes[k] * steps.col(j);
                before.col(j) = product;
                product *= mixed.col(j);
            }
            product.setOnes();
            for (Eigen::Index j = features - 1; j >= 0; --j) {
                values[j] += (before.col(j) * product * steps.col(j)).sum();
                product *= mixed.col(j);
            }
        }
    }
}

}  // namespace ionscape::surrogate
