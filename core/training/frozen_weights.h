// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing the weights of a CHGNet that fine-tuning leaves alone.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/potential/chgnet_config.h"

namespace ionscape::training {

/// Names of the weights that `choices` select. A choice is a group
/// - "embeddings": of atoms, bonds and angles, with the bond weights,
/// - "basis": frequencies of the radial and angular functions,
/// - "convolutions:k": the first k atom and bond convolutions and angle updates,
/// - "all-but-readout": everything but the readout (norm, perceptron) and the head of magnetic moments,
/// or the beginning of a weight's name as in the Python package ("atom_conv_layers.0."). Throws InputError
/// for a choice that selects nothing and when no trainable weight is left. The reference energies are not
/// among them (TrainingSettings::fitReferences).
std::set<std::string> frozenWeights(const potential::ChgnetConfig& config,
                                    const std::vector<std::string>& choices);

}  // namespace ionscape::training
