// SPDX-License-Identifier: GPL-3.0-or-later
// The way with the lowest maximum between two near grid points. Internal to core/transport.
#pragma once

#include <limits>
#include <vector>

#include "core/transport/grid_neighbours.h"

namespace ionscape::transport {

/// Searches the points inside an ellipsoid around both ends, in unwrapped coordinates: which image of the
/// target is meant stays decided.
class LocalPathSearch {
  public:
    /// \param margin  longest detour on either side, Å
    LocalPathSearch(const PeriodicGrid& energy, const IntVec3& from, const IntVec3& to, double margin);

    /// Points from start to end, not wrapped; empty when there is no way of finite energy. The way with the
    /// lowest maximum, among these the cheapest as PathCost has it.
    std::vector<IntVec3> run(double temperature) const;

  private:
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    std::size_t boxIndex(const IntVec3& point) const;
    IntVec3 boxPoint(std::size_t index) const;
    bool inside(const IntVec3& point) const;
    double energyAt(const IntVec3& point) const;
    /// Lowest possible maximum of a way; infinite when there is none.
    double lowestMaximum() const;
    /// Dijkstra from start to end; `extend(cost so far, here, there, length)` gives the cost on arrival.
    /// Fills the direction each point was reached by; returns the cost of the end.
    template <class Extend>
    double search(const Extend& extend, std::vector<std::int8_t>& arrivedBy) const;

    const PeriodicGrid& energy_;
    GridNeighbours neighbours_;
    IntVec3 from_, to_;
    double reach_ = 0.0;  ///< longest sum of the distances to both ends, Å
    IntVec3 low_ = IntVec3::Zero(), extent_ = IntVec3::Ones();
};

}  // namespace ionscape::transport
