// SPDX-License-Identifier: GPL-3.0-or-later
// The 26 neighbours of a point on a periodic grid. Internal to core/transport.
#pragma once

#include <array>
#include <cstdint>

#include "core/transport/periodic_grid.h"

namespace ionscape::transport {

class GridNeighbours {
  public:
    static constexpr int count = 26;

    explicit GridNeighbours(const PeriodicGrid& grid) : shape_(grid.shape) {
        std::size_t n = 0;
        for (int code = 0; code < 27; ++code) {
            const IntVec3 step(code % 3 - 1, code / 3 % 3 - 1, code / 9 - 1);
            if (step == IntVec3::Zero()) continue;
            steps_[n] = step;
            const Vec3 f(step[0] / static_cast<double>(shape_[0]), step[1] / static_cast<double>(shape_[1]),
                         step[2] / static_cast<double>(shape_[2]));
            lengths_[n++] = grid.lattice.toCartesian({f}).norm();
        }
    }

    const IntVec3& step(int direction) const { return steps_[static_cast<std::size_t>(direction)]; }
    /// Length of a step, Å.
    double length(int direction) const { return lengths_[static_cast<std::size_t>(direction)]; }

    /// The point that a step leads to, moved into the cell, and the cell it was in.
    struct Neighbour {
        std::uint32_t index = 0;
        IntVec3 cell = IntVec3::Zero();
    };
    Neighbour from(const IntVec3& point, int direction) const {
        Neighbour neighbour;
        IntVec3 p = point + step(direction);
        for (int axis = 0; axis < 3; ++axis) {
            const int n = shape_[static_cast<std::size_t>(axis)];
            if (p[axis] < 0) {
                p[axis] += n;
                neighbour.cell[axis] = -1;
            } else if (p[axis] >= n) {
                p[axis] -= n;
                neighbour.cell[axis] = 1;
            }
        }
        neighbour.index = static_cast<std::uint32_t>(p[0] + shape_[0] * (p[1] + shape_[1] * p[2]));
        return neighbour;
    }

  private:
    GridShape shape_;
    std::array<IntVec3, count> steps_;
    std::array<double, count> lengths_{};
};

}  // namespace ionscape::transport
