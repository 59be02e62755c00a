// SPDX-License-Identifier: GPL-3.0-or-later
// Space groups through spglib.
#pragma once

#include <string>
#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::crystal {

struct SpaceGroup {
    int number = 1;
    /// Hermann–Mauguin short symbol, e.g. "C2/c".
    std::string symbol;
};

/// Space group of a structure; `tolerance` in Å. Throws InputError when spglib finds none.
SpaceGroup spaceGroup(const Structure& structure, double tolerance = 0.01);

/// Fractional x' = rotation · x + translation, in the structure's own cell.
struct SymmetryOperation {
    IntMat3 rotation = IntMat3::Identity();
    Vec3 translation = Vec3::Zero();
};

/// All operations of the space group that keep the structure's cell, translations inside it (of a supercell)
/// included. `kinds` tells apart what must not be mapped onto each other, one number an atom; empty: the
/// elements. Throws InputError when spglib finds none or the kinds do not belong to the atoms.
std::vector<SymmetryOperation> symmetryOperations(const Structure& structure,
                                                  const std::vector<int>& kinds = {},
                                                  double tolerance = 0.01);

}  // namespace ionscape::crystal
