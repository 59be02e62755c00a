// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_space_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <charconv>

#include "core/base/error.h"
#include "core/base/text.h"

namespace ionscape::cli {

namespace {

using composition::SpaceQuery;

std::vector<crystal::Element> elements(const std::vector<std::string>& symbols) {
    std::vector<crystal::Element> result;
    for (const auto& symbol : symbols)
        result.push_back(crystal::Element::fromSymbol(symbol));
    return result;
}

/// "Zr=4" to an element and a count.
std::pair<crystal::Element, int> elementCount(const std::string& text, const char* option) {
    const std::size_t equals = text.find('=');
    int count = 0;
    if (equals != std::string::npos) {
        const char* const end = text.data() + text.size();
        const auto [stop, status] = std::from_chars(text.data() + equals + 1, end, count);
        if (status == std::errc{} && stop == end && count >= 0)
            return {crystal::Element::fromSymbol(text.substr(0, equals)), count};
    }
    throw InputError(fmt::format("{}: \"{}\" is not of the form Zr=4", option, text));
}

std::vector<SpaceQuery::CountBounds> countBounds(const SpaceOptions& o) {
    std::vector<SpaceQuery::CountBounds> bounds;
    for (const auto& text : o.leastCounts) {
        const auto [element, count] = elementCount(text, "--min-count");
        bounds.push_back({element, count});
    }
    for (const auto& text : o.mostCounts) {
        const auto [element, count] = elementCount(text, "--max-count");
        bounds.push_back({element, 0, count});
    }
    return bounds;
}

std::vector<composition::OccupancyType> types(const SpaceOptions& o) {
    if (o.type.empty() == (o.species == 0))
        throw InputError("give either --type, such as 5-1 or 4:3:3:3:3, or --species, such as 5");
    if (o.type.empty()) return composition::allOccupancyTypes(o.species, o.sites, o.leastSites, !o.anyFirst);
    if (o.type == "all") return composition::occupancyTypes();
    return composition::occupancyTypeList(o.type);
}

}  // namespace

void addSpaceOptions(CLI::App& command, SpaceOptions& o) {
    command.add_option("--host", o.host, "Host framework: name or JSON file")->capture_default_str();
    command.add_option("--type", o.type,
                       "Occupancy types: 5-1, counts such as 4:3:3:3:3, several with commas, 5-* or all");
    command.add_option("--species", o.species,
                       "Instead of --type: every way to share the sites among so many species");
    command.add_option("--sites", o.sites, "With --species: sites to share")->capture_default_str();
    command.add_option("--min-sites", o.leastSites, "With --species: least sites of each")
        ->capture_default_str();
    command.add_option("--li-min,--mobile-min", o.mobileMin,
                       "Least mobile ions per formula unit (inclusive)");
    command.add_option("--li-max,--mobile-max", o.mobileMax, "Most mobile ions per formula unit (inclusive)");
    command.add_option("--entropy-min", o.entropyMin, "Least configurational entropy, R");
    command.add_option("--entropy-max", o.entropyMax, "Most configurational entropy, R");
    command.add_option("--exclude", o.exclude, "Elements that must not occur (A,B,...)")->delimiter(',');
    command.add_option("--require", o.require, "Elements that must occur (A,B,...)")->delimiter(',');
    command.add_option("--min-count", o.leastCounts, "Least sites of an element of the type (Zr=4,...)")
        ->delimiter(',');
    command.add_option("--max-count", o.mostCounts, "Most sites of an element of the type (Zr=4,...)")
        ->delimiter(',');
    command.add_flag("--any-first", o.anyFirst, "The host's own species is a dopant like the others");
    command.add_option("--filter", o.filter, "Condition such as \"S_config > 1.5 and Li < 3 and not La\"");
}

composition::Space spaceOf(const SpaceOptions& o) {
    SpaceQuery query;
    query.types = types(o);
    if (o.mobileMin) query.mobileMin = *o.mobileMin;
    if (o.mobileMax) query.mobileMax = *o.mobileMax;
    if (query.mobileMin > query.mobileMax)
        throw InputError("--li-min exceeds --li-max: no composition can satisfy both");
    if (o.entropyMin) query.entropyMin = *o.entropyMin;
    if (o.entropyMax) query.entropyMax = *o.entropyMax;
    query.exclude = elements(o.exclude);
    query.require = elements(o.require);
    query.countBounds = countBounds(o);
    query.ownFirst = !o.anyFirst;
    return {composition::findHost(o.host), query};
}

std::vector<std::size_t> chosenColumns(const composition::DescriptorSet& descriptors,
                                       const std::string& columns, const std::vector<std::string>& defaults) {
    const auto& all = descriptors.columns();
    std::vector<std::size_t> chosen;
    if (columns == "all") {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].undefined.empty()) chosen.push_back(i);
        }
        return chosen;
    }
    std::vector<std::string> names = columns.empty() ? defaults : CLI::detail::split(columns, ',');
    for (std::string& name : names) {
        CLI::detail::trim(name);
        const auto column = descriptors.find(name);
        if (!column) {
            std::vector<std::string> ids;
            for (const auto& known : all)
                ids.push_back(known.id);
            const auto close = closeNames(name, ids);
            throw InputError(fmt::format(
                "--columns: there is no column \"{}\"{}; 'space descriptors' lists them", name,
                close.empty() ? "" : fmt::format(": did you mean {}?", fmt::join(close, " or "))));
        }
        if (all[*column].undefined.empty()) {
            chosen.push_back(*column);
        } else if (!columns.empty()) {
            throw InputError(fmt::format("--columns: {} has no values for host {}: {}", all[*column].id,
                                         descriptors.host().id, all[*column].undefined));
        }
    }
    return chosen;
}

void explainEmpty(const composition::Space& space) {
    const auto range = space.mobileRange();
    if (!range) {
        fmt::print(stderr, "no composition has these types and elements, whatever its {} content\n",
                   space.host().mobile().species.front().element.symbol());
    } else {
        fmt::print(
            stderr,
            "with these types and elements the {} content lies between {:g} and {:g} per formula unit\n",
            space.host().mobile().species.front().element.symbol(), range->first, range->second);
    }
}

}  // namespace ionscape::cli
