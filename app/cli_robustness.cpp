// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli robustness: a surrogate's predictions for many decorations of one composition.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_surrogate.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/surrogate/ranking.h"
#include "core/workflow/predict_mobility.h"
#include "core/workflow/robustness.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::filesystem::path model, folder = "robustness";
    workflow::EnsembleSpec ensemble;
    bool json = false;
};

/// Decorations in each class of mobility: low, medium, high.
std::array<std::size_t, 3> classCounts(const workflow::Robustness& r) {
    std::array<std::size_t, 3> counts{};
    for (const auto& one : r.decorations)
        ++counts[static_cast<std::size_t>(surrogate::mobilityClass(one.mean))];
    return counts;
}

nlohmann::json asJson(const workflow::Robustness& r, const std::filesystem::path& table) {
    nlohmann::json object{{"formula", r.formula},
                          {"target", r.target.name},
                          {"unit", r.target.unit},
                          {"potential", r.potential},
                          {"decorations", r.decorations.size()},
                          {"left_out", r.leftOut},
                          {"first_problem", r.firstProblem},
                          {"mean", r.spread.mean},
                          {"standard_deviation", r.spread.standardDeviation},
                          {"minimum", r.spread.minimum},
                          {"p5", r.p5},
                          {"median", r.median},
                          {"p95", r.p95},
                          {"maximum", r.spread.maximum},
                          {"model_error", r.modelError},
                          {"spearman_with_energy", r.withEnergy},
                          {"extrapolated", r.extrapolated},
                          {"table", table}};
    if (workflow::hasMobilityClasses(r.target)) {
        const auto counts = classCounts(r);
        object["classes"] = {{"low", counts[0]}, {"medium", counts[1]}, {"high", counts[2]}};
    }
    return object;
}

void print(const workflow::Robustness& r, const std::filesystem::path& table) {
    const auto& unit = r.target.unit;
    fmt::print("{}: {} decorations (see {})\n", r.formula, r.decorations.size(), table.string());
    if (r.leftOut > 0) fmt::print("{} left out, the first because: {}\n", r.leftOut, r.firstProblem);
    fmt::print("{} = {:.4g} ± {:.2g} {} (what the arrangement does)\n", r.target.name, r.spread.mean,
               r.spread.standardDeviation, unit);
    fmt::print("{:<22}{:.4g} … {:.4g} … {:.4g} {}\n", "5 %, median, 95 %", r.p5, r.median, r.p95, unit);
    fmt::print("{:<22}{:.4g} … {:.4g} {}\n", "range", r.spread.minimum, r.spread.maximum, unit);
    fmt::print("{:<22}{:.2g} {}\n", "error of the model", r.modelError, unit);
    fmt::print("{:<22}{:+.2f} (Spearman)\n", "with the energy", r.withEnergy);
    if (workflow::hasMobilityClasses(r.target)) {
        const auto counts = classCounts(r);
        fmt::print("{:<22}{} low, {} medium, {} high\n", "classes", counts[0], counts[1], counts[2]);
    }
    if (r.extrapolated > 0) {
        fmt::print("{} of {} lie outside the training data: the model extrapolates\n", r.extrapolated,
                   r.decorations.size());
    }
}

int run(Options& o) {
    const auto model = surrogate::SurrogateModel::load(o.model);
    std::error_code failure;
    std::filesystem::create_directories(o.folder, failure);
    if (failure) throw workflow::OutputError(fmt::format("{}: {}", o.folder.string(), failure.message()));
    o.ensemble.output = o.folder / "ensemble.jsonl";
    o.ensemble.structures = o.folder / "cells.xyz";
    const auto table = o.folder / "predictions.csv";
    workflow::Robustness result;
    {
        const SignalStop signals;
        ProgressBar progress;
        try {
            result = workflow::robustness(model, o.ensemble, signals.token(), progress);
        } catch (const Cancelled&) {
            fmt::print(stderr,
                       "ionscape-cli: interrupted; the decorations done so far are in {}. Repeat the command "
                       "to continue\n",
                       o.folder.string());
            return interrupted;
        }
    }
    writeOutput(table, [&] { writeTextAtomically(table, csvText(result)); });
    if (o.json)
        printJson(asJson(result, table));
    else
        print(result, table);
    return success;
}

}  // namespace

void addRobustness(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "robustness",
        "A surrogate's predictions for many decorations of one composition; continues a folder begun");
    auto o = std::make_shared<Options>();
    o->ensemble.ensemble.members = 100;
    command->add_option("formula", o->ensemble.formula, "Composition of the host")->required();
    command->add_option("--model", o->model, "Model file of a surrogate that needs relaxed cells")
        ->required();
    command->add_option("--folder", o->folder, "Relaxed cells and predictions")->capture_default_str();
    command->add_option("--host", o->ensemble.host, "Host")->capture_default_str();
    command
        ->add_option("--members", o->ensemble.ensemble.members,
                     "Random decorations; the published test takes 1000")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--seed", o->ensemble.ensemble.seed, "Of the first decoration")
        ->capture_default_str();
    command->add_option("--max-steps", o->ensemble.relaxSettings.maxSteps, "Steps of a relaxation at most")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--fmax", o->ensemble.relaxSettings.forceTolerance, "Largest force left, eV/Å")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--smax", o->ensemble.relaxSettings.stressToleranceGPa, "Largest stress left, GPa")
        ->check(positiveNumber)
        ->capture_default_str();
    addPotentialOptions(*command, o->ensemble.potential, o->ensemble.threads);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return run(*o); }; });
}

}  // namespace ionscape::cli
