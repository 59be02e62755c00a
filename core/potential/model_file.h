// SPDX-License-Identifier: GPL-3.0-or-later
// The project's own model file: an HDF5 file with weights, settings and everything one must know of a
// potential.
#pragma once

#include <filesystem>

#include "core/potential/chgnet_config.h"

namespace ionscape::potential {

/// Reads /weights/<name> (float32), and the texts format, format_version, architecture, config (JSON), info
/// (JSON), metadata (JSON); /momentum, /second_moment and /averaged where the file is the state of a training
/// run. Throws IoError naming the file when it is not such a file or damaged.
ChgnetModelData readModelFile(const std::filesystem::path& file);

/// The same without the values of the weights: their names and shapes are checked, `values` stay empty. A
/// truncated file is noticed, too.
ChgnetModelData readModelHeader(const std::filesystem::path& file);

/// Writes atomically; throws IoError.
void writeModelFile(const std::filesystem::path& file, const ChgnetModelData& data);

}  // namespace ionscape::potential
