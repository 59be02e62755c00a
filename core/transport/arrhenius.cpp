// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/arrhenius.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/transport/weighted_line.h"

namespace ionscape::transport {

namespace {

constexpr double sameTemperature = 0.5;  // K
constexpr int monteCarloDraws = 2000;

void checkPoint(const ArrheniusPoint& point) {
    if (!(point.temperature > 0.0) || !std::isfinite(point.temperature)) {
        throw InputError(fmt::format("{} K is no temperature of an Arrhenius plot", point.temperature));
    }
    if (!(point.value > 0.0) || !std::isfinite(point.value)) {
        throw InputError(
            fmt::format("the value at {:g} K is {:g}: it has no logarithm; leave this run out or "
                        "make it longer",
                        point.temperature, point.value));
    }
}

ArrheniusPoint joined(const std::vector<ArrheniusPoint>& group) {
    if (group.size() == 1) return group.front();
    const bool known = std::all_of(group.begin(), group.end(), [](const auto& p) { return p.error > 0.0; });
    const auto weight = [&](const ArrheniusPoint& p) { return known ? std::pow(p.value / p.error, 2) : 1.0; };
    ArrheniusPoint mean;
    mean.temperature = 0.0;
    mean.replicas = 0;
    double total = 0.0, variance = 0.0, squares = 0.0, plain = 0.0;
    for (const auto& p : group) {
        total += weight(p);
        mean.value += weight(p) * p.value;
        mean.temperature += p.temperature / static_cast<double>(group.size());
        mean.replicas += p.replicas;
        plain += p.value / static_cast<double>(group.size());
        variance += std::pow(weight(p) * p.error, 2);
    }
    mean.value /= total;
    double weightedSquares = 0.0;
    for (const auto& p : group) {
        squares += std::pow(p.value - plain, 2);
        weightedSquares += weight(p) * std::pow(p.value - mean.value, 2);
    }
    const double degrees = static_cast<double>(group.size()) - 1.0;
    mean.spread = std::sqrt(squares / degrees);
    mean.error = std::max(std::sqrt(variance) / total, std::sqrt(weightedSquares / (degrees * total)));
    return mean;
}

/// The line through points whose ln y are known, in the plane of 1/(k_B T).
WeightedLine lineThrough(const ArrheniusFit& fit, const Eigen::ArrayXd& logs, const Eigen::ArrayXd& weights) {
    Eigen::ArrayXd x(logs.size());
    for (Eigen::Index i = 0; i < x.size(); ++i)
        x[i] = 1.0 / (units::boltzmann * fit.points[static_cast<std::size_t>(i)].temperature);
    return weightedLine(x, logs, weights);
}

void drawLines(ArrheniusFit& fit, const Eigen::ArrayXd& logs, const Eigen::ArrayXd& errors) {
    RandomStream random(1, "Arrhenius");
    fit.draws.resize(2, monteCarloDraws);
    const Eigen::ArrayXd weights = errors.square().inverse();
    for (Eigen::Index draw = 0; draw < monteCarloDraws; ++draw) {
        Eigen::ArrayXd moved = logs;
        for (Eigen::Index i = 0; i < moved.size(); ++i)
            moved[i] += errors[i] * random.normal();
        const auto line = lineThrough(fit, moved, weights);
        fit.draws.col(draw) << line.intercept, -line.slope;
    }
}

/// Relative errors of the points; all ones, and `known` false, when one is missing.
Eigen::ArrayXd relativeErrors(const ArrheniusFit& fit, bool& known) {
    Eigen::ArrayXd errors(static_cast<Eigen::Index>(fit.points.size()));
    for (Eigen::Index i = 0; i < errors.size(); ++i) {
        const auto& point = fit.points[static_cast<std::size_t>(i)];
        errors[i] = point.error / point.value;
    }
    known = (errors > 0.0).all() && errors.allFinite();
    if (!known) errors.setOnes();
    return errors;
}

}  // namespace

std::vector<ArrheniusPoint> joinReplicas(const std::vector<ArrheniusPoint>& points) {
    std::vector<ArrheniusPoint> sorted = points;
    std::for_each(sorted.begin(), sorted.end(), checkPoint);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.temperature < b.temperature; });
    std::vector<ArrheniusPoint> result;
    for (std::size_t first = 0; first < sorted.size();) {
        std::size_t last = first + 1;
        while (last < sorted.size() &&
               sorted[last].temperature - sorted[first].temperature <= sameTemperature)
            ++last;
        result.push_back(joined({sorted.begin() + static_cast<std::ptrdiff_t>(first),
                                 sorted.begin() + static_cast<std::ptrdiff_t>(last)}));
        first = last;
    }
    return result;
}

double ArrheniusFit::prefactor() const {
    return std::exp(logPrefactor);
}

Extrapolation ArrheniusFit::at(double temperature) const {
    if (!(temperature > 0.0)) throw InputError(fmt::format("{} K is no temperature", temperature));
    const double beta = 1.0 / (units::boltzmann * temperature);
    const double factor = quantity == Activated::Conductivity ? 1.0 / temperature : 1.0;
    Extrapolation result;
    result.value = factor * std::exp(logPrefactor - activationEnergy * beta);
    if (draws.cols() == 0) return result;
    Eigen::VectorXd values = (draws.row(0) - beta * draws.row(1)).transpose();
    std::sort(values.begin(), values.end());
    const auto quantile = [&](double p) {
        return factor *
               std::exp(values[static_cast<Eigen::Index>(p * static_cast<double>(values.size() - 1))]);
    };
    result.lower95 = quantile(0.025);
    result.upper95 = quantile(0.975);
    return result;
}

ArrheniusFit fitArrhenius(const std::vector<ArrheniusPoint>& points, Activated quantity) {
    ArrheniusFit fit;
    fit.quantity = quantity;
    fit.points = joinReplicas(points);
    if (fit.points.size() < 2) {
        throw InputError(fmt::format(
            "an Arrhenius line needs runs at two temperatures, three for its error; there {}",
            fit.points.empty() ? "is none" : fmt::format("is one, {:g} K", fit.points[0].temperature)));
    }
    bool known = false;
    Eigen::ArrayXd errors = relativeErrors(fit, known);
    Eigen::ArrayXd logs(errors.size());
    for (Eigen::Index i = 0; i < logs.size(); ++i) {
        const auto& point = fit.points[static_cast<std::size_t>(i)];
        logs[i] = std::log(point.value * (quantity == Activated::Conductivity ? point.temperature : 1.0));
    }
    const auto line = lineThrough(fit, logs, errors.square().inverse());
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    fit.logPrefactor = line.intercept;
    fit.activationEnergy = -line.slope;
    fit.degrees = static_cast<int>(fit.points.size()) - 2;
    fit.chiSquared = known ? line.chiSquared : unknown;
    if (fit.degrees == 0) {
        fit.activationEnergyError = fit.logPrefactorError = unknown;
        fit.note = "two temperatures give a line, but nothing tells whether it is one: no error; add a third";
        return fit;
    }
    const double scatter = std::sqrt(line.chiSquared / fit.degrees);
    const double enlarged = known ? std::max(1.0, scatter) : scatter;
    if (!known) fit.note = "errors follow from the scatter about the line: those of the points are not known";
    if (known && scatter > 1.5) {
        fit.note = fmt::format("the points scatter {:.1f} times more than their errors: these are enlarged",
                               scatter);
    }
    errors *= enlarged;
    fit.logPrefactorError = enlarged * std::sqrt(line.covariance(0, 0));
    fit.activationEnergyError = enlarged * std::sqrt(line.covariance(1, 1));
    if (enlarged > 0.0) drawLines(fit, logs, errors);
    return fit;
}

}  // namespace ionscape::transport
