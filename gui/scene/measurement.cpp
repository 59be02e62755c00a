// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scene/measurement.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <cmath>
#include <numbers>

#include "core/base/error.h"

namespace ionscape::scene {

namespace {

constexpr double degree = 180.0 / std::numbers::pi;
constexpr double tiny = 1e-9;

double angle(const Vec3& a, const Vec3& b, const Vec3& c) {
    const Vec3 u = a - b, v = c - b;
    if (u.norm() < tiny || v.norm() < tiny) throw InputError("an angle needs three points that differ");
    return degree * std::atan2(u.cross(v).norm(), u.dot(v));
}

double dihedral(const Vec3& a, const Vec3& b, const Vec3& c, const Vec3& d) {
    const Vec3 first = b - a, axis = c - b, last = d - c;
    const Vec3 n = first.cross(axis), m = axis.cross(last);
    if (n.norm() < tiny || m.norm() < tiny)
        throw InputError("a dihedral needs four points of which no three in a row lie on a line");
    return degree * std::atan2(axis.norm() * first.dot(m), n.dot(m));
}

}  // namespace

double measured(const std::vector<Vec3>& points) {
    if (points.size() == 2) return (points[1] - points[0]).norm();
    if (points.size() == 3) return angle(points[0], points[1], points[2]);
    if (points.size() == 4) return dihedral(points[0], points[1], points[2], points[3]);
    throw InputError(fmt::format("two to four points can be measured, not {}", points.size()));
}

std::string measuredText(const std::vector<Vec3>& points) {
    if (points.size() < 2 || points.size() > 4) return {};
    try {
        const double value = measured(points);
        return points.size() == 2 ? fmt::format("{:.3f} Å", value) : fmt::format("{:.1f}°", value);
    } catch (const InputError&) {
        return {};
    }
}

}  // namespace ionscape::scene
