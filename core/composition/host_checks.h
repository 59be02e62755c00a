// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the parts of a host fit together: symmetry, sites, sublattices, formula units.
#pragma once

#include "core/composition/host.h"

namespace ionscape::composition {

/// Throws InputError "field: what" for the first thing that does not fit.
void checkHost(const Host& host);

}  // namespace ionscape::composition
