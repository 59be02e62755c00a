// SPDX-License-Identifier: GPL-3.0-or-later
// Mean squared displacement against lag time, over all time origins.
#pragma once

#include <vector>

#include "core/crystal/structure.h"
#include "core/trajectory/frame.h"

namespace ionscape::transport {

/// Equally spaced unwrapped positions of a run.
struct TrajectoryView {
    std::vector<crystal::Element> elements;
    Eigen::VectorXd masses;
    /// Time between frames, fs.
    double frameIntervalFs = 0.0;
    /// One 3 × N matrix a frame, Å.
    std::vector<VectorField> positions;
    double volume = 0.0;       ///< mean, Å³
    double temperature = 0.0;  ///< mean, K
};

/// Builds the view from frames; throws InputError when their spacing in time is not even (naming the frame).
TrajectoryView makeTrajectoryView(const crystal::Structure& initial,
                                  const std::vector<trajectory::Frame>& frames);

/// Subtracts from every frame the mass-weighted displacement of the framework (all elements but `mobile`)
/// since the first frame. Throws InputError when there is no framework.
void removeFrameworkDrift(TrajectoryView& view, crystal::Element mobile);

struct MsdCurve {
    std::vector<double> lagFs;
    std::vector<double> msd;  ///< Å²
    /// Ions averaged over.
    std::size_t ions = 0;
};

/// MSD(Δt) = ⟨|r(t+Δt) − r(t)|²⟩ over atoms of `element` and all origins, for lags 0..maxLagFrames (default:
/// all), by FFT in O(F log F) per ion (Calandrini et al., Collection SFN 12, 201 (2011)). The twin in the
/// tests is the direct double sum. Throws InputError when the trajectory holds no such atom or fewer than two
/// frames.
MsdCurve meanSquaredDisplacement(const TrajectoryView& view, crystal::Element element,
                                 long maxLagFrames = -1);

}  // namespace ionscape::transport
