// SPDX-License-Identifier: GPL-3.0-or-later
// LAMMPS data files: one cell with atoms, as read_data takes it.
#pragma once

#include <filesystem>

#include "core/crystal/structure.h"

namespace ionscape::io {

/// Writes atom style "atomic", or "charge" when `charges` (e, one an atom) are given; units metal, one type
/// an element in order of first appearance with its mass and its symbol in a comment. The cell is turned and
/// reduced to LAMMPS's convention: a along x, b in the xy plane, c up, tilt factors at most half of the
/// lengths they refer to (docs.lammps.org/Howto_triclinic.html); atoms lie inside. Throws InputError when
/// charges and atoms differ in number.
void writeLammpsData(const std::filesystem::path& file, const crystal::Structure& structure,
                     const Eigen::VectorXd& charges = {});

/// Reads the cell and the atoms of style atomic or charge (said behind "Atoms #", else told by the number of
/// columns); image flags and all other sections are skipped. Elements come from the comments of the Masses
/// section, else from the masses. Throws IoError with file and line.
crystal::Structure readLammpsData(const std::filesystem::path& file);

}  // namespace ionscape::io
