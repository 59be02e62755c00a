// SPDX-License-Identifier: GPL-3.0-or-later
// A scalar field on a regular grid that fills one periodic cell: densities, free energies.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "core/crystal/lattice.h"

namespace ionscape::transport {

/// Numbers of grid points along a, b and c.
using GridShape = std::array<int, 3>;

/// Values at the fractional points (i/nx, j/ny, k/nz), i < nx, j < ny, k < nz: no point is stored twice,
/// point nx along a is point 0 of the next cell. The first axis varies fastest, as in CHGCAR and in VTK.
struct PeriodicGrid {
    crystal::Lattice lattice;
    GridShape shape{1, 1, 1};
    /// Entry i + nx (j + ny k) belongs to point (i, j, k).
    std::vector<double> values;

    std::size_t size() const { return values.size(); }
    /// Position in `values` of a point inside the cell.
    std::size_t index(int i, int j, int k) const {
        const auto nx = static_cast<std::size_t>(shape[0]), ny = static_cast<std::size_t>(shape[1]);
        return static_cast<std::size_t>(i) +
               nx * (static_cast<std::size_t>(j) + ny * static_cast<std::size_t>(k));
    }
    /// The point (i, j, k) that an entry of `values` belongs to.
    IntVec3 point(std::size_t index) const;
    /// Value at any point, also outside the cell.
    double at(int i, int j, int k) const;
    crystal::Fractional fractional(std::size_t index) const;
    /// The part of the cell that belongs to one point, Å³.
    double voxelVolume() const { return lattice.volume() / static_cast<double>(size()); }
    /// Sum of the values times the volume of a voxel.
    double integral() const;
    /// Trilinear interpolation between the eight points around `position`.
    double interpolate(const crystal::Fractional& position) const;
    /// Throws InputError unless there is one value for each point.
    void validate() const;
};

/// Points at most `spacing` (Å) apart along each lattice vector. Throws InputError for a spacing that is not
/// positive or makes a grid of more than 512³ points.
GridShape gridShape(const crystal::Lattice& lattice, double spacing);

/// Throws InputError unless all three numbers are 1 to 4096 and the grid has at most 512³ points.
void validateShape(const GridShape& shape);

}  // namespace ionscape::transport
