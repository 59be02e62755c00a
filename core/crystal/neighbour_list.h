// SPDX-License-Identifier: GPL-3.0-or-later
// All pairs of atoms closer than a cutoff under periodic boundary conditions, exact for any cell.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::crystal {

/// A directed pair: neighbour j, shifted by `image` lattice vectors, seen from atom i.
struct NeighbourPair {
    std::int32_t i = 0;
    std::int32_t j = 0;
    /// Lattice translations added to atom j's stored (not wrapped) position.
    std::array<std::int32_t, 3> image{};
    /// r_j + image · lattice − r_i, Å.
    Vec3 vector;
    double distance = 0.0;
};

/// Every directed pair with 0 < distance < cutoff (an atom's own images included), sorted by i, then j, then
/// image. Both directions of each pair are listed. Linked-cell search; cells smaller than the cutoff and
/// strongly skewed cells are exact. Throws InputError for a cutoff that is not positive, and for two atoms at
/// the same point.
std::vector<NeighbourPair> neighbourPairs(const Structure& structure, double cutoff);

}  // namespace ionscape::crystal
