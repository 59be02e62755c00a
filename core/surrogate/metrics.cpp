// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/base/error.h"

namespace ionscape::surrogate {

Eigen::VectorXd ranks(const Eigen::VectorXd& values) {
    const auto n = values.size();
    std::vector<Eigen::Index> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), Eigen::Index(0));
    std::sort(order.begin(), order.end(),
              [&](Eigen::Index a, Eigen::Index b) { return values[a] < values[b]; });
    Eigen::VectorXd result(n);
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        for (std::size_t i = begin; i < end; ++i)
            result[order[i]] = 0.5 * static_cast<double>(begin + 1 + end);
        begin = end;
    }
    return result;
}

double pearson(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    const Eigen::VectorXd x = a.array() - a.mean(), y = b.array() - b.mean();
    const double scale = x.norm() * y.norm();
    // A column of one value keeps the rounding of its mean.
    const double smallest = 1e-12 * std::max(1e-300, a.norm() * b.norm());
    return scale > smallest ? std::clamp(x.dot(y) / scale, -1.0, 1.0) : 0.0;
}

Eigen::MatrixXd correlationMatrix(const Eigen::MatrixXd& x) {
    Eigen::MatrixXd result = Eigen::MatrixXd::Identity(x.cols(), x.cols());
    for (Eigen::Index i = 0; i < x.cols(); ++i) {
        for (Eigen::Index j = 0; j < i; ++j)
            result(i, j) = result(j, i) = pearson(x.col(i), x.col(j));
    }
    return result;
}

Metrics metricsOf(const Eigen::VectorXd& y, const Eigen::VectorXd& predicted) {
    if (y.size() != predicted.size() || y.size() == 0) {
        throw InputError(
            fmt::format("{} targets and {} predictions cannot be compared", y.size(), predicted.size()));
    }
    const Eigen::ArrayXd error = (predicted - y).array();
    Metrics m;
    m.n = static_cast<std::size_t>(y.size());
    m.mae = error.abs().mean();
    m.rmse = std::sqrt(error.square().mean());
    m.maxAe = error.abs().maxCoeff();
    const double total = (y.array() - y.mean()).square().sum();
    if (total > 0.0) m.r2 = 1.0 - error.square().sum() / total;
    m.spearman = pearson(ranks(y), ranks(predicted));
    return m;
}

nlohmann::json toJson(const Metrics& m) {
    return {{"n", m.n},       {"r2", m.r2},        {"mae", m.mae},
            {"rmse", m.rmse}, {"max_ae", m.maxAe}, {"spearman", m.spearman}};
}

Metrics metricsFromJson(const nlohmann::json& o) {
    return {o.at("n").get<std::size_t>(), o.at("r2").get<double>(),     o.at("mae").get<double>(),
            o.at("rmse").get<double>(),   o.at("max_ae").get<double>(), o.at("spearman").get<double>()};
}

}  // namespace ionscape::surrogate
