// SPDX-License-Identifier: GPL-3.0-or-later
// A point of a host's composition space: species and amounts on the mixed sublattice, mobile ions from charge
// balance.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/composition/formula.h"
#include "core/composition/host.h"

namespace ionscape::composition {

enum class EntropyClass { Low, Medium, High };
/// High if S >= 1.5 R, medium if >= 1 R, else low.
EntropyClass entropyClass(double configurationalEntropyInR);

/// −Σ x ln x of amounts normalised to one, in units of R. Throws InputError for a negative or non-finite
/// amount or a sum of zero.
double configurationalEntropy(const std::vector<double>& amounts);

struct Composition {
    /// Species of the mixed sublattice with integer counts; the sum is the denominator (16 for the MD
    /// supercell).
    std::vector<std::pair<crystal::Element, int>> counts;

    int totalCount() const;
    friend bool operator==(const Composition&, const Composition&) = default;
};

/// Mobile ions per formula unit that make the composition neutral:
/// Li = −(Σ charges of everything else) / charge of the ion. May lie outside [0, capacity]; see
/// checkComposition. Throws InputError for no species or one that is not allowed on the sublattice.
double mobileContent(const Host& host, const Composition& composition);

/// Mobile sites per formula unit: the upper bound of mobileContent.
double mobileCapacity(const Host& host);

/// In units of R, over the mixed sublattice.
double configurationalEntropy(const Composition& composition);

/// The full formula per formula unit: mobile ion, mixed species as in the composition, fixed species. A
/// mobile content of 0 is left out.
Formula compositionFormula(const Host& host, const Composition& composition);

/// Throws InputError with the reason: no species, one that is not allowed on the sublattice or listed twice,
/// a count below 1, negative or more mobile ions than sites.
void checkComposition(const Host& host, const Composition& composition);

/// Recovers the composition from a formula with `sites` mixed sites (16); the species keep the formula's
/// order. All amounts may be scaled by a common factor. An element that is both a fixed and an allowed mixed
/// species fills the fixed sublattice first. Throws InputError when the formula does not belong to the host,
/// the amounts are not multiples of 1/sites, or charges do not balance (saying by how much and which mobile
/// content would).
Composition compositionFromFormula(const Host& host, const Formula& formula, int sites = 16);

/// Mixed sites in the MD supercell (16 for LZSP).
int mixedSitesInSupercell(const Host& host);

}  // namespace ionscape::composition
