// SPDX-License-Identifier: GPL-3.0-or-later
// The cheapest way from a bottleneck to its own image along an axis. Internal to core/transport.
#pragma once

#include <map>
#include <vector>

#include "core/transport/grid_neighbours.h"
#include "core/transport/path_cost.h"

namespace ionscape::transport {

/// Dijkstra over pairs of a grid point and the number of cells advanced along the axis. Only points that open
/// before the bottleneck are entered: without it none of them is connected to its own image along the axis,
/// so that each is met with few numbers of cells and the search ends.
class LoopSearch {
  public:
    LoopSearch(const PeriodicGrid& energy, std::size_t bottleneck, int axis, double temperature);

    /// Grid points, not wrapped, from the bottleneck to its image, which lies forward along the axis. Empty
    /// when there is none.
    std::vector<IntVec3> run();

  private:
    static constexpr std::uint8_t unreached = 255;
    /// Cheapest known way to each point with one number of cells.
    struct Layer {
        std::vector<double> cost;
        std::vector<std::uint8_t> arrivedBy;  ///< direction of the last step
    };
    Layer& layer(int cells);
    bool mayEnter(std::uint32_t index) const;
    std::vector<IntVec3> trace(int cells);

    const PeriodicGrid& energy_;
    GridNeighbours neighbours_;
    std::uint32_t bottleneck_;
    int axis_;
    PathCost cost_;
    std::map<int, Layer> layers_;
};

}  // namespace ionscape::transport
