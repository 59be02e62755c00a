// SPDX-License-Identifier: GPL-3.0-or-later
// A point of a host's composition space: species and amounts on the mixed sublattices, mobile ions from
// charge balance.
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

/// Species of one sublattice with integer counts; the sum is the denominator.
using SpeciesCounts = std::vector<std::pair<crystal::Element, int>>;

int totalCount(const SpeciesCounts& counts);

/// The species on one further mixed sublattice.
struct SublatticeCounts {
    std::string sublattice;
    SpeciesCounts counts;
    friend bool operator==(const SublatticeCounts&, const SublatticeCounts&) = default;
};

struct Composition {
    /// Species of the primary mixed sublattice, Host::mixed(); the sum is the denominator (16 for the MD
    /// supercell of LZSP).
    SpeciesCounts counts;
    /// Further mixed sublattices; one that is not named here holds the host's default.
    std::vector<SublatticeCounts> further = {};

    int totalCount() const { return composition::totalCount(counts); }
    friend bool operator==(const Composition&, const Composition&) = default;
};

/// What a mixed sublattice holds.
struct MixedOccupation {
    const Sublattice* sublattice;  ///< valid as long as the host is
    SpeciesCounts counts;
};

/// The default of a sublattice: its `defaultCounts`, else one of its first species.
SpeciesCounts defaultCounts(const Sublattice& mixed);

/// The host's own composition: the default on every mixed sublattice.
Composition defaultComposition(const Host& host);

/// All mixed sublattices, the primary one first, with what the composition or the host's default puts there.
/// Throws InputError when `further` names the primary, an unknown or no mixed sublattice, or one twice.
std::vector<MixedOccupation> mixedOccupation(const Host& host, const Composition& composition);

/// Mobile ions per formula unit that make the composition neutral:
/// Li = −(Σ charges of everything else) / charge of the ion. May lie outside [0, capacity]; see
/// checkComposition. Throws InputError for no species or one that is not allowed on its sublattice.
double mobileContent(const Host& host, const Composition& composition);

/// The upper bound of mobileContent: mobile sites per formula unit, or the host's capacity where fewer can be
/// filled at once.
double mobileCapacity(const Host& host);

/// In units of R per mole of sites, over the primary mixed sublattice.
double configurationalEntropy(const Composition& composition);

/// In units of R per mole of formula units, over all mixed sublattices: Σ sites · −Σ x ln x. Fixed
/// sublattices and vacancies are not counted.
double totalConfigurationalEntropy(const Host& host, const Composition& composition);

/// The full formula per formula unit: mobile ion, mixed species as in the composition, fixed species. A
/// mobile content of 0 is left out.
Formula compositionFormula(const Host& host, const Composition& composition);

/// Throws InputError with the reason: no species, one that is not allowed on its sublattice or listed twice,
/// a count below 1, negative or more mobile ions than fit; where exchanging one species for another would
/// mend the charge the message says which.
void checkComposition(const Host& host, const Composition& composition);

/// Recovers the composition from a formula with `sites` sites of the primary sublattice (16) and as many of
/// the others as belong to them; the species keep the formula's order, and a further sublattice that holds
/// its default is left out. All amounts may be scaled by a common factor. An element that may sit on several
/// sublattices fills the fixed ones first, then the mixed ones whose first species it is, then what is left
/// free, in the host's order: S and Cl of an argyrodite mix only as far as the formula forces them to. Throws
/// InputError when the formula does not belong to the host, the amounts are not multiples of one site, or
/// charges do not balance (saying by how much and which mobile content would).
Composition compositionFromFormula(const Host& host, const Formula& formula, int sites = 16);

/// Primary mixed sites in the MD supercell (16 for LZSP).
int mixedSitesInSupercell(const Host& host);

}  // namespace ionscape::composition
