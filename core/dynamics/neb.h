// SPDX-License-Identifier: GPL-3.0-or-later
// Minimum-energy paths between two states by the nudged elastic band.
#pragma once

#include <functional>
#include <vector>

#include "core/base/progress.h"
#include "core/potential/potential.h"

namespace ionscape::dynamics {

struct NebSettings {
    int images = 5;                ///< between the two ends
    double springEvPerA2 = 5.0;    ///< eV/Å²
    bool climb = true;             ///< the highest image climbs to the saddle
    double climbBelow = 0.5;       ///< eV/Å: climbing begins when the largest force is below this
    double forceTolerance = 0.05;  ///< eV/Å, largest force on an atom of an image
    int maxSteps = 500;
    double maxStep = 0.1;  ///< Å, largest move of an atom in one step
};
/// Throws InputError naming the first setting that is impossible.
void checkSettings(const NebSettings& settings);

/// A band as it stands: the ends first and last.
struct NebPath {
    std::vector<crystal::Structure> images;
    std::vector<double> energies;  ///< eV
    /// Length of the path up to each image, Å (3N-dimensional distance).
    std::vector<double> distances;
    /// dE/ds along the path at each image, eV/Å.
    std::vector<double> slopes;
    double maxForce = 0.0;  ///< eV/Å, on the images between the ends
    int steps = 0;
    bool converged = false;
    /// The highest image climbs; otherwise the saddle lies between images.
    bool climbed = false;

    std::size_t highest() const;
    /// Highest point of the interpolated path above the first and above the last image, eV.
    double forwardBarrier() const;
    double backwardBarrier() const;
};

/// One point of a path.
struct PathPoint {
    double distance = 0.0;  ///< Å
    double energy = 0.0;    ///< eV
};
/// The energy between the images: cubic pieces through energies and slopes (Henkelman & Jónsson 2000), with
/// `perSegment` points each.
std::vector<PathPoint> interpolated(const NebPath& path, int perSegment = 20);

/// The end state of a hop: atom `atom` (counted from 0) moved to the periodic image of `target` (Å) that is
/// nearest to it. Throws InputError for an atom that is not there.
crystal::Structure hopped(const crystal::Structure& start, std::size_t atom, const Vec3& target);

/// Throws InputError saying what differs unless both have the same cell and elements in the same order.
void requireSameCrystal(const crystal::Structure& start, const crystal::Structure& end);

/// Images between two states with the same cell and atoms in the same order, every atom going to the nearest
/// periodic image of its end: straight, then relaxed so that pair distances change evenly (image dependent
/// pair potential: Smidstrup, Pedersen, Stokbro & Jónsson, J. Chem. Phys. 140, 214106 (2014)). Ends included.
/// Throws InputError saying what differs between the ends.
std::vector<crystal::Structure> interpolatedPath(const crystal::Structure& start,
                                                 const crystal::Structure& end, int images);

using NebObserver = std::function<void(const NebPath&)>;

/// Relaxes a band by FIRE: improved tangents (Henkelman & Jónsson, J. Chem. Phys. 113, 9978 (2000)), springs
/// along them, and a climbing image (Henkelman, Uberuaga & Jónsson, J. Chem. Phys. 113, 9901 (2000)). The
/// ends stay as given: relax them first. All images of a step are evaluated in one batch. Not converging
/// within maxSteps is no error. `observer` sees the band after every step. Throws Cancelled, ModelError,
/// InputError.
NebPath nudgedElasticBand(std::vector<crystal::Structure> images, potential::Potential& potential,
                          const NebSettings& settings, const std::stop_token& stop, ProgressSink& progress,
                          const NebObserver& observer = {});

}  // namespace ionscape::dynamics
