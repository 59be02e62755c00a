// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/embedding.h"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/progress.h"

namespace ionscape::composition {
namespace {

using Columns = std::span<const std::vector<double>* const>;

/// A column whose spread is only rounding noise beside its size is constant.
constexpr double relativeNoise = 1e-10;

std::vector<std::size_t> completeRows(Columns columns) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < columns.front()->size(); ++row) {
        const bool complete = std::all_of(columns.begin(), columns.end(),
                                          [&](const auto* column) { return std::isfinite((*column)[row]); });
        if (complete) rows.push_back(row);
    }
    return rows;
}

void checkColumns(Columns columns) {
    if (columns.empty()) throw InputError("a map needs at least one column");
    for (const auto* column : columns) {
        if (column->size() != columns.front()->size())
            throw InputError("the columns of a map must have the same number of rows");
    }
}

/// Mean and standard deviation of a column over some rows, in two passes.
std::pair<double, double> moments(const std::vector<double>& column, const std::vector<std::size_t>& rows) {
    const auto n = static_cast<double>(rows.size());
    double mean = 0.0;
    for (const std::size_t row : rows)
        mean += column[row] / n;
    double variance = 0.0;
    for (const std::size_t row : rows)
        variance += (column[row] - mean) * (column[row] - mean) / n;
    return {mean, std::sqrt(variance)};
}

void chooseSigns(Eigen::MatrixXd& loadings) {
    for (auto&& component : loadings.colwise()) {
        Eigen::Index largest = 0;
        component.cwiseAbs().maxCoeff(&largest);
        if (component(largest) < 0.0) component = -component.eval();
    }
}

}  // namespace

Eigen::VectorXd PrincipalComponents::project(std::span<const double> values) const {
    Eigen::VectorXd standard(static_cast<Eigen::Index>(used.size()));
    for (std::size_t i = 0; i < used.size(); ++i) {
        const auto at = static_cast<Eigen::Index>(i);
        standard(at) = (values[used[i]] - mean(at)) / deviation(at);
    }
    return loadings.transpose() * standard;
}

PrincipalComponents principalComponents(Columns columns, int components, const std::stop_token& stop) {
    checkColumns(columns);
    const std::vector<std::size_t> rows = completeRows(columns);
    if (rows.size() < 2) throw InputError("a map needs at least two rows without missing values");
    PrincipalComponents result;
    std::vector<double> means, deviations;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        throwIfStopped(stop);
        const auto [mean, deviation] = moments(*columns[i], rows);
        if (deviation <= relativeNoise * std::max(1e-300, std::abs(mean))) continue;
        result.used.push_back(i);
        means.push_back(mean);
        deviations.push_back(deviation);
    }
    if (result.used.empty()) throw InputError("none of the columns of the map varies");
    const auto width = static_cast<Eigen::Index>(result.used.size());
    result.mean = Eigen::Map<const Eigen::VectorXd>(means.data(), width);
    result.deviation = Eigen::Map<const Eigen::VectorXd>(deviations.data(), width);

    const auto standardised = [&](std::size_t row) {
        Eigen::VectorXd x(width);
        for (Eigen::Index i = 0; i < width; ++i) {
            const auto& column = *columns[result.used[static_cast<std::size_t>(i)]];
            x(i) = (column[row] - result.mean(i)) / result.deviation(i);
        }
        return x;
    };
    Eigen::MatrixXd correlation = Eigen::MatrixXd::Zero(width, width);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % 16384 == 0) throwIfStopped(stop);
        correlation.selfadjointView<Eigen::Lower>().rankUpdate(standardised(rows[i]));
    }
    correlation /= static_cast<double>(rows.size());
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(correlation);
    const Eigen::Index kept = std::min<Eigen::Index>(width, std::max(components, 1));
    // Eigenvalues come in rising order.
    result.variance = solver.eigenvalues().reverse().head(kept).cwiseMax(0.0);
    result.explained = result.variance / correlation.trace();
    result.loadings = solver.eigenvectors().rowwise().reverse().leftCols(kept);
    chooseSigns(result.loadings);

    const auto length = static_cast<Eigen::Index>(columns.front()->size());
    result.scores = Eigen::MatrixXd::Constant(length, kept, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % 16384 == 0) throwIfStopped(stop);
        result.scores.row(static_cast<Eigen::Index>(rows[i])) =
            (result.loadings.transpose() * standardised(rows[i])).transpose();
    }
    return result;
}

const std::vector<std::string>& embeddingDescriptors() {
    static const std::vector<std::string> ids = {"mobile",    "S_config", "r_mean",    "delta", "chi_mean",
                                                 "delta_chi", "z_var",    "mass_mean", "gamma"};
    return ids;
}

}  // namespace ionscape::composition
