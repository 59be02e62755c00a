// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli hosts: the frameworks that compositions are built on.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "core/composition/host.h"

namespace ionscape::cli {

namespace {

int listHosts(bool json) {
    auto list = nlohmann::json::array();
    for (const auto& id : composition::hostIds()) {
        const auto host = composition::findHost(id);
        std::vector<std::string> species;
        for (const auto& s : host.mixed().species)
            species.emplace_back(s.element.symbol());
        if (json) {
            list.push_back({{"id", host.id},
                            {"title", host.title},
                            {"space_group", host.spaceGroup},
                            {"reference", host.reference},
                            {"mobile", std::string(host.mobile().species.front().element.symbol())},
                            {"mixed_species", species}});
        } else {
            fmt::print("{:<12}{}\n{:<12}mixed site: {}\n", host.id, host.title, "", fmt::join(species, " "));
        }
    }
    if (json) printJson({{"hosts", list}});
    return success;
}

}  // namespace

void addHosts(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("hosts", "List the host frameworks");
    auto json = std::make_shared<bool>(false);
    addJsonFlag(*command, *json);
    command->callback([json, &action] { action = [json] { return listHosts(*json); }; });
}

}  // namespace ionscape::cli
