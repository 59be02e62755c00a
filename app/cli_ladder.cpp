// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli ladder: one composition at several temperatures.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/cli_job.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/workflow/ladder.h"

namespace ionscape::cli {

namespace {

struct Options {
    workflow::LadderSpec ladder;
    MdOptions md;
    bool noRelax = false, json = false;
};

nlohmann::json rungJson(const workflow::Rung& rung) {
    nlohmann::json object = {
        {"temperature_K", rung.temperature}, {"seed", rung.seed},
        {"file", rung.file.string()},        {"state", workflow::rungStateName(rung.state)},
        {"ended_early", rung.endedEarly},    {"failure", rung.failure}};
    if (rung.summary) object["summary"] = nlohmann::json::parse(workflow::toJson(*rung.summary));
    return object;
}

void report(const Options& o, const std::vector<workflow::Rung>& rungs) {
    if (o.json) {
        auto list = nlohmann::json::array();
        for (const auto& rung : rungs)
            list.push_back(rungJson(rung));
        printJson({{"rungs", list}});
        return;
    }
    fmt::print("{:>7}  {:>6}  {:>8}  {:>22}  {:>12}  {}\n", "T (K)", "seed", "ps", "D* (cm²/s)", "σ (mS/cm)",
               "file");
    for (const auto& rung : rungs) {
        std::string d = "-", sigma = "-", ps = "-";
        if (rung.summary) ps = fmt::format("{:g}", rung.summary->simulatedPs);
        if (rung.summary && rung.summary->diffusion) {
            const auto& fit = *rung.summary->diffusion;
            d = fmt::format("{:.3g} ± {:.2g}", fit.coefficient, fit.error);
            sigma = fmt::format("{:.4g}", rung.summary->conductivity);
        }
        fmt::print("{:>7g}  {:>6}  {:>8}  {:>22}  {:>12}  {}\n", rung.temperature, rung.seed, ps, d, sigma,
                   rung.file.string());
        if (!rung.failure.empty()) fmt::print("{:>7}  failed: {}\n", "", rung.failure);
    }
}

int climb(Options& o) {
    applyMdOptions(o.ladder.run, o.md);
    o.ladder.run.relax = !o.noRelax;
    std::vector<workflow::Rung> rungs;
    {
        const SignalStop signals;
        ProgressBar progress;
        try {
            rungs = workflow::runLadder(o.ladder, signals.token(), progress);
        } catch (const Cancelled&) {
            fmt::print(
                stderr,
                "ionscape-cli: interrupted; what was computed is in {}. Repeat the command to continue\n",
                o.ladder.folder.string());
            return interrupted;
        }
    }
    report(o, rungs);
    const bool good = std::all_of(rungs.begin(), rungs.end(), [](const auto& rung) {
        return rung.state == workflow::RungState::Finished;
    });
    return good ? success : failed;
}

}  // namespace

void addLadder(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "ladder",
        "Runs at several temperatures and in several decorations, for an Arrhenius plot; continues a "
        "folder begun");
    auto o = std::make_shared<Options>();
    auto& ladder = o->ladder;
    auto* formula =
        command->add_option("--formula", ladder.run.formula, "Formula of the host's composition space");
    command->add_option("--host", ladder.run.host, "Host framework: name or JSON file")
        ->capture_default_str();
    auto* structure = command->add_option("--structure", ladder.run.structureFile,
                                          "Structure file (CIF, POSCAR, extxyz) instead of a formula");
    formula->excludes(structure);
    command->add_option("--temperatures", ladder.temperatures, "Temperatures, K, separated by commas")
        ->delimiter(',')
        ->required();
    command->add_option("--replicas", ladder.replicas, "Decorations (seeds) at each temperature")
        ->check(positiveNumber)
        ->capture_default_str();
    command
        ->add_option("--until-error", ladder.targetRelativeError,
                     "A rung ends before --ps when the error of D* is below this part of it; 0: never")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command->add_option("--check-ps", ladder.checkEveryPs, "Between looks at the error, ps")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--jobs", ladder.jobs, "Rungs at once; they share the threads")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--out", ladder.folder, "Folder of the run files")->capture_default_str();
    command->add_flag("--no-relax", o->noRelax, "Start the dynamics from the cell as built");
    addMdOptions(*command, ladder.run, o->md);
    command->remove_option(command->get_option("--temperature"));
    command->remove_option(command->get_option("--overwrite"));
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return climb(*o); }; });
}

}  // namespace ionscape::cli
