// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_decorations.h"

#include <CLI/CLI.hpp>

#include "app/cli_common.h"
#include "core/builder/fitting_cell.h"

namespace ionscape::cli {

namespace {

void addCellOptions(CLI::App& command, DecorationOptions& o) {
    auto* primitive =
        command.add_flag("--primitive", o.primitive, "The primitive cell instead of the host's MD supercell");
    auto* smallest = command.add_flag("--smallest", o.smallest,
                                      "The smallest compact supercell that holds the formula in whole atoms");
    auto* cells =
        command.add_option("--cells", o.cells, "The most compact supercell of so many primitive cells");
    cells->check(positiveNumber);
    primitive->excludes(smallest)->excludes(cells);
    smallest->excludes(cells);
}

}  // namespace

void addDecorationOptions(CLI::App& command, DecorationOptions& o, bool formula) {
    auto& s = o.settings;
    if (formula)
        command.add_option("--formula", o.formula, "Formula of the host's composition space")->required();
    command.add_option("--host", o.host, "Host framework: name or JSON file")->capture_default_str();
    command.add_option("--seed", s.seed, "Seed of the first member; the next ones have the next seeds")
        ->capture_default_str();
    addCellOptions(command, o);
    command
        .add_option("--method", o.method,
                    "random; ewald (lowest formal-charge energy of many); sqs (pair correlations of a random "
                    "alloy); mc (Metropolis exchanges with a potential); all (every distinct one)")
        ->capture_default_str();
    command.add_option("--ensemble,--members", o.members, "Number of decorations")
        ->check(positiveNumber)
        ->capture_default_str();
    command.add_flag("--distinct", s.distinct, "Leave out what symmetry makes the same");
    command.add_option("--draws", s.draws, "ewald: random decorations to choose from")
        ->check(positiveNumber)
        ->capture_default_str();
    command.add_option("--exchanges", s.exchanges, "ewald: annealing steps that improve each of the best")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command.add_option("--shells", s.pairs.shells, "sqs: shells of neighbours")
        ->check(positiveNumber)
        ->capture_default_str();
    command
        .add_option("--sublattices", s.pairs.sublattices,
                    "sqs, mc: sublattices to arrange (A,B,...); by default the mixed ones (sqs) or all (mc)")
        ->delimiter(',');
    command.add_option("--anneal", s.annealingSteps, "sqs: steps of the annealing")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command.add_option("--temperature", s.temperature, "mc: temperature, K")
        ->check(positiveNumber)
        ->capture_default_str();
    command.add_option("--moves", s.samplingSteps, "mc: exchanges proposed for each member")
        ->check(nonNegativeNumber)
        ->capture_default_str();
}

builder::EnsembleSettings settingsOf(const DecorationOptions& o, const composition::Host& host) {
    builder::EnsembleSettings settings = o.settings;
    settings.method = builder::ensembleMethod(o.method);
    settings.members = o.members;
    if (o.primitive) settings.supercell = IntMat3::Identity();
    if (o.cells > 0) settings.supercell = builder::compactSupercell(host.primitiveCell().lattice, o.cells);
    if (o.smallest) {
        settings.supercell =
            builder::smallestFittingCell(host, composition::parseFormula(o.formula)).supercell;
    }
    return settings;
}

}  // namespace ionscape::cli
