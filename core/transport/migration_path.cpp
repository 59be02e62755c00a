// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/migration_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/transport/local_path_search.h"
#include "core/transport/loop_search.h"

namespace ionscape::transport {

namespace {

Vec3 inCells(const IntVec3& point, const GridShape& shape) {
    return {point[0] / static_cast<double>(shape[0]), point[1] / static_cast<double>(shape[1]),
            point[2] / static_cast<double>(shape[2])};
}

MigrationPath pathOf(const FreeEnergyGrid& energy, const std::vector<IntVec3>& points) {
    MigrationPath path;
    for (const IntVec3& p : points) {
        PathPoint point;
        point.position = {inCells(p, energy.shape)};
        point.energy = energy.at(p[0], p[1], p[2]);
        if (!path.points.empty()) {
            const PathPoint& last = path.points.back();
            path.length += energy.lattice.toCartesian({point.position.v - last.position.v}).norm();
            point.distance = path.length;
            if (point.energy > path.highest()) path.bottleneck = path.points.size();
        }
        path.points.push_back(point);
    }
    return path;
}

/// A loop that closes on its own image, begun anew at its lowest point.
void startAtLowest(const FreeEnergyGrid& energy, std::vector<IntVec3>& points) {
    const IntVec3 shift = points.back() - points.front();
    points.pop_back();
    const auto lowest =
        std::min_element(points.begin(), points.end(), [&](const IntVec3& a, const IntVec3& b) {
            return energy.at(a[0], a[1], a[2]) < energy.at(b[0], b[1], b[2]);
        });
    for (auto it = points.begin(); it != lowest; ++it)
        *it += shift;
    std::rotate(points.begin(), lowest, points.end());
    points.push_back(points.front() + shift);
}

void check(const PathSettings& settings) {
    if (!(settings.temperature >= 0.0 && std::isfinite(settings.temperature)))
        throw InputError(fmt::format("the temperature of a path is {} K", settings.temperature));
    if (!(settings.margin >= 0.0 && settings.margin <= 100.0))
        throw InputError(fmt::format("the margin of a path is {} Å; take 0 to 100 Å", settings.margin));
}

IntVec3 nearestPoint(const FreeEnergyGrid& energy, const crystal::Fractional& position) {
    IntVec3 point;
    for (int axis = 0; axis < 3; ++axis) {
        const double x = position.v[axis] * energy.shape[static_cast<std::size_t>(axis)];
        if (!(std::abs(x) < 1e8)) throw InputError("an end of the path is not near the cell");
        point[axis] = static_cast<int>(std::lround(x));
    }
    return point;
}

}  // namespace

double MigrationPath::lowest() const {
    return std::min_element(points.begin(), points.end(),
                            [](const PathPoint& a, const PathPoint& b) { return a.energy < b.energy; })
        ->energy;
}

std::optional<MigrationPath> percolatingPath(const FreeEnergyGrid& energy, int axis,
                                             const PathSettings& settings) {
    return percolatingPath(energy, percolationLevels(energy), axis, settings);
}

std::optional<MigrationPath> percolatingPath(const FreeEnergyGrid& energy, const PercolationLevels& levels,
                                             int axis, const PathSettings& settings) {
    energy.validate();
    check(settings);
    if (axis < 0 || axis > 2) throw InputError(fmt::format("there is no axis {}; take 0, 1, 2", axis));
    const PercolationLevel& level = levels.axis[static_cast<std::size_t>(axis)];
    if (!level.exists()) return std::nullopt;
    auto points = LoopSearch(energy, level.bottleneck, axis, settings.temperature).run();
    const IntVec3 shift = points.back() - points.front();
    startAtLowest(energy, points);
    MigrationPath path = pathOf(energy, points);
    for (int k = 0; k < 3; ++k)
        path.period[k] = shift[k] / energy.shape[static_cast<std::size_t>(k)];
    return path;
}

std::optional<MigrationPath> pathBetween(const FreeEnergyGrid& energy, const crystal::Fractional& from,
                                         const crystal::Fractional& to, const PathSettings& settings) {
    energy.validate();
    check(settings);
    LocalPathSearch search(energy, nearestPoint(energy, from), nearestPoint(energy, to), settings.margin);
    const auto points = search.run(settings.temperature);
    if (points.empty()) return std::nullopt;
    return pathOf(energy, points);
}

}  // namespace ionscape::transport
