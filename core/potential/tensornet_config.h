// SPDX-License-Identifier: GPL-3.0-or-later
// Settings and weights of a MatGL TensorNet, and reading them from the directory that MatGL saves.
#pragma once

#include <filesystem>
#include <vector>

#include "core/potential/chgnet_config.h"

namespace ionscape::potential {

enum class RadialBasis { SmoothBessel, Gaussian };

/// Named after the arguments of matgl.models.TensorNet.
struct TensorNetConfig {
    /// Row i of the embedding belongs to elements[i].
    std::vector<crystal::Element> elements;
    int units = 64;
    int blocks = 2;
    RadialBasis basis = RadialBasis::Gaussian;
    /// Radial functions: max_n of the Bessel basis, num_rbf of the Gaussian one.
    int radialFunctions = 32;
    double gaussianWidth = 0.5;  ///< exponent, Å⁻²
    double cutoff = 5.0;         ///< Å
    /// Products X Y + Y X, which do not tell left from right (group O(3)); otherwise 2 Y X (SO(3)).
    bool symmetricProduct = true;
    /// The network gives (total energy − references − mean) / deviation, eV.
    double energyMean = 0.0;
    double energyDeviation = 1.0;
    /// eV for each of `elements`.
    std::vector<double> referenceEnergies;
};

struct TensorNetData {
    TensorNetConfig config;
    /// Names and shapes as in MatGL's state_dict, without the leading "model."; buffers left out.
    std::vector<NamedArray> weights;
    PotentialInfo info;
};

/// Names and shapes of all weights that `config` implies.
std::vector<NamedArray> expectedWeights(const TensorNetConfig& config);

/// Where the files of a model are: `path` itself or, for a model.json, its folder.
std::filesystem::path tensorNetFolder(const std::filesystem::path& path);

/// Whether `path` is a folder with a model.json, or a model.json beside a state.pt.
bool isTensorNetFolder(const std::filesystem::path& path);

/// Reads model.json and state.pt; nothing is executed. Throws IoError (file missing or damaged) and
/// ModelError (not a TensorNet, or a setting that is not supported, named), both naming the file.
TensorNetData readTensorNet(const std::filesystem::path& path);

}  // namespace ionscape::potential
