// SPDX-License-Identifier: GPL-3.0-or-later
// VASP's POSCAR/CONTCAR with element symbols (VASP 5 and later).
#pragma once

#include <filesystem>

#include "core/crystal/structure.h"

namespace ionscape::io {

/// Reads the structure of a POSCAR: one scale factor (negative: the volume of the cell in Å³), direct or
/// Cartesian coordinates; selective-dynamics flags and everything behind the positions are skipped. Throws
/// IoError with line.
crystal::Structure readPoscar(const std::filesystem::path& file);

/// Writes direct coordinates with 16 digits, the atoms grouped by element in order of first appearance.
void writePoscar(const std::filesystem::path& file, const crystal::Structure& structure);

}  // namespace ionscape::io
