// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/diffusion.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/base/units.h"

namespace ionscape::transport {

namespace {

/// More lags than this add no information: neighbouring ones share nearly all their displacements.
constexpr std::size_t mostLags = 40;
/// Nugget on the covariance's diagonal. Without it the weights of neighbouring lags become huge and of
/// opposite sign and would amplify whatever real ions do besides walking at random (vibrations). The error
/// bar knows of it.
constexpr double nugget = 1e-4;
/// Square of a typical distance between neighbouring lithium sites (2.5 Å): below it nothing has diffused.
constexpr double siteDistanceSquared = 6.25;
constexpr double dimensions = 3.0;

std::vector<std::size_t> lagsInWindow(const MsdCurve& curve, const FitWindow& window, std::size_t frames) {
    std::vector<std::size_t> lags;
    const double slack = 1e-9 * curve.lagFs.back();
    for (std::size_t n = 1; n < std::min(curve.lagFs.size(), frames); ++n) {
        if (curve.lagFs[n] >= window.beginFs - slack && curve.lagFs[n] <= window.endFs + slack)
            lags.push_back(n);
    }
    return lags;
}

std::vector<std::size_t> thinned(const std::vector<std::size_t>& lags) {
    if (lags.size() <= mostLags) return lags;
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < mostLags; ++i)
        kept.push_back(lags[i * (lags.size() - 1) / (mostLags - 1)]);
    return kept;
}

/// Σ over all pairs of origins of the squared number of steps that a displacement over n steps and one over m
/// share.
double sharedSteps(std::size_t n, std::size_t m, std::size_t frames) {
    const auto a = static_cast<long>(n), b = static_cast<long>(m), total = static_cast<long>(frames);
    double sum = 0.0;
    // The second displacement starts `shift` frames after the first.
    for (long shift = 1 - b; shift < a; ++shift) {
        const long overlap = std::min(a, shift + b) - std::max(0L, shift);
        const long pairs = std::min(total - a - 1, total - b - 1 - shift) - std::max(0L, -shift) + 1;
        if (pairs > 0) sum += static_cast<double>(pairs) * static_cast<double>(overlap * overlap);
    }
    return sum;
}

/// Covariance of the MSD at these lags for `ions` independent walkers whose MSD grows by 1 per frame.
/// Displacements are Gaussian, so the covariance of two squared ones is twice the square of their covariance
/// in each dimension.
Eigen::MatrixXd walkCovariance(const std::vector<std::size_t>& lags, std::size_t frames, std::size_t ions) {
    const auto size = static_cast<Eigen::Index>(lags.size());
    Eigen::MatrixXd covariance(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        for (Eigen::Index j = 0; j <= i; ++j) {
            const std::size_t n = lags[static_cast<std::size_t>(i)], m = lags[static_cast<std::size_t>(j)];
            const double origins = static_cast<double>(frames - n) * static_cast<double>(frames - m);
            covariance(i, j) = covariance(j, i) =
                2.0 / dimensions * sharedSteps(n, m, frames) / (origins * static_cast<double>(ions));
        }
    }
    return covariance;
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

}  // namespace

FitWindow defaultFitWindow(const MsdCurve& curve) {
    if (curve.lagFs.empty()) return {};
    return {0.1 * curve.lagFs.back(), 0.7 * curve.lagFs.back()};
}

Diffusion tracerDiffusion(const MsdCurve& curve, const FitWindow& window, std::size_t frames) {
    if (curve.lagFs.size() < 2 || curve.lagFs.size() != curve.msd.size() || curve.ions == 0) {
        throw InputError("the MSD curve is empty: a diffusion coefficient needs a longer run");
    }
    const auto all = lagsInWindow(curve, window, frames);
    if (all.size() < 3) {
        throw InputError(
            fmt::format("the fit window {:.3g} to {:.3g} ps holds {} lags, three are needed: widen it or "
                        "run longer",
                        window.beginFs / 1000.0, window.endFs / 1000.0, all.size()));
    }
    const auto lags = thinned(all);
    const auto size = static_cast<Eigen::Index>(lags.size());
    Eigen::MatrixXd design(size, 2);
    Eigen::VectorXd msd(size);
    for (Eigen::Index i = 0; i < size; ++i) {
        design(i, 0) = static_cast<double>(lags[static_cast<std::size_t>(i)]);
        design(i, 1) = 1.0;
        msd[i] = curve.msd[lags[static_cast<std::size_t>(i)]];
    }
    if (!msd.allFinite()) throw InputError("the MSD holds numbers that are not finite");
    const Eigen::MatrixXd covariance = walkCovariance(lags, frames, curve.ions);
    Eigen::MatrixXd regularised = covariance;
    regularised.diagonal() *= 1.0 + nugget;
    const Eigen::MatrixXd weighted = regularised.ldlt().solve(design);
    // Rows: what each lag's MSD contributes to the slope and the intercept.
    const Eigen::MatrixXd weights = (design.transpose() * weighted).inverse() * weighted.transpose();
    const Eigen::Vector2d line = weights * msd;
    const double unitVariance = (weights * covariance * weights.transpose())(0, 0);
    // The covariance scales with the square of the true slope; where the fitted one is no estimate of it, the
    // mean is.
    const double scale = line[0] > 0.0 ? line[0] : (msd.array() / design.col(0).array()).mean();

    const double interval = curve.lagFs[1] - curve.lagFs[0];
    const double toCm2PerS = units::angstrom2PerFsInCm2PerS / (2.0 * dimensions * interval);
    Diffusion result;
    result.window = window;
    result.coefficient = line[0] * toCm2PerS;
    result.error = scale * std::sqrt(std::max(0.0, unitVariance)) * toCm2PerS;
    result.intercept = line[1];
    result.logLogSlope = logLogSlope(curve, all);
    result.warning = warningFor(result, msd.maxCoeff(), all.size());
    return result;
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
