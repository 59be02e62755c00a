// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/void_fraction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/crystal/neighbour_list.h"

namespace ionscape::surrogate {
namespace {

constexpr double largestRadius = 10.0;
constexpr int directionCount = 1000;

/// Points x of a sphere's own part have x · normal <= offset, from its centre.
struct RadicalPlane {
    Vec3 normal;
    double offset;
};

/// Directions that share the full solid angle evenly, on a Fibonacci spiral.
std::vector<Vec3> makeDirections() {
    const double turn = units::pi * (3.0 - std::sqrt(5.0));
    std::vector<Vec3> directions;
    for (int k = 0; k < directionCount; ++k) {
        const double z = 1.0 - (2.0 * k + 1.0) / directionCount, r = std::sqrt(1.0 - z * z);
        directions.emplace_back(r * std::cos(turn * k), r * std::sin(turn * k), z);
    }
    return directions;
}

/// Volume of the ball on the inner side of all planes, by the part of each ray that is inside.
double ownVolume(double radius, const std::vector<RadicalPlane>& planes) {
    static const std::vector<Vec3> directions = makeDirections();
    if (planes.empty()) return 4.0 / 3.0 * units::pi * radius * radius * radius;
    double cubes = 0.0;
    for (const Vec3& direction : directions) {
        double from = 0.0, to = radius;
        for (const RadicalPlane& plane : planes) {
            const double slope = direction.dot(plane.normal);
            if (slope > 0.0) {
                to = std::min(to, plane.offset / slope);
            } else if (plane.offset < 0.0) {
                from = slope < 0.0 ? std::max(from, plane.offset / slope) : to;
            }
        }
        if (to > from) cubes += to * to * to - from * from * from;
    }
    return 4.0 / 3.0 * units::pi * cubes / directionCount;
}

std::vector<std::vector<RadicalPlane>> radicalPlanes(const crystal::Lattice& lattice,
                                                     const std::vector<Sphere>& spheres, double largest) {
    crystal::Structure centres;
    centres.lattice = lattice;
    for (const Sphere& sphere : spheres)
        centres.append(crystal::Element(), sphere.centre);
    std::vector<std::vector<RadicalPlane>> planes(spheres.size());
    for (const auto& pair : crystal::neighbourPairs(centres, 2.0 * largest)) {
        const double own = spheres[static_cast<std::size_t>(pair.i)].radius;
        const double other = spheres[static_cast<std::size_t>(pair.j)].radius;
        const double offset =
            (pair.distance * pair.distance + own * own - other * other) / (2.0 * pair.distance);
        if (offset < own)
            planes[static_cast<std::size_t>(pair.i)].push_back({pair.vector / pair.distance, offset});
    }
    return planes;
}

}  // namespace

double voidFraction(const crystal::Lattice& lattice, const std::vector<Sphere>& spheres) {
    double largest = 0.0;
    for (const Sphere& sphere : spheres) {
        if (!(sphere.radius >= 0.0 && sphere.radius <= largestRadius))
            throw InputError(fmt::format("a radius of {:g} Å is none of an ion", sphere.radius));
        largest = std::max(largest, sphere.radius);
    }
    if (largest == 0.0) return 1.0;
    const auto planes = radicalPlanes(lattice, spheres, largest);
    double filled = 0.0;
    for (std::size_t i = 0; i < spheres.size(); ++i)
        filled += ownVolume(spheres[i].radius, planes[i]);
    return std::max(0.0, 1.0 - filled / lattice.volume());
}

}  // namespace ionscape::surrogate
