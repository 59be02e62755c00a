// SPDX-License-Identifier: GPL-3.0-or-later
// Trajectories of any length read into a view of bounded size.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>

#include "core/base/progress.h"
#include "core/trajectory/frame_source.h"
#include "core/transport/msd.h"

namespace ionscape::transport {

struct StreamOptions {
    /// Only every stride-th frame is kept, from the first.
    std::size_t stride = 1;
    /// The mass-weighted drift of all other elements is removed while reading (nothing where there are none),
    /// and these ions are kept when the memory does not suffice for all atoms.
    std::optional<crystal::Element> mobile;
    /// Bound on the positions held. Where all atoms would need more only the mobile ones are kept; where
    /// these need more, too, every second frame is dropped, as often as necessary.
    std::size_t memoryBytes = std::size_t{192} << 20;
    /// Called for every frame of the source, before anything is left out.
    std::function<void(const trajectory::Frame&)> watch;
};

struct StreamedView {
    /// Of the mobile ions alone if `onlyMobile`. Its drift is removed if there is a mobile element.
    TrajectoryView view;
    /// The structure of the atoms in the last frame read.
    crystal::Structure last;
    std::size_t framesRead = 0;
    /// Frames of the source from one of the view to the next.
    std::size_t stride = 1;
    bool onlyMobile = false;
    /// What was left out and why; for the user.
    std::vector<std::string> notes;
};

/// Reads the source to its end. A last frame off the even spacing of the others (written when a run stops) is
/// left out. Throws what the source throws, InputError when the spacing in time is not even (naming the
/// frame), when there is no mobile ion or no frame, and Cancelled. Progress: stage "read", in thousandths of
/// the file.
StreamedView streamView(trajectory::FrameSource& source, const StreamOptions& options,
                        const std::stop_token& stop, ProgressSink& progress);

}  // namespace ionscape::transport
