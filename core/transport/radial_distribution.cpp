// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/radial_distribution.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/transport/frame_choice.h"
#include "core/transport/pair_distances.h"

namespace ionscape::transport {

namespace {

constexpr double smoothingWidth = 0.15;  // Å

std::vector<Eigen::Index> atomsOrThrow(const TrajectoryView& view, crystal::Element element) {
    auto atoms = view.atomsOf(element);
    if (atoms.empty()) throw InputError(fmt::format("the trajectory holds no {}", element.symbol()));
    return atoms;
}

void checkRange(double radius, double width) {
    if (!(width > 0.0) || !(radius > width)) {
        throw InputError(
            fmt::format("a radius of {} Å in steps of {} Å makes no distribution", radius, width));
    }
}

/// Calls inFrame(pairs, positions) for the chosen frames.
template <class InFrame>
std::size_t eachChosenFrame(const TrajectoryView& view, double cutoff, std::size_t mostFrames,
                            InFrame&& inFrame) {
    const auto frames = spreadOver(view.positions.size(), mostFrames);
    if (frames.empty()) throw InputError("the trajectory has no frame");
    const bool fixed = view.lattices.size() == 1;
    const PairDistances common(view.lattice(0), cutoff);
    for (const auto frame : frames) {
        const auto& positions = view.positions[frame];
        if (fixed)
            inFrame(common, positions);
        else
            inFrame(PairDistances(view.lattice(frame), cutoff), positions);
    }
    return frames.size();
}

}  // namespace

RadialDistribution radialDistribution(const TrajectoryView& view, crystal::Element a, crystal::Element b,
                                      const RadialSettings& settings) {
    checkRange(settings.maxRadius, settings.binWidth);
    const auto first = atomsOrThrow(view, a), second = atomsOrThrow(view, b);
    const auto bins = static_cast<std::size_t>(std::ceil(settings.maxRadius / settings.binWidth - 1e-9));
    const double reach = static_cast<double>(bins) * settings.binWidth;
    std::vector<double> counts(bins, 0.0);
    const std::size_t frames = eachChosenFrame(
        view, reach, settings.mostFrames, [&](const PairDistances& pairs, const VectorField& positions) {
            pairs.each(positions, first, positions, second, [&](std::size_t, std::size_t, double r) {
                counts[std::min(bins - 1, static_cast<std::size_t>(r / settings.binWidth))] += 1.0;
            });
        });
    double volume = 0.0;
    for (const auto& lattice : view.lattices)
        volume += lattice.volume() / static_cast<double>(view.lattices.size());
    const double centres = static_cast<double>(frames * first.size());
    const double density = static_cast<double>(second.size()) / volume;

    RadialDistribution result;
    result.binWidth = settings.binWidth;
    double sum = 0.0;
    for (std::size_t k = 0; k < bins; ++k) {
        const double inner = static_cast<double>(k) * settings.binWidth, outer = inner + settings.binWidth;
        const double shell = 4.0 / 3.0 * units::pi * (outer * outer * outer - inner * inner * inner);
        sum += counts[k] / centres;
        result.radius.push_back(0.5 * (inner + outer));
        result.g.push_back(counts[k] / (centres * density * shell));
        result.coordination.push_back(sum);
    }
    return result;
}

double firstShellRadius(const RadialDistribution& distribution) {
    const auto bins = static_cast<std::ptrdiff_t>(distribution.g.size());
    const auto half = static_cast<std::ptrdiff_t>(std::lround(0.5 * smoothingWidth / distribution.binWidth));
    const auto smooth = [&](std::ptrdiff_t k) {
        double sum = 0.0;
        for (std::ptrdiff_t i = k - half; i <= k + half; ++i)
            sum += i >= 0 && i < bins ? distribution.g[static_cast<std::size_t>(i)] : 0.0;
        return sum / static_cast<double>(2 * half + 1);
    };
    // Up to the first maximum above the mean density, then down to where it rises again by a twentieth of it.
    double top = 0.0, lowest = 0.0;
    std::ptrdiff_t at = -1;
    for (std::ptrdiff_t k = 0; k + half < bins; ++k) {
        const double value = smooth(k);
        if (at < 0 && value >= top) {
            top = value;
            continue;
        }
        if (at < 0 && (top < 1.0 || value > 0.7 * top)) continue;
        if (at < 0 || value < lowest) {
            lowest = value;
            at = k;
        } else if (value > lowest + 0.05 * top) {
            // A gap has no lowest point: its middle is taken.
            std::ptrdiff_t end = at;
            while (end + 1 < k && smooth(end + 1) <= lowest + 1e-12)
                ++end;
            return 0.5 * (distribution.radius[static_cast<std::size_t>(at)] +
                          distribution.radius[static_cast<std::size_t>(end)]);
        }
    }
    throw InputError("g(r) has no minimum behind a first maximum: give the cutoff, or a larger radius");
}

BondStatistics bondStatistics(const TrajectoryView& view, crystal::Element a, crystal::Element b,
                              double cutoff, const RadialSettings& settings) {
    checkRange(cutoff, settings.binWidth);
    const auto first = atomsOrThrow(view, a), second = atomsOrThrow(view, b);
    const auto bins = static_cast<std::size_t>(std::ceil(cutoff / settings.binWidth - 1e-9));
    std::vector<double> counts(bins, 0.0);
    double bonds = 0.0, squares = 0.0;
    BondStatistics result;
    result.cutoff = cutoff;
    result.binWidth = settings.binWidth;
    const std::size_t frames = eachChosenFrame(
        view, cutoff, settings.mostFrames, [&](const PairDistances& pairs, const VectorField& positions) {
            std::vector<std::size_t> neighbours(first.size(), 0);
            pairs.each(positions, first, positions, second, [&](std::size_t i, std::size_t, double r) {
                counts[std::min(bins - 1, static_cast<std::size_t>(r / settings.binWidth))] += 1.0;
                ++neighbours[i];
                bonds += 1.0;
                // Running mean and sum of squares about it (Welford).
                const double off = r - result.meanLength;
                result.meanLength += off / bonds;
                squares += off * (r - result.meanLength);
            });
            for (const auto n : neighbours) {
                if (n >= result.coordinationShare.size()) result.coordinationShare.resize(n + 1, 0.0);
                result.coordinationShare[n] += 1.0;
            }
        });
    const double centres = static_cast<double>(frames * first.size());
    for (auto& share : result.coordinationShare)
        share /= centres;
    result.meanCoordination = bonds / centres;
    result.spread = bonds > 0.0 ? std::sqrt(squares / bonds) : 0.0;
    for (std::size_t k = 0; k < bins; ++k) {
        result.length.push_back((static_cast<double>(k) + 0.5) * settings.binWidth);
        result.density.push_back(bonds > 0.0 ? counts[k] / (bonds * settings.binWidth) : 0.0);
    }
    return result;
}

}  // namespace ionscape::transport
