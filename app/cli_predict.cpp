// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli predict: energy, forces, stress and magnetic moments of structures as they are.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/io/structure_file.h"
#include "core/workflow/open_potential.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;

struct Options {
    std::string file, potential;
    int threads = 0;
    bool json = false;
};

json frameJson(const potential::Evaluation& e) {
    json forces = json::array();
    for (Eigen::Index i = 0; i < e.forces.cols(); ++i) {
        forces.push_back({e.forces(0, i), e.forces(1, i), e.forces(2, i)});
    }
    json stress = json::array();
    for (int i = 0; i < 3; ++i) {
        stress.push_back({(*e.stressGPa)(i, 0), (*e.stressGPa)(i, 1), (*e.stressGPa)(i, 2)});
    }
    json frame = {{"energy_eV", e.energy}, {"forces_eV_per_A", forces}, {"stress_GPa", stress}};
    if (e.magmoms) frame["magmom_muB"] = std::vector<double>(e.magmoms->begin(), e.magmoms->end());
    return frame;
}

int predict(const Options& o) {
    const SignalStop signals;
    ProgressBar progress;
    const auto structures = io::readStructures(o.file);
    auto potential = workflow::openPotentialFor(structures.front().structure, o.potential, o.threads);
    std::vector<potential::Evaluation> results;
    for (const auto& labelled : structures) {
        throwIfStopped(signals.token());
        results.push_back(potential->evaluate(labelled.structure, {.stress = true, .magmoms = true}));
        progress.report("predict", static_cast<std::int64_t>(results.size()),
                        static_cast<std::int64_t>(structures.size()), "");
    }
    if (o.json) {
        json frames = json::array();
        for (const auto& e : results)
            frames.push_back(frameJson(e));
        printJson({{"frames", frames}});
        return success;
    }
    fmt::print("{:>6} {:>6} {:>16} {:>14} {:>16} {:>14}\n", "frame", "atoms", "energy/eV", "eV/atom",
               "max force/eV/Å", "pressure/GPa");
    for (std::size_t i = 0; i < results.size(); ++i) {
        const auto& e = results[i];
        const auto atoms = e.forces.cols();
        fmt::print("{:>6} {:>6} {:>16.6f} {:>14.6f} {:>15.4f} {:>14.4f}\n", i + 1, atoms, e.energy,
                   e.energy / static_cast<double>(atoms), e.forces.colwise().norm().maxCoeff(),
                   -e.stressGPa->trace() / 3.0);
    }
    return success;
}

}  // namespace

void addPredict(CLI::App& program, Action& action) {
    auto* command =
        program.add_subcommand("predict", "Energy, forces and stress of the structures in a file");
    auto o = std::make_shared<Options>();
    command->add_option("file", o->file, "Structure file (CIF, POSCAR, extxyz); atoms keep their order")
        ->required();
    addPotentialOptions(*command, o->potential, o->threads);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return predict(*o); }; });
}

}  // namespace ionscape::cli
