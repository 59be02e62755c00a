// SPDX-License-Identifier: GPL-3.0-or-later
// Which anions surround which cations: the bonds, image atoms and coordination polyhedra that the scene
// draws.
#pragma once

#include <cstddef>
#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::scene {

/// A convex polyhedron around one cation.
struct Polyhedron {
    std::size_t centre = 0;
    /// Corners (anions), Å.
    std::vector<Vec3> corners;
    /// Each face as indices of corners in order around it, counter-clockwise seen from outside.
    std::vector<std::vector<int>> faces;
};

struct Coordination {
    struct Bond {
        std::size_t cation = 0;
        std::size_t anion = 0;
        Vec3 cationPosition;
        Vec3 anionPosition;  ///< of the image that is bonded
    };
    /// An anion drawn outside the cell because it completes the surroundings of a cation inside.
    struct ImageAtom {
        std::size_t atom = 0;
        Vec3 position;
    };
    std::vector<Bond> bonds;
    std::vector<ImageAtom> images;
    std::vector<Polyhedron> polyhedra;
};

/// Bonds run from each cation (every element but the anions N O F S Cl Se Br Te I, H and the mobile ion) to
/// the anions around it: to O up to 2.1 Å for the small formers of tetrahedra (B C Si P S ...), 2.7 Å for the
/// others, and further by the difference of the covalent radii for larger anions. Polyhedra are drawn for 4
/// to 8 neighbours (exactly 4 for formers of tetrahedra). Positions are taken as they are, the images of
/// anions beside them.
Coordination findCoordination(const crystal::Structure& structure, crystal::Element mobile);

/// Faces of the convex hull of a few points (up to about ten; O(n⁴)); empty when they lie in one plane.
/// Points in one face plane (within 1e-6 Å) give one polygon.
std::vector<std::vector<int>> convexFaces(const std::vector<Vec3>& points);

}  // namespace ionscape::scene
