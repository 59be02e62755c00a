// SPDX-License-Identifier: GPL-3.0-or-later
// The values behind the histograms of a dataset, one a frame or an atom.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/training/dataset.h"

namespace ionscape::training {

struct DatasetOverview {
    std::size_t frames = 0;
    std::size_t atoms = 0;
    std::size_t stressFrames = 0;
    /// Reduced formula and number of frames, most frames first.
    std::vector<std::pair<std::string, std::size_t>> compositions;
    /// Elements in order of atomic number, and the number of frames that hold each.
    std::vector<std::pair<crystal::Element, std::size_t>> elements;
    /// Energies above what a sum over elements explains (least squares), eV/atom, one a frame: plain energies
    /// would only show which elements a frame has.
    std::vector<double> energyResidual;
    std::vector<double> forceNorm;                  ///< |F| of every atom, eV/Å
    std::vector<double> meanStress;                 ///< a third of the trace, GPa, one a frame with stress
    std::size_t smallestCell = 0, largestCell = 0;  ///< atoms
};

DatasetOverview overviewOf(const Dataset& dataset);

}  // namespace ionscape::training
