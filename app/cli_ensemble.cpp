// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli ensemble: many decorations of one composition, relaxed; what depends on the arrangement.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/cli_decorations.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/workflow/ensemble_run.h"

namespace ionscape::cli {

namespace {

struct Options {
    workflow::EnsembleSpec spec;
    DecorationOptions decorations;
    bool fixedCell = false, noRelax = false, json = false;
};

nlohmann::json toJson(const std::optional<MeanSpread>& m) {
    if (!m) return nullptr;
    return {{"mean", m->mean},
            {"standard_deviation", m->standardDeviation},
            {"standard_error", m->standardError},
            {"minimum", m->minimum},
            {"maximum", m->maximum},
            {"n", m->n}};
}

void report(const Options& o, const workflow::EnsembleSummary& s) {
    if (o.json) {
        printJson({{"formula", s.formula},
                   {"atoms", s.atoms},
                   {"potential", s.potential},
                   {"method", builder::methodName(o.spec.ensemble.method)},
                   {"members", s.members.size()},
                   {"skipped", s.skipped},
                   {"failed", s.failed},
                   {"not_converged", s.unfinished},
                   {"energy_eV_per_atom", toJson(s.energyPerAtom)},
                   {"volume_A3", toJson(s.volume)},
                   {"file", o.spec.output}});
        return;
    }
    fmt::print("{}: {} members of {} atoms, {} found in the file, {} failed, {} not converged\n",
               o.spec.output.string(), s.members.size(), s.atoms, s.skipped, s.failed, s.unfinished);
    if (!s.energyPerAtom) return;
    const MeanSpread &e = *s.energyPerAtom, &v = *s.volume;
    fmt::print(
        "energy {:.5f} ± {:.2f} meV/atom (standard deviation; mean uncertain by {:.2f} meV), range {:.2f}\n",
        e.mean, 1e3 * e.standardDeviation, 1e3 * e.standardError, 1e3 * (e.maximum - e.minimum));
    fmt::print("volume {:.2f} ± {:.2f} Å³ ({:.2f} %; mean uncertain by {:.2f} Å³), range {:.2f}\n", v.mean,
               v.standardDeviation, 100.0 * v.standardDeviation / v.mean, v.standardError,
               v.maximum - v.minimum);
}

int ensemble(Options& o) {
    o.spec.formula = o.decorations.formula;
    o.spec.host = o.decorations.host;
    o.spec.ensemble = settingsOf(o.decorations, composition::findHost(o.spec.host));
    o.spec.relax = !o.noRelax;
    if (o.fixedCell) o.spec.relaxSettings.cell = dynamics::CellFilter::Fixed;
    workflow::EnsembleSummary summary;
    {
        const SignalStop signals;
        ProgressBar progress;
        try {
            writeOutput(o.spec.output,
                        [&] { summary = workflow::runEnsemble(o.spec, signals.token(), progress); });
        } catch (const Cancelled&) {
            fmt::print(stderr,
                       "ionscape-cli: interrupted; the members done so far are in {}. Repeat the command to "
                       "continue\n",
                       o.spec.output.string());
            return interrupted;
        }
    }
    report(o, summary);
    return summary.energyPerAtom ? success : failed;
}

}  // namespace

void addEnsemble(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "ensemble", "Relax many decorations of one composition: mean and spread; continues a file begun");
    auto o = std::make_shared<Options>();
    o->decorations.members = 10;
    o->spec.relaxSettings.maxSteps = 2000;  // a cell as built is far from relaxed: 400 to 800 are usual
    addDecorationOptions(*command, o->decorations);
    command->add_option("--out", o->spec.output, "File to write or to continue: one JSON line a member")
        ->capture_default_str();
    command->add_option("--structures", o->spec.structures, "Extended XYZ file of the relaxed cells");
    command->add_flag("--no-relax", o->noRelax, "Energies of the cells as built");
    command->add_flag("--fixed-cell", o->fixedCell, "Move the atoms only");
    command->add_option("--steps", o->spec.relaxSettings.maxSteps, "Most steps of a relaxation")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command->add_option("--fmax", o->spec.relaxSettings.forceTolerance, "Largest force left, eV/Å")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--smax", o->spec.relaxSettings.stressToleranceGPa, "Largest stress left, GPa")
        ->check(positiveNumber)
        ->capture_default_str();
    addPotentialOptions(*command, o->spec.potential, o->spec.threads);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return ensemble(*o); }; });
}

}  // namespace ionscape::cli
