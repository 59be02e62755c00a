// SPDX-License-Identifier: GPL-3.0-or-later
// Looking up species and fixed amounts of a host, shared by the files that balance and match compositions.
#pragma once

#include "core/composition/formula.h"
#include "core/composition/host.h"

namespace ionscape::composition {

/// The species of an element on a sublattice; null when it is not allowed there.
const Species* findSpecies(const Sublattice& sublattice, crystal::Element element);

/// As findSpecies; throws InputError listing what is allowed.
const Species& allowedSpecies(const Host& host, const Sublattice& sublattice, crystal::Element element);

/// Species of the fixed sublattices with their amounts per formula unit, each element once.
Formula fixedPart(const Host& host);

/// Adds to an element's amount, appending the element when it is new.
void addAmount(Formula& formula, crystal::Element element, double amount);

}  // namespace ionscape::composition
