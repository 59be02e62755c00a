// SPDX-License-Identifier: GPL-3.0-or-later
// Oxidation states that elements commonly have in oxides, chalcogenides and halides.
#pragma once

#include <span>

#include "core/crystal/element.h"

namespace ionscape::composition {

/// Common states, the commonest first; empty for elements without any (noble gases). After Greenwood &
/// Earnshaw, Chemistry of the Elements, 2nd ed., states of insulating solids only.
std::span<const int> commonOxidationStates(crystal::Element element);

}  // namespace ionscape::composition
