// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli analyze: MSD, diffusion and conductivity of a stored trajectory.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/cli_import.h"
#include "app/cli_job.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/workflow/transport_tables.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::string file;
    std::string mobile = "Li";
    double beginPs = 0.0, endPs = 0.0;
    ImportFlags import;
    std::string tables;
    bool json = false;
};

void writeTables(const Options& o, const workflow::RunSummary& summary,
                 const workflow::TrajectoryInput& input) {
    if (!summary.diffusion) throw InputError(o.file + ": the run is too short for tables of its motion");
    workflow::writeTransportTables(o.file, o.mobile, summary.diffusion->window, o.tables, input);
    writeTextAtomically(std::filesystem::path(o.tables) / "summary.json", workflow::toJson(summary) + "\n");
}

int analyze(const Options& o, bool windowGiven) {
    std::optional<transport::FitWindow> window;
    if (windowGiven) {
        if (!(o.beginPs < o.endPs)) throw InputError("--fit-begin must be less than --fit-end, ps");
        window = transport::FitWindow{1000.0 * o.beginPs, 1000.0 * o.endPs};
    }
    const SignalStop signals;
    workflow::RunSummary summary;
    {
        ProgressBar progress;
        const workflow::TrajectoryInput input{importOptions(o.import), o.import.stride, signals.token(),
                                              &progress};
        summary = workflow::analyzeRun(o.file, o.mobile, window, input);
        if (!o.tables.empty()) writeTables(o, summary, input);
    }
    if (o.json) {
        printJson(nlohmann::json::parse(workflow::toJson(summary)));
    } else {
        fmt::print("{}", summaryText(summary, o.mobile));
    }
    return success;
}

}  // namespace

void addAnalyze(CLI::App& program, Action& action) {
    auto* command =
        program.add_subcommand("analyze", "MSD, diffusion and conductivity of a run or any trajectory");
    auto o = std::make_shared<Options>();
    command
        ->add_option(
            "file", o->file,
            "Run file, or H5MD, XDATCAR, vasprun.xml, extended XYZ or LAMMPS dump of another program")
        ->required();
    command->add_option("--mobile", o->mobile, "Element whose motion is analysed")->capture_default_str();
    auto* begin =
        command
            ->add_option("--fit-begin", o->beginPs, "Begin of the fit window, ps (default 10 % of the run)")
            ->check(nonNegativeNumber);
    auto* end =
        command->add_option("--fit-end", o->endPs, "End of the fit window, ps (default 70 % of the run)")
            ->check(positiveNumber);
    begin->needs(end);
    end->needs(begin);
    addImportOptions(*command, o->import);
    command->add_option(
        "--out", o->tables,
        "Folder for tables (CSV): MSD and D of all directions, Van Hove functions, RDF, bonds, "
        "coordination, displacements, spectrum; and summary.json");
    addJsonFlag(*command, o->json);
    command->callback(
        [o, begin, &action] { action = [o, begin] { return analyze(*o, begin->count() > 0); }; });
}

}  // namespace ionscape::cli
