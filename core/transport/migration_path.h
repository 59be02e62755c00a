// SPDX-License-Identifier: GPL-3.0-or-later
// Ways of least barrier through a periodic free energy: without end along an axis, or from site to site.
#pragma once

#include <optional>
#include <vector>

#include "core/transport/percolation.h"

namespace ionscape::transport {

struct PathPoint {
    /// Not wrapped: neighbours on the path are neighbours in space.
    crystal::Fractional position;
    double distance = 0.0;  ///< from the start along the path, Å
    double energy = 0.0;    ///< eV
};

struct MigrationPath {
    /// Start to end; of an endless path one period, so that the end is the start moved by `period`.
    std::vector<PathPoint> points;
    /// Lattice vectors from start to end of one period; zero for a path between sites.
    IntVec3 period = IntVec3::Zero();
    double length = 0.0;  ///< Å
    /// Index of the highest point.
    std::size_t bottleneck = 0;

    double highest() const { return points[bottleneck].energy; }
    double lowest() const;
    /// What has to be paid: highest energy on the way minus the lowest, eV.
    double barrier() const { return highest() - lowest(); }
    /// Highest energy minus that of the start, eV.
    double barrierFromStart() const { return highest() - points.front().energy; }
};

struct PathSettings {
    /// Among the paths with the lowest maximum the one that minimises ∫ exp(F/k_B T) dl at this temperature
    /// (K): it runs along the floor of the valleys, where ions go. 0: the shortest one, which cuts corners at
    /// the height of the maximum.
    double temperature = 0.0;
    /// A path between two places may leave the straight line by a detour of this much on either side, Å.
    double margin = 3.0;
};

/// The path without end along `axis` (0, 1, 2 for a, b, c) whose highest point is lowest. It starts at its
/// own lowest point. Every such path crosses the bottleneck of percolationLevels: Dijkstra from there to its
/// image, over the points that are open at that level, with the number of cells advanced along the axis as
/// part of the state. Empty when no path of finite energy exists. Throws InputError for an axis other than 0,
/// 1, 2 and as percolationLevels.
std::optional<MigrationPath> percolatingPath(const FreeEnergyGrid& energy, int axis,
                                             const PathSettings& settings = {});
/// With levels computed before, for several axes of one grid.
std::optional<MigrationPath> percolatingPath(const FreeEnergyGrid& energy, const PercolationLevels& levels,
                                             int axis, const PathSettings& settings = {});

/// The path from the point nearest to `from` to the one nearest to `to` whose highest point is lowest. Both
/// are taken as they are, unwrapped, so that `to` may lie in a neighbouring cell. Only points p with |p −
/// from| + |p − to| below their distance plus twice the margin are used. Empty when these leave no way of
/// finite energy.
std::optional<MigrationPath> pathBetween(const FreeEnergyGrid& energy, const crystal::Fractional& from,
                                         const crystal::Fractional& to, const PathSettings& settings = {});

}  // namespace ionscape::transport
