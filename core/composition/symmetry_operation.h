// SPDX-License-Identifier: GPL-3.0-or-later
// Symmetry operations as coordinate triplets ("-x,y,-z+1/2"), as in the International Tables and in CIF.
#pragma once

#include <string>
#include <string_view>

#include "core/composition/host.h"

namespace ionscape::composition {

/// Parses one triplet. Each coordinate is a sum of x, y, z (each at most once, with sign) and at most one
/// integer or fraction (denominator up to 12). The translation is brought into [0, 1). Throws InputError
/// saying what is wrong.
Host::Operation parseOperation(std::string_view triplet);

/// The triplet of an operation, which parseOperation reads back. Throws InputError for a translation that is
/// no fraction with a denominator up to 12.
std::string operationText(const Host::Operation& operation);

}  // namespace ionscape::composition
