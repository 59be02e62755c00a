// SPDX-License-Identifier: GPL-3.0-or-later
// Continuous symmetry measures: how far a coordination polyhedron is from an ideal shape.
#pragma once

#include <optional>

#include "core/surrogate/ideal_shapes.h"

namespace ionscape::surrogate {

/// 100 · min Σ |Q_i − P_σ(i)|² / Σ |Q_i|² over rotations and reflections, one scale, and the ways σ to put
/// the ligands on the ideal points: 0 for the shape itself, below 100 always (Pinsky & Avnir, Inorg. Chem.
/// 37, 5575 (1998)). As in ChemEnv the sum runs over the central atom too, and both sets are taken relative
/// to their centroid with the central atom. Exact up to mostEnumerated ligands, where every placement is
/// tried; beyond that the best of assignments iterated from many orientations. \param ligands  3 × n,
/// relative to the central atom, any length unit. Throws InputError unless there are as many ligands as the
/// shape has points.
double symmetryMeasure(const VectorField& ligands, const IdealShape& shape);

struct NearestShape {
    const IdealShape* shape;
    double measure;  ///< symmetryMeasure
};

/// The shape of this coordination with the smallest measure. Nothing for fewer than leastCoordination or more
/// than mostCoordination ligands.
std::optional<NearestShape> nearestShape(const VectorField& ligands);

}  // namespace ionscape::surrogate
