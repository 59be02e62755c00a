// SPDX-License-Identifier: GPL-3.0-or-later
// The model that a training run starts from, and what the trained one will say of itself.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/potential/chgnet_config.h"
#include "core/training/dataset.h"

namespace ionscape::training {

/// A small CHGNet for one family of materials: 5 Å and 3 Å cutoffs, three convolutions of width `width`, 15
/// radial and angular functions.
potential::ChgnetConfig smallChgnet(int width = 32);

/// Weights of a CHGNet: our own file (.h5) or a checkpoint of the Python package. Throws IoError, ModelError.
potential::ChgnetModelData readStartModel(const std::filesystem::path& file);

/// Enters name, elements and origin ("fine-tuned from … on …") of a model trained on `dataset`, which was
/// read from `files`, and on replayed data (or null). `start` is empty for a new model.
void describeTrained(potential::ChgnetModelData& model, const std::string& name,
                     const std::filesystem::path& start, const std::vector<std::filesystem::path>& files,
                     const Dataset& dataset, const Dataset* replay = nullptr);

}  // namespace ionscape::training
