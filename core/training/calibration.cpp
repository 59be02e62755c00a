// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/calibration.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

namespace ionscape::training {

namespace {

constexpr std::size_t bins = 10;

std::vector<std::size_t> orderOf(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    return order;
}

Eigen::VectorXd ranks(const std::vector<double>& values) {
    const auto order = orderOf(values);
    Eigen::VectorXd result(static_cast<Eigen::Index>(values.size()));
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin + 1;
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        const double shared = 0.5 * static_cast<double>(begin + end - 1);
        for (; begin < end; ++begin)
            result[static_cast<Eigen::Index>(order[begin])] = shared;
    }
    return result;
}

double quantile(std::vector<double> values, double fraction) {
    if (values.empty()) return 0.0;
    const auto at = static_cast<long>(fraction * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

double sumOfSquares(const std::vector<double>& values) {
    return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

}  // namespace

double spearman(const std::vector<double>& first, const std::vector<double>& second) {
    if (first.size() < 2 || first.size() != second.size()) return 0.0;
    Eigen::VectorXd a = ranks(first), b = ranks(second);
    a.array() -= a.mean();
    b.array() -= b.mean();
    const double norm = a.norm() * b.norm();
    return norm > 0.0 ? a.dot(b) / norm : 0.0;
}

void CalibrationAccumulator::add(const potential::Evaluation& evaluation, const VectorField& labelForces) {
    if (!evaluation.forceSpread) return;
    const Eigen::VectorXd& spread = *evaluation.forceSpread;
    const Eigen::VectorXd error = (evaluation.forces - labelForces).colwise().norm().transpose();
    spreads_.insert(spreads_.end(), spread.begin(), spread.end());
    errors_.insert(errors_.end(), error.begin(), error.end());
    frameMaxima_.push_back(spread.maxCoeff());
}

Calibration CalibrationAccumulator::result() const {
    Calibration c;
    c.atoms = spreads_.size();
    if (c.atoms == 0) return c;
    c.spearman = spearman(spreads_, errors_);
    const double spreadSquares = sumOfSquares(spreads_);
    if (spreadSquares > 0.0) c.scale = std::sqrt(sumOfSquares(errors_) / spreadSquares);
    c.median = quantile(spreads_, 0.5);
    c.quantile99 = quantile(spreads_, 0.99);
    c.frameMedian = quantile(frameMaxima_, 0.5);
    c.frameMaximum = *std::max_element(frameMaxima_.begin(), frameMaxima_.end());
    const auto order = orderOf(spreads_);
    for (std::size_t bin = 0; bin < bins; ++bin) {
        CalibrationBin entry;
        for (std::size_t i = bin * c.atoms / bins; i < (bin + 1) * c.atoms / bins; ++i) {
            ++entry.atoms;
            entry.meanSpread += spreads_[order[i]];
            entry.meanError += errors_[order[i]];
        }
        if (entry.atoms == 0) continue;
        entry.meanSpread /= static_cast<double>(entry.atoms);
        entry.meanError /= static_cast<double>(entry.atoms);
        c.deciles.push_back(entry);
    }
    return c;
}

nlohmann::json calibrationToJson(const Calibration& c) {
    nlohmann::json deciles = nlohmann::json::array();
    for (const CalibrationBin& bin : c.deciles) {
        deciles.push_back({{"atoms", bin.atoms},
                           {"mean_spread_eV_per_A", bin.meanSpread},
                           {"mean_error_eV_per_A", bin.meanError}});
    }
    return {{"atoms", c.atoms},
            {"spearman", c.spearman},
            {"error_per_spread", c.scale},
            {"spread_median_eV_per_A", c.median},
            {"spread_quantile_99_eV_per_A", c.quantile99},
            {"frame_max_spread_median_eV_per_A", c.frameMedian},
            {"frame_max_spread_largest_eV_per_A", c.frameMaximum},
            {"deciles", deciles}};
}

}  // namespace ionscape::training
