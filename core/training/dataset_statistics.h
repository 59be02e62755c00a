// SPDX-License-Identifier: GPL-3.0-or-later
// What a data set holds, to be looked at before a training run starts.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/training/dataset.h"

namespace ionscape::training {

/// Range, mean and histogram of one quantity; the bins divide the range evenly.
struct Distribution {
    std::size_t count = 0;
    double smallest = 0.0, largest = 0.0, mean = 0.0, deviation = 0.0;
    std::vector<std::size_t> histogram;
};

/// \param bins  at least one
Distribution distributionOf(const std::vector<double>& values, int bins);

struct DatasetStatistics {
    std::size_t frames = 0, atoms = 0;
    std::size_t stressFrames = 0, magmomFrames = 0;
    std::map<std::string, std::size_t> compositions;  ///< reduced formula → frames
    std::map<std::string, std::size_t> elements;      ///< symbol → frames that hold it
    Distribution cellSize;                            ///< atoms a frame
    Distribution energyPerAtom;                       ///< eV
    /// eV/atom above the reference energies fitted to this data set: what there is to learn.
    Distribution energyAboveReference;
    Distribution force;     ///< |F| of every atom, eV/Å
    Distribution pressure;  ///< −tr(stress)/3 of the frames with a stress, GPa
    Distribution magmom;    ///< |m| of every atom with a moment, μ_B
};

/// Needs energies and forces, as readDataset ensures.
DatasetStatistics statisticsOf(const Dataset& dataset, int bins = 20);

/// JSON object with units in the keys; null for quantities that no frame has.
nlohmann::json toJson(const DatasetStatistics& statistics);

}  // namespace ionscape::training
