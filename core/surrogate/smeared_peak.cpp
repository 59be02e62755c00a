// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/smeared_peak.h"

#include <cmath>

namespace ionscape::surrogate {
namespace {

constexpr double nearest = 0.5;  // Å
constexpr double step = 0.05;    // Å, finer than any two maxima of the sum of Gaussians that are used
constexpr int bisections = 40;

/// Slope of the smeared distribution, up to a positive factor.
double slope(const std::vector<double>& distances, double sigma, double r) {
    double sum = 0.0;
    for (const double d : distances) {
        const double x = (r - d) / sigma;
        if (std::abs(x) < 4.0) sum -= x * std::exp(-0.5 * x * x) / (d * d);
    }
    return sum;
}

}  // namespace

std::optional<double> firstSmearedPeak(const std::vector<double>& distances, double sigma, double farthest) {
    bool rising = slope(distances, sigma, nearest) > 0.0;
    for (double r = nearest + step; r <= farthest; r += step) {
        const double here = slope(distances, sigma, r);
        if (here > 0.0) rising = true;
        if (!rising || here > 0.0) continue;
        double low = r - step, high = r;
        for (int i = 0; i < bisections; ++i) {
            const double middle = 0.5 * (low + high);
            (slope(distances, sigma, middle) > 0.0 ? low : high) = middle;
        }
        return 0.5 * (low + high);
    }
    return std::nullopt;
}

}  // namespace ionscape::surrogate
