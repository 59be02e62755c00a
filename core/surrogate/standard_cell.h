// SPDX-License-Identifier: GPL-3.0-or-later
// One description of the lattice that all supercells of a crystal share.
#pragma once

#include <optional>

#include "core/composition/host.h"

namespace ionscape::surrogate {

struct CellParameters {
    Vec3 lengths;  ///< a, b, c, Å
    Vec3 angles;   ///< alpha, beta, gamma, degrees
};

/// The host's conventional cell as it lies, strained, in a relaxed supercell of any shape: for the 160-atom
/// cell of LZSP the C2/c cell of about 15.6 × 9.0 × 9.2 Å, β 124°, that the supercell matrix is built on. How
/// the cell lies on the host is taken, at the host's volume, (1) from its vectors where they are whole
/// combinations of the host's primitive vectors in the same orientation, within 12 %, as cells that the
/// builder makes are; else (2) from vectors that agree one by one in length (6 %) and angles (6°) with the
/// host's MD supercell, conventional or primitive cell, as cells read back from a CIF do; else (3) from the
/// framework atoms, by composition::recogniseHost. Of the settings that symmetry operations of the host make
/// of each other (a decoration and its mirror image have the same energy) the one with the largest a, then b,
/// c, γ, α, β is taken: for C2/c γ ≥ 90°. Nothing when the cell cannot be laid on the host.
std::optional<CellParameters> standardCell(const composition::Host& host,
                                           const crystal::Structure& structure);

/// For crystals without a host: the reduced cell of the primitive lattice, the three shortest vectors of the
/// obtuse superbase (Selling) with a ≤ b ≤ c and no angle below 90°. Throws InputError as
/// crystal::symmetryOperations.
CellParameters reducedCell(const crystal::Structure& structure);

}  // namespace ionscape::surrogate
