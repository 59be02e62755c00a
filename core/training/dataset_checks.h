// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for frames that should not be trained on: those that are there twice, and those that stand out.
#pragma once

#include <utility>
#include <vector>

#include "core/training/dataset.h"

namespace ionscape::training {

struct DuplicateTolerance {
    double energyPerAtom = 1e-5;  ///< eV
    double distance = 1e-3;       ///< Å, of every interatomic distance below the cutoff
    double cutoff = 5.0;          ///< Å
};

/// Pairs (kept, duplicate) of frames with the same atoms, the same energy and the same distances between
/// every two kinds of elements, so that shifted, rotated or reordered copies are found. `kept` is the first
/// of its kind; each duplicate appears once. Sorted by duplicate.
std::vector<std::pair<std::size_t, std::size_t>> findDuplicates(const Dataset& dataset,
                                                                const DuplicateTolerance& tolerance = {});

/// How far a frame lies off the line that gives the energy per atom of its composition.
struct EnergyDeviation {
    std::size_t frame = 0;
    double residual = 0.0;  ///< eV/atom above the line
    /// 0.6745 × (residual − median) / median absolute deviation (Iglewicz & Hoaglin 1993).
    double robustZ = 0.0;
};

/// Deviations of all frames from reference energies fitted to the data (fitReferenceEnergies), refitted twice
/// without the frames whose |z| exceeds `threshold`, as outliers would drag the line along.
std::vector<EnergyDeviation> energyDeviations(const Dataset& dataset, double threshold = 3.5);

}  // namespace ionscape::training
