// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli convert: structures and trajectories from one format into another.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_convert.h"
#include "app/cli_import.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/io/structure_file.h"
#include "core/trajectory/open_trajectory.h"
#include "core/trajectory/write_trajectory.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::string in, out;
    ImportFlags import;
    long frame = 0;
    bool overwrite = false, json = false;
};

void report(const Options& o, std::size_t frames, const std::vector<std::string>& notes) {
    if (o.json) {
        printJson({{"file", o.out}, {"frames", frames}, {"notes", notes}});
        return;
    }
    fmt::print("{}: {} frame{}\n", o.out, frames, frames == 1 ? "" : "s");
    for (const auto& note : notes)
        fmt::print("note: {}\n", note);
}

void requireFree(const Options& o) {
    std::error_code ignored;
    if (!o.overwrite && std::filesystem::exists(o.out, ignored))
        throw InputError(o.out + " exists already; give another name or --overwrite");
}

int convertTrajectory(const Options& o) {
    const auto source = trajectory::openTrajectory(o.in, importOptions(o.import));
    const SignalStop signals;
    std::size_t written = 0;
    {
        ProgressBar progress;
        writeOutput(o.out, [&] {
            written = trajectory::writeTrajectory(*source, o.out, {o.import.stride, o.overwrite},
                                                  signals.token(), progress);
        });
    }
    report(o, written, source->notes());
    return success;
}

/// One frame of a trajectory as a structure, counted from 0; from the end when negative.
int convertFrame(const Options& o) {
    const auto source = trajectory::openTrajectory(o.in, importOptions(o.import));
    const SignalStop signals;
    crystal::Structure structure = source->initial();
    trajectory::Frame frame;
    // Frames before the last are not kept: only the last one can be counted from the end.
    if (o.frame < -1) throw InputError("--frame is counted from 0; -1 is the last");
    long count = 0;
    bool found = false;
    while (!found && source->next(frame)) {
        throwIfStopped(signals.token());
        found = count++ == o.frame;
    }
    if (!found && (o.frame >= 0 || count == 0))
        throw InputError(
            fmt::format("{} has {} frames; there is no frame {} (counting from 0)", o.in, count, o.frame));
    structure.lattice = frame.lattice;
    structure.positions = frame.positions;
    requireFree(o);
    writeOutput(o.out, [&] { io::writeStructure(o.out, structure.wrapped()); });
    report(o, 1, source->notes());
    return success;
}

int convertStructures(const Options& o) {
    const auto frames = io::readStructures(o.in);
    requireFree(o);
    writeOutput(o.out, [&] { io::writeStructures(o.out, frames); });
    report(o, frames.size(), {});
    return success;
}

int convert(const Options& o, bool frameGiven) {
    const bool moves = trajectory::looksLikeTrajectory(o.in);
    if (moves && frameGiven) return convertFrame(o);
    if (moves && trajectory::canWriteTrajectory(o.out)) return convertTrajectory(o);
    if (moves)
        throw InputError(o.out + " can hold one structure only; choose one with --frame (-1: the last)");
    if (frameGiven) throw InputError(o.in + " is no trajectory; leave out --frame");
    return convertStructures(o);
}

}  // namespace

void addConvert(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("convert", "Write a structure or a trajectory in another format");
    auto o = std::make_shared<Options>();
    command
        ->add_option(
            "in", o->in,
            "Structure, or trajectory (H5MD, XDATCAR, vasprun.xml, extended XYZ, LAMMPS dump; also .gz)")
        ->required();
    command
        ->add_option(
            "out", o->out,
            "Its name tells the format: .h5, .xyz or XDATCAR for trajectories; .cif, .vasp, .xyz, .data for "
            "structures")
        ->required();
    auto* frame =
        command->add_option("--frame", o->frame, "One frame as a structure, from 0; -1 is the last");
    command->add_flag("--overwrite", o->overwrite, "Replace the file if it exists");
    addImportOptions(*command, o->import);
    addJsonFlag(*command, o->json);
    command->callback(
        [o, frame, &action] { action = [o, frame] { return convert(*o, frame->count() > 0); }; });
}

}  // namespace ionscape::cli
