// SPDX-License-Identifier: GPL-3.0-or-later
// Crystallographic information files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::io {

/// The unit cell of the first data block with atoms, expanded by the block's symmetry operations (else its
/// Hermann–Mauguin symbol, else its space group number; a block that names no symmetry is P1). Images
/// of a site closer than 0.1 Å are one atom. Site labels are the file's. The cell has a along x and b in the
/// xy plane. Partial occupancies are refused. Throws IoError with file and line.
crystal::Structure readCif(const std::filesystem::path& file);

/// One entry of the atom loop: a species on a site of the asymmetric unit.
struct CifSite {
    std::string label;
    crystal::Element element;
    std::optional<int> oxidationState;  ///< of a type symbol such as "Zr4+"
    crystal::Fractional position;
    double occupancy = 1.0;
    long line = 0;
};

/// What a CIF says before anything is expanded.
struct CifCrystal {
    crystal::Lattice lattice;
    std::string spaceGroup;  ///< Hermann–Mauguin symbol without spaces; empty when the file names none
    /// Triplets such as "-x,y+1/2,-z", the identity first.
    std::vector<std::string> operations;
    std::vector<CifSite> sites;
};

/// Reads the asymmetric unit with its occupancies. Refused with site label and line: an occupancy that is not
/// above 0 and at most 1, and species on one site (closer than 0.1 Å) whose occupancies add up to more
/// than 1. Throws IoError.
CifCrystal readCifCrystal(const std::filesystem::path& file);

/// Writes an asymmetric unit with its operations and occupancies (the oxidation states are not written); the
/// orientation of the cell is lost. Without operations or space group it is P1. Throws InputError for an
/// occupancy that is not above 0 and at most 1, or two sites with one label.
void writeCifCrystal(const std::filesystem::path& file, const CifCrystal& crystal);

/// Writes the structure in P1, with digits enough for 1e-9 Å; the orientation of the cell is lost, as always
/// in CIF.
void writeCif(const std::filesystem::path& file, const crystal::Structure& structure);

}  // namespace ionscape::io
