// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/periodic_grid.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "core/base/error.h"

namespace ionscape::transport {

namespace {

constexpr int mostPointsPerAxis = 4096;
constexpr double mostPoints = 512.0 * 512.0 * 512.0;

int wrap(int i, int n) {
    const int rest = i % n;
    return rest < 0 ? rest + n : rest;
}

}  // namespace

IntVec3 PeriodicGrid::point(std::size_t index) const {
    const auto nx = static_cast<std::size_t>(shape[0]), ny = static_cast<std::size_t>(shape[1]);
    return {static_cast<int>(index % nx), static_cast<int>(index / nx % ny),
            static_cast<int>(index / (nx * ny))};
}

double PeriodicGrid::at(int i, int j, int k) const {
    return values[index(wrap(i, shape[0]), wrap(j, shape[1]), wrap(k, shape[2]))];
}

crystal::Fractional PeriodicGrid::fractional(std::size_t index) const {
    const IntVec3 p = point(index);
    return {Vec3(p[0] / static_cast<double>(shape[0]), p[1] / static_cast<double>(shape[1]),
                 p[2] / static_cast<double>(shape[2]))};
}

double PeriodicGrid::integral() const {
    return std::accumulate(values.begin(), values.end(), 0.0) * voxelVolume();
}

double PeriodicGrid::interpolate(const crystal::Fractional& position) const {
    IntVec3 low;
    Vec3 part;
    for (int axis = 0; axis < 3; ++axis) {
        const double f = position.v[axis] - std::floor(position.v[axis]);
        const double x = f * shape[static_cast<std::size_t>(axis)];
        low[axis] = static_cast<int>(x);
        part[axis] = x - low[axis];
    }
    double sum = 0.0;
    for (int corner = 0; corner < 8; ++corner) {
        const int di = corner & 1, dj = (corner >> 1) & 1, dk = corner >> 2;
        const double weight =
            (di ? part[0] : 1.0 - part[0]) * (dj ? part[1] : 1.0 - part[1]) * (dk ? part[2] : 1.0 - part[2]);
        // A corner without weight may hold infinity.
        if (weight > 0.0) sum += weight * at(low[0] + di, low[1] + dj, low[2] + dk);
    }
    return sum;
}

void PeriodicGrid::validate() const {
    validateShape(shape);
    const auto points = static_cast<std::size_t>(shape[0]) * static_cast<std::size_t>(shape[1]) *
                        static_cast<std::size_t>(shape[2]);
    if (points != values.size()) {
        throw InputError(fmt::format("a grid of {} × {} × {} points has {} values", shape[0], shape[1],
                                     shape[2], values.size()));
    }
}

GridShape gridShape(const crystal::Lattice& lattice, double spacing) {
    if (!(spacing > 0.0))
        throw InputError(fmt::format("the grid spacing is {} Å; it must be positive", spacing));
    const Vec3 lengths = lattice.lengths();
    if (!(lengths.maxCoeff() / spacing <= mostPointsPerAxis)) {
        throw InputError(
            fmt::format("a grid spacing of {} Å is too fine for a cell of {:.4g} Å; take at least "
                        "{:.2g} Å",
                        spacing, lengths.maxCoeff(), lengths.maxCoeff() / mostPointsPerAxis));
    }
    GridShape shape;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        // A length that is a whole number of spacings but for rounding needs no point more.
        shape[axis] = std::max(
            1, static_cast<int>(std::ceil(lengths[static_cast<Eigen::Index>(axis)] / spacing - 1e-9)));
    }
    validateShape(shape);
    return shape;
}

void validateShape(const GridShape& shape) {
    double points = 1.0;
    for (const int n : shape) {
        if (n < 1 || n > mostPointsPerAxis) {
            throw InputError(
                fmt::format("a grid of {} points along one axis; take 1 to {}", n, mostPointsPerAxis));
        }
        points *= n;
    }
    if (points > mostPoints) {
        throw InputError(
            fmt::format("a grid of {} × {} × {} points needs too much memory; take a coarser one", shape[0],
                        shape[1], shape[2]));
    }
}

}  // namespace ionscape::transport
