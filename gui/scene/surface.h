// SPDX-License-Identifier: GPL-3.0-or-later
// Surfaces of equal value of a periodic field, without a seam where the cell ends.
#pragma once

#include <array>
#include <vector>

#include "core/transport/periodic_grid.h"

namespace ionscape::scene {

/// Triangles with a normal at each point.
struct SurfaceMesh {
    std::vector<Vec3> points;                   ///< Å
    std::vector<Vec3> normals;                  ///< unit vectors
    std::vector<std::array<int, 3>> triangles;  ///< counter-clockwise seen from where the normals point

    void append(const SurfaceMesh& other, const Vec3& shift = Vec3::Zero());
};

/// Where the field, linear along the edges of its grid, equals `level`: the part inside one cell, by flying
/// edges (Schroeder, Maynard & Geveci, IEEE LDAV 2015). Normals point to lower values and come from periodic
/// differences, so that copies of the mesh shifted by lattice vectors fit each other point for point and in
/// their shading. Throws InputError for a field that is not valid.
SurfaceMesh isosurface(const transport::PeriodicGrid& field, double level);

/// The part of a face of the cell where low ≤ value < high: closes an isosurface that the face cuts.
/// \param axis  0, 1, 2 for the face across a, b, c \param far  the face at fractional coordinate 1 instead
/// of 0; normals point out of the cell.
SurfaceMesh faceSection(const transport::PeriodicGrid& field, int axis, bool far, double low, double high);

/// A plane across lattice vector `axis` at a fractional coordinate, one point for each grid line and so that
/// the first and the last row are one period apart; `values` is interpolated in the field at each point.
struct PlaneMesh {
    SurfaceMesh mesh;
    std::vector<double> values;
};
PlaneMesh planeSection(const transport::PeriodicGrid& field, int axis, double position);

/// Å².
double surfaceArea(const SurfaceMesh& mesh);

}  // namespace ionscape::scene
