// SPDX-License-Identifier: GPL-3.0-or-later
// Crystallographic information files.
#pragma once

#include <filesystem>

#include "core/crystal/structure.h"

namespace ionscape::io {

/// The unit cell of the first data block with atoms, expanded by the block's symmetry operations (else its
/// Hermann–Mauguin symbol, else its space group number; a block that names no symmetry is P1). Images
/// of a site closer than 0.1 Å are one atom. Site labels are the file's. The cell has a along x and b in the
/// xy plane. Partial occupancies are refused. Throws IoError with file and line.
crystal::Structure readCif(const std::filesystem::path& file);

/// Writes the structure in P1, with digits enough for 1e-9 Å; the orientation of the cell is lost, as always
/// in CIF.
void writeCif(const std::filesystem::path& file, const crystal::Structure& structure);

}  // namespace ionscape::io
