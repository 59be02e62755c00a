// SPDX-License-Identifier: GPL-3.0-or-later
// Space groups through spglib.
#pragma once

#include <string>

#include "core/crystal/structure.h"

namespace ionscape::crystal {

struct SpaceGroup {
    int number = 1;
    /// Hermann–Mauguin short symbol, e.g. "C2/c".
    std::string symbol;
};

/// Space group of a structure; `tolerance` in Å. Throws InputError when spglib finds none.
SpaceGroup spaceGroup(const Structure& structure, double tolerance = 0.01);

}  // namespace ionscape::crystal
