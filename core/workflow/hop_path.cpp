// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/hop_path.h"

#include <fmt/format.h>

#include <limits>

#include "core/base/error.h"
#include "core/dynamics/relaxer.h"
#include "core/io/structure_file.h"
#include "core/transport/mobile_ions.h"

namespace ionscape::workflow {

namespace {

/// Ends whose atoms all lie nearer to each other than this are one state, Å.
constexpr double sameState = 0.2;

double clearanceOf(const crystal::Structure& structure, std::size_t atom, const Vec3& target) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const std::size_t other : structure.atomsOf(structure.elements[atom])) {
        if (other == atom) continue;
        nearest =
            std::min(nearest, structure.lattice.minimumImage(structure.position(other) - target).norm());
    }
    return nearest;
}

crystal::Structure atRest(const crystal::Structure& structure, potential::Potential& potential,
                          const HopSettings& hop, const char* which, const std::stop_token& stop,
                          ProgressSink& progress) {
    if (!hop.relaxEnds) return structure;
    dynamics::RelaxSettings settings;
    settings.cell = dynamics::CellFilter::Fixed;
    settings.forceTolerance = 0.5 * hop.neb.forceTolerance;
    settings.maxSteps = hop.relaxSteps;
    const auto result = dynamics::relax(structure, potential, settings, stop, progress);
    if (result.converged) return result.structure;
    throw ConvergenceError(
        fmt::format("the {} of the path did not relax: {:.3f} eV/Å are left after {} steps", which,
                    result.maxForce, result.steps));
}

double farthestApart(const crystal::Structure& a, const crystal::Structure& b) {
    double most = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        most = std::max(most, a.lattice.minimumImage(b.position(i) - a.position(i)).norm());
    return most;
}

bool sameHop(const transport::Jump& jump, const transport::HopRate& hop) {
    return jump.from == hop.from && jump.to == hop.to && jump.translation == hop.translation;
}

}  // namespace

HopEnds hopEnds(const crystal::Structure& start, std::size_t atom, const Vec3& target) {
    HopEnds ends;
    ends.start = start;
    ends.end = dynamics::hopped(start, atom, target);
    ends.atom = atom;
    ends.clearance = clearanceOf(start, atom, target);
    return ends;
}

HopEnds hopEnds(const transport::Pathways& pathways, const transport::HopRate& hop,
                const crystal::Structure& initial, const FrameAt& frameAt, crystal::Element mobile,
                bool removeDrift) {
    const auto& record = pathways.record;
    transport::MobileIons ions(initial.elements, mobile, removeDrift);
    const auto first = frameAt(0);
    ions.reduce(first.lattice, first.positions);
    std::optional<HopEnds> best;
    for (const auto& jump : record.jumps) {
        if (!sameHop(jump, hop)) continue;
        const auto frame = frameAt(jump.departure);
        const VectorField& reduced = ions.reduce(frame.lattice, frame.positions);
        const std::size_t atom = ions.atoms().at(static_cast<std::size_t>(jump.ion));
        crystal::Structure start = initial;
        start.lattice = frame.lattice;
        start.positions = frame.positions;
        // Sites stand in the frame of the framework, which may have drifted since the first frame.
        const Vec3 drift = frame.lattice.toFractional(start.position(atom)).v - reduced.col(jump.ion);
        const auto& site = record.sites.at(static_cast<std::size_t>(hop.to));
        HopEnds ends = hopEnds(start, atom, frame.lattice.toCartesian({Vec3(site.centre.v + drift)}));
        ends.timeFs = frame.timeFs;
        if (!best || ends.clearance > best->clearance) best = std::move(ends);
    }
    if (!best) throw InputError("no jump of this connection was seen");
    return std::move(*best);
}

dynamics::NebPath findHopPath(const crystal::Structure& start, const crystal::Structure& end,
                              potential::Potential& potential, const HopSettings& settings,
                              const std::stop_token& stop, ProgressSink& progress,
                              const dynamics::NebObserver& observer) {
    dynamics::checkSettings(settings.neb);
    dynamics::requireSameCrystal(start, end);
    const auto first = atRest(start, potential, settings, "start", stop, progress);
    const auto last = atRest(end, potential, settings, "end", stop, progress);
    if (farthestApart(first, last) < sameState)
        throw ConvergenceError(
            "both ends of the hop relax into the same state: there is no barrier between them at rest");
    return dynamics::nudgedElasticBand(dynamics::interpolatedPath(first, last, settings.neb.images),
                                       potential, settings.neb, stop, progress, observer);
}

void writeHopPath(const std::filesystem::path& file, const dynamics::NebPath& path) {
    std::vector<io::LabelledStructure> frames;
    for (std::size_t i = 0; i < path.images.size(); ++i) {
        io::LabelledStructure frame;
        frame.structure = path.images[i];
        frame.energy = path.energies[i];
        frame.info["image"] = std::to_string(i);
        frame.info["distance"] = fmt::format("{:.6f}", path.distances[i]);
        frames.push_back(std::move(frame));
    }
    io::writeStructures(file, frames);
}

std::string hopPathCsv(const dynamics::NebPath& path) {
    std::string text = "image,distance_A,energy_eV,energy_above_start_eV,slope_eV_per_A,climbing\n";
    for (std::size_t i = 0; i < path.images.size(); ++i)
        text += fmt::format("{},{:.6f},{:.8f},{:.8f},{:.6f},{}\n", i, path.distances[i], path.energies[i],
                            path.energies[i] - path.energies.front(), path.slopes[i],
                            path.climbed && i == path.highest() ? 1 : 0);
    return text;
}

}  // namespace ionscape::workflow
