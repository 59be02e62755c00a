// SPDX-License-Identifier: GPL-3.0-or-later
// All lattices that hold a given number of cells of another one.
#pragma once

#include <vector>

#include "core/crystal/lattice.h"

namespace ionscape::crystal {

/// Integer rows of every superlattice with `cells` times the volume, each lattice once: the Hermite normal
/// forms (Santoro & Mighell, Acta Cryst. A28, 284 (1972)). Throws InputError unless cells is 1 to 200.
std::vector<IntMat3> superlattices(int cells);

/// Short right-handed rows on the vectors of `lattice` that span the superlattice whose opposite faces are
/// farthest apart: the cell that comes nearest to a cube. Throws as superlattices.
IntMat3 mostCubicSupercell(const Lattice& lattice, int cells);

}  // namespace ionscape::crystal
