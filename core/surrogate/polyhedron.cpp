// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/polyhedron.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/base/units.h"

namespace ionscape::surrogate {
namespace {

/// Area of the convex polygon with these vertices in a plane of the given normal, in any order.
double polygonArea(std::vector<Vec3> vertices, const Vec3& normal) {
    Vec3 middle = Vec3::Zero();
    for (const Vec3& v : vertices)
        middle += v / static_cast<double>(vertices.size());
    const Vec3 x = (vertices[0] - middle).normalized(), y = normal.cross(x);
    const auto angle = [&](const Vec3& v) { return std::atan2((v - middle).dot(y), (v - middle).dot(x)); };
    std::sort(vertices.begin(), vertices.end(),
              [&](const Vec3& a, const Vec3& b) { return angle(a) < angle(b); });
    double area = 0.0;
    for (std::size_t i = 0; i < vertices.size(); ++i)
        area += 0.5 * normal.dot((vertices[i] - middle).cross(vertices[(i + 1) % vertices.size()] - middle));
    return area;
}

bool areCollinear(const Vec3& a, const Vec3& b, const Vec3& c, double tolerance) {
    return (b - a).cross(c - a).norm() < tolerance;
}

/// The points in the plane through i, j and k if all others are on one side of it and these are the first
/// three that span it; else none.
std::vector<Vec3> faceOf(const VectorField& points, const Vec3& normal,
                         const std::array<Eigen::Index, 3>& ijk, double flat, double collinear) {
    std::vector<Vec3> face;
    bool above = false, below = false, spanned = false;
    for (Eigen::Index p = 0; p < points.cols(); ++p) {
        const double height = normal.dot(points.col(p) - points.col(ijk[0]));
        if (std::abs(height) > flat) {
            (height > 0.0 ? above : below) = true;
            if (above && below) return {};
            continue;
        }
        face.push_back(points.col(p));
        for (std::size_t a = 0; !spanned && a + 2 < face.size(); ++a) {
            for (std::size_t b = a + 1; !spanned && b + 1 < face.size(); ++b) {
                if (areCollinear(face[a], face[b], face.back(), collinear)) continue;
                spanned = true;
                if (face[a] != points.col(ijk[0]) || face[b] != points.col(ijk[1]) || p != ijk[2]) return {};
            }
        }
    }
    return face;
}

std::vector<double> anglesBetween(const VectorField& ligands) {
    std::vector<double> angles;
    for (Eigen::Index i = 0; i < ligands.cols(); ++i) {
        for (Eigen::Index j = i + 1; j < ligands.cols(); ++j) {
            const Vec3 a = ligands.col(i), b = ligands.col(j);
            angles.push_back(std::atan2(a.cross(b).norm(), a.dot(b)) * 180.0 / units::pi);
        }
    }
    return angles;
}

}  // namespace

double hullVolume(const VectorField& points) {
    const auto n = points.cols();
    if (n < 4) return 0.0;
    const Vec3 inside = points.rowwise().mean();
    const double size = (points.colwise() - inside).colwise().norm().maxCoeff();
    const double flat = 1e-9 * size;
    double volume = 0.0;
    for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index j = i + 1; j < n; ++j) {
            for (Eigen::Index k = j + 1; k < n; ++k) {
                if (areCollinear(points.col(i), points.col(j), points.col(k), flat * size)) continue;
                const Vec3 normal =
                    (points.col(j) - points.col(i)).cross(points.col(k) - points.col(i)).normalized();
                const auto face = faceOf(points, normal, {i, j, k}, flat, flat * size);
                if (face.empty()) continue;
                const double height = std::abs(normal.dot(points.col(i) - inside));
                volume += polygonArea(face, normal) * height / 3.0;
            }
        }
    }
    return volume;
}

std::optional<double> bondAngleVariance(const VectorField& ligands) {
    const bool tetrahedron = ligands.cols() == 4, octahedron = ligands.cols() == 6;
    if (!tetrahedron && !octahedron) return std::nullopt;
    std::vector<double> angles = anglesBetween(ligands);
    std::sort(angles.begin(), angles.end());
    if (octahedron) angles.resize(12);
    const double ideal = octahedron ? 90.0 : std::acos(-1.0 / 3.0) * 180.0 / units::pi;
    double sum = 0.0;
    for (const double angle : angles)
        sum += (angle - ideal) * (angle - ideal);
    return sum / static_cast<double>(angles.size() - 1);
}

std::optional<double> quadraticElongation(const VectorField& ligands) {
    const bool tetrahedron = ligands.cols() == 4, octahedron = ligands.cols() == 6;
    if (!tetrahedron && !octahedron) return std::nullopt;
    const double volume = hullVolume(ligands);
    const double size = ligands.colwise().norm().maxCoeff();
    if (volume < 1e-6 * size * size * size) return std::nullopt;
    const double perCube = octahedron ? 4.0 / 3.0 : 8.0 * std::sqrt(3.0) / 27.0;
    const double regular = std::cbrt(volume / perCube);
    return ligands.squaredNorm() / (regular * regular) / static_cast<double>(ligands.cols());
}

}  // namespace ionscape::surrogate
