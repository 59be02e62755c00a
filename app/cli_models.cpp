// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli models: the potentials at hand and what they say of themselves.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "core/potential/model_registry.h"

namespace ionscape::cli {

namespace {

using potential::ModelEntry;

struct Options {
    std::string name;
    bool json = false;
};

std::vector<std::string> symbols(const ModelEntry& entry) {
    std::vector<std::string> list;
    for (const auto element : entry.description.info.elements)
        list.emplace_back(element.symbol());
    return list;
}

nlohmann::json toJson(const ModelEntry& entry) {
    nlohmann::json json{{"id", entry.id},
                        {"file", entry.file.string()},
                        {"source", potential::sourceName(entry.source)},
                        {"error", nullptr}};
    if (!entry.usable()) {
        json["error"] = entry.error;
        return json;
    }
    const auto& d = entry.description;
    json["name"] = d.info.name;
    json["architecture"] = d.info.architecture;
    json["elements"] = symbols(entry);
    json["cutoff_A"] = d.info.cutoff;
    json["dtype"] = d.dtype;
    json["units"] = d.units;
    json["parameters"] = d.info.parameters;
    json["origin"] = d.info.origin;
    json["licence"] = d.info.licence;
    json["sha256"] = d.info.checksum;
    json["errors"] = nullptr;
    if (d.errors) {
        json["errors"] = {{"set", d.errors->set},
                          {"frames", d.errors->frames},
                          {"energy_mae_meV_per_atom", d.errors->energyMae},
                          {"force_mae_eV_per_A", d.errors->forceMae},
                          {"stress_mae_GPa", d.errors->stressMae}};
    }
    return json;
}

int list(const Options& o) {
    const potential::ModelRegistry registry;
    if (o.json) {
        auto models = nlohmann::json::array();
        for (const auto& entry : registry.entries())
            models.push_back(toJson(entry));
        printJson({{"models", models}});
        return success;
    }
    fmt::print("{:<28}{:<12}{:<12}{:>9}{:>9}{:>11}{:>12}\n", "name", "source", "kind", "elements", "cutoff",
               "parameters", "force MAE");
    for (const auto& entry : registry.entries()) {
        const auto& d = entry.description;
        fmt::print("{:<28}{:<12}", entry.id, potential::sourceName(entry.source));
        if (!entry.usable()) {
            fmt::print("cannot be used: {}\n", entry.error);
            continue;
        }
        fmt::print("{:<12}{:>9}{:>7.2f} Å{:>11}{:>12}\n", d.info.architecture,
                   d.info.elements.empty() ? "any" : std::to_string(d.info.elements.size()), d.info.cutoff,
                   d.info.parameters, d.errors ? fmt::format("{:.3f} eV/Å", d.errors->forceMae) : "");
    }
    return success;
}

int show(const Options& o) {
    const potential::ModelRegistry registry;
    const ModelEntry* entry = registry.find(o.name);
    ModelEntry described;
    if (entry == nullptr) {
        // A path works here as it does for --potential; an unknown name ends in its list of near matches.
        described.file = potential::resolvePotential(o.name);
        described.id = described.file.filename().string();
        described.source = potential::ModelSource::SearchPath;
        described.description = potential::describePotential(described.file);
        entry = &described;
    }
    if (!entry->usable()) throw InputError(entry->error);
    if (o.json) {
        printJson(toJson(*entry));
        return success;
    }
    const auto& d = entry->description;
    const auto row = [](const char* label, const std::string& text) {
        if (!text.empty()) fmt::print("{:<14}{}\n", label, text);
    };
    row("name", entry->id == d.info.name ? entry->id : fmt::format("{} ({})", entry->id, d.info.name));
    row("architecture", d.info.architecture);
    row("elements", d.info.elements.empty() ? "any" : fmt::format("{}", fmt::join(symbols(*entry), " ")));
    row("cutoff", fmt::format("{:.2f} Å", d.info.cutoff));
    row("parameters", std::to_string(d.info.parameters));
    row("numbers", d.dtype);
    row("units", d.units);
    if (d.errors) {
        row("errors", fmt::format("{:.2f} meV/atom, {:.4f} eV/Å, {:.3f} GPa (MAE on {} frames of the {} set)",
                                  d.errors->energyMae, d.errors->forceMae, d.errors->stressMae,
                                  d.errors->frames, d.errors->set));
    }
    row("origin", d.info.origin);
    row("licence", d.info.licence);
    row("source", potential::sourceName(entry->source));
    row("file", entry->file.string());
    row("SHA-256", d.info.checksum);
    return success;
}

}  // namespace

void addModels(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("models", "List the potentials at hand");
    auto o = std::make_shared<Options>();
    addJsonFlag(*command, o->json);
    command->callback([o, &action, command] {
        if (command->get_subcommands().empty()) action = [o] { return list(*o); };
    });
    auto* one = command->add_subcommand("show", "Everything a potential says of itself");
    one->add_option("name", o->name, "Name from the list, or a path")->required();
    addJsonFlag(*one, o->json);
    one->callback([o, &action] { action = [o] { return show(*o); }; });
    command->footer(
        "Looked for in $IONSCAPE_MODEL_PATH (folders separated by colons), then in your own folder\n"
        "($XDG_DATA_HOME/ionscape/potentials, by default ~/.local/share/ionscape/potentials),\n"
        "then among those shipped with the program.");
}

}  // namespace ionscape::cli
