// SPDX-License-Identifier: GPL-3.0-or-later
// The smallest supercell that holds a formula in whole atoms, in its most compact shape.
#pragma once

#include "core/composition/composition.h"

namespace ionscape::builder {

/// Of all superlattices of `lattice` with `cells` times its volume (their Hermite normal forms, each once)
/// the one whose shortest vector is longest, and of equals the one with the smallest surface: where an ion is
/// farthest from its own images. Rows on the vectors of `lattice`, right-handed, short and nearly orthogonal.
/// Throws InputError unless cells lies between 1 and 200.
IntMat3 compactSupercell(const crystal::Lattice& lattice, int cells);

struct FittingCell {
    IntMat3 supercell = IntMat3::Identity();
    int cells = 1;  ///< primitive cells
    composition::Composition composition;
};

/// The smallest number of primitive cells in which every amount of `formula` is a whole number of atoms.
/// Throws InputError when none up to `mostCells` does, with what is wrong with the largest one tried, and for
/// a formula that is not the host's.
FittingCell smallestFittingCell(const composition::Host& host, const composition::Formula& formula,
                                int mostCells = 32);

/// The composition that a formula means on the sites of `supercell`. Throws as compositionFromFormula.
composition::Composition compositionInCell(const composition::Host& host, const composition::Formula& formula,
                                           const IntMat3& supercell);

}  // namespace ionscape::builder
