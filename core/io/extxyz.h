// SPDX-License-Identifier: GPL-3.0-or-later
// Extended XYZ: many frames with energies, forces and stresses.
#pragma once

#include "core/io/structure_file.h"

namespace ionscape::io {

/// Frames of an extended XYZ file. The comment line holds key=value pairs (values may be quoted): Lattice is
/// needed, Properties name the columns (species or Z, pos, and optionally forces, magmoms (μ_B, "nan" where
/// an atom has none) and site_label; others are skipped), energy (eV) and stress (nine numbers, eV/Å³,
/// positive in tension) become labels and all other keys go into `info`. Frames must be periodic in all three
/// directions. Throws IoError with file and line.
std::vector<LabelledStructure> readExtxyz(const std::filesystem::path& file);

/// Writes the frames with all their labels, in digits that read back to the same numbers.
void writeExtxyz(const std::filesystem::path& file, const std::vector<LabelledStructure>& frames);

/// The text of one frame in such a file, for files that grow frame by frame.
std::string extxyzText(const LabelledStructure& frame);

}  // namespace ionscape::io
