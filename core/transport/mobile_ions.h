// SPDX-License-Identifier: GPL-3.0-or-later
// Frames reduced to what moves: the mobile ions in fractional coordinates, without the framework's drift.
#pragma once

#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::transport {

/// Takes the frames of one trajectory in order. Fractional coordinates of each frame's own cell make cells
/// that breathe comparable. Holds no frames: a trajectory of any length streams through it.
class MobileIons {
  public:
    /// \param elements  of all atoms, in the order of the frames' columns \param removeDrift  subtract the
    /// mass-weighted displacement of all other atoms since the first frame (nothing is subtracted where there
    /// are none). Throws InputError when there is no such ion.
    MobileIons(const std::vector<crystal::Element>& elements, crystal::Element mobile,
               bool removeDrift = true);

    std::size_t count() const { return ions_.size(); }
    /// Indices of the ions among all atoms.
    const std::vector<std::size_t>& atoms() const { return ions_; }
    /// Unwrapped fractional coordinates of the ions, 3 × count(); valid until the next call. \param positions
    /// unwrapped Cartesian positions of all atoms, Å. Throws InputError naming the frame (counted from 0)
    /// when their number is wrong or one is not finite.
    const VectorField& reduce(const crystal::Lattice& lattice, const VectorField& positions);

  private:
    std::size_t atomCount_ = 0;
    std::vector<std::size_t> ions_;
    /// Share of each atom in the framework's mass.
    Eigen::VectorXd weights_;
    bool drift_ = false;
    std::size_t frame_ = 0;
    Vec3 start_ = Vec3::Zero();
    VectorField fractional_;
};

}  // namespace ionscape::transport
