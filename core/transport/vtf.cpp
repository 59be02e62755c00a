// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/vtf.h"

#include <fmt/format.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/transport/weighted_line.h"

namespace ionscape::transport {

namespace {

/// Highest T₀ tried, as a share of the lowest temperature.
constexpr double highestShare = 0.95;
constexpr int coarseSteps = 190;
constexpr int refinements = 40;
constexpr double clearPreference = 2.0;

struct VtfData {
    Eigen::ArrayXd temperatures, logs, weights;
    bool known = false;

    WeightedLine lineFor(double vanishing) const {
        return weightedLine((units::boltzmann * (temperatures - vanishing)).inverse(), logs, weights);
    }
};

VtfData vtfData(const ArrheniusFit& fit) {
    VtfData data;
    const auto n = static_cast<Eigen::Index>(fit.points.size());
    data.temperatures.resize(n);
    data.logs.resize(n);
    data.weights.setOnes(n);
    data.known = std::isfinite(fit.chiSquared);
    for (Eigen::Index i = 0; i < n; ++i) {
        const auto& point = fit.points[static_cast<std::size_t>(i)];
        data.temperatures[i] = point.temperature;
        data.logs[i] =
            std::log(point.value * (fit.quantity == Activated::Conductivity ? point.temperature : 1.0));
        if (data.known) data.weights[i] = std::pow(point.value / point.error, 2);
    }
    return data;
}

/// The T₀ of least χ²: the best of a grid, then golden sections about it.
double bestVanishing(const VtfData& data) {
    const double step = highestShare * data.temperatures.minCoeff() / coarseSteps;
    int best = 0;
    for (int i = 1; i <= coarseSteps; ++i) {
        if (data.lineFor(i * step).chiSquared < data.lineFor(best * step).chiSquared) best = i;
    }
    double low = std::max(0, best - 1) * step, high = std::min(coarseSteps, best + 1) * step;
    constexpr double golden = 0.6180339887498949;
    for (int i = 0; i < refinements; ++i) {
        const double a = high - golden * (high - low), b = low + golden * (high - low);
        if (data.lineFor(a).chiSquared < data.lineFor(b).chiSquared)
            high = b;
        else
            low = a;
    }
    const double middle = 0.5 * (low + high);
    return data.lineFor(0.0).chiSquared <= data.lineFor(middle).chiSquared ? 0.0 : middle;
}

double akaike(double chiSquared, double points, double parameters, bool known, bool corrected) {
    // With unknown errors their common size is one more parameter.
    const double k = parameters + (known ? 0.0 : 1.0);
    const double misfit = known ? chiSquared : points * std::log(std::max(chiSquared, 1e-300) / points);
    return misfit + 2.0 * k + (corrected ? 2.0 * k * (k + 1.0) / (points - k - 1.0) : 0.0);
}

}  // namespace

double VtfFit::at(double temperature, Activated quantity) const {
    if (!(temperature > vanishingTemperature)) {
        throw InputError(fmt::format("the VTF law ends at {:.0f} K", vanishingTemperature));
    }
    const double value =
        std::exp(logPrefactor - energy / (units::boltzmann * (temperature - vanishingTemperature)));
    return quantity == Activated::Conductivity ? value / temperature : value;
}

VtfFit fitVtf(const ArrheniusFit& arrhenius) {
    const auto n = static_cast<double>(arrhenius.points.size());
    if (n < 4) {
        throw InputError(
            fmt::format("a VTF fit has three parameters and needs runs at four temperatures, not {}",
                        arrhenius.points.size()));
    }
    const VtfData data = vtfData(arrhenius);
    VtfFit fit;
    fit.vanishingTemperature = bestVanishing(data);
    const auto line = data.lineFor(fit.vanishingTemperature);
    fit.logPrefactor = line.intercept;
    fit.energy = -line.slope;
    fit.chiSquared = line.chiSquared;
    fit.corrected = n - 3.0 - (data.known ? 0.0 : 1.0) - 1.0 > 0.0;
    fit.aicArrhenius = akaike(data.lineFor(0.0).chiSquared, n, 2.0, data.known, fit.corrected);
    fit.aicVtf = akaike(fit.chiSquared, n, 3.0, data.known, fit.corrected);
    const double gain = fit.aicArrhenius - fit.aicVtf;
    const char* name = fit.corrected ? "AICc" : "AIC";
    if (gain > clearPreference)
        fit.verdict = fmt::format("the points support VTF ({} lower by {:.1f})", name, gain);
    else if (gain < -clearPreference)
        fit.verdict = fmt::format("the points support Arrhenius ({} lower by {:.1f})", name, -gain);
    else
        fit.verdict = fmt::format("the points do not decide between Arrhenius and VTF ({} differ by {:.1f})",
                                  name, std::abs(gain));
    return fit;
}

}  // namespace ionscape::transport
