// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli relax: atoms and cell to zero force and stress.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/cli_job.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/dynamics/relaxer.h"
#include "core/io/structure_file.h"
#include "core/workflow/open_potential.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::string file, out, potential;
    dynamics::RelaxSettings settings;
    int threads = 0;
    bool fixedCell = false;
    bool json = false;
};

/// \param threshold  of the force spread, eV/Å
void report(const Options& o, const dynamics::RelaxResult& r, double threshold) {
    if (!o.out.empty()) writeOutput(o.out, [&] { io::writeStructure(o.out, r.structure); });
    const auto lengths = r.structure.lattice.lengths();
    const auto angles = r.structure.lattice.angles();
    if (o.json) {
        nlohmann::json spread;
        if (r.spread.evaluations > 0) {
            spread = {{"max_eV_per_A", r.spread.worst.spread},
                      {"atom", r.spread.worst.atom + 1},
                      {"step", r.spread.worst.step},
                      {"threshold_eV_per_A", threshold},
                      {"exceeded", r.spread.exceeded}};
        }
        printJson({{"converged", r.converged},
                   {"steps", r.steps},
                   {"energy_eV", r.energy},
                   {"max_force_eV_per_A", r.maxForce},
                   {"max_stress_GPa", r.maxStressGPa},
                   {"force_spread", spread},
                   {"volume_A3", r.structure.lattice.volume()},
                   {"lengths_A", {lengths[0], lengths[1], lengths[2]}},
                   {"angles_deg", {angles[0], angles[1], angles[2]}},
                   {"file", o.out}});
    } else {
        fmt::print(
            "{} steps, energy {:.6f} eV, max force {:.4f} eV/Å, max stress {:.3f} GPa, volume {:.3f} Å³\n",
            r.steps, r.energy, r.maxForce, r.maxStressGPa, r.structure.lattice.volume());
        if (r.spread.evaluations > 0) {
            fmt::print("force spread of the committee at most {:.3f} eV/Å (atom {}, step {}){}\n",
                       r.spread.worst.spread, r.spread.worst.atom + 1, r.spread.worst.step,
                       r.spread.exceeded > 0 ? fmt::format(", above the threshold of {:g} eV/Å", threshold)
                                             : std::string());
        }
    }
}

int relaxFile(Options& o) {
    if (o.fixedCell) o.settings.cell = dynamics::CellFilter::Fixed;
    dynamics::checkSettings(o.settings);
    const auto structure = io::readStructure(o.file);
    auto potential = workflow::openPotentialFor(structure, o.potential, o.threads);
    o.settings.uncertainty = dynamics::resolvedSettings(o.settings.uncertainty, potential->info());
    dynamics::RelaxResult result;
    bool stopped = false;
    std::string distrust;
    {
        const SignalStop signals;
        ProgressBar progress;
        try {
            result = dynamics::relax(structure, *potential, o.settings, signals.token(), progress,
                                     [&](const dynamics::RelaxStep& step) {
                                         result.structure = *step.structure;
                                         result.energy = step.energy;
                                         result.maxForce = step.maxForce;
                                         result.maxStressGPa = step.maxStressGPa;
                                         result.steps = step.step;
                                     });
        } catch (const Cancelled&) {
            stopped = true;
        } catch (const dynamics::SpreadStop& stop) {
            distrust = stop.what();
        }
    }
    if (stopped && result.structure.size() == 0) throw Cancelled();
    report(o, result, o.settings.uncertainty.thresholdEvPerA);
    const std::string kept = o.out.empty() ? "" : "; the cell so far is in " + o.out;
    if (stopped) {
        fmt::print(stderr, "ionscape-cli: interrupted{}\n", kept);
        return interrupted;
    }
    if (!distrust.empty()) {
        printError(distrust + kept);
        return failed;
    }
    if (!result.converged) {
        printError(
            fmt::format("not converged within {} steps{}; give more --steps", o.settings.maxSteps, kept));
        return failed;
    }
    return success;
}

}  // namespace

void addRelax(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("relax", "Relax the atoms and the cell of a structure");
    auto o = std::make_shared<Options>();
    command->add_option("file", o->file, "Structure file (CIF, POSCAR, extxyz)")->required();
    command->add_option("--out", o->out, "Structure file to write (.cif, .vasp, .xyz)");
    auto* fixed = command->add_flag("--fixed-cell", o->fixedCell, "Move the atoms only (as --cell fixed)");
    command
        ->add_option_function<std::string>(
            "--cell", [o](const std::string& name) { o->settings.cell = dynamics::cellFilterFromName(name); },
            "What of the cell may change: fixed, isotropic (its size) or full")
        ->check(CLI::IsMember({"fixed", "isotropic", "full"}))
        ->default_str("full")
        ->excludes(fixed);
    command
        ->add_option_function<std::string>(
            "--minimiser",
            [o](const std::string& name) { o->settings.minimiser = dynamics::minimiserFromName(name); },
            "fire or l-bfgs")
        ->check(CLI::IsMember({"fire", "l-bfgs"}))
        ->default_str(dynamics::minimiserName(o->settings.minimiser));
    command->add_option("--steps", o->settings.maxSteps, "Most steps")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command->add_option("--fmax", o->settings.forceTolerance, "Largest force left, eV/Å")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--smax", o->settings.stressToleranceGPa, "Largest stress component left, GPa")
        ->check(positiveNumber)
        ->capture_default_str();
    addPotentialOptions(*command, o->potential, o->threads);
    addSpreadOptions(*command, o->settings.uncertainty);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return relaxFile(*o); }; });
}

}  // namespace ionscape::cli
