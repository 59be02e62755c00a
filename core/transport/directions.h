// SPDX-License-Identifier: GPL-3.0-or-later
// The directions along which motion is measured: all of space, a plane or an axis.
#pragma once

#include <string>
#include <string_view>

#include "core/crystal/lattice.h"

namespace ionscape::transport {

/// An orthonormal set of one, two or three directions; what is at right angles to all of them is ignored.
class Directions {
  public:
    using Basis = Eigen::Matrix<double, 3, Eigen::Dynamic, Eigen::ColMajor, 3, 3>;

    static Directions all();
    /// Along a vector of any length; throws InputError for the null vector.
    static Directions axis(const Vec3& along);
    /// In the plane that two vectors span; throws InputError when they are parallel.
    static Directions plane(const Vec3& u, const Vec3& v);
    /// "xyz", "x", "yz", … for Cartesian ones, "a", "bc", … for those of lattice vectors (a plane is spanned
    /// by two of them). Throws InputError for another name.
    static Directions fromName(std::string_view name, const crystal::Lattice& lattice);

    int dimensions() const { return static_cast<int>(basis_.cols()); }
    /// One unit vector a column.
    const Basis& basis() const { return basis_; }
    bool isAll() const { return basis_.cols() == 3; }

  private:
    explicit Directions(Basis basis) : basis_(std::move(basis)) {}
    Basis basis_;
};

}  // namespace ionscape::transport
