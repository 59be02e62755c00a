// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli build: a composition becomes one decorated supercell.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "core/builder/decorate.h"
#include "core/io/structure_file.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::string formula, host = "lzsp", out = "cell.cif";
    std::uint64_t seed = 1;
    bool primitive = false;
    bool json = false;
};

int build(const Options& o) {
    const auto host = composition::findHost(o.host);
    const int sites =
        o.primitive ? host.sitesInPrimitiveCell(host.mixed().name) : composition::mixedSitesInSupercell(host);
    const auto composition =
        composition::compositionFromFormula(host, composition::parseFormula(o.formula), sites);
    const auto cell = o.primitive ? builder::decoratedCell(host, composition, IntMat3::Identity(), o.seed)
                                  : builder::decoratedSupercell(host, composition, o.seed);
    writeOutput(o.out, [&] { io::writeStructure(o.out, cell); });
    if (o.json) {
        printJson({{"file", o.out},
                   {"formula", cell.formula()},
                   {"atoms", cell.size()},
                   {"volume_A3", cell.lattice.volume()},
                   {"density_g_per_cm3", cell.density()},
                   {"mobile_content", composition::mobileContent(host, composition)},
                   {"entropy_R", composition::configurationalEntropy(composition)},
                   {"seed", o.seed}});
    } else {
        fmt::print("{}: {} atoms, {:.2f} Å³, S_config {:.3f} R\n", o.out, cell.size(), cell.lattice.volume(),
                   composition::configurationalEntropy(composition));
    }
    return success;
}

}  // namespace

void addBuild(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("build", "Build one decorated supercell of a composition");
    auto o = std::make_shared<Options>();
    command->add_option("--formula", o->formula, "Formula of the host's composition space")->required();
    command->add_option("--host", o->host, "Host framework: name or JSON file")->capture_default_str();
    command->add_option("--seed", o->seed, "Seed of the decoration")->capture_default_str();
    command->add_option("--out", o->out, "Structure file to write (.cif, .vasp, .xyz)")
        ->capture_default_str();
    command->add_flag("--primitive", o->primitive, "The primitive cell instead of the host's MD supercell");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return build(*o); }; });
}

}  // namespace ionscape::cli
