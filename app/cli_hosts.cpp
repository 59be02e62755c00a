// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli hosts: the frameworks that compositions are built on, and new ones from a CIF.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "core/base/error.h"
#include "core/composition/composition.h"
#include "core/composition/host_writer.h"
#include "core/workflow/host_proposal.h"

namespace ionscape::cli {

namespace {

struct FromCif {
    std::string file, out, mobile;
    std::vector<std::string> oxidation, dopants;
    bool json = false;
};

std::vector<std::string> symbols(const composition::Sublattice& sublattice) {
    std::vector<std::string> result;
    for (const auto& species : sublattice.species)
        result.emplace_back(species.element.symbol());
    return result;
}

int listHosts(bool json) {
    auto list = nlohmann::json::array();
    for (const auto& id : composition::hostIds()) {
        const auto host = composition::findHost(id);
        const auto own = composition::defaultComposition(host);
        auto mixed = nlohmann::json::object();
        for (const auto* sublattice : host.mixedSublattices())
            mixed[sublattice->name] = symbols(*sublattice);
        if (json) {
            list.push_back({{"id", host.id},
                            {"title", host.title},
                            {"space_group", host.spaceGroup},
                            {"reference", host.reference},
                            {"mobile", std::string(host.mobile().species.front().element.symbol())},
                            {"formula", composition::formulaText(composition::compositionFormula(host, own))},
                            {"mixed_species", symbols(host.mixed())},
                            {"mixed_sublattices", mixed},
                            {"temperature_K", host.protocol.temperature}});
            continue;
        }
        fmt::print("{:<12}{}\n", host.id, host.title);
        for (const auto* sublattice : host.mixedSublattices()) {
            fmt::print("{:<12}{} site {}: {}\n", "", sublattice == &host.mixed() ? "mixed" : "also mixed",
                       sublattice->name, fmt::join(symbols(*sublattice), " "));
        }
    }
    if (json) printJson({{"hosts", list}});
    return success;
}

/// "Zr=4".
composition::Species parseSpecies(const std::string& text, const char* option) {
    const auto equals = text.find('=');
    const auto element = crystal::Element::find(text.substr(0, equals));
    int state = 0;
    if (element && equals != std::string::npos) {
        const char* first = text.data() + equals + 1;
        const char* const last = text.data() + text.size();
        if (first != last && *first == '+') ++first;
        const auto [end, status] = std::from_chars(first, last, state);
        if (status == std::errc{} && end == last && first != last && state >= -8 && state <= 8)
            return {*element, state};
    }
    throw InputError(fmt::format("{} \"{}\" must be an element and its state such as Zr=4", option, text));
}

workflow::ProposalOptions optionsOf(const FromCif& o) {
    workflow::ProposalOptions options;
    options.id = std::filesystem::path(o.out).stem().string();
    options.reference = "from " + std::filesystem::path(o.file).filename().string();
    if (!o.mobile.empty()) options.mobile = crystal::Element::fromSymbol(o.mobile);
    for (const std::string& text : o.oxidation) {
        const auto species = parseSpecies(text, "--oxidation");
        options.oxidationStates[species.element] = species.oxidationState;
    }
    for (const std::string& text : o.dopants)
        options.dopants.push_back(parseSpecies(text, "--dopant"));
    return options;
}

void printProposal(const FromCif& o, const workflow::HostProposal& proposal) {
    fmt::print("{}: {}\n", o.out, proposal.host.title);
    for (const auto& site : proposal.sites) {
        fmt::print("  {:<8}{:>4}  {:<24}{:<8}valence sum {:+.2f}\n", site.label, site.multiplicity,
                   site.species, site.sublattice, site.valenceSum);
    }
    for (const std::string& note : proposal.notes)
        fmt::print("  {}\n", note);
}

int fromCif(const FromCif& o) {
    if (!o.out.ends_with(".json")) throw InputError("--out must end in .json: " + o.out);
    const auto proposal = workflow::proposeHost(io::readCifCrystal(o.file), optionsOf(o));
    const auto host = workflow::finishedHost(proposal);
    writeOutput(o.out, [&] { composition::writeHost(o.out, host); });
    if (!o.json) {
        printProposal(o, proposal);
        return success;
    }
    auto sites = nlohmann::json::array();
    for (const auto& site : proposal.sites) {
        sites.push_back({{"label", site.label},
                         {"species", site.species},
                         {"multiplicity", site.multiplicity},
                         {"sublattice", site.sublattice},
                         {"valence_sum", site.valenceSum}});
    }
    printJson({{"file", o.out},
               {"id", host.id},
               {"title", host.title},
               {"mobile", std::string(host.mobile().species.front().element.symbol())},
               {"mobile_in_file", proposal.mobileInFile},
               {"mobile_balanced", proposal.mobileBalanced},
               {"sites", sites},
               {"notes", proposal.notes}});
    return success;
}

void addFromCif(CLI::App& hosts, Action& action) {
    auto* command = hosts.add_subcommand("from-cif", "Make a host of a CIF with partial occupancies");
    auto o = std::make_shared<FromCif>();
    command->add_option("file", o->file, "CIF file")->required();
    command->add_option("--out", o->out, "Host file to write (.json); its name becomes the host's")
        ->required();
    command->add_option("--mobile", o->mobile, "Mobile ion")
        ->default_str("the first of Li, Na, Ag, K, Cu, Mg that fits");
    command->add_option("--oxidation", o->oxidation, "Oxidation states, such as Zr=4 O=-2");
    command->add_option("--dopant", o->dopants,
                        "Species that the primary mixed site may hold too: Hf=4 Nb=5");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return fromCif(*o); }; });
}

}  // namespace

void addHosts(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("hosts", "List the host frameworks, or make one of a CIF");
    auto json = std::make_shared<bool>(false);
    addJsonFlag(*command, *json);
    addFromCif(*command, action);
    command->callback([json, command, &action] {
        if (command->get_subcommands().empty()) action = [json] { return listHosts(*json); };
    });
}

}  // namespace ionscape::cli
