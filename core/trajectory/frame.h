// SPDX-License-Identifier: GPL-3.0-or-later
// One moment of a molecular-dynamics run.
#pragma once

#include <cstdint>
#include <limits>

#include "core/crystal/structure.h"

namespace ionscape::trajectory {

struct Frame {
    std::int64_t step = 0;
    /// Time since the start of the run, fs.
    double timeFs = 0.0;
    crystal::Lattice lattice;
    /// Unwrapped Cartesian positions, Å: displacements between frames are true displacements.
    VectorField positions;
    /// Å/fs; zero columns when not stored.
    VectorField velocities = VectorField(3, 0);
    double potentialEnergy = 0.0;  ///< eV
    double kineticEnergy = 0.0;    ///< eV
    double temperature = 0.0;      ///< K
    /// Disagreement of a committee of potentials on the forces since the frame before, eV/Å: on the atom with
    /// the largest, and averaged over atoms. Not a number where it was not evaluated.
    double forceSpreadMax = std::numeric_limits<double>::quiet_NaN();
    double forceSpreadMean = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace ionscape::trajectory
