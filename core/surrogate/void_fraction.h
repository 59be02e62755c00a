// SPDX-License-Identifier: GPL-3.0-or-later
// How much of a cell the spheres of its ions leave free.
#pragma once

#include <vector>

#include "core/crystal/lattice.h"

namespace ionscape::surrogate {

struct Sphere {
    Vec3 centre;          ///< Cartesian, Å
    double radius = 0.0;  ///< Å
};

/// The fraction of the cell outside of all spheres and their periodic images. Overlaps count once: each
/// sphere keeps what lies on its side of the radical planes to the others (Gellatly & Finney, J. Mol. Biol.
/// 161, 305 (1982)), a volume that is integrated over 1000 directions; without overlaps the result is exact,
/// with them good to about 1e-4, and the same for every supercell. Throws InputError for radii that are
/// negative or above 10 Å, and for two centres at the same point.
double voidFraction(const crystal::Lattice& lattice, const std::vector<Sphere>& spheres);

}  // namespace ionscape::surrogate
