// SPDX-License-Identifier: GPL-3.0-or-later
// CHGNet checkpoints of the Python package (.pth.tar): weights and settings, read without executing anything.
#pragma once

#include <filesystem>

#include "core/potential/chgnet_config.h"

namespace ionscape::potential {

/// Reads a checkpoint written by torch.save: a zip archive with a pickle {"model": {"state_dict",
/// "model_args"}}. Optimiser state and history are ignored. Throws IoError (not such an archive, truncated)
/// and ModelError (a setting that is not supported, named), both naming the file.
ChgnetModelData readCheckpoint(const std::filesystem::path& file);

}  // namespace ionscape::potential
