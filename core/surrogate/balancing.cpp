// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/balancing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"

namespace ionscape::surrogate {

double evenness(const Eigen::VectorXd& y, int bins) {
    if (bins < 2) throw InputError("a histogram needs two bins or more");
    if (y.size() == 0 || !y.allFinite()) throw InputError("a histogram needs targets that are numbers");
    const double low = y.minCoeff(), width = (y.maxCoeff() - low) / bins;
    if (!(width > 0.0)) return 0.0;
    std::vector<double> counts(static_cast<std::size_t>(bins), 0.0);
    for (const double value : y)
        counts[std::min(counts.size() - 1, static_cast<std::size_t>((value - low) / width))] += 1.0;
    double entropy = 0.0;
    for (const double count : counts) {
        const double share = count / static_cast<double>(y.size());
        if (share > 0.0) entropy -= share * std::log(share);
    }
    return entropy / std::log(static_cast<double>(bins));
}

std::vector<Eigen::Index> balancedRows(const Eigen::VectorXd& y, const BalancingOptions& options) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(y.size()));
    std::iota(order.begin(), order.end(), Eigen::Index(0));
    std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return y[a] < y[b]; });
    const auto least = static_cast<std::size_t>(std::max<Eigen::Index>(2, options.leastRows));
    while (order.size() > least && evenness(y(order), options.bins) < options.evenness) {
        const auto n = order.size();
        const auto gap = [&](std::size_t i) { return y[order[i + 1]] - y[order[i]]; };
        std::size_t closest = 0;
        for (std::size_t i = 1; i + 1 < n; ++i) {
            if (gap(i) < gap(closest)) closest = i;
        }
        const double infinite = std::numeric_limits<double>::infinity();
        const double below = closest > 0 ? gap(closest - 1) : infinite;
        const double above = closest + 2 < n ? gap(closest + 1) : infinite;
        order.erase(order.begin() + static_cast<std::ptrdiff_t>(below <= above ? closest : closest + 1));
    }
    std::sort(order.begin(), order.end());
    return order;
}

}  // namespace ionscape::surrogate
