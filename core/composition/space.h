// SPDX-License-Identifier: GPL-3.0-or-later
// The composition space of a host: all distinct compositions of one occupancy type within bounds.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "core/composition/composition.h"

namespace ionscape::composition {

/// Named occupancies of 16 mixed sites; the first count belongs to the host's own species (Zr).
struct OccupancyType {
    std::string name;  ///< "4-1"
    std::vector<int> counts;
};

/// The published types 3-1 ... 8-3 (Table S2 of Fu et al., npj Comput. Mater. 12, 178 (2026)).
const std::vector<OccupancyType>& occupancyTypes();
/// By name ("5-1") or free ("4:3:3:3:3", at most 24 counts of 1 to 10000); throws InputError listing the
/// names.
OccupancyType occupancyType(const std::string& name);

struct SpaceQuery {
    OccupancyType type;
    /// Bounds of mobileContent; what a cell can hold (0 to mobileCapacity) is not looked at besides.
    double mobileMin = 0.0;
    double mobileMax = 1e9;
    /// Elements that must not / must be present besides the host's own.
    std::vector<crystal::Element> exclude, require;
};

/// Visits every distinct composition once, in a fixed order; species with equal counts are not permuted. The
/// bounds are inclusive. Visiting ends when `visit` returns false. The counts of a composition are in the
/// order of the type. The argument of `visit` is reused: copy what is to be kept. Throws InputError for a
/// type with a count below 1, bounds out of order, and elements to require or exclude that are no dopants of
/// the host or are in both lists.
void forEachComposition(const Host& host, const SpaceQuery& query,
                        const std::function<bool(const Composition&)>& visit);
std::size_t countCompositions(const Host& host, const SpaceQuery& query);

}  // namespace ionscape::composition
