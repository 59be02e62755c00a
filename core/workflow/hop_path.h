// SPDX-License-Identifier: GPL-3.0-or-later
// The minimum-energy path of a hop from its two ends: one procedure for the command line and the window.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/dynamics/neb.h"
#include "core/transport/pathways.h"

namespace ionscape::workflow {

/// Two states of the same atoms in the same cell, not at rest yet.
struct HopEnds {
    crystal::Structure start, end;
    std::size_t atom = 0;  ///< that hops, counted from 0
    double timeFs = 0.0;   ///< of the frame that the start is from
    /// From the target to the nearest other mobile ion in the start, Å; infinite where there is none.
    double clearance = 0.0;
};

/// Frames of the analysis: element 0 is its first one.
using FrameAt = std::function<trajectory::Frame(std::int64_t)>;

/// The ends of a connection that an analysis has found. The start is the last frame before one of its jumps,
/// in which the ion is still at home, and the end the same with the ion in the middle of its target; of all
/// jumps of the connection the one is taken whose target was emptiest. Throws InputError for a connection
/// that is not there.
HopEnds hopEnds(const transport::Pathways& pathways, const transport::HopRate& hop,
                const crystal::Structure& initial, const FrameAt& frameAt, crystal::Element mobile,
                bool removeDrift);

/// The ends of a hop of one atom of a structure to the image of `target` (Å) that is nearest to it.
HopEnds hopEnds(const crystal::Structure& start, std::size_t atom, const Vec3& target);

struct HopSettings {
    dynamics::NebSettings neb;
    bool relaxEnds = true;
    int relaxSteps = 1000;
};

/// Relaxes both ends in the given cell to half the tolerance of the band, then the band. `observer` sees the
/// band after each of its steps. Throws ConvergenceError naming the end that does not relax, or when both
/// ends relax into the same state; otherwise as nudgedElasticBand.
dynamics::NebPath findHopPath(const crystal::Structure& start, const crystal::Structure& end,
                              potential::Potential& potential, const HopSettings& settings,
                              const std::stop_token& stop, ProgressSink& progress,
                              const dynamics::NebObserver& observer = {});

/// All images as extended XYZ with their energies, numbers and distances along the path. Throws IoError.
void writeHopPath(const std::filesystem::path& file, const dynamics::NebPath& path);

/// One line an image: distance_A, energies, slope, and whether it climbed.
std::string hopPathCsv(const dynamics::NebPath& path);

}  // namespace ionscape::workflow
