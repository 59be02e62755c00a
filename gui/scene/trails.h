// SPDX-License-Identifier: GPL-3.0-or-later
// The paths that mobile ions have taken: a bounded record, and its pieces folded back into the cell.
#pragma once

#include <cstddef>
#include <vector>

#include "core/crystal/lattice.h"

namespace ionscape::scene {

/// A connected part of one ion's path inside the cell.
struct TrailPiece {
    std::size_t ion = 0;
    std::vector<Vec3> points;  ///< Å
    std::vector<double>
        frames;  ///< when each was passed, in appended frames from the start (fractional on faces)
};

/// Unwrapped positions of the mobile ions against time. When more than `maxPoints` would be held every second
/// frame is dropped, and from then on only every second new one is kept (the newest always).
class Trails {
  public:
    static constexpr std::size_t defaultMaxPoints = 20000;
    explicit Trails(std::size_t maxPoints = defaultMaxPoints) : maxPoints_(maxPoints) {}

    /// One frame: a column for each ion, the same ions every time.
    void append(const VectorField& unwrapped);
    void clear();

    /// Points held, all ions together.
    std::size_t pointCount() const;
    /// Frames appended so far (more than are held once thinned).
    std::size_t framesSeen() const { return framesSeen_; }

    /// All paths folded into the cell. A path that leaves through a face ends on it, and goes on in a new
    /// piece on the opposite face: no line ever runs across the cell.
    std::vector<TrailPiece> pieces(const crystal::Lattice& lattice) const;

  private:
    struct Frame {
        std::size_t index;
        VectorField positions;
    };
    std::size_t maxPoints_;
    std::size_t stride_ = 1;
    std::size_t framesSeen_ = 0;
    std::vector<Frame> frames_;
};

}  // namespace ionscape::scene
