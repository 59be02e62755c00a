// SPDX-License-Identifier: GPL-3.0-or-later
// Hyperparameters of a CHGNet model and its weights as plain arrays, free of any tensor library.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/potential/potential.h"

namespace ionscape::potential {

/// Hyperparameters, named after the arguments of the Python package (chgnet.model.CHGNet); defaults are
/// CHGNet 0.3.0.
struct ChgnetConfig {
    int atomDim = 64;
    int bondDim = 64;
    int angleDim = 64;
    int radialFunctions = 31;
    /// Odd: one constant and (n − 1)/2 sines and cosines.
    int angularFunctions = 31;
    int convolutions = 4;
    /// Hidden widths of the gated perceptrons; empty means a single linear layer.
    std::vector<int> atomHidden{64};
    std::vector<int> bondHidden{64};
    std::vector<int> angleHidden{};
    /// Hidden widths of the readout.
    std::vector<int> readoutHidden{64, 64, 64};
    double atomCutoff = 6.0;  ///< Å
    double bondCutoff = 3.0;  ///< Å
    int cutoffExponent = 8;
    bool gatedNorm = true;
    bool readoutNorm = true;
    bool outputBias = false;
    /// Per-atom reference energies belong to the energy per atom (true) or to the total (false).
    bool intensive = true;
    /// Magnetic moments were trained; otherwise the head holds noise and is not shown.
    bool magmoms = true;

    /// Throws ModelError naming the first value outside its sensible bounds.
    void validate() const;
};

/// JSON object with every field, and back; chgnetConfigFromJson throws ModelError naming the field.
std::string toJson(const ChgnetConfig& config);
ChgnetConfig chgnetConfigFromJson(const std::string& json);

/// A dense row-major array with a name.
struct NamedArray {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

/// Everything a CHGNet file holds.
struct ChgnetModelData {
    ChgnetConfig config;
    /// Names and shapes as in the Python package's state_dict.
    std::vector<NamedArray> weights;
    PotentialInfo info;
    /// Free-form JSON object: dataset, errors, recipe. Empty where the file has none.
    std::string metadata;
    /// The numbers come from the Python package: evaluate with its rounding of positions.
    bool fromPython = false;
    /// Moments of the optimiser for each weight; only in the state files of a training run.
    std::vector<NamedArray> momentum, secondMoment;
    /// Running average of the weights; only in the state files of a training run that keeps one.
    std::vector<NamedArray> averaged;
};

/// Names and shapes of all weights that `config` implies.
std::vector<NamedArray> expectedWeights(const ChgnetConfig& config);

/// Throws ModelError naming the first weight that is missing, unexpected or of the wrong shape.
void checkWeights(const ChgnetModelData& data);

}  // namespace ionscape::potential
