// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/local_path_search.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "core/base/error.h"
#include "core/transport/path_cost.h"

namespace ionscape::transport {

namespace {

constexpr std::size_t mostBoxPoints = 100'000'000;

Vec3 inCells(const IntVec3& steps, const GridShape& shape) {
    return {steps[0] / static_cast<double>(shape[0]), steps[1] / static_cast<double>(shape[1]),
            steps[2] / static_cast<double>(shape[2])};
}

}  // namespace

LocalPathSearch::LocalPathSearch(const PeriodicGrid& energy, const IntVec3& from, const IntVec3& to,
                                 double margin)
    : energy_(energy), neighbours_(energy), from_(from), to_(to) {
    const Vec3 difference = energy.lattice.toCartesian({inCells(to - from, energy.shape)});
    // Rounding must not shut out the straight line when the margin is zero.
    reach_ = difference.norm() + 2.0 * margin + 1e-9;
    const Vec3 faces = energy.lattice.faceDistances();
    std::size_t points = 1;
    for (int axis = 0; axis < 3; ++axis) {
        const double half = 0.5 * reach_ / faces[axis] * energy.shape[static_cast<std::size_t>(axis)];
        const double middle = 0.5 * (from[axis] + to[axis]);
        low_[axis] = static_cast<int>(std::floor(middle - half));
        extent_[axis] = static_cast<int>(std::ceil(middle + half)) - low_[axis] + 1;
        points *= static_cast<std::size_t>(extent_[axis]);
        if (points > mostBoxPoints)
            throw InputError("the ends of the path are too far apart for this grid; take a coarser one");
    }
}

std::size_t LocalPathSearch::boxIndex(const IntVec3& point) const {
    const IntVec3 p = point - low_;
    return static_cast<std::size_t>(p[0]) +
           static_cast<std::size_t>(extent_[0]) *
               (static_cast<std::size_t>(p[1]) +
                static_cast<std::size_t>(extent_[1]) * static_cast<std::size_t>(p[2]));
}

IntVec3 LocalPathSearch::boxPoint(std::size_t index) const {
    const auto nx = static_cast<std::size_t>(extent_[0]), ny = static_cast<std::size_t>(extent_[1]);
    return low_ + IntVec3(static_cast<int>(index % nx), static_cast<int>(index / nx % ny),
                          static_cast<int>(index / (nx * ny)));
}

bool LocalPathSearch::inside(const IntVec3& point) const {
    const IntVec3 p = point - low_;
    for (int axis = 0; axis < 3; ++axis) {
        if (p[axis] < 0 || p[axis] >= extent_[axis]) return false;
    }
    const auto distance = [&](const IntVec3& end) {
        return energy_.lattice.toCartesian({inCells(point - end, energy_.shape)}).norm();
    };
    return distance(from_) + distance(to_) <= reach_;
}

double LocalPathSearch::energyAt(const IntVec3& point) const {
    return energy_.at(point[0], point[1], point[2]);
}

template <class Extend>
double LocalPathSearch::search(const Extend& extend, std::vector<std::int8_t>& arrivedBy) const {
    std::vector<double> costs(static_cast<std::size_t>(extent_[0]) * static_cast<std::size_t>(extent_[1]) *
                                  static_cast<std::size_t>(extent_[2]),
                              infinity);
    arrivedBy.assign(costs.size(), -1);
    using Entry = std::pair<double, std::size_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    const std::size_t start = boxIndex(from_), end = boxIndex(to_);
    costs[start] = extend(-infinity, from_, from_, 0.0);
    if (costs[start] < infinity) queue.push({costs[start], start});
    while (!queue.empty()) {
        const auto [cost, index] = queue.top();
        queue.pop();
        if (index == end) return cost;
        if (cost > costs[index]) continue;
        const IntVec3 here = boxPoint(index);
        for (int d = 0; d < GridNeighbours::count; ++d) {
            const IntVec3 there = here + neighbours_.step(d);
            if (!inside(there)) continue;
            const double next = extend(cost, here, there, neighbours_.length(d));
            const std::size_t target = boxIndex(there);
            if (!(next < costs[target])) continue;
            costs[target] = next;
            arrivedBy[target] = static_cast<std::int8_t>(d);
            queue.push({next, target});
        }
    }
    return infinity;
}

double LocalPathSearch::lowestMaximum() const {
    std::vector<std::int8_t> unused;
    return search([this](double highest, const IntVec3&, const IntVec3& there,
                         double) { return std::max(highest, energyAt(there)); },
                  unused);
}

std::vector<IntVec3> LocalPathSearch::run(double temperature) const {
    const double limit = lowestMaximum();
    if (!(limit < infinity)) return {};
    const PathCost costs(temperature, limit);
    std::vector<std::int8_t> arrivedBy;
    search(
        [&](double cost, const IntVec3& here, const IntVec3& there, double length) {
            const double energy = energyAt(there);
            if (energy > limit) return infinity;
            return length == 0.0 ? 0.0 : cost + costs.step(energyAt(here), energy, length);
        },
        arrivedBy);
    std::vector<IntVec3> points{to_};
    while (points.back() != from_)
        points.push_back(points.back() - neighbours_.step(arrivedBy[boxIndex(points.back())]));
    std::reverse(points.begin(), points.end());
    return points;
}

}  // namespace ionscape::transport
