// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/space.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>

#include "core/base/error.h"

namespace ionscape::composition {
namespace {

/// Bounds are inclusive, and contents such as 2 + 2/3 are not exact in binary.
constexpr double boundTolerance = 1e-9;
constexpr std::size_t maximumSpecies = 24;
constexpr int maximumCount = 10'000;

[[noreturn]] void unknownType(const std::string& name) {
    std::string names;
    for (const OccupancyType& type : occupancyTypes())
        names += " " + type.name;
    throw InputError(fmt::format(
        "there is no occupancy type \"{}\"; known types:{}; or give counts such as \"4:3:3:3:3\", "
        "the host's own species first",
        name, names));
}

/// One search: slots of the type are filled with dopants from left to right, groups of equal counts in
/// ascending order.
class Enumeration {
  public:
    Enumeration(const Host& host, const SpaceQuery& query,
                const std::function<bool(const Composition&)>& visit)
        : query_(query), visit_(visit) {
        checkQuery(host);
        const auto& species = host.mixed().species;
        for (std::size_t i = 1; i < species.size(); ++i) {
            if (!listed(query.exclude, species[i].element)) dopants_.push_back(species[i]);
        }
        used_.assign(dopants_.size(), false);
        for (const int count : query.type.counts)
            current_.counts.emplace_back(species.front().element, count);
        setChargeBounds(host);
        orderSlots();
        charge_ = static_cast<long>(query.type.counts.front()) * species.front().oxidationState;
    }

    void run() {
        if (slots_.size() <= dopants_.size()) fill(0, 0, charge_, 0);
    }

  private:
    static bool listed(const std::vector<crystal::Element>& elements, crystal::Element element) {
        return std::find(elements.begin(), elements.end(), element) != elements.end();
    }

    void checkQuery(const Host& host) const {
        const auto& counts = query_.type.counts;
        if (counts.empty() || std::any_of(counts.begin(), counts.end(), [](int n) { return n < 1; })) {
            throw InputError(
                fmt::format("occupancy type \"{}\" needs counts of at least 1", query_.type.name));
        }
        if (!(query_.mobileMin <= query_.mobileMax)) {
            throw InputError(fmt::format("the bounds of the {} content are out of order: {:g} to {:g}",
                                         host.mobile().species.front().element.symbol(), query_.mobileMin,
                                         query_.mobileMax));
        }
        const auto& species = host.mixed().species;
        for (const auto* elements : {&query_.exclude, &query_.require}) {
            for (const crystal::Element element : *elements) {
                if (std::none_of(species.begin() + 1, species.end(),
                                 [&](const Species& s) { return s.element == element; })) {
                    throw InputError(
                        fmt::format("{} cannot be required or excluded: it is not a dopant of host {}",
                                    element.symbol(), host.id));
                }
            }
        }
        for (const crystal::Element element : query_.require) {
            if (listed(query_.exclude, element)) {
                throw InputError(fmt::format("{} is both required and excluded", element.symbol()));
            }
        }
    }

    /// Turns the bounds of the mobile content into bounds of Σ count · oxidation state over the mixed
    /// sublattice.
    void setChargeBounds(const Host& host) {
        const double total = current_.totalCount();
        // mobileContent is linear in the charge sum: content = atZero + slope * charge.
        const Composition own{{{host.mixed().species.front().element, 1}}};
        const double slope =
            -host.mixed().sitesPerFormulaUnit / (total * host.mobile().species.front().oxidationState);
        const double atZero =
            mobileContent(host, own) - slope * total * host.mixed().species.front().oxidationState;
        double low = (query_.mobileMin - boundTolerance - atZero) / slope;
        double high = (query_.mobileMax + boundTolerance - atZero) / slope;
        if (low > high) std::swap(low, high);
        lowestCharge_ = low;
        highestCharge_ = high;
    }

    void orderSlots() {
        const auto& counts = query_.type.counts;
        for (std::size_t i = 1; i < counts.size(); ++i) {
            const auto group = std::find_if(slots_.begin(), slots_.end(),
                                            [&](std::size_t s) { return counts[s] == counts[i]; });
            if (group == slots_.end()) {
                slots_.push_back(i);
            } else {
                const auto end =
                    std::find_if(group, slots_.end(), [&](std::size_t s) { return counts[s] != counts[i]; });
                slots_.insert(end, i);
            }
        }
        remaining_.assign(slots_.size() + 1, 0);
        for (std::size_t i = slots_.size(); i-- > 0;)
            remaining_[i] = remaining_[i + 1] + counts[slots_[i]];
        for (const Species& dopant : dopants_) {
            lowestState_ = std::min(lowestState_, dopant.oxidationState);
            highestState_ = std::max(highestState_, dopant.oxidationState);
        }
    }

    bool canReachBounds(std::size_t depth, long charge) const {
        const auto now = static_cast<double>(charge);
        const double left = remaining_[depth];
        if (left == 0.0) return now >= lowestCharge_ && now <= highestCharge_;
        return now + left * highestState_ >= lowestCharge_ && now + left * lowestState_ <= highestCharge_;
    }

    /// Returns false when the visitor wants no more.
    bool fill(std::size_t depth, std::size_t firstDopant, long charge, std::size_t required) {
        if (!canReachBounds(depth, charge)) return true;
        if (required + (slots_.size() - depth) < query_.require.size()) return true;
        if (depth == slots_.size()) return visit_(current_);
        const std::size_t slot = slots_[depth];
        const int count = current_.counts[slot].second;
        const bool sameGroupFollows =
            depth + 1 < slots_.size() && current_.counts[slots_[depth + 1]].second == count;
        for (std::size_t d = firstDopant; d < dopants_.size(); ++d) {
            if (used_[d]) continue;
            used_[d] = true;
            current_.counts[slot].first = dopants_[d].element;
            const bool more = fill(depth + 1, sameGroupFollows ? d + 1 : 0,
                                   charge + static_cast<long>(count) * dopants_[d].oxidationState,
                                   required + (listed(query_.require, dopants_[d].element) ? 1 : 0));
            used_[d] = false;
            if (!more) return false;
        }
        return true;
    }

    const SpaceQuery& query_;
    const std::function<bool(const Composition&)>& visit_;
    std::vector<Species> dopants_;
    std::vector<bool> used_;
    Composition current_;
    /// Positions in the type, equal counts side by side; the host's own is not among them.
    std::vector<std::size_t> slots_;
    /// Mixed sites in slots from a depth on.
    std::vector<int> remaining_;
    double lowestCharge_ = 0.0, highestCharge_ = 0.0;
    int lowestState_ = std::numeric_limits<int>::max();
    int highestState_ = std::numeric_limits<int>::min();
    long charge_ = 0;
};

}  // namespace

const std::vector<OccupancyType>& occupancyTypes() {
    static const std::vector<OccupancyType> types = {
        {"3-1", {6, 5, 5}},
        {"3-2", {6, 6, 4}},
        {"3-3", {7, 5, 4}},
        {"4-1", {4, 4, 4, 4}},
        {"4-2", {5, 4, 4, 3}},
        {"4-3", {5, 5, 3, 3}},
        {"5-1", {4, 3, 3, 3, 3}},
        {"5-2", {4, 4, 3, 3, 2}},
        {"5-3", {5, 3, 3, 3, 2}},
        {"6-1", {3, 3, 3, 3, 2, 2}},
        {"6-2", {4, 2, 2, 2, 3, 3}},
        {"6-3", {4, 4, 2, 2, 2, 2}},
        {"7-1", {3, 3, 2, 2, 2, 2, 2}},
        {"7-2", {4, 2, 2, 2, 2, 2, 2}},
        {"7-3", {4, 3, 2, 2, 2, 2, 1}},
        {"8-1", {2, 2, 2, 2, 2, 2, 2, 2}},
        {"8-2", {3, 2, 2, 2, 2, 2, 2, 1}},
        {"8-3", {3, 3, 2, 2, 2, 2, 1, 1}},
    };
    return types;
}

OccupancyType occupancyType(const std::string& name) {
    for (const OccupancyType& type : occupancyTypes()) {
        if (type.name == name) return type;
    }
    OccupancyType type{name, {}};
    std::string_view rest = name;
    while (true) {
        const std::size_t colon = std::min(rest.find(':'), rest.size());
        int count = 0;
        const auto [end, status] = std::from_chars(rest.data(), rest.data() + colon, count);
        if (status != std::errc{} || end != rest.data() + colon || count < 1 || count > maximumCount)
            unknownType(name);
        type.counts.push_back(count);
        if (colon == rest.size()) break;
        rest.remove_prefix(colon + 1);
    }
    if (type.counts.size() > maximumSpecies) unknownType(name);
    return type;
}

void forEachComposition(const Host& host, const SpaceQuery& query,
                        const std::function<bool(const Composition&)>& visit) {
    Enumeration(host, query, visit).run();
}

std::size_t countCompositions(const Host& host, const SpaceQuery& query) {
    std::size_t count = 0;
    forEachComposition(host, query, [&](const Composition&) {
        ++count;
        return true;
    });
    return count;
}

}  // namespace ionscape::composition
