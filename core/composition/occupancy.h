// SPDX-License-Identifier: GPL-3.0-or-later
// Occupancy types: how many sites of the mixed sublattice each species of a composition takes.
#pragma once

#include <string>
#include <vector>

namespace ionscape::composition {

/// Counts of the species; where the host's own species (Zr) is to be part of every composition, the first
/// count belongs to it.
struct OccupancyType {
    std::string name;  ///< "4-1"
    std::vector<int> counts;
};

/// The published types 3-1 ... 8-3 of 16 sites (Table S2 of Fu et al., npj Comput. Mater. 12, 178 (2026)).
const std::vector<OccupancyType>& occupancyTypes();

/// By name ("5-1") or free ("4:3:3:3:3", at most 24 counts of 1 to 10000); throws InputError listing the
/// names.
OccupancyType occupancyType(const std::string& name);

/// Several, separated by commas or spaces: names, free counts, and "5-*" for all published types of five
/// species. Throws InputError.
std::vector<OccupancyType> occupancyTypeList(const std::string& names);

/// Every way to share `sites` sites among `species` species with at least `minimum` sites each, named by its
/// counts: the first count takes any value, the others fall. With `firstIsSpecial` false all counts fall, so
/// that no two types are permutations of each other. Throws InputError for numbers below 1 and for more than
/// 20000 types.
std::vector<OccupancyType> allOccupancyTypes(int species, int sites, int minimum = 1,
                                             bool firstIsSpecial = true);

}  // namespace ionscape::composition
