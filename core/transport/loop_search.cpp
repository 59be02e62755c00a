// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/loop_search.h"

#include <algorithm>
#include <limits>
#include <queue>

namespace ionscape::transport {

LoopSearch::LoopSearch(const PeriodicGrid& energy, std::size_t bottleneck, int axis, double temperature)
    : energy_(energy),
      neighbours_(energy),
      bottleneck_(static_cast<std::uint32_t>(bottleneck)),
      axis_(axis),
      cost_(temperature, energy.values[bottleneck]) {}

LoopSearch::Layer& LoopSearch::layer(int cells) {
    Layer& found = layers_[cells];
    if (found.cost.empty()) {
        found.cost.assign(energy_.size(), std::numeric_limits<double>::infinity());
        found.arrivedBy.assign(energy_.size(), unreached);
    }
    return found;
}

bool LoopSearch::mayEnter(std::uint32_t index) const {
    // The order in which points open: by energy, then by index.
    const double value = energy_.values[index], limit = energy_.values[bottleneck_];
    return value < limit || (value == limit && index <= bottleneck_);
}

std::vector<IntVec3> LoopSearch::run() {
    struct Entry {
        double cost;
        std::uint32_t index;
        int cells;
        bool operator<(const Entry& other) const { return cost > other.cost; }
    };
    std::priority_queue<Entry> queue;
    layer(0).cost[bottleneck_] = 0.0;
    queue.push({0.0, bottleneck_, 0});
    while (!queue.empty()) {
        const Entry best = queue.top();
        queue.pop();
        if (best.index == bottleneck_ && best.cells != 0) return trace(best.cells);
        if (best.cost > layer(best.cells).cost[best.index]) continue;
        const IntVec3 point = energy_.point(best.index);
        for (int d = 0; d < GridNeighbours::count; ++d) {
            const auto next = neighbours_.from(point, d);
            if (!mayEnter(next.index)) continue;
            const int cells = best.cells + next.cell[axis_];
            const double cost = best.cost + cost_.step(energy_.values[best.index], energy_.values[next.index],
                                                       neighbours_.length(d));
            Layer& there = layer(cells);
            if (!(cost < there.cost[next.index])) continue;
            there.cost[next.index] = cost;
            there.arrivedBy[next.index] = static_cast<std::uint8_t>(d);
            queue.push({cost, next.index, cells});
        }
    }
    return {};
}

std::vector<IntVec3> LoopSearch::trace(int cells) {
    std::vector<int> directions;
    std::uint32_t index = bottleneck_;
    for (int advanced = cells; !(index == bottleneck_ && advanced == 0);) {
        const int d = layer(advanced).arrivedBy[index];
        directions.push_back(d);
        // The step back is the mirrored direction: the 26 directions are listed symmetrically.
        const auto back = neighbours_.from(energy_.point(index), GridNeighbours::count - 1 - d);
        index = back.index;
        advanced += back.cell[axis_];
    }
    std::reverse(directions.begin(), directions.end());
    std::vector<IntVec3> points{energy_.point(bottleneck_)};
    for (const int d : directions)
        points.push_back(points.back() + neighbours_.step(d));
    if (cells < 0) std::reverse(points.begin(), points.end());
    return points;
}

}  // namespace ionscape::transport
