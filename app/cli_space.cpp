// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli space: counts and lists the compositions of one occupancy type.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <limits>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "core/base/error.h"
#include "core/composition/space.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::string host = "lzsp";
    std::string type;
    std::optional<double> mobileMin, mobileMax;
    std::vector<std::string> exclude, require;
    std::size_t limit = std::numeric_limits<std::size_t>::max();
    bool json = false;
};

std::vector<crystal::Element> elements(const std::vector<std::string>& symbols) {
    std::vector<crystal::Element> result;
    for (const auto& symbol : symbols)
        result.push_back(crystal::Element::fromSymbol(symbol));
    return result;
}

composition::SpaceQuery query(const Options& o) {
    composition::SpaceQuery q;
    q.types = composition::occupancyTypeList(o.type);
    if (o.mobileMin) q.mobileMin = *o.mobileMin;
    if (o.mobileMax) q.mobileMax = *o.mobileMax;
    if (q.mobileMin > q.mobileMax)
        throw InputError("--li-min exceeds --li-max: no composition can satisfy both");
    q.exclude = elements(o.exclude);
    q.require = elements(o.require);
    return q;
}

int count(const Options& o) {
    const auto n = composition::countCompositions(composition::findHost(o.host), query(o));
    if (o.json) {
        printJson({{"host", o.host}, {"type", o.type}, {"count", n}});
    } else {
        fmt::print("{}\n", n);
    }
    return success;
}

int list(const Options& o) {
    const auto host = composition::findHost(o.host);
    auto compositions = nlohmann::json::array();
    std::size_t left = o.limit;
    composition::forEachComposition(host, query(o), [&](const composition::Composition& c) {
        if (left == 0) return false;
        --left;
        const auto formula = composition::formulaText(composition::compositionFormula(host, c));
        const double entropy = composition::configurationalEntropy(c);
        const double mobile = composition::mobileContent(host, c);
        if (o.json) {
            compositions.push_back(
                {{"formula", formula}, {"mobile_content", mobile}, {"entropy_R", entropy}});
        } else {
            fmt::print("{:<56} {:8.4f} {:7.4f} R\n", formula, mobile, entropy);
        }
        return true;
    });
    if (o.json) printJson({{"host", o.host}, {"type", o.type}, {"compositions", compositions}});
    return success;
}

void addQueryOptions(CLI::App& command, Options& o) {
    command.add_option("--host", o.host, "Host framework: name or JSON file")->capture_default_str();
    command.add_option("--type", o.type, "Occupancy type such as 4-1, or counts such as 4:3:3:3:3")
        ->required();
    command.add_option("--li-min,--mobile-min", o.mobileMin,
                       "Least mobile ions per formula unit (inclusive)");
    command.add_option("--li-max,--mobile-max", o.mobileMax, "Most mobile ions per formula unit (inclusive)");
    command.add_option("--exclude", o.exclude, "Elements that must not occur (A,B,...)")->delimiter(',');
    command.add_option("--require", o.require, "Elements that must occur (A,B,...)")->delimiter(',');
    addJsonFlag(command, o.json);
}

}  // namespace

void addSpace(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("space", "The composition space of a host");
    command->require_subcommand(1);
    auto o = std::make_shared<Options>();
    auto* counting = command->add_subcommand("count", "Number of distinct compositions");
    addQueryOptions(*counting, *o);
    counting->callback([o, &action] { action = [o] { return count(*o); }; });
    auto* listing =
        command->add_subcommand("list", "Formula, mobile-ion content and configurational entropy of each");
    addQueryOptions(*listing, *o);
    listing->add_option("--limit", o->limit, "Stop after so many");
    listing->callback([o, &action] { action = [o] { return list(*o); }; });
}

}  // namespace ionscape::cli
