// SPDX-License-Identifier: GPL-3.0-or-later
// Which anions coordinate a cation.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/crystal/neighbour_list.h"
#include "core/surrogate/feature_context.h"

namespace ionscape::surrogate {

/// Distances up to which pairs must be known for everything in this folder, Å.
inline constexpr double pairCutoff = 6.0;

/// An anion seen from somewhere, with its place in the periodic crystal.
struct Ligand {
    std::int32_t atom = 0;
    std::array<std::int32_t, 3> image{};  ///< lattice translations, the centre's own cell being 0
    Vec3 vector;                          ///< from the centre, Å
};

/// The anions that a cation or mobile ion is bonded to.
struct Environment {
    std::size_t atom = 0;
    std::vector<Ligand> ligands;

    VectorField vectors() const;
};

/// Distance at which a bond has 0.038 of the cation's oxidation state as its valence, Å: the limit of the
/// coordination sphere of Altermatt & Brown, Acta Cryst. B41, 240 (1985), with bond lengths of
/// crystal::bondValenceLength. Throws InputError for elements without one.
double bondLimit(const composition::Species& cation, crystal::Element anion);

/// The environments of all mobile ions and centres, in the order of the atoms. `pairs` reach to pairCutoff.
std::vector<Environment> environments(const crystal::Structure& structure, const std::vector<AtomRole>& roles,
                                      const std::vector<crystal::NeighbourPair>& pairs);

}  // namespace ionscape::surrogate
