// SPDX-License-Identifier: GPL-3.0-or-later
// All ways to give the slots of one occupancy type to species within a bound of charge, as a graph that
// counts them without listing them.
#pragma once

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace ionscape::composition {

/// A species that may take a slot.
struct SlotSpecies {
    int oxidationState = 0;
    /// Counts it may have where it occurs; must it occur at all?
    int minimum = 0;
    int maximum = std::numeric_limits<int>::max();
    bool required = false;
};

/// Dynamic programming over species: a node is (species reached, slots left, charge so far), and knows how
/// many complete assignments follow it. Slots of equal count are interchangeable. Only nodes that lead to an
/// assignment are kept, so that walking from the root never backtracks.
class SpaceGraph {
  public:
    /// `counts`: sites of each slot. Assignments whose Σ count · oxidation state lies in [lowest, highest]
    /// are kept. Throws InputError when the graph or the number of assignments gets too large to handle.
    SpaceGraph(const std::vector<int>& counts, const std::vector<SlotSpecies>& species, double lowestCharge,
               double highestCharge);

    std::uint64_t size() const { return nodes_.empty() ? 0 : nodes_[root_].ways; }
    /// Least and greatest Σ count · oxidation state among the assignments; 0 where there is none.
    std::pair<long, long> chargeRange() const { return chargeRange_; }

    /// One assignment and the way to the next; the order is fixed: a species that takes an earlier slot comes
    /// before one that takes a later slot or none.
    class Walker {
      public:
        Walker() = default;
        Walker(const SpaceGraph& graph, std::uint64_t index);
        /// Species of each slot, in the order of the counts; slots of equal count in ascending order.
        const std::vector<std::uint8_t>& assignment() const { return slots_; }
        /// False when this was the last.
        bool next();

      private:
        void descend(std::uint32_t node, std::uint64_t index);
        void readSlots();

        const SpaceGraph* graph_ = nullptr;
        std::vector<std::uint32_t> path_;  ///< edges taken, one a species
        std::vector<std::uint8_t> slots_;
        std::vector<std::uint8_t> taken_;
    };

    /// Rank of an assignment (a species for each slot; order among slots of equal count does not matter);
    /// size() if it is not one.
    std::uint64_t rank(const std::vector<std::uint8_t>& slots) const;

  private:
    static constexpr std::uint8_t absent = 255;
    struct Edge {
        std::uint32_t child;
        std::uint8_t group;  ///< the group whose next slot is taken, or absent
    };
    struct Node {
        std::uint64_t ways;
        std::uint32_t firstEdge, endEdge;
    };
    class Builder;

    std::vector<Node> nodes_;
    std::vector<Edge> edges_;
    std::uint32_t root_ = 0;
    std::size_t slotCount_ = 0;
    std::pair<long, long> chargeRange_{0, 0};
    /// Slots of each distinct count.
    std::vector<std::vector<std::uint8_t>> groups_;
};

}  // namespace ionscape::composition
