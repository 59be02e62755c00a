// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing which mobile sites are filled when near sites exclude each other.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/random.h"
#include "core/crystal/structure.h"

namespace ionscape::builder {

/// Fills `ions` of the sites (one flag each) so that no two filled ones are closer than `minimumDistance` (Å,
/// periodic): a lattice gas with excluded neighbours. From a random start ions are moved, at a falling
/// temperature, until no pair is left, then shuffled further by moves that keep it so, which makes the draw
/// close to uniform over all allowed fillings. Throws InputError with the number of pairs left when none is
/// found.
std::vector<bool> placeApart(const crystal::Structure& sites, std::size_t ions, double minimumDistance,
                             RandomStream& random);

}  // namespace ionscape::builder
