// SPDX-License-Identifier: GPL-3.0-or-later
// The composition space of a host: all distinct compositions of some occupancy types within bounds, counted
// without listing and reached by index.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/composition/composition.h"
#include "core/composition/occupancy.h"
#include "core/composition/space_graph.h"

namespace ionscape::composition {

struct SpaceQuery {
    /// Their union; types that describe the same compositions (4:4:4:4 and 1:1:1:1) count once.
    std::vector<OccupancyType> types;
    /// Bounds of mobileContent; what a cell can hold (0 to mobileCapacity) is not looked at besides.
    double mobileMin = 0.0;
    double mobileMax = 1e9;
    /// Bounds of the configurational entropy, in R.
    double entropyMin = 0.0;
    double entropyMax = 1e9;
    /// Dopants that must not / must be present.
    std::vector<crystal::Element> exclude, require;
    /// Bounds of the sites that an element takes, in sites of the type; a minimum above 0 requires it.
    struct CountBounds {
        crystal::Element element;
        int minimum = 0;
        int maximum = std::numeric_limits<int>::max();
    };
    std::vector<CountBounds> countBounds;
    /// The host's own species is part of every composition and takes the first count of each type. Else it is
    /// a dopant like the others.
    bool ownFirst = true;
    /// What every composition has on the further mixed sublattices; the host's default where one is not
    /// named.
    std::vector<SublatticeCounts> further;
};

/// A composition as it lies in a space: for each slot of a type its count and its species, an index into
/// host.mixed().species.
struct SpaceRow {
    std::span<const int> counts;
    std::span<const std::uint8_t> species;
};

struct SpaceParts;

/// A query prepared for a host. Cheap to copy; safe to read from several threads.
class Space {
  public:
    /// Throws InputError for no type or one with a count below 1, bounds out of order, and elements to
    /// require, exclude or bound that are no species of the mixed sublattice (or no dopants) or contradict
    /// each other.
    Space(Host host, SpaceQuery query);

    const Host& host() const;
    const SpaceQuery& query() const;
    /// The types of the union without repetitions and outside the bounds of the entropy; an index runs
    /// through them in this order.
    const std::vector<OccupancyType>& types() const;

    std::uint64_t size() const;
    /// Compositions before the first of a type.
    std::uint64_t offset(std::size_t type) const;
    /// Counts in the order of the type. Throws InputError for an index that is not below size().
    Composition composition(std::uint64_t index) const;
    /// Of a row of this space or of another of the same host.
    Composition composition(const SpaceRow& row) const;
    /// Where a composition is; none if it is not in the space. The order of its species does not matter.
    std::optional<std::uint64_t> indexOf(const Composition& composition) const;
    /// Least and greatest mobile content with the same types and elements but no bounds of the mobile
    /// content; none if there is no composition.
    std::optional<std::pair<double, double>> mobileRange() const;

    /// Walks through the space from an index on; what it points to must not outlive the space.
    class Cursor {
      public:
        /// \param index  at most size()
        Cursor(const Space& space, std::uint64_t index = 0);
        bool atEnd() const { return index_ >= end_; }
        std::uint64_t index() const { return index_; }
        std::size_t type() const { return type_; }
        /// Valid until the next step.
        SpaceRow row() const { return {counts_, species_}; }
        void next();

      private:
        void read();

        std::shared_ptr<const SpaceParts> parts_;
        std::uint64_t index_, end_;
        std::size_t type_ = 0;
        SpaceGraph::Walker walker_;
        std::span<const int> counts_;
        std::vector<std::uint8_t> species_;
    };

  private:
    std::shared_ptr<const SpaceParts> parts_;
};

/// Visits every composition of the space in its order until `visit` returns false. The argument of `visit` is
/// reused: copy what is to be kept. Throws as Space does.
void forEachComposition(const Host& host, const SpaceQuery& query,
                        const std::function<bool(const Composition&)>& visit);
std::uint64_t countCompositions(const Host& host, const SpaceQuery& query);

}  // namespace ionscape::composition
