// SPDX-License-Identifier: GPL-3.0-or-later
// A periodic lattice: three row vectors in Å, and the change between fractional and Cartesian coordinates.
#pragma once

#include "core/crystal/types.h"

namespace ionscape::crystal {

/// Coordinates in units of the lattice vectors; a type of its own so that it is never mistaken for Å.
struct Fractional {
    Vec3 v = Vec3::Zero();
};

class Lattice {
  public:
    /// The unit cube of 1 Å.
    Lattice() : Lattice(Mat3::Identity()) {}
    /// \param rows  lattice vectors a, b, c as rows, Å. Throws InputError unless finite with a volume above
    /// 1e-6 Å³ and vectors below 1e6 Å that are clearly linearly independent.
    explicit Lattice(const Mat3& rows);
    /// a along x, b in the xy plane; lengths in Å, angles in degrees. Throws InputError for impossible
    /// angles.
    static Lattice fromParameters(double a, double b, double c, double alpha, double beta, double gamma);

    const Mat3& rows() const { return rows_; }
    Vec3 vector(int axis) const { return rows_.row(axis).transpose(); }
    /// |a · (b × c)|, Å³.
    double volume() const { return volume_; }
    /// Lengths a, b, c, Å.
    Vec3 lengths() const;
    /// Angles alpha, beta, gamma, degrees.
    Vec3 angles() const;
    /// Distances between opposite faces, Å: how far a sphere may reach before it meets its own image.
    Vec3 faceDistances() const;

    Vec3 toCartesian(const Fractional& f) const { return rows_.transpose() * f.v; }
    Fractional toFractional(const Vec3& cartesian) const { return {inverse_.transpose() * cartesian}; }
    /// The same point moved into the cell: all fractional coordinates in [0, 1).
    Vec3 wrapped(const Vec3& cartesian) const;
    /// The shortest periodic image of a difference vector; exact for skewed cells too.
    Vec3 minimumImage(const Vec3& difference) const;

    /// Integer unimodular matrix that turns the rows into three of the four vectors of an obtuse superbase
    /// (Selling reduction): the same lattice, described by short vectors that are nearly at right angles.
    const IntMat3& reduction() const { return reduction_; }
    /// Length of the shortest lattice vector, Å.
    double shortestVector() const { return shortestVector_; }

  private:
    void reduce();

    Mat3 rows_;
    Mat3 inverse_;
    double volume_ = 1.0;
    IntMat3 reduction_;
    /// The Voronoi-relevant vectors, one of each ± pair, and the inverse of their squared lengths: a
    /// difference is the shortest of its images exactly when no such vector brings it closer (Conway & Sloane
    /// 1992).
    Eigen::Matrix<double, 3, 7> voronoiVectors_;
    Eigen::Matrix<double, 7, 1> inverseSquaredLengths_;
    double shortestVector_ = 1.0;
};

}  // namespace ionscape::crystal
