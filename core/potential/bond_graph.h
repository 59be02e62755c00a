// SPDX-License-Identifier: GPL-3.0-or-later
// Undirected bonds of one structure and, for each atom, the bonds that meet there.
#pragma once

#include <cstdint>
#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::potential {

/// Bond b joins atoms first[b] and second[b]; an atom may be bonded to its own images, in which case both are
/// the same atom. Laid out for kernels that run over atoms without writing to another's rows.
struct BondGraph {
    std::vector<std::int64_t> first, second;
    /// r_second − r_first (periodic image included), Å; 3 × bonds.
    VectorField vectors = VectorField(3, 0);
    /// Ends at atom n are start[n] .. start[n + 1]: the bond, the atom at its other end, and whether n is its
    /// second atom (+1) or its first (−1).
    std::vector<std::int64_t> start;
    std::vector<std::int64_t> endBond, endOther, endSign;

    std::int64_t atoms() const { return static_cast<std::int64_t>(start.size()) - 1; }
    std::int64_t bonds() const { return static_cast<std::int64_t>(first.size()); }
};

/// All bonds shorter than `cutoff` (Å). Throws InputError for atoms on top of each other.
BondGraph buildBondGraph(const crystal::Structure& structure, double cutoff);

}  // namespace ionscape::potential
