// SPDX-License-Identifier: GPL-3.0-or-later
// Trajectories as the analyses see them, and mean squared displacements against lag time, over all origins.
#pragma once

#include <vector>

#include "core/crystal/structure.h"
#include "core/trajectory/frame.h"
#include "core/transport/directions.h"

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
    /// The cell: one a frame, one for all of them where it does not change, none where nobody knows it.
    std::vector<crystal::Lattice> lattices;

    /// Throws InputError when the cell is not known.
    const crystal::Lattice& lattice(std::size_t frame) const;
    /// Indices of the atoms of an element, in order.
    std::vector<Eigen::Index> atomsOf(crystal::Element element) const;
};

/// Builds the view from frames; throws InputError when their spacing in time is not even (naming the frame).
TrajectoryView makeTrajectoryView(const crystal::Structure& initial,
                                  const std::vector<trajectory::Frame>& frames);

/// Subtracts from every frame the mass-weighted displacement of the framework (all elements but `mobile`)
/// since the first frame. Throws InputError when there is no framework.
void removeFrameworkDrift(TrajectoryView& view, crystal::Element mobile);

/// The same with a framework of the caller's choice, e.g. only the oxygens and phosphorus. Throws InputError
/// when the trajectory holds none of `framework`.
void removeDrift(TrajectoryView& view, const std::vector<crystal::Element>& framework);

struct MsdCurve {
    std::vector<double> lagFs;
    std::vector<double> msd;  ///< Å²
    /// Ions averaged over.
    std::size_t ions = 0;
};

/// MSD(Δt) = ⟨|r(t+Δt) − r(t)|²⟩ over atoms of `element` and all origins, for lags 0..maxLagFrames (default:
/// all), by FFT in O(F log F) per ion (Calandrini et al., Collection SFN 12, 201 (2011)). The twin in the
/// tests is the direct double sum. \param directions  only these components of the displacement count Throws
/// InputError when the trajectory holds no such atom or fewer than two frames.
MsdCurve meanSquaredDisplacement(const TrajectoryView& view, crystal::Element element, long maxLagFrames = -1,
                                 const Directions& directions = Directions::all());

/// |Σ z_i Δr_i|² / Σ z_i² over all origins: the displacement of the centre of charge, on the scale of one
/// ion's. Equal to the MSD for independent ions of one charge, N times it for N that move as one. \param
/// charges  of all atoms, e; zero for those that do not count Throws InputError as meanSquaredDisplacement
/// does.
MsdCurve collectiveDisplacement(const TrajectoryView& view, const Eigen::VectorXd& charges,
                                long maxLagFrames = -1, const Directions& directions = Directions::all());

/// The same for the ions of one element.
MsdCurve collectiveDisplacement(const TrajectoryView& view, crystal::Element element, long maxLagFrames = -1,
                                const Directions& directions = Directions::all());

}  // namespace ionscape::transport
