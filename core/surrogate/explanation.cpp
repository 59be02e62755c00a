// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/explanation.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <thread>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/surrogate/metrics.h"
#include "core/surrogate/shapley.h"
#include "core/surrogate/tree_shap.h"

namespace ionscape::surrogate {

namespace {

constexpr Eigen::Index mostExact = 8;

/// Evenly spread over the rows given.
Eigen::MatrixXd thinned(const Eigen::MatrixXd& rows, int most) {
    const auto n = rows.rows();
    if (n <= most) return rows;
    std::vector<Eigen::Index> taken;
    for (Eigen::Index i = 0; i < most; ++i)
        taken.push_back(i * n / most);
    return rows(taken, Eigen::all);
}

}  // namespace

Eigen::RowVectorXd Explanation::importance() const {
    return values.cwiseAbs().colwise().mean();
}

Explanation explain(const Regressor& model, const Eigen::MatrixXd& background, const Eigen::MatrixXd& x,
                    const ExplanationOptions& options, const std::stop_token& stop, ProgressSink* progress) {
    Explanation result;
    if (const auto* trees = model.trees()) {
        result.base = trees->expectedValue();
        result.values = treeShap(*trees, x, stop, progress);
        result.errors = Eigen::MatrixXd::Zero(x.rows(), x.cols());
        result.method = "TreeSHAP";
        return result;
    }
    if (options.background < 1) throw InputError("an explanation needs a background row or more");
    if (x.cols() != background.cols())
        throw InputError("an explanation needs background rows with the same features");
    const auto rows = thinned(background, options.background);
    const MeanFunction mean = [&](const Eigen::MatrixXd& points) { return model.predictMean(points); };
    const auto closed = model.closedShapley(rows);
    result.isExact = closed || x.cols() <= mostExact;
    result.method = closed           ? "closed form"
                    : result.isExact ? "all sets of features"
                                     : "sampled orders of features";
    result.values.resize(x.rows(), x.cols());
    result.errors.resize(x.rows(), x.cols());
    result.base = mean(rows).mean();
    const Eigen::RowVectorXd none = Eigen::RowVectorXd::Zero(x.cols());
    const PathFunction path = [&](const auto& from, const auto& to, const auto& order) {
        return model.pathMeans(from, to, order);
    };
    std::atomic<Eigen::Index> done = 0;
    const auto caller = std::this_thread::get_id();
    forEachInParallel(x.rows(), [&](std::ptrdiff_t i) {
        throwIfStopped(stop);
        const auto one = closed ? ShapleyValues{result.base, (*closed)(x.row(i)), none}
                         : result.isExact
                             ? exactShapley(mean, rows, x.row(i))
                             : sampledShapley(path, rows, result.base, x.row(i), options.pairs,
                                              options.seed + static_cast<std::uint64_t>(i), stop);
        result.values.row(i) = one.values;
        result.errors.row(i) = one.errors;
        ++done;
        if (progress && std::this_thread::get_id() == caller) progress->report("explain", done, x.rows(), {});
    });
    return result;
}

PermutationImportance permutationImportance(const Regressor& model, const SurrogateTable& table, int repeats,
                                            std::uint64_t seed, const std::stop_token& stop) {
    table.validate(true);
    if (repeats < 1) throw InputError("permutation importance needs a repeat or more");
    RandomStream random(seed, "permutation");
    const double whole = metricsOf(table.y, model.predictMean(table.x)).rmse;
    std::vector<Eigen::Index> order(static_cast<std::size_t>(table.rows()));
    std::iota(order.begin(), order.end(), Eigen::Index(0));
    Eigen::MatrixXd growth(repeats, table.x.cols());
    for (Eigen::Index j = 0; j < table.x.cols(); ++j) {
        Eigen::MatrixXd shuffled = table.x;
        for (int r = 0; r < repeats; ++r) {
            throwIfStopped(stop);
            random.shuffle(order);
            for (Eigen::Index i = 0; i < table.rows(); ++i)
                shuffled(i, j) = table.x(order[static_cast<std::size_t>(i)], j);
            growth(r, j) = metricsOf(table.y, model.predictMean(shuffled)).rmse - whole;
        }
    }
    PermutationImportance result;
    result.rmse = whole;
    result.mean = growth.colwise().mean();
    result.deviation = ((growth.rowwise() - result.mean).colwise().squaredNorm() /
                        std::max(1.0, static_cast<double>(repeats - 1)))
                           .cwiseSqrt();
    return result;
}

}  // namespace ionscape::surrogate
