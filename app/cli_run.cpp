// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli run: composition or structure -> relaxed cell -> molecular dynamics -> analysis.
#include <CLI/CLI.hpp>

#include "app/cli_common.h"
#include "app/cli_job.h"
#include "core/composition/host.h"

namespace ionscape::cli {

namespace {

struct Options {
    workflow::RunSpec spec;
    MdOptions md;
    std::string resume;
    bool noRelax = false;
    bool json = false;
};

/// What the host suggests where the command line says nothing.
void takeFromHost(const CLI::App& command, workflow::RunSpec& spec) {
    const auto host = composition::findHost(spec.host);
    if (command.count("--temperature") == 0) spec.md.temperature = host.protocol.temperature;
    if (command.count("--mobile") == 0)
        spec.mobileElement = std::string(host.mobile().species.front().element.symbol());
}

int run(const CLI::App& command, Options& o) {
    const bool psGiven = command.count("--ps") > 0;
    if (!o.resume.empty()) {
        auto uncertainty = workflow::storedSpec(o.resume).uncertainty;
        applySpreadOptions(command, o.spec.uncertainty, uncertainty);
        return executeResume(o.resume, psGiven ? std::optional<double>(o.md.ps) : std::nullopt, uncertainty,
                             o.json);
    }
    if (o.spec.formula.empty() && o.spec.structureFile.empty()) {
        throw InputError("a run needs --formula, --structure or --resume; see ionscape-cli run --help");
    }
    if (!o.spec.formula.empty()) takeFromHost(command, o.spec);
    o.spec.relax = !o.noRelax;
    applyMdOptions(o.spec, o.md);
    return executeJob(o.spec, o.json);
}

}  // namespace

void addRun(CLI::App& program, Action& action) {
    auto* command =
        program.add_subcommand("run", "Build, relax, run molecular dynamics and analyse: the main job");
    auto o = std::make_shared<Options>();
    auto* formula =
        command->add_option("--formula", o->spec.formula, "Formula of the host's composition space");
    command->add_option("--host", o->spec.host, "Host framework: name or JSON file")->capture_default_str();
    auto* structure = command->add_option("--structure", o->spec.structureFile,
                                          "Structure file (CIF, POSCAR, extxyz) instead of a formula");
    auto* out = command->add_option("--out", o->spec.output, "Run file to write")->capture_default_str();
    auto* noRelax = command->add_flag("--no-relax", o->noRelax, "Start the dynamics from the cell as built");
    auto* resume = command->add_option(
        "--resume", o->resume,
        "Continue this run file with its own settings; --ps is then the new total length");
    addMdOptions(*command, o->spec, o->md);
    addJsonFlag(*command, o->json);
    formula->excludes(structure);
    for (auto* other : {formula, structure, out, noRelax})
        resume->excludes(other);
    for (const char* name :
         {"--temperature", "--seed", "--equilibrate-ps", "--thermostat", "--coupling-fs", "--friction",
          "--barostat", "--pressure", "--barostat-fs", "--flexible-cell", "--timestep", "--frame-interval",
          "--mobile", "--overwrite", "--potential", "--threads", "--host"}) {
        resume->excludes(command->get_option(name));
    }
    command->callback([o, command, &action] { action = [o, command] { return run(*command, *o); }; });
}

}  // namespace ionscape::cli
