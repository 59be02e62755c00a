// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/lattice.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/base/units.h"

namespace ionscape::crystal {

namespace {

constexpr double smallestVolume = 1e-6;
constexpr double longestVector = 1e6;
/// Thinnest cell relative to its longest vector: keeps the reduction's integers well inside 32 bits.
constexpr double flattestCell = 1e-8;

double cosineOfDegrees(double angle) {
    // The right angle is exact, so that an orthogonal cell has exact zeros.
    return angle == 90.0 ? 0.0 : std::cos(angle * units::pi / 180.0);
}

/// A lattice vector with its integer coordinates in the original basis.
struct TrackedVector {
    Vec3 v;
    IntVec3 n;

    void add(const TrackedVector& other, int times) {
        v += times * other.v;
        n += times * other.n;
    }
};

/// Size reduction of pairs, as in Gauss' algorithm, takes out extreme skew in few steps.
void reducePairs(std::array<TrackedVector, 3>& basis) {
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < 3; ++i) {
            for (std::size_t j = 0; j < 3; ++j) {
                if (i == j) continue;
                const double ratio = basis[i].v.dot(basis[j].v) / basis[j].v.squaredNorm();
                if (std::abs(ratio) <= 0.5 + 1e-9) continue;
                basis[i].add(basis[j], -static_cast<int>(std::lround(ratio)));
                changed = true;
            }
        }
    }
}

/// Selling's algorithm: a superbase (four vectors with sum zero) without acute angles.
void makeObtuse(std::array<TrackedVector, 4>& superbase) {
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < 4; ++i) {
            for (std::size_t j = i + 1; j < 4; ++j) {
                const double tolerance = 1e-11 * superbase[i].v.norm() * superbase[j].v.norm();
                if (superbase[i].v.dot(superbase[j].v) <= tolerance) continue;
                for (std::size_t k = 0; k < 4; ++k) {
                    if (k != i && k != j) superbase[k].add(superbase[i], 1);
                }
                superbase[i].v = -superbase[i].v;
                superbase[i].n = -superbase[i].n;
                changed = true;
            }
        }
    }
}

}  // namespace

Lattice::Lattice(const Mat3& rows) : rows_(rows) {
    if (!rows.allFinite()) throw InputError("a lattice vector is not a finite number");
    const double longest = rows.rowwise().norm().maxCoeff();
    if (longest > longestVector) {
        throw InputError(fmt::format("a lattice vector is {:.3g} Å long; give vectors below {:.0e} Å",
                                     longest, longestVector));
    }
    volume_ = std::abs(rows.determinant());
    if (!(volume_ > smallestVolume)) {
        throw InputError(
            fmt::format("the cell has no volume ({:.3g} Å³): its vectors lie in one plane", volume_));
    }
    inverse_ = rows.inverse();
    if (!(faceDistances().minCoeff() > flattestCell * longest)) {
        throw InputError("the cell is flat: its vectors lie almost in one plane");
    }
    reduce();
}

Lattice Lattice::fromParameters(double a, double b, double c, double alpha, double beta, double gamma) {
    for (const double length : {a, b, c}) {
        if (!(length > 0.0))
            throw InputError(fmt::format("a cell length is {} Å; it must be positive", length));
    }
    for (const double angle : {alpha, beta, gamma}) {
        if (!(angle > 0.0 && angle < 180.0)) {
            throw InputError(fmt::format("a cell angle is {}°; it must lie between 0° and 180°", angle));
        }
    }
    const double ca = cosineOfDegrees(alpha), cb = cosineOfDegrees(beta), cg = cosineOfDegrees(gamma);
    const double sg = std::sqrt(1.0 - cg * cg);
    const double cy = (ca - cb * cg) / sg;
    const double cz2 = 1.0 - cb * cb - cy * cy;
    if (!(cz2 > 1e-12)) {  // zero but for rounding: the three vectors lie in one plane
        throw InputError(
            fmt::format("no cell has the angles {}°, {}°, {}° (α, β, γ); check them", alpha, beta, gamma));
    }
    Mat3 rows;
    rows << a, 0.0, 0.0, b * cg, b * sg, 0.0, c * cb, c * cy, c * std::sqrt(cz2);
    return Lattice(rows);
}

Vec3 Lattice::lengths() const {
    return rows_.rowwise().norm();
}

Vec3 Lattice::angles() const {
    const auto between = [this](int i, int j) {
        const Vec3 u = vector(i), v = vector(j);
        return std::atan2(u.cross(v).norm(), u.dot(v)) * 180.0 / units::pi;
    };
    return {between(1, 2), between(2, 0), between(0, 1)};
}

Vec3 Lattice::faceDistances() const {
    // The columns of the inverse are the reciprocal vectors (without 2π), normal to the faces.
    return inverse_.colwise().norm().cwiseInverse().transpose();
}

Vec3 Lattice::wrapped(const Vec3& cartesian) const {
    Vec3 f = toFractional(cartesian).v;
    for (double& x : f) {
        x -= std::floor(x);
        if (x >= 1.0) x = 0.0;  // a tiny negative coordinate rounds up to one
    }
    return toCartesian({f});
}

Vec3 Lattice::minimumImage(const Vec3& difference) const {
    Vec3 d = difference;
    if (4.0 * d.squaredNorm() <= shortestVector_ * shortestVector_) return d;
    for (bool changed = true; changed;) {
        changed = false;
        for (int k = 0; k < 7; ++k) {
            const double t = d.dot(voronoiVectors_.col(k)) * inverseSquaredLengths_[k];
            if (!(std::abs(t) > 0.5 + 1e-12)) continue;
            const double n = std::round(t);
            if (d - n * voronoiVectors_.col(k) == d) continue;  // so far away that no digit is left to move
            d -= n * voronoiVectors_.col(k);
            changed = true;
        }
    }
    return d;
}

void Lattice::reduce() {
    std::array<TrackedVector, 3> basis;
    for (int i = 0; i < 3; ++i)
        basis[static_cast<std::size_t>(i)] = {vector(i), IntVec3::Unit(i)};
    reducePairs(basis);
    std::array<TrackedVector, 4> superbase{
        basis[0], basis[1], basis[2],
        TrackedVector{-(basis[0].v + basis[1].v + basis[2].v), -(basis[0].n + basis[1].n + basis[2].n)}};
    makeObtuse(superbase);

    // Any three vectors of a superbase are a basis: leave out the longest.
    std::size_t longest = 0;
    for (std::size_t i = 1; i < 4; ++i) {
        if (superbase[i].v.squaredNorm() > superbase[longest].v.squaredNorm()) longest = i;
    }
    std::swap(superbase[longest], superbase[3]);
    for (int i = 0; i < 3; ++i) {
        const TrackedVector& vector = superbase[static_cast<std::size_t>(i)];
        reduction_.row(i) = vector.n.transpose();
        voronoiVectors_.col(i) = vector.v;
        voronoiVectors_.col(i + 4) = vector.v + superbase[3].v;
    }
    voronoiVectors_.col(3) = superbase[3].v;
    inverseSquaredLengths_ = voronoiVectors_.colwise().squaredNorm().cwiseInverse().transpose();
    shortestVector_ = voronoiVectors_.colwise().norm().minCoeff();
}

}  // namespace ionscape::crystal
