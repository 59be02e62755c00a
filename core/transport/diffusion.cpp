// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/diffusion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/transport/line_fit.h"

namespace ionscape::transport {

namespace {

/// Square of a typical distance between neighbouring lithium sites (2.5 Å): below it nothing has diffused.
constexpr double siteDistanceSquared = 6.25;
/// With fewer jumps than this the relative error cannot be below a fifth.
constexpr double fewestJumps = 25.0;

std::vector<std::size_t> lagsInWindow(const MsdCurve& curve, const FitWindow& window, std::size_t frames) {
    std::vector<std::size_t> lags;
    const double slack = 1e-9 * curve.lagFs.back();
    for (std::size_t n = 1; n < std::min(curve.lagFs.size(), frames); ++n) {
        if (curve.lagFs[n] >= window.beginFs - slack && curve.lagFs[n] <= window.endFs + slack)
            lags.push_back(n);
    }
    if (lags.size() < 3) {
        throw InputError(
            fmt::format("the fit window {:.3g} to {:.3g} ps holds {} lags, three are needed: widen it or "
                        "run longer",
                        window.beginFs / 1000.0, window.endFs / 1000.0, lags.size()));
    }
    return lags;
}

double logLogSlope(const MsdCurve& curve, const std::vector<std::size_t>& lags) {
    double sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0, n = 0.0;
    for (const auto lag : lags) {
        if (!(curve.msd[lag] > 0.0)) continue;
        const double x = std::log(curve.lagFs[lag]), y = std::log(curve.msd[lag]);
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
        n += 1.0;
    }
    const double spread = n * sxx - sx * sx;
    return spread > 0.0 ? (n * sxy - sx * sy) / spread : 0.0;
}

std::string warningFor(const Diffusion& fit, double largestMsd, std::size_t lags) {
    std::string text;
    const auto add = [&](const std::string& sentence) { text += (text.empty() ? "" : "; ") + sentence; };
    if (!(fit.coefficient > 0.0)) add("the MSD does not grow in this window");
    if (largestMsd < siteDistanceSquared) {
        add(fmt::format("the MSD stays below {:.2f} Å², the square of a hop: the ions only vibrate so far",
                        siteDistanceSquared));
    } else if (fit.coefficient > 0.0 && fit.jumps < fewestJumps) {
        add(fmt::format(
            "about {:.0f} jumps in the whole run: {:.0f} are the least for a number to be trusted", fit.jumps,
            fewestJumps));
    }
    if (std::abs(fit.logLogSlope - 1.0) > 0.25) {
        add(fmt::format("the motion is not diffusive here (log–log slope {:.2f}, 1 is needed)",
                        fit.logLogSlope));
    }
    if (lags < 10) add(fmt::format("only {} lags in the window", lags));
    if (fit.coefficient > 0.0 && fit.error > 0.5 * fit.coefficient)
        add("the error exceeds half the value: run longer");
    return text;
}

/// Quantile of χ² over its degrees of freedom, for the standard normal quantile z (Wilson & Hilferty, PNAS
/// 17, 684 (1931): 1 % for ten degrees).
double chiSquaredQuantile(double degrees, double z) {
    const double a = 2.0 / (9.0 * degrees);
    return std::pow(std::max(0.0, 1.0 - a + z * std::sqrt(a)), 3.0);
}

}  // namespace

FitWindow defaultFitWindow(const MsdCurve& curve) {
    if (curve.lagFs.empty()) return {};
    return {0.1 * curve.lagFs.back(), 0.7 * curve.lagFs.back()};
}

Diffusion tracerDiffusion(const MsdCurve& curve, const FitWindow& window, std::size_t frames,
                          const StepStatistics& steps, int dimensions) {
    if (curve.lagFs.size() < 2 || curve.lagFs.size() != curve.msd.size() || curve.ions == 0) {
        throw InputError("the MSD curve is empty: a diffusion coefficient needs a longer run");
    }
    const auto lags = lagsInWindow(curve, window, frames);
    const LineFit fit = lineFit(lags, frames);
    const Eigen::Vector2d line = fit.line(curve.msd);
    if (!line.allFinite()) throw InputError("the MSD holds numbers that are not finite");
    double largest = 0.0, meanSlope = 0.0;
    for (const auto lag : fit.lags) {
        largest = std::max(largest, curve.msd[lag]);
        meanSlope += curve.msd[lag] / static_cast<double>(lag * fit.lags.size());
    }
    // The covariance scales with the square of the true slope; where the fitted one is no estimate of it, the
    // mean is.
    const double scale = line[0] > 0.0 ? line[0] : meanSlope;
    const auto ions = static_cast<double>(curve.ions);
    const double walkers = fit.walkVariance / (ions * dimensions);

    const double interval = curve.lagFs[1] - curve.lagFs[0];
    const double toCm2PerS = units::angstrom2PerFsInCm2PerS / (2.0 * dimensions * interval);
    Diffusion result;
    result.window = window;
    result.dimensions = dimensions;
    result.coefficient = line[0] * toCm2PerS;
    result.errorWalkers = scale * std::sqrt(walkers) * toCm2PerS;
    setError(result,
             scale * std::sqrt(steps.concert * walkers + steps.burst * fit.burstVariance) * toCm2PerS);
    result.independentCarriers = ions / steps.concert;
    result.jumps = std::max(0.0, line[0]) * static_cast<double>(frames - 1) * ions / siteDistanceSquared;
    result.intercept = line[1];
    result.logLogSlope = logLogSlope(curve, lags);
    result.warning = warningFor(result, largest, lags.size());
    return result;
}

void setError(Diffusion& fit, double error) {
    fit.error = error;
    constexpr double z95 = 1.959964;
    if (!(fit.coefficient > 0.0) || !(fit.error > 0.0)) {
        fit.lower95 = fit.coefficient - z95 * fit.error;
        fit.upper95 = fit.coefficient + z95 * fit.error;
        return;
    }
    const double relative = fit.error / fit.coefficient;
    const double degrees = 2.0 / (relative * relative);
    fit.lower95 = fit.coefficient / chiSquaredQuantile(degrees, z95);
    const double low = chiSquaredQuantile(degrees, -z95);
    fit.upper95 = low > 0.0 ? fit.coefficient / low : std::numeric_limits<double>::infinity();
}

double nernstEinsteinConductivity(double diffusion, std::size_t ions, double charge, double volume,
                                  double temperature) {
    if (!(volume > 0.0) || !(temperature > 0.0)) {
        throw InputError(
            fmt::format("a conductivity needs a volume and a temperature above zero, not {} Å³ and {} K",
                        volume, temperature));
    }
    const double chargeC = charge * units::elementaryCharge;
    const double thermalJ = units::boltzmann * units::elementaryCharge * temperature;
    const double volumeCm3 = volume * 1e-24;
    // C² cm²/s / (cm³ J) = S/cm
    return 1e3 * static_cast<double>(ions) * chargeC * chargeC * diffusion / (volumeCm3 * thermalJ);
}

double meanMsdValue(const MsdCurve& curve) {
    if (curve.lagFs.size() < 2) throw InputError("the MSD curve is empty: its mean needs a longer run");
    const double length = curve.lagFs.back();
    double sum = 0.0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < curve.lagFs.size(); ++i) {
        if (curve.lagFs[i] < (0.2 - 1e-12) * length || curve.lagFs[i] > (0.8 + 1e-12) * length) continue;
        sum += curve.msd[i];
        ++count;
    }
    if (count == 0)
        throw InputError("the run is too short for a mean MSD: there is no lag within 20–80 % of it");
    return sum / static_cast<double>(count);
}

}  // namespace ionscape::transport
