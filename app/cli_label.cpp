// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli label: energies, forces and stresses of structures from a potential.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/io/structure_file.h"
#include "core/training/labelling.h"
#include "core/workflow/open_potential.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::vector<std::string> files;
    std::string out, potential;
    int threads = 0;
    bool json = false;
};

int labelFiles(const Options& o) {
    if (!o.out.ends_with(".xyz") && !o.out.ends_with(".extxyz"))
        throw InputError(o.out + ": labels are written as extended XYZ; give --out a name ending in .xyz");
    std::vector<io::LabelledStructure> frames;
    for (const auto& file : o.files) {
        for (auto& frame : io::readStructures(file))
            frames.push_back(std::move(frame));
    }
    auto potential = workflow::openPotentialFor(frames.front().structure, o.potential, o.threads);
    for (const auto& frame : frames) {
        try {
            potential::requireElements(potential->info(), frame.structure);
        } catch (const ModelError& error) {
            throw InputError(error.what());
        }
    }
    training::LabellingResult result;
    bool stopped = false;
    {
        const SignalStop signals;
        ProgressBar progress;
        try {
            writeOutput(o.out, [&] {
                result = training::labelStructures(frames, *potential, o.out, signals.token(), progress);
            });
        } catch (const Cancelled&) {
            stopped = true;
        }
    }
    if (stopped) {
        fmt::print(
            stderr,
            "ionscape-cli: interrupted; the frames done so far are in {}. Repeat the command to continue\n",
            o.out);
        return interrupted;
    }
    if (o.json) {
        printJson({{"file", o.out}, {"frames", result.frames}, {"skipped", result.skipped}});
    } else {
        fmt::print("{} frames labelled by {}, {} of them before; {}\n", result.frames, potential->info().name,
                   result.skipped, o.out);
    }
    return success;
}

}  // namespace

void addLabel(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "label", "Energies, forces and stresses of structures; continues a file that was begun");
    auto o = std::make_shared<Options>();
    command->add_option("files", o->files, "Structure files (CIF, POSCAR, extxyz); all frames are taken")
        ->required();
    command->add_option("--out", o->out, "Extended XYZ file to write or to continue")->required();
    addPotentialOptions(*command, o->potential, o->threads);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return labelFiles(*o); }; });
}

}  // namespace ionscape::cli
