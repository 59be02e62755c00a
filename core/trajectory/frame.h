// SPDX-License-Identifier: GPL-3.0-or-later
// One moment of a molecular-dynamics run.
#pragma once

#include <cstdint>

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
};

}  // namespace ionscape::trajectory
