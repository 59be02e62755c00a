// SPDX-License-Identifier: GPL-3.0-or-later
// Distances between mobile ions and the windows of anions between them.
#pragma once

#include <vector>

#include "core/surrogate/coordination.h"

namespace ionscape::surrogate {

/// Largest distance of two mobile ions that may be neighbours, Å.
inline constexpr double longestHop = 5.0;

/// Two neighbouring mobile ions whose straight line passes through at least one window.
struct Bottleneck {
    std::size_t from = 0, to = 0;  ///< atoms
    double distance = 0.0;         ///< Å
    double area = 0.0;             ///< of the smallest window, Å²
};

/// The windows are the Delaunay triangles of the anions: three anions on an empty sphere, the narrowest
/// places between the voids of a packing (Blatov & Shevchenko, Acta Cryst. A59, 34 (2003)). Of a pair of
/// mobile ions the bottleneck is the smallest triangle that the straight line between them crosses (with
/// corners within 4 Å of the line).
/// Neighbours are at most longestHop apart with no third mobile ion in the sphere over their connection
/// (Gabriel neighbours). A pair whose line crosses a face of a framework polyhedron (three ligands of one
/// centre) is blocked and left out, and so is one without any triangle in between. Each pair is listed once.
std::vector<Bottleneck> bottlenecks(const crystal::Structure& structure, const std::vector<AtomRole>& roles,
                                    const std::vector<crystal::NeighbourPair>& pairs,
                                    const std::vector<Environment>& environments);

/// Distance of each mobile ion to the nearest other one (or image of itself), Å; ions without one within
/// pairCutoff are left out.
std::vector<double> nearestMobileDistances(const crystal::Structure& structure,
                                           const std::vector<AtomRole>& roles,
                                           const std::vector<crystal::NeighbourPair>& pairs);

}  // namespace ionscape::surrogate
