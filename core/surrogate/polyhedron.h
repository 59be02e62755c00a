// SPDX-License-Identifier: GPL-3.0-or-later
// Size and distortion of a coordination polyhedron.
#pragma once

#include <optional>

#include "core/crystal/types.h"

namespace ionscape::surrogate {

/// Volume of the convex hull of points, in the cube of their unit; 0 for fewer than four, or coplanar ones.
/// For coordination polyhedra: the time grows with the fourth power of the number of points.
double hullVolume(const VectorField& points);

/// Σ (θ − θ0)² / (m − 1), degrees²: over the m = 12 angles between neighbouring ligands of an octahedron
/// (θ0 = 90°) or the m = 6 of a tetrahedron (109.47°), seen from the centre (Robinson, Gibbs & Ribbe, Science
/// 172, 567 (1971)). Of six ligands the three largest angles are those across the octahedron. Nothing unless
/// there are four or six ligands. \param ligands  3 × n, relative to the centre
std::optional<double> bondAngleVariance(const VectorField& ligands);

/// Σ (l / l0)² / n, with l0 the distance from centre to vertex of the regular polyhedron (tetrahedron,
/// octahedron) of the same volume: 1 for the regular ones, above for all others (Robinson, Gibbs & Ribbe,
/// 1971). Nothing unless there are four or six ligands that are not coplanar.
std::optional<double> quadraticElongation(const VectorField& ligands);

}  // namespace ionscape::surrogate
