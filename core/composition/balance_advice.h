// SPDX-License-Identifier: GPL-3.0-or-later
// What to change about a composition whose charges no amount of the mobile ion can balance.
#pragma once

#include <string>

#include "core/composition/composition.h"

namespace ionscape::composition {

/// For a composition whose mobileContent is negative or above the capacity: "use species of lower charge: Zr
/// instead of Nb on 4 of the 16 M sites would balance with Li0", the single exchange on the smallest part of
/// a sublattice; without the second half where no single exchange is enough. Throws as mobileContent.
std::string balanceAdvice(const Host& host, const Composition& composition);

}  // namespace ionscape::composition
