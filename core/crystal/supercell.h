// SPDX-License-Identifier: GPL-3.0-or-later
// Supercells by an integer matrix.
#pragma once

#include "core/crystal/structure.h"

namespace ionscape::crystal {

/// The crystal described with lattice rows `matrix` · rows; |det matrix| times as many atoms, site labels
/// kept, atoms grouped by their parent atom (all images of atom 0 first). Throws InputError for a singular
/// matrix.
Structure makeSupercell(const Structure& structure, const IntMat3& matrix);

}  // namespace ionscape::crystal
