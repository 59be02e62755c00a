// SPDX-License-Identifier: GPL-3.0-or-later
// From a composition to one decorated cell.
#pragma once

#include <cstdint>

#include "core/composition/composition.h"
#include "core/crystal/structure.h"

namespace ionscape::builder {

/// The MD supercell of `host` with the mixed sublattices, fixed sublattices of several species (Si/P) and the
/// mobile ion / vacancy sublattice drawn at random (uniformly, seeded; mobile ions at least as far apart as
/// the host says, see placeApart). Site labels are the host's. Atoms are
/// ordered mobile ion first, then by sublattice. Throws InputError when counts do not fit the cell (saying
/// which) or a composition is invalid.
crystal::Structure decoratedSupercell(const composition::Host& host,
                                      const composition::Composition& composition, std::uint64_t seed);

/// The same on any integer supercell of the primitive cell.
crystal::Structure decoratedCell(const composition::Host& host, const composition::Composition& composition,
                                 const IntMat3& supercell, std::uint64_t seed);

}  // namespace ionscape::builder
