// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/space.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/base/error.h"
#include "core/composition/mobile_balance.h"

namespace ionscape::composition {
namespace {

/// Bounds are inclusive, and contents such as 2 + 2/3 are not exact in binary.
constexpr double boundTolerance = 1e-9;

bool listed(const std::vector<crystal::Element>& elements, crystal::Element element) {
    return std::find(elements.begin(), elements.end(), element) != elements.end();
}

bool isSpecies(const std::vector<Species>& species, crystal::Element element) {
    return std::any_of(species.begin(), species.end(),
                       [&](const Species& s) { return s.element == element; });
}

void checkBounds(const Host& host, const SpaceQuery& query) {
    if (!(query.mobileMin <= query.mobileMax)) {
        throw InputError(fmt::format("the bounds of the {} content are out of order: {:g} to {:g}",
                                     host.mobile().species.front().element.symbol(), query.mobileMin,
                                     query.mobileMax));
    }
    if (!(query.entropyMin <= query.entropyMax)) {
        throw InputError(
            fmt::format("the bounds of the configurational entropy are out of order: {:g} to {:g} R",
                        query.entropyMin, query.entropyMax));
    }
}

void checkElements(const Host& host, const SpaceQuery& query) {
    const auto& all = host.mixed().species;
    const std::vector<Species> dopants(all.begin() + (query.ownFirst ? 1 : 0), all.end());
    for (const auto* elements : {&query.exclude, &query.require}) {
        for (const crystal::Element element : *elements) {
            if (!isSpecies(dopants, element)) {
                throw InputError(
                    fmt::format("{} cannot be required or excluded: it is not a dopant of host {}",
                                element.symbol(), host.id));
            }
        }
    }
    for (const crystal::Element element : query.require) {
        if (listed(query.exclude, element))
            throw InputError(fmt::format("{} is both required and excluded", element.symbol()));
    }
    for (const auto& bounds : query.countBounds) {
        if (!isSpecies(all, bounds.element)) {
            throw InputError(
                fmt::format("the count of {} cannot be bounded: it is not allowed on the {} sublattice "
                            "of host {}",
                            bounds.element.symbol(), host.mixed().name, host.id));
        }
        if (bounds.minimum > bounds.maximum || bounds.maximum < 0) {
            throw InputError(fmt::format("the bounds of the count of {} are out of order: {} to {}",
                                         bounds.element.symbol(), bounds.minimum, bounds.maximum));
        }
        if (bounds.minimum > 0 && listed(query.exclude, bounds.element)) {
            throw InputError(fmt::format("{} is excluded, but at least {} sites of it are asked for",
                                         bounds.element.symbol(), bounds.minimum));
        }
    }
}

void checkTypes(const SpaceQuery& query) {
    if (query.types.empty()) throw InputError("a composition space needs at least one occupancy type");
    for (const OccupancyType& type : query.types) {
        if (type.counts.empty() ||
            std::any_of(type.counts.begin(), type.counts.end(), [](int n) { return n < 1; })) {
            throw InputError(fmt::format("occupancy type \"{}\" needs counts of at least 1", type.name));
        }
    }
}

/// What two types have in common that describe the same compositions: proportions, the own species' first.
std::vector<int> proportions(std::vector<int> counts, bool ownFirst) {
    const int divisor =
        std::accumulate(counts.begin(), counts.end(), 0, [](int a, int b) { return std::gcd(a, b); });
    for (int& count : counts)
        count /= divisor;
    std::sort(counts.begin() + (ownFirst ? 1 : 0), counts.end());
    return counts;
}

std::vector<OccupancyType> distinctTypes(const SpaceQuery& query) {
    std::set<std::vector<int>> seen;
    std::vector<OccupancyType> types;
    for (const OccupancyType& type : query.types) {
        const double entropy =
            configurationalEntropy(std::vector<double>(type.counts.begin(), type.counts.end()));
        if (entropy < query.entropyMin - boundTolerance || entropy > query.entropyMax + boundTolerance)
            continue;
        if (seen.insert(proportions(type.counts, query.ownFirst)).second) types.push_back(type);
    }
    return types;
}

/// What one species may do; excluded ones are given counts that no slot has.
SlotSpecies slotSpecies(const SpaceQuery& query, const Species& species) {
    SlotSpecies slot;
    slot.oxidationState = species.oxidationState;
    slot.required = listed(query.require, species.element);
    for (const auto& bounds : query.countBounds) {
        if (bounds.element != species.element) continue;
        slot.minimum = std::max(slot.minimum, bounds.minimum);
        slot.maximum = std::min(slot.maximum, bounds.maximum);
        slot.required = slot.required || bounds.minimum > 0;
    }
    if (listed(query.exclude, species.element)) slot.maximum = 0;
    return slot;
}

bool ownFits(const SpaceQuery& query, crystal::Element own, int count) {
    return std::all_of(query.countBounds.begin(), query.countBounds.end(), [&](const auto& bounds) {
        return bounds.element != own || (count >= bounds.minimum && count <= bounds.maximum);
    });
}

}  // namespace

/// What spaces share when they are copied.
struct SpaceParts {
    Host host;
    SpaceQuery query;
    std::vector<OccupancyType> types;
    std::vector<SpaceGraph> graphs;
    std::vector<std::uint64_t> offsets{0};
};

namespace {

/// The assignments of one type whose mobile content lies in the bounds.
SpaceGraph graphOf(const SpaceParts& parts, const OccupancyType& type, double mobileMin, double mobileMax) {
    const auto& all = parts.host.mixed().species;
    std::vector<SlotSpecies> species;
    for (std::size_t i = parts.query.ownFirst ? 1 : 0; i < all.size(); ++i)
        species.push_back(slotSpecies(parts.query, all[i]));
    std::vector<int> counts = type.counts;
    double ownCharge = 0.0;
    if (parts.query.ownFirst) {
        if (!ownFits(parts.query, all.front().element, counts.front())) return {counts, {}, 1.0, 0.0};
        ownCharge = static_cast<double>(counts.front()) * all.front().oxidationState;
        counts.erase(counts.begin());
    }
    const double total = std::accumulate(type.counts.begin(), type.counts.end(), 0.0);
    const MobileBalance balance(parts.host, parts.query.further);
    double low = balance.meanCharge(mobileMin - boundTolerance) * total - ownCharge;
    double high = balance.meanCharge(mobileMax + boundTolerance) * total - ownCharge;
    if (low > high) std::swap(low, high);
    return {counts, species, low, high};
}

/// The composition's species laid into the slots of a type (the own species' left out where it is fixed), as
/// the graph numbers them; none if its proportions are not those of the type.
std::optional<std::vector<std::uint8_t>> slotsOf(const SpaceParts& parts, const std::vector<int>& type,
                                                 const Composition& composition) {
    const auto& species = parts.host.mixed().species;
    const int total = composition.totalCount();
    const int typeTotal = std::accumulate(type.begin(), type.end(), 0);
    if (composition.counts.size() != type.size()) return std::nullopt;
    std::vector<bool> used(type.size(), false);
    std::vector<std::uint8_t> slots;
    for (std::size_t slot = 0; slot < type.size(); ++slot) {
        std::size_t i = 0;
        std::size_t at = species.size();
        for (; i < type.size(); ++i) {
            const auto& [element, count] = composition.counts[i];
            if (used[i] || static_cast<long>(count) * typeTotal != static_cast<long>(type[slot]) * total)
                continue;
            for (at = 0; at < species.size() && species[at].element != element;)
                ++at;
            if (!parts.query.ownFirst || (at == 0) == (slot == 0)) break;
        }
        if (i == type.size() || at == species.size()) return std::nullopt;
        used[i] = true;
        if (!parts.query.ownFirst) slots.push_back(static_cast<std::uint8_t>(at));
        if (parts.query.ownFirst && slot > 0) slots.push_back(static_cast<std::uint8_t>(at - 1));
    }
    return slots;
}

}  // namespace

Space::Space(Host host, SpaceQuery query) {
    checkTypes(query);
    checkBounds(host, query);
    checkElements(host, query);
    auto parts = std::make_shared<SpaceParts>();
    parts->types = distinctTypes(query);
    parts->host = std::move(host);
    parts->query = std::move(query);
    for (const OccupancyType& type : parts->types) {
        parts->graphs.push_back(graphOf(*parts, type, parts->query.mobileMin, parts->query.mobileMax));
        std::uint64_t next = 0;
        if (__builtin_add_overflow(parts->offsets.back(), parts->graphs.back().size(), &next))
            throw InputError("the composition space is too large to be counted: use tighter bounds");
        parts->offsets.push_back(next);
    }
    parts_ = std::move(parts);
}

const Host& Space::host() const {
    return parts_->host;
}

const SpaceQuery& Space::query() const {
    return parts_->query;
}

const std::vector<OccupancyType>& Space::types() const {
    return parts_->types;
}

std::uint64_t Space::size() const {
    return parts_->offsets.back();
}

std::uint64_t Space::offset(std::size_t type) const {
    return parts_->offsets.at(type);
}

Composition Space::composition(const SpaceRow& row) const {
    Composition result;
    result.further = parts_->query.further;
    for (std::size_t i = 0; i < row.counts.size(); ++i)
        result.counts.emplace_back(parts_->host.mixed().species[row.species[i]].element, row.counts[i]);
    return result;
}

Composition Space::composition(std::uint64_t index) const {
    if (index >= size()) {
        throw InputError(fmt::format("there is no composition {} in a space of {}; they are counted from 0",
                                     index, size()));
    }
    return composition(Cursor(*this, index).row());
}

std::optional<std::uint64_t> Space::indexOf(const Composition& composition) const {
    if (composition.further != parts_->query.further) return std::nullopt;
    for (std::size_t t = 0; t < parts_->types.size(); ++t) {
        const auto slots = slotsOf(*parts_, parts_->types[t].counts, composition);
        if (!slots) continue;
        const SpaceGraph& graph = parts_->graphs[t];
        if (const std::uint64_t rank = graph.rank(*slots); rank < graph.size())
            return parts_->offsets[t] + rank;
    }
    return std::nullopt;
}

std::optional<std::pair<double, double>> Space::mobileRange() const {
    const MobileBalance balance(parts_->host, parts_->query.further);
    const double none = std::numeric_limits<double>::infinity();
    std::pair<double, double> range{none, -none};
    for (const OccupancyType& type : parts_->types) {
        const SpaceGraph graph = graphOf(*parts_, type, -none, none);
        if (graph.size() == 0) continue;
        const double total = std::accumulate(type.counts.begin(), type.counts.end(), 0.0);
        const double own = parts_->query.ownFirst
                               ? type.counts.front() * parts_->host.mixed().species.front().oxidationState
                               : 0;
        for (const long charge : {graph.chargeRange().first, graph.chargeRange().second}) {
            const double content = balance.content((static_cast<double>(charge) + own) / total);
            range.first = std::min(range.first, content);
            range.second = std::max(range.second, content);
        }
    }
    if (range.first > range.second) return std::nullopt;
    return range;
}

Space::Cursor::Cursor(const Space& space, std::uint64_t index)
    : parts_(space.parts_), index_(index), end_(space.size()) {
    if (atEnd()) return;
    const auto& offsets = parts_->offsets;
    type_ = static_cast<std::size_t>(std::upper_bound(offsets.begin(), offsets.end(), index) -
                                     offsets.begin() - 1);
    walker_ = SpaceGraph::Walker(parts_->graphs[type_], index - offsets[type_]);
    read();
}

void Space::Cursor::next() {
    if (++index_ >= end_) return;
    if (!walker_.next()) {
        do
            ++type_;
        while (parts_->graphs[type_].size() == 0);
        walker_ = SpaceGraph::Walker(parts_->graphs[type_], 0);
    }
    read();
}

void Space::Cursor::read() {
    counts_ = parts_->types[type_].counts;
    const auto& slots = walker_.assignment();
    if (!parts_->query.ownFirst) {
        species_ = slots;
        return;
    }
    species_.assign(1, 0);
    for (const std::uint8_t slot : slots)
        species_.push_back(static_cast<std::uint8_t>(slot + 1));
}

void forEachComposition(const Host& host, const SpaceQuery& query,
                        const std::function<bool(const Composition&)>& visit) {
    const Space space(host, query);
    Composition current;
    for (Space::Cursor cursor(space); !cursor.atEnd(); cursor.next()) {
        current = space.composition(cursor.row());
        if (!visit(current)) return;
    }
}

std::uint64_t countCompositions(const Host& host, const SpaceQuery& query) {
    return Space(host, query).size();
}

}  // namespace ionscape::composition
