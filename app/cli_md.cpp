// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli md: molecular dynamics of a structure as it is.
#include <CLI/CLI.hpp>

#include "app/cli_common.h"
#include "app/cli_job.h"

namespace ionscape::cli {

namespace {

struct Options {
    workflow::RunSpec spec;
    MdOptions md;
    bool json = false;
};

}  // namespace

void addMd(CLI::App& program, Action& action) {
    auto* command =
        program.add_subcommand("md", "Molecular dynamics of a structure at fixed cell, with analysis");
    auto o = std::make_shared<Options>();
    o->spec.relax = false;
    o->spec.output = "md.h5";
    command->add_option("file", o->spec.structureFile, "Structure file (CIF, POSCAR, extxyz)")->required();
    command->add_option("--out", o->spec.output, "Run file to write")->capture_default_str();
    addMdOptions(*command, o->spec, o->md);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] {
        action = [o] {
            applyMdOptions(o->spec, o->md);
            return executeJob(o->spec, o->json);
        };
    });
}

}  // namespace ionscape::cli
