// SPDX-License-Identifier: GPL-3.0-or-later
// Ionic steps of a VASP run from OUTCAR.
#pragma once

#include "core/io/structure_file.h"

namespace ionscape::io {

/// One frame for each ionic step that is complete: energy (σ → 0), forces, stress where it was computed
/// (file: kB, positive when compressed, order xx yy zz xy yz zx; here GPa, positive in tension) and magnetic
/// moments where VASP projected them (LORBIT). A file that breaks off is read up to its last complete step.
/// Throws IoError with file and line.
std::vector<LabelledStructure> readOutcar(const std::filesystem::path& file);

}  // namespace ionscape::io
