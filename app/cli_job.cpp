// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_job.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/trajectory/h5md.h"

namespace ionscape::cli {

namespace {

using workflow::RunSummary;

void print(const RunSummary& summary, const std::filesystem::path& file, const std::string& mobile, bool json,
           bool wasInterrupted) {
    if (json) {
        auto object = nlohmann::json::parse(workflow::toJson(summary));
        object["file"] = file.string();
        object["interrupted"] = wasInterrupted;
        printJson(object);
    } else {
        fmt::print("{}", summaryText(summary, mobile));
    }
}

/// The part of a run that was done before it was interrupted, if that reached the dynamics.
void printInterrupted(const std::filesystem::path& file, const std::string& mobile, bool json) {
    const bool exists = std::filesystem::exists(file);
    if (exists && trajectory::H5mdReader(file).frameCount() > 0) {
        print(workflow::analyzeRun(file, mobile, std::nullopt), file, mobile, json, true);
    } else if (json) {
        printJson({{"file", file.string()}, {"interrupted", true}});
    }
    fmt::print(
        stderr,
        "ionscape-cli: interrupted; what was computed is kept. Continue with: ionscape-cli run --resume {}\n",
        file.string());
}

/// \param job  the work, given a stop token and a progress sink
template <class Job>
int execute(const std::filesystem::path& file, const std::string& mobile, bool json, Job&& job) {
    std::optional<RunSummary> summary;
    {
        const SignalStop signals;
        ProgressBar progress;
        try {
            summary = job(signals.token(), progress);
        } catch (const Cancelled&) {
        }
    }
    if (!summary) {
        printInterrupted(file, mobile, json);
        return interrupted;
    }
    print(*summary, file, mobile, json, false);
    return success;
}

std::string spreadText(const workflow::SpreadSummary& s) {
    std::string text;
    const auto stage = [&](const char* name, const dynamics::SpreadRecord& record) {
        if (record.evaluations == 0) return;
        text += fmt::format("{:<22}at most {:.3f} eV/Å (atom {}, {} step {})\n", "force spread",
                            record.worst.spread, record.worst.atom + 1, name, record.worst.step);
        if (record.exceeded > 0) {
            text += fmt::format(
                "{:<22}above {:g} eV/Å in {} of {} evaluations, first on atom {} in {} step {}: the "
                "committee "
                "does not vouch for this run\n",
                "warning", s.thresholdEvPerA, record.exceeded, record.evaluations, record.first.atom + 1,
                name, record.first.step);
        }
    };
    if (s.relaxation) stage("relaxation", *s.relaxation);
    stage("MD", s.dynamics);
    return text;
}

/// What holds temperature and pressure.
void addBathOptions(CLI::App& command, dynamics::MdSettings& md) {
    const auto joined = [](const auto& kinds, auto&& nameOf) {
        std::vector<std::string> names;
        for (const auto kind : kinds)
            names.push_back(nameOf(kind));
        return names;
    };
    const auto thermostats = joined(dynamics::thermostats(), dynamics::thermostatName);
    const auto barostats = joined(dynamics::barostats(), dynamics::barostatName);
    command
        .add_option_function<std::string>(
            "--thermostat",
            [&md](const std::string& name) { md.thermostat = dynamics::thermostatFromName(name); },
            "What holds the temperature")
        ->check(CLI::IsMember(thermostats))
        ->default_str(dynamics::thermostatName(md.thermostat));
    command
        .add_option("--coupling-fs", md.couplingFs, "Coupling time of bussi, nose-hoover and berendsen, fs")
        ->check(positiveNumber)
        ->capture_default_str();
    command.add_option("--friction", md.langevinFrictionPerPs, "Friction of langevin, 1/ps")
        ->check(positiveNumber)
        ->capture_default_str();
    auto* barostat =
        command
            .add_option_function<std::string>(
                "--barostat",
                [&md](const std::string& name) { md.barostat.kind = dynamics::barostatFromName(name); },
                "What holds the pressure; none keeps the cell")
            ->check(CLI::IsMember(barostats))
            ->default_str(dynamics::barostatName(md.barostat.kind));
    command.add_option("--pressure", md.barostat.pressureGPa, "Pressure, GPa")
        ->needs(barostat)
        ->capture_default_str();
    command.add_option("--barostat-fs", md.barostat.couplingFs, "Coupling time of the barostat, fs")
        ->check(positiveNumber)
        ->needs(barostat)
        ->capture_default_str();
    command
        .add_flag_function(
            "--flexible-cell", [&md](std::int64_t) { md.barostat.isotropic = false; },
            "The barostat changes every component of the cell, not only its size")
        ->needs(barostat);
}

}  // namespace

void addSpreadOptions(CLI::App& command, dynamics::UncertaintySettings& settings) {
    command
        .add_option("--spread-every", settings.every,
                    "Steps between evaluations of a committee's force spread; 0 for never")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command
        .add_option("--spread-threshold", settings.thresholdEvPerA,
                    "Force spread above which the committee is not trusted, eV/Å; 0 takes its own")
        ->check(nonNegativeNumber)
        ->default_str("the committee's own");
    command
        .add_option_function<std::string>(
            "--spread-action",
            [&settings](const std::string& name) { settings.action = dynamics::spreadActionFromName(name); },
            "What happens above the threshold: none, flag or stop")
        ->check(CLI::IsMember({"none", "flag", "stop"}))
        ->default_str(dynamics::spreadActionName(settings.action));
}

void applySpreadOptions(const CLI::App& command, const dynamics::UncertaintySettings& given,
                        dynamics::UncertaintySettings& settings) {
    if (command.count("--spread-every") > 0) settings.every = given.every;
    if (command.count("--spread-threshold") > 0) settings.thresholdEvPerA = given.thresholdEvPerA;
    if (command.count("--spread-action") > 0) settings.action = given.action;
}

void addMdOptions(CLI::App& command, workflow::RunSpec& spec, MdOptions& options) {
    command.add_option("--temperature", spec.md.temperature, "Temperature, K")
        ->check(positiveNumber)
        ->capture_default_str();
    command.add_option("--ps", options.ps, "Length of the dynamics, ps")
        ->check(positiveNumber)
        ->capture_default_str();
    command.add_option("--seed", spec.seed, "Seed of decoration, velocities and noise")
        ->capture_default_str();
    command
        .add_option("--equilibrate-ps", options.equilibrationPs,
                    "Dynamics before that, of which nothing is stored, ps")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    addBathOptions(command, spec.md);
    command.add_option("--timestep", options.timestepFs, "Time step, fs")
        ->check(positiveNumber)
        ->capture_default_str();
    command.add_option("--frame-interval", options.frameInterval, "Steps between stored frames")
        ->check(positiveNumber)
        ->capture_default_str();
    command.add_option("--mobile", spec.mobileElement, "Element whose motion is analysed")
        ->capture_default_str();
    command.add_flag("--overwrite", spec.overwrite, "Replace the output file if it exists");
    addPotentialOptions(command, spec.potential, spec.threads);
    addSpreadOptions(command, spec.uncertainty);
}

void applyMdOptions(workflow::RunSpec& spec, const MdOptions& options) {
    constexpr double mostSteps = 1e12;
    spec.md.timestepFs = options.timestepFs;
    spec.md.frameInterval = options.frameInterval;
    const auto steps = [&](double ps) {
        const double count = ps * 1000.0 / options.timestepFs;
        if (!(count <= mostSteps)) throw InputError(fmt::format("{:g} ps are too many steps", ps));
        return std::llround(count);
    };
    spec.md.steps = steps(options.ps);
    spec.md.equilibrationSteps = steps(options.equilibrationPs);
    if (spec.md.steps < 1) throw InputError("the run is shorter than one time step; give more --ps");
}

int executeJob(const workflow::RunSpec& spec, bool json) {
    return execute(spec.output, spec.mobileElement, json,
                   [&](const std::stop_token& stop, ProgressSink& progress) {
                       workflow::RunObserver observer;
                       return workflow::runJob(spec, stop, progress, observer);
                   });
}

int executeResume(const std::filesystem::path& file, std::optional<double> totalPs,
                  const std::optional<dynamics::UncertaintySettings>& uncertainty, bool json) {
    const auto mobile = workflow::storedSpec(file).mobileElement;
    return execute(file, mobile, json, [&](const std::stop_token& stop, ProgressSink& progress) {
        workflow::RunObserver observer;
        return workflow::resumeJob(file, totalPs, stop, progress, observer, uncertainty);
    });
}

std::string summaryText(const RunSummary& s, const std::string& mobile) {
    std::string text;
    const auto line = [&](const char* name, const std::string& value) {
        text += fmt::format("{:<22}{}\n", name, value);
    };
    line("formula", s.formula);
    line("atoms", fmt::format("{}", s.atoms));
    line("simulated", fmt::format("{:g} ps ({} steps)", s.simulatedPs, s.steps));
    line("mean temperature", fmt::format("{:.1f} K", s.meanTemperature));
    line("volume", fmt::format("{:.2f} Å³", s.volume));
    line("energy", fmt::format("{:.5f} eV/atom ({})", s.energyPerAtom,
                               s.relaxed ? "relaxed" : "not relaxed to the tolerance"));
    line("broken PO4/SiO4", fmt::format("{}", s.brokenPolyhedra));
    for (const auto& [element, value] : s.msdValue) {
        line(("MSD value " + element).c_str(), fmt::format("{:.3f} Å²", value));
    }
    if (s.diffusion) {
        line(("D* " + mobile).c_str(),
             fmt::format("({:.3g} ± {:.2g}) cm²/s (95 %: {:.3g} to {:.3g}; ± {:.2g} if independent)",
                         s.diffusion->coefficient, s.diffusion->error, s.diffusion->lower95,
                         s.diffusion->upper95, s.diffusion->errorWalkers));
        line("conductivity", s.meanTemperature > 0.0
                                 ? fmt::format("{:.4g} mS/cm (Nernst–Einstein)", s.conductivity)
                                 : "the file tells no temperature; give it (--temperature)");
        if (s.collective) {
            line("D collective",
                 fmt::format("({:.3g} ± {:.2g}) cm²/s, {:.4g} mS/cm", s.collective->coefficient,
                             s.collective->error, s.collectiveConductivity));
        }
        if (s.haven)
            line("Haven ratio", fmt::format("{:.3g} (95 %: {:.3g} to {:.3g})", s.haven->value,
                                            s.haven->lower95, s.haven->upper95));
        if (!s.diffusion->warning.empty()) line("warning", s.diffusion->warning);
    } else {
        line(("D* " + mobile).c_str(), "the run is too short for a fit");
    }
    if (s.spread) text += spreadText(*s.spread);
    for (const auto& note : s.notes)
        line("note", note);
    return text;
}

}  // namespace ionscape::cli
