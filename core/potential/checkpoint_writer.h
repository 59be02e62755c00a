// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints (.pth.tar) that the Python package CHGNet loads.
#pragma once

#include <filesystem>

#include "core/potential/chgnet_config.h"

namespace ionscape::potential {

/// Writes what torch.save would write of {"model": {"state_dict", "model_args"}, "ionscape": {name, origin,
/// licence, metadata}}: a zip archive with a pickle of protocol 2 and a record a tensor. CHGNet.from_file
/// reads it. readCheckpoint gives the same settings and, bit for bit, the same weights; the list of elements
/// has no place in the format. Written atomically. Throws IoError, and ModelError when weights and settings
/// disagree.
void writeCheckpoint(const std::filesystem::path& file, const ChgnetModelData& data);

}  // namespace ionscape::potential
