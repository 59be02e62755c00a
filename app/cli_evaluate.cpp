// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli evaluate: errors of a potential against labelled structures.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/training/evaluate.h"
#include "core/workflow/open_potential.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::vector<std::string> labels;
    std::string potential;
    int threads = 0;
    bool json = false;
};

void printCalibration(const training::Calibration& c) {
    fmt::print(
        "\nforce spread of the committee against its force error, {} atoms: Spearman {:.3f}, error per "
        "spread {:.2f}\n",
        c.atoms, c.spearman, c.scale);
    fmt::print(
        "spread of an atom: median {:.4f}, 99 % below {:.4f} eV/Å; largest in a frame: median {:.4f}, at "
        "most {:.4f} eV/Å\n",
        c.median, c.quantile99, c.frameMedian, c.frameMaximum);
    fmt::print("{:<8}{:>16}{:>16}\n", "decile", "spread, eV/Å", "error, eV/Å");
    int number = 0;
    for (const auto& bin : c.deciles)
        fmt::print("{:<8}{:>14.4f}{:>14.4f}\n", ++number, bin.meanSpread, bin.meanError);
}

int evaluateLabels(const Options& o) {
    const SignalStop signals;
    ProgressBar progress;
    const auto dataset = training::readDataset({o.labels.begin(), o.labels.end()});
    auto potential = workflow::openPotentialFor(dataset.frames.front().structure, o.potential, o.threads);
    training::CalibrationAccumulator calibration;
    const auto m = training::evaluate(*potential, dataset, signals.token(), progress, &calibration);
    if (o.json) {
        auto object = training::metricsToJson(m);
        if (!calibration.empty()) object["committee"] = training::calibrationToJson(calibration.result());
        printJson(object);
        return success;
    }
    fmt::print("{} frames, mean |F| {:.4f} eV/Å\n{:<10}{:>12}{:>12}\n", m.frames, m.meanForce, "", "MAE",
               "RMSE");
    fmt::print("{:<10}{:>12.3f}{:>12.3f}  meV/atom\n", "energy", m.energyMae, m.energyRmse);
    fmt::print("{:<10}{:>12.5f}{:>12.5f}  eV/Å\n", "force", m.forceMae, m.forceRmse);
    if (m.stressFrames > 0)
        fmt::print("{:<10}{:>12.5f}{:>12.5f}  GPa\n", "stress", m.stressMae, m.stressRmse);
    if (!calibration.empty()) printCalibration(calibration.result());
    return success;
}

}  // namespace

void addEvaluate(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("evaluate", "Errors of a potential against labelled structures");
    auto o = std::make_shared<Options>();
    command->add_option("--labels", o->labels, "Extended XYZ files with energies, forces and stresses")
        ->required();
    addPotentialOptions(*command, o->potential, o->threads);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return evaluateLabels(*o); }; });
}

}  // namespace ionscape::cli
