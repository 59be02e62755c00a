// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/shapley.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/base/random.h"

namespace ionscape::surrogate {

namespace {

constexpr Eigen::Index mostExact = 16;

void requireBackground(const Eigen::MatrixXd& background, const Eigen::RowVectorXd& row) {
    if (background.rows() == 0 || background.cols() != row.size())
        throw InputError("Shapley values need background rows with the same features");
}

/// v(S) of every set, its bits the features that are known.
std::vector<double> coalitionValues(const MeanFunction& model, const Eigen::MatrixXd& background,
                                    const Eigen::RowVectorXd& row) {
    const std::size_t sets = std::size_t(1) << row.size();
    std::vector<double> values(sets);
    Eigen::MatrixXd mixed = background;
    for (std::size_t set = 0; set < sets; ++set) {
        for (Eigen::Index j = 0; j < row.size(); ++j) {
            if ((set >> j) & 1U)
                mixed.col(j).setConstant(row[j]);
            else
                mixed.col(j) = background.col(j);
        }
        values[set] = model(mixed).mean();
    }
    return values;
}

}  // namespace

ShapleyValues exactShapley(const MeanFunction& model, const Eigen::MatrixXd& background,
                           const Eigen::RowVectorXd& row) {
    requireBackground(background, row);
    const auto n = row.size();
    if (n > mostExact) throw InputError("every set of more than 16 features cannot be counted; sample them");
    const auto v = coalitionValues(model, background, row);
    // Weights |S|!(n − |S| − 1)!/n! by the size of S.
    std::vector<double> weight(static_cast<std::size_t>(n), 1.0 / static_cast<double>(n));
    for (std::size_t s = 1; s < weight.size(); ++s)
        weight[s] = weight[s - 1] * static_cast<double>(s) / static_cast<double>(weight.size() - s);
    ShapleyValues result{v[0], Eigen::RowVectorXd::Zero(n), Eigen::RowVectorXd::Zero(n)};
    for (std::size_t set = 0; set < v.size(); ++set) {
        const double w = set + 1 < v.size() ? weight[static_cast<std::size_t>(std::popcount(set))] : 0.0;
        for (Eigen::Index j = 0; j < n; ++j) {
            const std::size_t bit = std::size_t(1) << j;
            if (!(set & bit)) result.values[j] += w * (v[set | bit] - v[set]);
        }
    }
    return result;
}

Eigen::MatrixXd featurePath(const Eigen::RowVectorXd& from, const Eigen::RowVectorXd& to,
                            const std::vector<Eigen::Index>& order) {
    const auto n = from.size();
    Eigen::MatrixXd path(n + 1, n);
    path.rowwise() = from;
    for (Eigen::Index step = 0; step < n; ++step) {
        const auto j = order[static_cast<std::size_t>(step)];
        path.col(j).tail(n - step).setConstant(to[j]);
    }
    return path;
}

ShapleyValues sampledShapley(const PathFunction& model, const Eigen::MatrixXd& background, double base,
                             const Eigen::RowVectorXd& row, int pairs, std::uint64_t seed,
                             const std::stop_token& stop) {
    requireBackground(background, row);
    if (pairs < 2) throw InputError("sampled Shapley values need two pairs of orders or more");
    const auto n = row.size();
    RandomStream random(seed, "shapley");
    std::vector<Eigen::Index> order(static_cast<std::size_t>(n)),
        starts(static_cast<std::size_t>(background.rows()));
    std::iota(order.begin(), order.end(), Eigen::Index(0));
    std::iota(starts.begin(), starts.end(), Eigen::Index(0));
    random.shuffle(starts);
    Eigen::MatrixXd samples = Eigen::MatrixXd::Zero(pairs, n);
    double prediction = 0.0;
    for (int p = 0; p < pairs; ++p) {
        throwIfStopped(stop);
        const Eigen::RowVectorXd start = background.row(starts[static_cast<std::size_t>(p) % starts.size()]);
        random.shuffle(order);
        for (int direction = 0; direction < 2; ++direction) {
            const Eigen::VectorXd v = model(start, row, order);
            for (Eigen::Index step = 0; step < n; ++step)
                samples(p, order[static_cast<std::size_t>(step)]) += 0.5 * (v[step + 1] - v[step]);
            prediction = v[n];
            std::reverse(order.begin(), order.end());
        }
    }
    ShapleyValues result;
    result.base = base;
    result.values = samples.colwise().mean();
    const Eigen::RowVectorXd variance =
        (samples.rowwise() - result.values).colwise().squaredNorm() / static_cast<double>(pairs - 1);
    result.errors = (variance / static_cast<double>(pairs)).cwiseSqrt();
    // Each order sums to f(row) − f(its start); the mean over starts is not quite that over all background
    // rows. What is left over goes where the values are least certain.
    const double left = prediction - base - result.values.sum();
    const double total = variance.sum();
    if (total > 0.0)
        result.values += left / total * variance;
    else
        result.values.array() += left / static_cast<double>(n);
    return result;
}

}  // namespace ionscape::surrogate
