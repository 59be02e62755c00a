// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli inspect: what a structure file holds, and which host it belongs to.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "core/composition/recognise_host.h"
#include "core/crystal/symmetry.h"
#include "core/io/structure_file.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::string file, host;
    double tolerance = 0.01;
    bool json = false;
};

std::optional<composition::RecognisedHost> recognise(const Options& o, const crystal::Structure& structure) {
    std::vector<composition::Host> hosts;
    if (!o.host.empty()) {
        hosts.push_back(composition::findHost(o.host));
    } else {
        for (const auto& id : composition::hostIds())
            hosts.push_back(composition::findHost(id));
    }
    return composition::recogniseHost(hosts, structure);
}

nlohmann::json countsJson(const composition::SpeciesCounts& counts) {
    auto object = nlohmann::json::object();
    for (const auto& [element, count] : counts)
        object[std::string(element.symbol())] = count;
    return object;
}

nlohmann::json hostJson(const Options& o, const composition::RecognisedHost& found) {
    const auto host = composition::findHost(o.host.empty() ? found.hostId : o.host);
    auto sublattices = nlohmann::json::object();
    for (const auto& [sublattice, counts] : composition::mixedOccupation(host, found.composition))
        sublattices[sublattice->name] = countsJson(counts);
    return {
        {"id", found.hostId},
        {"title", host.title},
        {"formula", composition::formulaText(composition::compositionFormula(host, found.composition), 6)},
        {"sublattices", sublattices},
        {"mobile_content", composition::mobileContent(host, found.composition)},
        {"primitive_cells", found.primitiveCells},
        {"volume_ratio", found.volumeRatio},
        {"largest_strain", found.largestStrain},
        {"rms_shift_A", found.rmsShift},
        {"largest_shift_A", found.largestShift},
        {"farthest_atom", found.farthestAtom}};
}

void printHost(const nlohmann::json& host) {
    fmt::print("host {}: {}\ncomposition {} in {} primitive cells\n", host["id"].get<std::string>(),
               host["title"].get<std::string>(), host["formula"].get<std::string>(),
               host["primitive_cells"].get<int>());
    for (const auto& [name, counts] : host["sublattices"].items()) {
        std::string text;
        for (const auto& [symbol, count] : counts.items())
            text += fmt::format(" {} {}", symbol, count.get<int>());
        fmt::print("  {}:{}\n", name, text);
    }
    fmt::print("volume {:+.2f} %, largest strain {:+.2f} %, framework shifted {:.3f} Å rms, {:.3f} Å at {}\n",
               100.0 * (host["volume_ratio"].get<double>() - 1.0),
               100.0 * host["largest_strain"].get<double>(), host["rms_shift_A"].get<double>(),
               host["largest_shift_A"].get<double>(), host["farthest_atom"].get<std::string>());
}

int inspect(const Options& o) {
    const auto structure = io::readStructure(o.file);
    const auto group = crystal::spaceGroup(structure, o.tolerance);
    const auto found = recognise(o, structure);
    const auto lengths = structure.lattice.lengths(), angles = structure.lattice.angles();
    const nlohmann::json host = found ? hostJson(o, *found) : nlohmann::json();
    if (o.json) {
        printJson({{"formula", structure.formula()},
                   {"atoms", structure.size()},
                   {"space_group", group.symbol},
                   {"space_group_number", group.number},
                   {"volume_A3", structure.lattice.volume()},
                   {"density_g_per_cm3", structure.density()},
                   {"lengths_A", {lengths[0], lengths[1], lengths[2]}},
                   {"angles_deg", {angles[0], angles[1], angles[2]}},
                   {"host", host}});
        return success;
    }
    fmt::print("{}, {} atoms\nspace group {} ({}) within {:g} Å\n", structure.formula(), structure.size(),
               group.symbol, group.number, o.tolerance);
    fmt::print("a {:.4f} b {:.4f} c {:.4f} Å, {:.3f} {:.3f} {:.3f}°, {:.2f} Å³, {:.3f} g/cm³\n", lengths[0],
               lengths[1], lengths[2], angles[0], angles[1], angles[2], structure.lattice.volume(),
               structure.density());
    if (found) {
        printHost(host);
    } else {
        fmt::print("no host recognised: none agrees in elements, charges and framework\n");
    }
    return success;
}

}  // namespace

void addInspect(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("inspect", "Show what a structure file holds and its host");
    auto o = std::make_shared<Options>();
    command->add_option("file", o->file, "Structure file (CIF, POSCAR, extxyz, LAMMPS data)")->required();
    command->add_option("--host", o->host, "Compare with this host only: name or JSON file");
    command->add_option("--tolerance", o->tolerance, "Of the space group, Å")
        ->check(positiveNumber)
        ->capture_default_str();
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return inspect(*o); }; });
}

}  // namespace ionscape::cli
