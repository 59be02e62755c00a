// SPDX-License-Identifier: GPL-3.0-or-later
// Ionic steps of a VASP run from vasprun.xml.
#pragma once

#include "core/io/structure_file.h"

namespace ionscape::io {

/// One frame for each <calculation> that has a structure and an energy: energy (σ → 0), forces, and stress
/// where it was computed (file: kB, positive when compressed; here GPa, positive in tension). Magnetic
/// moments are not in this file. Steps whose electrons did not converge within NELM are marked with
/// info["converged"] = "no". A file that breaks off is read up to its last complete step. Throws IoError.
std::vector<LabelledStructure> readVasprun(const std::filesystem::path& file);

}  // namespace ionscape::io
