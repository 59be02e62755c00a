// SPDX-License-Identifier: GPL-3.0-or-later
// Physical dimensions of features, as far as adding and exponentials need them.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace ionscape::surrogate {

/// Powers of base units; empty for a plain number.
using PhysicalDimension = std::map<std::string, int>;

/// Of a unit as features and files have it: "Å³", "eV/atom", "g/cm³", "Å^-1", "mS cm⁻¹", "Li per formula
/// unit". Degrees, radians, percent and R (of an entropy) are plain numbers. A text that does not read as a
/// unit is one of its own, so it only adds to itself.
PhysicalDimension dimensionOf(std::string_view unit);

/// a · b^power
PhysicalDimension combined(PhysicalDimension a, const PhysicalDimension& b, int power);

}  // namespace ionscape::surrogate
