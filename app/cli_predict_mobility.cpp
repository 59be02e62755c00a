// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli predict-mobility: build, relax, measure, ask a trained surrogate.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/io/structure_file.h"
#include "core/surrogate/ranking.h"
#include "core/workflow/predict_mobility.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::filesystem::path model, structure;
    workflow::MobilityRequest request;
    bool json = false;
};

nlohmann::json asJson(const workflow::MobilityPrediction& p) {
    nlohmann::json features;
    for (std::size_t f = 0; f < p.features.size(); ++f)
        features[p.features[f].name] = p.row[f] ? nlohmann::json(*p.row[f]) : nlohmann::json();
    nlohmann::json object{{"formula", p.formula},
                          {"target", p.target.name},
                          {"unit", p.target.unit},
                          {"mean", p.mean},
                          {"standard_deviation", p.standardDeviation},
                          {"distance", p.distance},
                          {"extrapolates", p.distance > 1.0},
                          {"features", features},
                          {"potential", p.potential},
                          {"warning", p.warning},
                          {"seconds", p.seconds}};
    object["half_90"] = std::isfinite(p.half90) ? nlohmann::json(p.half90) : nlohmann::json();
    if (p.spread) object["spread_of_decorations"] = *p.spread;
    if (workflow::hasMobilityClasses(p.target))
        object["class"] = surrogate::className(surrogate::mobilityClass(p.mean));
    return object;
}

void print(const workflow::MobilityPrediction& p) {
    fmt::print("{}\n{} = {:.4g} ± {:.2g} {}", p.formula, p.target.name, p.mean, p.standardDeviation,
               p.target.unit);
    if (std::isfinite(p.half90)) fmt::print(" (90 %: ± {:.3g})", p.half90);
    if (workflow::hasMobilityClasses(p.target))
        fmt::print(", {} mobility", surrogate::className(surrogate::mobilityClass(p.mean)));
    fmt::print("\ndistance to the training data {:.2f}{}\n", p.distance,
               p.distance > 1.0 ? ": the model extrapolates" : " of 1");
    if (p.spread) fmt::print("decorations differ by {:.2g} {}\n", *p.spread, p.target.unit);
    if (!p.warning.empty()) fmt::print("{}\n", p.warning);
    fmt::print("{:.1f} s{}\n", p.seconds, p.potential.empty() ? "" : " with " + p.potential);
}

int run(const Options& o) {
    const auto model = surrogate::SurrogateModel::load(o.model);
    workflow::MobilityPrediction prediction;
    {
        const SignalStop signals;
        ProgressBar progress;
        prediction = workflow::predictMobility(model, o.request, signals.token(), progress);
    }
    if (!o.structure.empty() && prediction.relaxed.size() > 0)
        writeOutput(o.structure, [&] { io::writeStructure(o.structure, prediction.relaxed); });
    if (o.json)
        printJson(asJson(prediction));
    else
        print(prediction);
    return success;
}

}  // namespace

void addPredictMobility(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "predict-mobility",
        "Mobility of a composition from a trained surrogate: build, relax, measure, predict");
    auto o = std::make_shared<Options>();
    command->add_option("formula", o->request.formula, "Composition of the host")->required();
    command->add_option("--model", o->model, "Model file of a surrogate")->required();
    command->add_option("--host", o->request.host, "Host")->capture_default_str();
    command->add_option("--seed", o->request.seed, "Of the first decoration")->capture_default_str();
    command->add_option("--members", o->request.members, "Decorations whose features are averaged")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--max-steps", o->request.relaxSettings.maxSteps, "Steps of a relaxation at most")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--structure", o->structure, "Writes the relaxed cell (CIF, POSCAR, extxyz)");
    addPotentialOptions(*command, o->request.potential, o->request.threads);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return run(*o); }; });
}

}  // namespace ionscape::cli
