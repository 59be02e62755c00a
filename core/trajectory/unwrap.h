// SPDX-License-Identifier: GPL-3.0-or-later
// Positions wrapped into the cell made continuous again.
#pragma once

#include <vector>

#include "core/crystal/structure.h"
#include "core/io/import_options.h"

namespace ionscape::trajectory {

/// Takes the frames of one trajectory in order and counts for each atom how often it has crossed the faces of
/// the cell. Works in fractional coordinates, so that cells may change from frame to frame (a position is
/// then the unwrapped fractional one in the cell of its frame). An atom is taken to have gone the shortest
/// way along each axis; a way of nearly half the cell (more than 0.45) is refused, since it could as well
/// have gone the other way round.
class Unwrapper {
  public:
    /// Unknown: the file counts as unwrapped when an atom jumps by more than half a cell and atoms lie
    /// farther apart than a cell and a half, as no wrapping leaves them.
    Unwrapper(io::Wrapping wrapping, std::vector<crystal::Element> elements)
        : wrapping_(wrapping), elements_(std::move(elements)) {}

    /// Makes the fractional coordinates (3 × N) of the next frame continuous with those before. Throws
    /// InputError naming the frame (counted from 0) and the atom (from 1).
    void apply(VectorField& fractional);

    /// Wrapped or Unwrapped once that is known.
    io::Wrapping wrapping() const { return wrapping_; }

  private:
    void decide();
    [[noreturn]] void refuse(Eigen::Index atom, int axis, double step) const;
    double spread(int axis) const { return high_[axis] - low_[axis]; }

    io::Wrapping wrapping_;
    std::vector<crystal::Element> elements_;
    bool guessed_ = false;
    std::size_t frame_ = 0;
    VectorField before_;  ///< as the file gave them
    VectorField images_;
    Vec3 low_ = Vec3::Zero(), high_ = Vec3::Zero();
};

}  // namespace ionscape::trajectory
