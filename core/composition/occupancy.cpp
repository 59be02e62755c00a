// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/occupancy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/base/error.h"

namespace ionscape::composition {
namespace {

constexpr std::size_t maximumSpecies = 24;
constexpr int maximumCount = 10'000;
constexpr std::size_t maximumTypes = 20'000;

[[noreturn]] void unknownType(const std::string& name) {
    std::string names;
    for (const OccupancyType& type : occupancyTypes())
        names += " " + type.name;
    throw InputError(fmt::format(
        "there is no occupancy type \"{}\"; known types:{}; or give counts such as \"4:3:3:3:3\", "
        "the host's own species first",
        name, names));
}

/// Appends every falling sequence of `left` counts that adds up to `sites` to the counts begun.
void fillFalling(std::vector<int>& begun, int left, int sites, int most, int minimum,
                 std::vector<OccupancyType>& types) {
    if (left == 0) {
        if (sites != 0) return;
        if (types.size() == maximumTypes) {
            throw InputError(fmt::format(
                "there are more than {} ways to share the sites: ask for fewer species or a larger minimum",
                maximumTypes));
        }
        types.push_back({fmt::format("{}", fmt::join(begun, ":")), begun});
        return;
    }
    for (int count = std::min(most, sites - (left - 1) * minimum); count >= minimum; --count) {
        if (static_cast<long>(count) * left < sites) break;
        begun.push_back(count);
        fillFalling(begun, left - 1, sites - count, count, minimum, types);
        begun.pop_back();
    }
}

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

std::vector<OccupancyType> occupancyTypeList(const std::string& names) {
    std::vector<OccupancyType> types;
    std::size_t begin = names.find_first_not_of(", ");
    while (begin != std::string::npos) {
        const std::size_t end = std::min(names.find_first_of(", ", begin), names.size());
        const std::string name = names.substr(begin, end - begin);
        if (name.ends_with("-*")) {
            const std::size_t before = types.size();
            for (const OccupancyType& type : occupancyTypes()) {
                if (type.name.starts_with(name.substr(0, name.size() - 1))) types.push_back(type);
            }
            if (types.size() == before) unknownType(name);
        } else {
            types.push_back(occupancyType(name));
        }
        begin = names.find_first_not_of(", ", end);
    }
    if (types.empty()) unknownType(names);
    return types;
}

std::vector<OccupancyType> allOccupancyTypes(int species, int sites, int minimum, bool firstIsSpecial) {
    if (species < 1 || sites < 1 || minimum < 1) {
        throw InputError("occupancy types need at least one species, one site and one site for each species");
    }
    if (species > static_cast<int>(maximumSpecies) || sites > maximumCount) {
        throw InputError(fmt::format("occupancy types have at most {} species and {} sites", maximumSpecies,
                                     maximumCount));
    }
    std::vector<OccupancyType> types;
    std::vector<int> begun;
    if (!firstIsSpecial) {
        fillFalling(begun, species, sites, sites, minimum, types);
        return types;
    }
    for (int first = sites - (species - 1) * minimum; first >= minimum; --first) {
        begun.assign(1, first);
        fillFalling(begun, species - 1, sites - first, sites, minimum, types);
    }
    return types;
}

}  // namespace ionscape::composition
