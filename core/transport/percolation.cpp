// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/percolation.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/base/error.h"
#include "core/transport/grid_neighbours.h"

namespace ionscape::transport {

namespace {

/// Independent translations that lead from a component to its own images.
class Periods {
  public:
    int rank() const { return static_cast<int>(vectors_.size()); }
    bool extendsAlong(int axis) const {
        return std::any_of(vectors_.begin(), vectors_.end(), [&](const IntVec3& v) { return v[axis] != 0; });
    }
    void add(const IntVec3& period) {
        const bool independent = (rank() == 0 && period != IntVec3::Zero()) ||
                                 (rank() == 1 && vectors_[0].cross(period) != IntVec3::Zero()) ||
                                 (rank() == 2 && vectors_[0].cross(vectors_[1]).dot(period) != 0);
        if (independent) vectors_.push_back(period);
    }
    void add(const Periods& other) {
        for (const IntVec3& v : other.vectors_)
            add(v);
    }

  private:
    std::vector<IntVec3> vectors_;
};

/// Union–find over grid points; each knows in which cell it lies as seen from the root of its component.
class Components {
  public:
    explicit Components(std::size_t points)
        : parent_(points, closed), cell_(points, IntVec3::Zero()), size_(points, 0) {}

    bool isOpen(std::uint32_t point) const { return parent_[point] != closed; }
    void open(std::uint32_t point) {
        parent_[point] = point;
        size_[point] = 1;
    }
    /// Joins `a` with the image of `b` in `cell`. Returns the root of the component when its periods have
    /// become more, else nothing.
    const Periods* join(std::uint32_t a, std::uint32_t b, const IntVec3& cell) {
        std::uint32_t rootA = find(a), rootB = find(b);
        // The image of root B that hangs together with root A.
        const IntVec3 between = cell - cell_[b] + cell_[a];
        if (rootA == rootB) return between == IntVec3::Zero() ? nullptr : grow(rootA, between);
        const bool swap = size_[rootA] < size_[rootB];
        if (swap) std::swap(rootA, rootB);
        parent_[rootB] = rootA;
        cell_[rootB] = swap ? IntVec3(-between) : between;
        size_[rootA] += size_[rootB];
        const auto other = periods_.find(rootB);
        if (other == periods_.end()) return nullptr;
        Periods& mine = periods_[rootA];
        const int before = mine.rank();
        mine.add(periods_.find(rootB)->second);
        periods_.erase(rootB);
        return mine.rank() > before ? &mine : nullptr;
    }

  private:
    static constexpr std::uint32_t closed = ~std::uint32_t{0};

    const Periods* grow(std::uint32_t root, const IntVec3& period) {
        Periods& mine = periods_[root];
        const int before = mine.rank();
        mine.add(period);
        return mine.rank() > before ? &mine : nullptr;
    }

    /// The root of a point; afterwards the point hangs directly on it.
    std::uint32_t find(std::uint32_t point) {
        chain_.clear();
        std::uint32_t root = point;
        while (parent_[root] != root) {
            chain_.push_back(root);
            root = parent_[root];
        }
        IntVec3 sum = IntVec3::Zero();
        for (auto it = chain_.rbegin(); it != chain_.rend(); ++it) {
            sum += cell_[*it];
            cell_[*it] = sum;
            parent_[*it] = root;
        }
        return root;
    }

    std::vector<std::uint32_t> parent_;
    std::vector<IntVec3> cell_;
    std::vector<std::uint32_t> size_;
    std::vector<std::uint32_t> chain_;
    std::unordered_map<std::uint32_t, Periods> periods_;
};

}  // namespace

int PercolationLevels::dimensionAt(double energy) const {
    int rank = 0;
    for (const PercolationLevel& level : dimension)
        rank += level.exists() && level.energy <= energy ? 1 : 0;
    return rank;
}

std::vector<std::uint32_t> openingOrder(const FreeEnergyGrid& energy) {
    energy.validate();
    std::vector<std::uint32_t> order;
    for (std::size_t i = 0; i < energy.size(); ++i) {
        if (std::isnan(energy.values[i])) throw InputError("a free energy of the grid is not a number");
        if (energy.values[i] < std::numeric_limits<double>::infinity())
            order.push_back(static_cast<std::uint32_t>(i));
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return energy.values[a] < energy.values[b]; });
    return order;
}

PercolationLevels percolationLevels(const FreeEnergyGrid& energy) {
    PercolationLevels levels;
    const auto order = openingOrder(energy);
    const GridNeighbours neighbours(energy);
    Components components(energy.size());
    for (const std::uint32_t index : order) {
        components.open(index);
        const IntVec3 point = energy.point(index);
        for (int d = 0; d < GridNeighbours::count; ++d) {
            const auto next = neighbours.from(point, d);
            if (!components.isOpen(next.index)) continue;
            const Periods* periods = components.join(index, next.index, next.cell);
            if (periods == nullptr) continue;
            const PercolationLevel now{energy.values[index], index};
            for (int axis = 0; axis < 3; ++axis) {
                auto& level = levels.axis[static_cast<std::size_t>(axis)];
                if (!level.exists() && periods->extendsAlong(axis)) level = now;
            }
            for (int rank = 1; rank <= periods->rank(); ++rank) {
                auto& level = levels.dimension[static_cast<std::size_t>(rank - 1)];
                if (!level.exists()) level = now;
            }
        }
        if (levels.dimension[2].exists()) break;  // all axes are open too
    }
    return levels;
}

}  // namespace ionscape::transport
