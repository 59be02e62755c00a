// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/vibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/mean_spread.h"
#include "core/base/units.h"
#include "core/transport/power_spectrum.h"

namespace ionscape::transport {

namespace {

constexpr std::size_t fewestFramesForSpectrum = 16;
constexpr std::size_t longestSegment = 4096;
/// Frames a period below which turning points are missed.
constexpr double framesPerPeriod = 6.0;

/// Squared distances between successive turning points of a component.
void addSwings(const std::vector<double>& positions, std::vector<double>& swings) {
    double turn = positions.front();
    bool first = true;
    for (std::size_t t = 1; t + 1 < positions.size(); ++t) {
        const double before = positions[t] - positions[t - 1], after = positions[t + 1] - positions[t];
        if (before * after >= 0.0) continue;
        if (!first) swings.push_back((positions[t] - turn) * (positions[t] - turn));
        turn = positions[t];
        first = false;
    }
}

/// For amplitudes that are spread as those of a thermal oscillator (Rayleigh), squared swings of 2A are
/// spread exponentially: their median is ln 2 of their mean, 8 u².
double amplitudeOf(std::vector<double>& swings) {
    if (swings.empty()) return 0.0;
    const auto middle = swings.begin() + static_cast<std::ptrdiff_t>(swings.size() / 2);
    std::nth_element(swings.begin(), middle, swings.end());
    return std::sqrt(*middle / (8.0 * std::log(2.0)));
}

/// Differences of frames dt apart show v with a factor sin(x)/x, x = π f dt.
void undoDifferences(std::vector<double>& power, std::size_t segment) {
    for (std::size_t k = 1; k < power.size(); ++k) {
        const double x = units::pi * static_cast<double>(k) / static_cast<double>(segment);
        power[k] *= std::pow(x / std::sin(x), 2);
    }
}

}  // namespace

Vibration vibration(const TrajectoryView& view, crystal::Element element) {
    const auto ions = view.atomsOf(element);
    const std::size_t frames = view.positions.size();
    if (ions.empty()) throw InputError(fmt::format("the trajectory holds no {}", element.symbol()));
    if (frames < fewestFramesForSpectrum) {
        throw InputError(fmt::format("a spectrum needs {} frames, the trajectory has {}",
                                     fewestFramesForSpectrum, frames));
    }
    const std::size_t segment = std::min(longestSegment, frames - 1);
    const double stepTHz = 1000.0 / (view.frameIntervalFs * static_cast<double>(segment));
    PowerSpectrum spectrum(segment);
    Vibration result;
    result.spectrum.assign(segment / 2 + 1, 0.0);
    std::vector<double> positions(frames), velocities(frames - 1), frequencies, swings;
    for (const auto ion : ions) {
        double weighted = 0.0, total = 0.0;
        for (Eigen::Index axis = 0; axis < 3; ++axis) {
            for (std::size_t t = 0; t < frames; ++t)
                positions[t] = view.positions[t](axis, ion);
            for (std::size_t t = 0; t + 1 < frames; ++t)
                velocities[t] = positions[t + 1] - positions[t];
            auto power = spectrum.of(velocities);
            undoDifferences(power, segment);
            for (std::size_t k = 0; k < power.size(); ++k) {
                weighted += power[k] * static_cast<double>(k) * stepTHz;
                total += power[k];
                result.spectrum[k] += power[k];
            }
            addSwings(positions, swings);
        }
        if (total > 0.0) frequencies.push_back(weighted / total);
    }
    double sum = 0.0;
    for (const double power : result.spectrum)
        sum += power * stepTHz;
    for (std::size_t k = 0; k < result.spectrum.size(); ++k) {
        result.frequencyTHz.push_back(static_cast<double>(k) * stepTHz);
        if (sum > 0.0) result.spectrum[k] /= sum;
    }
    if (frequencies.empty()) {
        result.warning = "nothing moves";
        return result;
    }
    const auto mean = meanSpread(frequencies);
    result.attemptFrequencyTHz = mean.mean;
    result.spreadTHz = mean.standardDeviation;
    result.amplitude = amplitudeOf(swings);
    const double perPeriod = 1000.0 / (view.frameIntervalFs * mean.mean);
    if (perPeriod < framesPerPeriod) {
        result.warning = fmt::format(
            "only {:.1f} frames a period of vibration: store frames at most {:.0f} fs apart for these "
            "numbers",
            perPeriod, 1000.0 / (framesPerPeriod * mean.mean));
    }
    return result;
}

}  // namespace ionscape::transport
