// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/pathway_run.h"

#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/trajectory/h5md.h"
#include "core/trajectory/open_trajectory.h"
#include "core/workflow/known_sites.h"
#include "core/workflow/manifest.h"

namespace ionscape::workflow {

namespace {

using Visit = std::function<void(const trajectory::Frame&)>;

/// The bath's temperature is exact, the mean of a short run is not.
double bathTemperature(const trajectory::H5mdReader& reader, const std::filesystem::path& file) {
    const auto text = reader.manifest();
    if (text.empty()) return 0.0;
    const auto md = manifestFromJson(text, file).spec.md;
    return md.thermostat == dynamics::Thermostat::None ? 0.0 : md.temperature;
}

/// Every stride-th frame from the first to the last but one, and the last if it is in step with the others: a
/// run that stops early writes it out of step.
void visitEvenly(trajectory::FrameSource& source, std::size_t stride, const Visit& visit) {
    trajectory::Frame frame, held;
    double beginFs = 0.0, intervalFs = 0.0;
    std::size_t read = 0, kept = 0;
    while (source.next(frame)) {
        if (read++ % stride != 0) continue;
        if (kept == 0) beginFs = frame.timeFs;
        if (kept == 1) intervalFs = frame.timeFs - beginFs;
        if (kept > 0) visit(held);
        std::swap(held, frame);
        ++kept;
    }
    if (kept == 0) return;
    const double expected = beginFs + static_cast<double>(kept - 1) * intervalFs;
    if (kept <= 2 || std::abs(held.timeFs - expected) <= 1e-3 * intervalFs) visit(held);
}

}  // namespace

PathwayRun analysePathwayRun(const std::filesystem::path& file, transport::PathwaySettings settings,
                             const std::filesystem::path& knownSites, const TrajectoryInput& input) {
    NoProgress silent;
    ProgressSink& progress = input.progress != nullptr ? *input.progress : silent;
    transport::PathwaySource source;
    source.eachFrame = [&](const Visit& visit) {
        visitEvenly(*trajectory::openTrajectory(file, input.import), input.stride, visit);
    };
    if (trajectory::trajectoryFormat(file) == trajectory::TrajectoryFormat::H5md) {
        const trajectory::H5mdReader reader(file, input.import);
        source.frames = reader.frameCount() / input.stride;
        if (settings.temperature <= 0.0) settings.temperature = bathTemperature(reader, file);
    }
    const auto opened = trajectory::openTrajectory(file, input.import);
    source.initial = opened->initial();
    if (source.initial.atomsOf(settings.mobile).empty()) {
        throw InputError(file.string() + ": holds no " + std::string(settings.mobile.symbol()) + " (it is " +
                         source.initial.formula() + ")");
    }
    trajectory::Frame first;
    if (opened->next(first)) {
        source.initial.lattice = first.lattice;
        source.initial.positions = first.positions;
    }
    if (!knownSites.empty())
        settings.knownSites = knownSitesFromCif(knownSites, settings.mobile, source.initial);

    PathwayRun run{transport::analysePathways(source, settings, input.stop, progress), source.initial,
                   settings, file};
    // The mean cell, with the atoms where they were in the first frame's.
    const crystal::Lattice mean = run.pathways.density.lattice;
    for (std::size_t i = 0; i < run.structure.size(); ++i) {
        run.structure.positions.col(static_cast<Eigen::Index>(i)) =
            mean.toCartesian(source.initial.fractional(i));
    }
    run.structure.lattice = mean;
    return run;
}

}  // namespace ionscape::workflow
