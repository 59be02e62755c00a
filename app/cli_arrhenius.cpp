// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli arrhenius: activation energy and room-temperature conductivity of runs at several
// temperatures.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/cli_import.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/error.h"
#include "core/transport/vtf.h"
#include "core/workflow/run.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;
using transport::Activated;

struct ArrheniusOptions {
    std::vector<std::string> files;
    std::string mobile = "Li";
    double beginPs = 0.0, endPs = 0.0;
    double at = 300.0;
    bool collective = false;
    ImportFlags import;
    bool json = false;
};

struct Ladder {
    std::vector<transport::ArrheniusPoint> diffusion, conductivity;
    std::vector<std::string> warnings;
};

Ladder readLadder(const ArrheniusOptions& o, const std::optional<transport::FitWindow>& window) {
    Ladder ladder;
    const SignalStop signals;
    ProgressBar progress;
    const workflow::TrajectoryInput input{importOptions(o.import), o.import.stride, signals.token(),
                                          &progress};
    for (const auto& file : o.files) {
        const auto run = workflow::analyzeRun(file, o.mobile, window, input);
        if (!run.diffusion) throw InputError(file + ": the run is too short for a fit");
        if (!(run.temperature > 0.0)) throw InputError(file + ": its temperature is not known");
        const auto& d = o.collective ? *run.collective : *run.diffusion;
        ladder.diffusion.push_back({run.temperature, d.coefficient, d.error});
        ladder.conductivity.push_back(
            {run.temperature, o.collective ? run.collectiveConductivity : run.conductivity,
             o.collective ? run.collectiveConductivityError : run.conductivityError});
        if (!d.warning.empty()) ladder.warnings.push_back(file + ": " + d.warning);
    }
    return ladder;
}

json fitJson(const transport::ArrheniusFit& fit, const char* unit, double temperature) {
    json points = json::array();
    for (const auto& p : fit.points) {
        points.push_back({{"temperature_K", p.temperature},
                          {unit, p.value},
                          {"error", p.error},
                          {"replicas", p.replicas},
                          {"spread", p.spread}});
    }
    const auto there = fit.at(temperature);
    json object = {{"points", points},
                   {"activation_energy_eV", fit.activationEnergy},
                   {"activation_energy_error_eV", fit.activationEnergyError},
                   {"prefactor", fit.prefactor()},
                   {"log_prefactor_error", fit.logPrefactorError},
                   {"chi_squared", fit.chiSquared},
                   {"degrees", fit.degrees},
                   {"note", fit.note},
                   {"extrapolated",
                    {{"temperature_K", temperature},
                     {unit, there.value},
                     {"lower95", there.lower95},
                     {"upper95", there.upper95}}}};
    if (fit.points.size() >= 4) {
        const auto vtf = transport::fitVtf(fit);
        object["vtf"] = {{"energy_eV", vtf.energy},    {"vanishing_temperature_K", vtf.vanishingTemperature},
                         {"aic", vtf.aicVtf},          {"aic_arrhenius", vtf.aicArrhenius},
                         {"corrected", vtf.corrected}, {"verdict", vtf.verdict}};
    }
    return object;
}

std::string plusMinus(double value, double error, const char* unit) {
    if (!(error >= 0.0)) return fmt::format("{:.4g} {} (no error)", value, unit);
    return fmt::format("({:.4g} ± {:.2g}) {}", value, error, unit);
}

std::string interval(const transport::Extrapolation& there, const char* unit) {
    if (!(there.upper95 >= 0.0)) return fmt::format("{:.3g} {} (no error)", there.value, unit);
    return fmt::format("{:.3g} {} (95 %: {:.3g} to {:.3g})", there.value, unit, there.lower95, there.upper95);
}

void printLadder(const transport::ArrheniusFit& d, const transport::ArrheniusFit& sigma, double at) {
    fmt::print("{:>8} {:>5} {:>12} {:>10} {:>12} {:>10}\n", "T, K", "runs", "D, cm²/s", "±", "σ, mS/cm", "±");
    for (std::size_t i = 0; i < d.points.size(); ++i) {
        const auto &p = d.points[i], &s = sigma.points[i];
        fmt::print("{:>8.1f} {:>5} {:>12.4g} {:>10.2g} {:>12.4g} {:>10.2g}\n", p.temperature, p.replicas,
                   p.value, p.error, s.value, s.error);
    }
    const auto line = [](const std::string& name, const std::string& text) {
        fmt::print("{:<22}{}\n", name, text);
    };
    line("E_a from D", plusMinus(d.activationEnergy, d.activationEnergyError, "eV"));
    line("E_a from σT", plusMinus(sigma.activationEnergy, sigma.activationEnergyError, "eV"));
    line("D0", fmt::format("{:.3g} cm²/s{}", d.prefactor(),
                           d.logPrefactorError >= 0.0
                               ? fmt::format(" (within a factor of {:.2g})", std::exp(d.logPrefactorError))
                               : ""));
    line(fmt::format("D({:g} K)", at), interval(d.at(at), "cm²/s"));
    line(fmt::format("σ({:g} K)", at), interval(sigma.at(at), "mS/cm"));
    if (d.points.size() >= 4) line("law", transport::fitVtf(sigma).verdict);
    if (!sigma.note.empty()) line("note", sigma.note);
}

int arrhenius(const ArrheniusOptions& o, bool windowGiven) {
    std::optional<transport::FitWindow> window;
    if (windowGiven) {
        if (!(o.beginPs < o.endPs)) throw InputError("--fit-begin must be less than --fit-end, ps");
        window = transport::FitWindow{1000.0 * o.beginPs, 1000.0 * o.endPs};
    }
    const auto ladder = readLadder(o, window);
    const auto d = transport::fitArrhenius(ladder.diffusion, Activated::Diffusion);
    const auto sigma = transport::fitArrhenius(ladder.conductivity, Activated::Conductivity);
    if (o.json) {
        printJson({{"diffusion", fitJson(d, "D_cm2_per_s", o.at)},
                   {"conductivity", fitJson(sigma, "sigma_mS_per_cm", o.at)},
                   {"warnings", ladder.warnings}});
        return success;
    }
    printLadder(d, sigma, o.at);
    for (const auto& warning : ladder.warnings)
        fmt::print("{:<22}{}\n", "warning", warning);
    return success;
}

}  // namespace

void addArrhenius(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "arrhenius", "Activation energy and extrapolated conductivity of runs at several temperatures");
    auto o = std::make_shared<ArrheniusOptions>();
    command
        ->add_option("files", o->files,
                     "Runs or trajectories of other programs; those at one temperature are joined")
        ->required();
    command->add_option("--mobile", o->mobile, "Element whose motion is analysed")->capture_default_str();
    command->add_option("--at", o->at, "Temperature to extrapolate to, K")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_flag("--collective", o->collective,
                      "Use collective diffusion (all correlations) instead of the tracer's");
    auto* begin = command
                      ->add_option("--fit-begin", o->beginPs,
                                   "Begin of the fit window of all runs, ps (default 10 % of each)")
                      ->check(nonNegativeNumber);
    auto* end =
        command->add_option("--fit-end", o->endPs, "End of the fit window, ps (default 70 % of each run)")
            ->check(positiveNumber);
    begin->needs(end);
    end->needs(begin);
    addImportOptions(*command, o->import);
    addJsonFlag(*command, o->json);
    command->callback(
        [o, begin, &action] { action = [o, begin] { return arrhenius(*o, begin->count() > 0); }; });
}

}  // namespace ionscape::cli
