// SPDX-License-Identifier: GPL-3.0-or-later
// Oxidation states of a crystal with mixed sites, from bond-valence sums, common states and neutrality.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::workflow {

/// A crystallographic site with all its images in the cell.
struct OccupiedSite {
    std::vector<std::pair<crystal::Element, double>> species;  ///< with occupancies
    std::vector<Vec3> images;                                  ///< Cartesian, Å
};

/// Signed valence sum of the first species of each site: bonds of N, O, F, S, Cl, Se, Br, Te, I with other
/// elements, and short ones among them (S–O of a sulphate), weighted with the occupancy of the neighbour.
std::vector<double> valenceSums(const crystal::Lattice& lattice, const std::vector<OccupiedSite>& sites);

struct ProposedCharges {
    std::map<crystal::Element, int> states;
    std::map<crystal::Element, double> valenceSums;  ///< mean over the sites of each element
    double charge = 0.0;                             ///< of the cell with these states
};

/// The combination of common states with the least (Σ |state − valence sum| + 5 |charge|) / atoms, the sum
/// over all atoms of the cell. Elements in `known` keep their state. Throws InputError for an element without
/// common states that is not known, and when there are more than 200000 combinations.
ProposedCharges proposeCharges(const crystal::Lattice& lattice, const std::vector<OccupiedSite>& sites,
                               const std::map<crystal::Element, int>& known);

}  // namespace ionscape::workflow
