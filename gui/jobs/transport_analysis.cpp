// SPDX-License-Identifier: GPL-3.0-or-later
// The analyses of the Transport stage one after the other, the quick ones first.
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/transport/density_levels.h"
#include "core/transport/radial_distribution.h"
#include "core/transport/van_hove.h"
#include "gui/jobs/transport_job.h"

namespace ionscape::gui {
namespace transport_analysis_detail {

using trajectory::Frame;
using FramePtr = RunData::FramePtr;

constexpr std::size_t fewestFrames = 8;
/// Positions held at once: 1.5 GB. Longer runs are thinned.
constexpr std::size_t mostPositions = 60'000'000;
constexpr std::array<double, 3> enclosed{0.95, 0.75, 0.40};

/// The frames of the analysis: evenly spaced, after the part that is skipped.
std::vector<FramePtr> chosenFrames(const RunData& data, double skipPs) {
    const std::size_t atoms = std::max<std::size_t>(1, data.structure().size());
    const std::size_t stride = data.frameCount() * atoms / mostPositions + 1;
    auto frames = data.frames(stride);
    std::erase_if(frames, [&](const FramePtr& frame) { return frame->timeFs < skipPs * 1000.0 - 1e-6; });
    if (frames.size() < 2) return frames;
    // A run's last frame may lie off the grid of stored steps (it is written when the run ends or is
    // stopped).
    const double interval = frames[1]->timeFs - frames[0]->timeFs;
    for (std::size_t i = 1; i < frames.size(); ++i) {
        const double expected = frames[0]->timeFs + interval * static_cast<double>(i);
        if (std::abs(frames[i]->timeFs - expected) <= 1e-3 * interval) continue;
        frames.resize(i);
        break;
    }
    return frames;
}

std::vector<crystal::Element> elementsOf(const std::vector<crystal::Element>& atoms,
                                         crystal::Element mobile) {
    std::vector<crystal::Element> order{mobile};
    for (const crystal::Element element : atoms)
        if (std::find(order.begin(), order.end(), element) == order.end()) order.push_back(element);
    return order;
}

void analyseMotion(TransportResult& result, const transport::TrajectoryView& view,
                   const std::stop_token& stop, ProgressSink& progress) {
    const auto elements = elementsOf(view.elements, result.settings.mobile);
    std::int64_t done = 0;
    result.motion.statistics = transport::motionStatistics(view, result.settings.mobile);
    result.motion.curves.push_back({result.settings.mobile, result.motion.statistics.msd});
    for (std::size_t i = 1; i < elements.size(); ++i) {
        throwIfStopped(stop);
        progress.report("motion", ++done, static_cast<std::int64_t>(elements.size()), elements[i].symbol());
        result.motion.curves.push_back({elements[i], transport::meanSquaredDisplacement(view, elements[i])});
    }
}

/// Distances of the mobile ion to each element, and how far it has come after some time.
std::shared_ptr<const StructureResult> analyseStructure(const TransportResult& result,
                                                        const transport::TrajectoryView& view,
                                                        const std::stop_token& stop, ProgressSink& progress) {
    auto found = std::make_shared<StructureResult>();
    const auto mobile = result.settings.mobile;
    transport::RadialSettings settings;
    settings.mostFrames = 200;
    const auto elements = elementsOf(view.elements, mobile);
    std::int64_t done = 0;
    for (const auto element : elements) {
        throwIfStopped(stop);
        progress.report("structure", done++, static_cast<std::int64_t>(elements.size()), element.symbol());
        const auto g = transport::radialDistribution(view, mobile, element, settings);
        const QString name = QString::fromStdString(std::string(mobile.symbol())) + QChar(0x2013) +
                             QString::fromStdString(std::string(element.symbol()));
        found->rdfs.push_back({name, g.radius, g.g, g.coordination});
    }
    throwIfStopped(stop);
    transport::VanHoveSettings wanted;
    wanted.distinct = false;
    constexpr std::size_t rows = 60;
    const std::size_t longest = view.positions.size() / 2;
    // Evenly spaced lags: the map has a linear axis.
    for (std::size_t i = 1; i <= rows; ++i) {
        const std::size_t lag = std::max<std::size_t>(1, longest * i / rows);
        if (wanted.lagFrames.empty() || lag > wanted.lagFrames.back()) wanted.lagFrames.push_back(lag);
    }
    const auto vanHove = transport::vanHove(view, mobile, wanted);
    found->vanHoveR = vanHove.radius;
    for (const double lag : vanHove.lagFs)
        found->vanHoveLagPs.push_back(lag / 1000.0);
    found->vanHove.assign(vanHove.self.data(), vanHove.self.data() + vanHove.self.size());
    throwIfStopped(stop);
    const auto moments = transport::displacementMoments(view, mobile);
    for (const double lag : moments.lagFs)
        found->momentLagPs.push_back(lag / 1000.0);
    found->nonGaussian = moments.nonGaussian;
    const auto ways = transport::ionDisplacements(view, mobile);
    found->lastDisplacement = ways.last;
    found->largestDisplacement = ways.largest;
    return found;
}

/// The analysis of the command line, on the frames in memory.
std::shared_ptr<const PathwayResult> analysePathways(const std::vector<FramePtr>& frames,
                                                     const crystal::Structure& structure,
                                                     const TransportResult& result,
                                                     const std::stop_token& stop, ProgressSink& progress) {
    transport::PathwaySource source;
    source.initial = structure;
    source.frames = frames.size();
    source.eachFrame = [&](const std::function<void(const Frame&)>& visit) {
        for (const auto& frame : frames)
            visit(*frame);
    };
    transport::PathwaySettings wanted;
    wanted.mobile = result.settings.mobile;
    wanted.removeDrift = result.settings.removeDrift;
    wanted.resolution = result.settings.resolution;
    wanted.smoothing = result.settings.smoothing;
    wanted.prominence = result.settings.prominence;
    wanted.coreRadius = result.settings.coreRadius;
    wanted.temperature = result.temperature;
    wanted.sitesNeeded = false;
    auto found = std::make_shared<PathwayResult>();
    found->found = transport::analysePathways(source, wanted, stop, progress);
    for (std::size_t i = 0; i < enclosed.size(); ++i)
        found->levels[i] = transport::levelEnclosing(found->found.density, enclosed[i]);
    for (int axis = 0; axis < 3; ++axis)
        if (found->found.paths[static_cast<std::size_t>(axis)]) found->axes.push_back(axis);
    return found;
}

}  // namespace transport_analysis_detail

TransportResult analyseTransport(const RunData& data, const TransportSettings& settings,
                                 const std::stop_token& stop, ProgressSink& progress,
                                 const std::function<void(const TransportResult&)>& partial) {
    using namespace transport_analysis_detail;
    TransportResult result;
    result.settings = settings;
    const auto frames = chosenFrames(data, settings.skipPs);
    if (frames.size() < fewestFrames)
        throw InputError("Too few frames are left for an analysis: skip less of the beginning.");
    const auto structure = data.structure();
    result.beginFs = frames.front()->timeFs;
    progress.report("motion", 0, 0, "");
    {
        std::vector<Frame> copies;
        copies.reserve(frames.size());
        for (const auto& frame : frames)
            copies.push_back(*frame);
        auto view = transport::makeTrajectoryView(structure, copies);
        copies.clear();
        copies.shrink_to_fit();
        throwIfStopped(stop);
        if (settings.removeDrift && elementsOf(view.elements, settings.mobile).size() > 1)
            transport::removeFrameworkDrift(view, settings.mobile);
        result.frames = view.positions.size();
        result.frameIntervalFs = view.frameIntervalFs;
        result.meanTemperature = view.temperature;
        result.temperature = settings.temperature > 0.0 ? settings.temperature : view.temperature;
        result.volume = view.volume;
        result.lattice = structure.lattice;
        analyseMotion(result, view, stop, progress);
        if (partial) partial(result);
        try {
            result.structure = analyseStructure(result, view, stop, progress);
        } catch (const InputError& error) {
            result.notes << QString::fromUtf8(error.what());
        }
        if (partial) partial(result);
    }
    try {
        result.pathways =
            transport_analysis_detail::analysePathways(frames, structure, result, stop, progress);
        result.lattice = result.pathways->found.density.lattice;
    } catch (const InputError& error) {
        result.notes << QString::fromUtf8(error.what());
    }
    return result;
}

}  // namespace ionscape::gui
