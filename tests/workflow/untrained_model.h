// SPDX-License-Identifier: GPL-3.0-or-later
// A tiny CHGNet with random weights: a smooth, deterministic potential for tests of the machinery around
// potentials.
#pragma once

#include <cstdint>
#include <filesystem>

namespace ionscape::testing {

/// Writes a model file that covers the elements of pristine LZSP and its Hf, Sn, Ti and Nb dopants.
void writeUntrainedModel(const std::filesystem::path& file, std::uint64_t seed);

}  // namespace ionscape::testing
