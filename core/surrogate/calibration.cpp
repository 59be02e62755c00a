// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

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
    const Eigen::ArrayXd z = standardisedErrors(y, predicted);
    if (z.size() < 3) throw InputError("fewer than 3 rows cannot calibrate errors");
    Calibration calibration;
    calibration.factor = std::max(1e-6, std::sqrt(z.square().mean()));
    calibration.scores.assign(z.begin(), z.end());
    std::sort(calibration.scores.begin(), calibration.scores.end());
    return calibration;
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
