// SPDX-License-Identifier: GPL-3.0-or-later
// The ideal coordination polyhedra that distorted ones are compared with.
#pragma once

#include <string>
#include <vector>

#include "core/crystal/types.h"

namespace ionscape::surrogate {

/// Ligands around a central atom at the origin, of the most symmetric form of its kind.
struct IdealShape {
    std::string symbol;  ///< as in ChemEnv: "O:6"
    std::string name;    ///< "octahedron"
    VectorField points;  ///< 3 × coordination, the nearest ligands at about 1
    /// All relabellings of the ligands that a rotation or reflection about the centre undoes.
    std::vector<std::vector<int>> symmetries;
    /// Of coordinations up to `mostEnumerated`: one of each set of ways to put ligands on these points that
    /// only differ by `symmetries`.
    std::vector<std::vector<int>> placements;
};

/// Largest coordination of which an IdealShape lists its placements.
inline constexpr int mostEnumerated = 7;
inline constexpr int leastCoordination = 2, mostCoordination = 12;

/// The shapes of one coordination: those of ChemEnv (Waroquiers et al., Acta Cryst. B76, 683 (2020)), which
/// are IUPAC's and some more. Empty outside leastCoordination..mostCoordination.
const std::vector<IdealShape>& idealShapes(int coordination);

/// The shape with this symbol. Throws InputError when there is none.
const IdealShape& idealShape(const std::string& symbol);

}  // namespace ionscape::surrogate
