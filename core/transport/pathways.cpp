// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/pathways.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/transport/mobile_ions.h"
#include "core/transport/motion_fit.h"
#include "core/transport/vibration.h"

namespace ionscape::transport {

namespace {

constexpr std::size_t framesBetweenReports = 64;
/// Ways of hops stay near the straight line.
constexpr double hopMargin = 1.5;
constexpr std::size_t fewestFramesForFit = 20;
constexpr std::size_t fewestFramesForVibration = 16;
constexpr std::size_t mostFramesForVibration = 4096;
constexpr double usualAttemptTHz = 10.0;

/// What the first pass learns besides the density.
struct FirstPass {
    DensityGrid density;
    std::size_t frames = 0;
    double beginFs = 0.0, endFs = 0.0;
    double temperature = 0.0;
    double intervalFs() const { return (endFs - beginFs) / static_cast<double>(frames - 1); }
};

class Reporter {
  public:
    Reporter(const PathwaySource& source, const char* stage, const std::stop_token& stop,
             ProgressSink& progress)
        : total_(static_cast<std::int64_t>(source.frames)), stage_(stage), stop_(stop), progress_(progress) {}
    void frame() {
        if (++done_ % framesBetweenReports != 0) return;
        throwIfStopped(stop_);
        progress_.report(stage_, static_cast<std::int64_t>(done_), total_, "");
    }

  private:
    std::size_t done_ = 0;
    std::int64_t total_;
    const char* stage_;
    std::stop_token stop_;
    ProgressSink& progress_;
};

FirstPass accumulateDensity(const PathwaySource& source, const PathwaySettings& settings,
                            const std::stop_token& stop, ProgressSink& progress) {
    FirstPass pass;
    MobileIons ions(source.initial.elements, settings.mobile, settings.removeDrift);
    std::optional<DensityAccumulator> accumulator;
    Reporter reporter(source, "density", stop, progress);
    source.eachFrame([&](const trajectory::Frame& frame) {
        if (!accumulator) {
            accumulator.emplace(gridShape(frame.lattice, settings.resolution));
            pass.beginFs = frame.timeFs;
        }
        accumulator->add(frame.lattice, ions.reduce(frame.lattice, frame.positions));
        pass.endFs = frame.timeFs;
        pass.temperature += frame.temperature;
        ++pass.frames;
        reporter.frame();
    });
    if (pass.frames < 2) {
        throw InputError(
            fmt::format("a trajectory of {} frames shows no jumps; two are needed", pass.frames));
    }
    if (!(pass.intervalFs() > 0.0)) throw InputError("the frames of the trajectory are not in order of time");
    pass.temperature /= static_cast<double>(pass.frames);
    pass.density = accumulator->density();
    return pass;
}

SiteMap locateSites(const DensityGrid& density, const PathwaySettings& settings) {
    SiteMap map;
    if (settings.knownSites.empty()) {
        map = findSites(density, {settings.prominence, settings.minimumOccupancy, settings.smoothing});
    } else {
        map = measureSites(density, settings.knownSites, settings.siteReach);
    }
    if (map.sites.empty() && settings.sitesNeeded) {
        throw InputError(fmt::format("no site holds {} {} ions; lower the smallest occupancy",
                                     settings.minimumOccupancy, settings.mobile.symbol()));
    }
    if (settings.coreRadius > 0.0) setCoreRadii(map.sites, density.lattice, settings.coreRadius);
    return map;
}

struct SecondPass {
    JumpRecord record;
    /// The first frames with the mobile ions alone, as many as an attempt frequency needs.
    TrajectoryView start;
};

SecondPass followIons(const PathwaySource& source, const PathwaySettings& settings, const FirstPass& first,
                      const SiteMap& sites, const std::stop_token& stop, ProgressSink& progress) {
    MobileIons ions(source.initial.elements, settings.mobile, settings.removeDrift);
    const crystal::Lattice& cell = first.density.lattice;
    SecondPass pass;
    pass.start.elements.assign(ions.count(), settings.mobile);
    pass.start.masses =
        Eigen::VectorXd::Constant(static_cast<Eigen::Index>(ions.count()), settings.mobile.mass());
    pass.start.frameIntervalFs = first.intervalFs();
    pass.start.lattices = {cell};
    pass.start.volume = cell.volume();
    SiteTracker tracker(cell, sites.sites, first.intervalFs());
    Reporter reporter(source, "jumps", stop, progress);
    std::size_t index = 0;
    source.eachFrame([&](const trajectory::Frame& frame) {
        const double expected = first.beginFs + static_cast<double>(index) * first.intervalFs();
        if (!(std::abs(frame.timeFs - expected) <= 1e-3 * first.intervalFs())) {
            throw InputError(
                fmt::format("frame {} (step {}) is at {} fs, {} fs is expected for even spacing: "
                            "resample the trajectory",
                            index, frame.step, frame.timeFs, expected));
        }
        const VectorField& fractional = ions.reduce(frame.lattice, frame.positions);
        tracker.add(fractional);
        if (index < mostFramesForVibration)
            pass.start.positions.push_back(cell.rows().transpose() * fractional);
        ++index;
        reporter.frame();
    });
    pass.record = tracker.record();
    return pass;
}

void chooseAttemptFrequency(Pathways& result, const PathwaySettings& settings, const TrajectoryView& start) {
    if (start.positions.size() >= fewestFramesForVibration)
        result.vibrations = vibration(start, settings.mobile);
    result.attemptTHz = settings.attemptTHz;
    if (result.attemptTHz > 0.0) return;
    result.attemptTHz = usualAttemptTHz;
    if (!result.vibrations) {
        result.attemptWarning = "the run is too short to see vibrations: 10 THz is a guess";
        return;
    }
    if (!(result.vibrations->attemptFrequencyTHz > 0.0)) {
        result.attemptWarning = "the ions do not vibrate: 10 THz is a guess";
        return;
    }
    result.attemptMeasured = true;
    result.attemptTHz = result.vibrations->attemptFrequencyTHz;
    result.attemptWarning = result.vibrations->warning;
}

std::vector<HopPath> hopPaths(const Pathways& result, const PathwaySettings& settings,
                              const std::stop_token& stop) {
    std::vector<HopPath> paths;
    const double highest = *std::max_element(result.density.values.begin(), result.density.values.end());
    std::set<std::array<int, 5>> known;
    for (std::size_t h = 0; h < result.hops.size() && paths.size() < settings.mostHopPaths; ++h) {
        throwIfStopped(stop);
        const HopRate& hop = result.hops[h];
        const IntVec3& t = hop.translation;
        if (known.count({hop.to, hop.from, -t[0], -t[1], -t[2]}) > 0) continue;
        known.insert({hop.from, hop.to, t[0], t[1], t[2]});
        const Site& from = result.siteMap.sites[static_cast<std::size_t>(hop.from)];
        const Site& to = result.siteMap.sites[static_cast<std::size_t>(hop.to)];
        auto path = pathBetween(result.energy, from.centre, {to.centre.v + t.cast<double>()},
                                {result.temperature, hopMargin});
        if (!path) continue;
        const auto bottom = [&](const Site& site) {
            return -units::boltzmann * result.temperature * std::log(site.peakDensity / highest);
        };
        const double top = path->highest();
        paths.push_back({h, std::move(*path), top - bottom(from), top - bottom(to)});
    }
    return paths;
}

void addRates(Pathways& result, const PathwaySettings& settings) {
    result.residences = siteResidences(result.record);
    result.hops = hopRates(result.record);
    for (const HopRate& hop : result.hops)
        result.barriers.push_back(
            activationEnergy(hop.rate, hop.error, result.attemptTHz, result.temperature));
    result.types = jumpTypes(result.record, result.hops);
    for (const JumpType& type : result.types) {
        result.typeBarriers.push_back(
            activationEnergy(type.rate, type.error, result.attemptTHz, result.temperature));
    }
    result.jumpDiffusivity = jumpDiffusivity(result.record);
    result.concerted = concertedJumps(result.record, settings.concert);
    if (result.record.jumps.empty()) return;
    const auto view = siteTrajectory(result.record, settings.mobile);
    if (view.positions.size() < fewestFramesForFit) return;
    const auto motion = motionStatistics(view, settings.mobile);
    result.siteDiffusion = fitMotion(motion, defaultFitWindow(motion.msd)).tracer;
    result.correlation = correlationFactor(result.siteDiffusion->coefficient, result.siteDiffusion->error,
                                           result.jumpDiffusivity);
}

}  // namespace

PathwaySource sourceOf(const crystal::Structure& initial, const std::vector<trajectory::Frame>& frames) {
    return {initial,
            [&frames](const std::function<void(const trajectory::Frame&)>& visit) {
                for (const auto& frame : frames)
                    visit(frame);
            },
            frames.size()};
}

Pathways analysePathways(const PathwaySource& source, const PathwaySettings& settings,
                         const std::stop_token& stop, ProgressSink& progress) {
    const FirstPass first = accumulateDensity(source, settings, stop, progress);
    Pathways result;
    result.temperature = settings.temperature > 0.0 ? settings.temperature : first.temperature;
    if (!(result.temperature > 0.0)) {
        throw InputError(
            "the trajectory does not say at which temperature it was made; free energies need it: give it");
    }
    result.density = smoothed(first.density, settings.smoothing);
    result.energy = freeEnergy(result.density, result.temperature);
    result.siteMap = locateSites(result.density, settings);
    if (!result.siteMap.sites.empty()) {
        SecondPass second = followIons(source, settings, first, result.siteMap, stop, progress);
        result.record = std::move(second.record);
        chooseAttemptFrequency(result, settings, second.start);
        addRates(result, settings);
    }
    progress.report("paths", 0, 0, "");
    throwIfStopped(stop);
    result.levels = percolationLevels(result.energy);
    for (int axis = 0; axis < 3; ++axis) {
        throwIfStopped(stop);
        result.paths[static_cast<std::size_t>(axis)] =
            percolatingPath(result.energy, result.levels, axis, {result.temperature, hopMargin});
    }
    result.hopPaths = hopPaths(result, settings, stop);
    return result;
}

}  // namespace ionscape::transport
