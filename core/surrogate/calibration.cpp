// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/base/error.h"

namespace ionscape::surrogate {

namespace {

Eigen::ArrayXd standardisedErrors(const Eigen::VectorXd& y, const Prediction& predicted) {
    if (y.size() != predicted.mean.size() || y.size() != predicted.standardDeviation.size())
        throw InputError("targets and predictions differ in number");
    if (y.size() == 0) throw InputError("there are no predictions to calibrate with");
    if (!(predicted.standardDeviation.minCoeff() > 0.0))
        throw InputError("a predicted standard deviation is zero");
    return (y - predicted.mean).array().abs() / predicted.standardDeviation.array();
}

Calibration fromErrors(const Eigen::ArrayXd& z) {
    if (z.size() < 3) throw InputError("fewer than 3 rows cannot calibrate errors");
    Calibration calibration;
    calibration.factor = std::max(1e-6, std::sqrt(z.square().mean()));
    calibration.scores.assign(z.begin(), z.end());
    std::sort(calibration.scores.begin(), calibration.scores.end());
    return calibration;
}

/// Root mean square of each row's errors over the folds; rows that are tested in fold `without` are left out.
Eigen::ArrayXd errorsByRow(const CrossValidation& validation, std::optional<std::size_t> without) {
    const Eigen::ArrayXd z = standardisedErrors(validation.y, validation.predicted);
    std::set<Eigen::Index> leftOut;
    if (without)
        leftOut.insert(validation.folds[*without].rows.begin(), validation.folds[*without].rows.end());
    std::map<Eigen::Index, std::pair<double, int>> squares;
    for (std::size_t k = 0; k < validation.rows.size(); ++k) {
        const auto row = validation.rows[k];
        if (leftOut.count(row) > 0) continue;
        const double error = z[static_cast<Eigen::Index>(k)];
        squares[row].first += error * error;
        ++squares[row].second;
    }
    Eigen::ArrayXd errors(static_cast<Eigen::Index>(squares.size()));
    Eigen::Index k = 0;
    for (const auto& [row, sum] : squares)
        errors[k++] = std::sqrt(sum.first / sum.second);
    return errors;
}

void requireLevel(double level) {
    if (!(level > 0.0 && level < 1.0))
        throw InputError(fmt::format("a level of confidence lies between 0 and 1, not at {:g}", level));
}

}  // namespace

double normalHalfWidth(double level) {
    requireLevel(level);
    // erf(z/√2) = level, by bisection: exact to rounding and quick enough for a plot.
    double low = 0.0, high = 40.0;
    for (int i = 0; i < 200 && high - low > 1e-15 * high; ++i) {
        const double middle = 0.5 * (low + high);
        (std::erfc(middle / std::sqrt(2.0)) > 1.0 - level ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

double Calibration::conformalFactor(double level) const {
    requireLevel(level);
    const auto n = scores.size();
    // The ⌈(n + 1) level⌉-th smallest; rounding must not push an exact number up by one.
    const auto rank = static_cast<std::size_t>(std::ceil(static_cast<double>(n + 1) * level - 1e-9));
    return rank > n || rank == 0 ? std::numeric_limits<double>::infinity() : scores[rank - 1];
}

Calibration calibrate(const Eigen::VectorXd& y, const Prediction& predicted) {
    return fromErrors(standardisedErrors(y, predicted));
}

Calibration calibrate(const CrossValidation& validation) {
    return fromErrors(errorsByRow(validation, std::nullopt));
}

CalibrationCheck checkCalibration(const CrossValidation& validation) {
    CalibrationCheck check{validation.predicted, 0.0};
    const Eigen::ArrayXd z = standardisedErrors(validation.y, validation.predicted);
    Eigen::Index at = 0;
    double held = 0.0;
    for (std::size_t f = 0; f < validation.folds.size(); ++f) {
        const Eigen::ArrayXd errors = errorsByRow(validation, f);
        const Calibration others = errors.size() < 3 ? Calibration() : fromErrors(errors);
        const double width = others.conformalFactor(0.9);
        const auto n = static_cast<Eigen::Index>(validation.folds[f].rows.size());
        check.calibrated.standardDeviation.segment(at, n) *= others.factor;
        held += static_cast<double>((z.segment(at, n) <= width).count());
        at += n;
    }
    check.conformal90 = held / static_cast<double>(z.size());
    return check;
}

double coverage(const Eigen::VectorXd& y, const Prediction& predicted, double level) {
    return (standardisedErrors(y, predicted) <= normalHalfWidth(level)).cast<double>().mean();
}

std::vector<CoveragePoint> calibrationCurve(const Eigen::VectorXd& y, const Prediction& predicted,
                                            int points) {
    if (points < 2) throw InputError("a calibration curve needs two intervals or more");
    std::vector<CoveragePoint> curve;
    for (int i = 1; i < points; ++i) {
        const double level = static_cast<double>(i) / points;
        curve.push_back({level, coverage(y, predicted, level)});
    }
    return curve;
}

double miscalibration(const std::vector<CoveragePoint>& curve) {
    double sum = 0.0;
    for (const auto& point : curve)
        sum += std::abs(point.observed - point.nominal);
    return curve.empty() ? 0.0 : sum / static_cast<double>(curve.size());
}

nlohmann::json toJson(const Calibration& calibration) {
    return {{"factor", calibration.factor}, {"scores", calibration.scores}};
}

Calibration calibrationFromJson(const nlohmann::json& object) {
    return {object.at("factor").get<double>(), object.at("scores").get<std::vector<double>>()};
}

}  // namespace ionscape::surrogate
