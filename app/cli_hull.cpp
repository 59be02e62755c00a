// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli hull: formation energies, the convex hull, and what decomposes into what.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/cli_decorations.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/atomic_file.h"
#include "core/composition/phase_csv.h"
#include "core/workflow/phase_line.h"

namespace ionscape::cli {

namespace {

using composition::ConvexHull;
using composition::PhaseEntry;
using nlohmann::json;

struct Options {
    std::vector<std::string> entries, formulas, references;
    std::string csv;
    workflow::PhaseLineSpec line;
    DecorationOptions decorations;
    bool json = false;
};

/// One line of the table.
struct Row {
    PhaseEntry entry;
    std::optional<double> formation;  ///< eV/atom
    double aboveHull = 0.0;           ///< eV/atom
    std::optional<double> decomposition;
    std::string products;
};

std::vector<PhaseEntry> lineEntries(Options& o) {
    o.line.each.host = o.decorations.host;
    const auto host = composition::findHost(o.decorations.host);
    if (o.decorations.smallest)
        throw InputError("--smallest would give each composition another cell; use --cells or --primitive");
    o.line.each.ensemble = settingsOf(o.decorations, host);
    const SignalStop signals;
    ProgressBar progress;
    return workflow::phaseEntries(workflow::runPhaseLine(o.line, signals.token(), progress));
}

/// End members of the formation energies: what --references names, else those of the line.
std::vector<PhaseEntry> endMembers(const Options& o, const ConvexHull& hull) {
    std::vector<PhaseEntry> members;
    for (const auto& text : o.references.empty() ? o.line.endMembers : o.references) {
        const auto formula = composition::parseFormula(text);
        members.push_back({"", formula, hull.at(formula).energyPerAtom});
    }
    return members;
}

Row rowOf(const ConvexHull& hull, std::size_t i, const std::vector<PhaseEntry>& references) {
    const PhaseEntry& entry = hull.entries()[i];
    Row row{entry, std::nullopt, hull.energyAboveHull(i), hull.decompositionEnergy(i), {}};
    if (!references.empty()) {
        try {
            row.formation = composition::formationEnergy(entry, references);
        } catch (const InputError&) {
            // Competing phases may lie off the line; they have no formation energy on it.
        }
    }
    const auto point = hull.at(entry.formula);
    row.products = composition::decompositionText(entry.formula, point, hull.entries());
    return row;
}

json rowJson(const Row& row) {
    return {{"formula", composition::formulaText(row.entry.formula, 6)},
            {"label", row.entry.label},
            {"energy_eV_per_atom", row.entry.energyPerAtom},
            {"formation_energy_eV_per_atom", row.formation ? json(*row.formation) : json()},
            {"above_hull_eV_per_atom", row.aboveHull},
            {"decomposition_energy_eV_per_atom", row.decomposition ? json(*row.decomposition) : json()},
            {"products", row.products}};
}

std::string csvText(const std::vector<Row>& rows) {
    std::string text =
        "formula,label,energy_per_atom_eV,formation_energy_eV_per_atom,above_hull_eV_per_atom,products\n";
    for (const Row& row : rows) {
        text += fmt::format("{},{},{:.8f},{},{:.8f},{}\n",
                            composition::csvField(composition::formulaText(row.entry.formula, 6)),
                            composition::csvField(row.entry.label), row.entry.energyPerAtom,
                            row.formation ? fmt::format("{:.8f}", *row.formation) : std::string(),
                            row.aboveHull, composition::csvField(row.products));
    }
    return text;
}

void printTable(const std::vector<Row>& rows) {
    fmt::print("{:<44} {:<16} {:>12} {:>10} {:>10}  {}\n", "formula", "label", "eV/atom", "E_f meV",
               "E_hull meV", "on the hull");
    for (const Row& row : rows) {
        fmt::print("{:<44} {:<16} {:>12.5f} {:>10} {:>10.2f}  {}\n",
                   composition::formulaText(row.entry.formula), row.entry.label, row.entry.energyPerAtom,
                   row.formation ? fmt::format("{:.2f}", 1e3 * *row.formation) : std::string("-"),
                   1e3 * row.aboveHull, row.products);
    }
}

/// Mixtures of lowest energy at the compositions that were asked for besides.
json pointsJson(const Options& o, const ConvexHull& hull) {
    auto list = json::array();
    for (const auto& text : o.formulas) {
        const auto formula = composition::parseFormula(text);
        const auto point = hull.at(formula);
        const auto products = composition::decompositionText(formula, point, hull.entries());
        if (!o.json) fmt::print("{}: {:.5f} eV/atom on the hull\n", products, point.energyPerAtom);
        list.push_back(
            {{"formula", text}, {"hull_eV_per_atom", point.energyPerAtom}, {"products", products}});
    }
    return list;
}

int hullOf(Options& o) {
    if (o.entries.empty() && o.line.endMembers.empty())
        throw InputError("a hull needs --entries, --line or both; see ionscape-cli hull --help");
    std::vector<PhaseEntry> entries;
    for (const auto& file : o.entries) {
        for (auto& entry : composition::readPhaseEntries(file))
            entries.push_back(std::move(entry));
    }
    if (!o.line.endMembers.empty()) {
        for (auto& entry : lineEntries(o))
            entries.push_back(std::move(entry));
    }
    const ConvexHull hull(std::move(entries));
    const auto references = endMembers(o, hull);
    std::vector<Row> rows;
    for (std::size_t i = 0; i < hull.entries().size(); ++i)
        rows.push_back(rowOf(hull, i, references));
    if (!o.csv.empty()) writeOutput(o.csv, [&] { writeTextAtomically(o.csv, csvText(rows)); });
    if (!o.json) printTable(rows);
    const json points = pointsJson(o, hull);
    if (o.json) {
        auto list = json::array();
        for (const Row& row : rows)
            list.push_back(rowJson(row));
        printJson({{"phases", list}, {"points", points}});
    }
    return success;
}

}  // namespace

void addHull(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "hull", "Phase stability: formation energies, energies above the convex hull, decomposition");
    auto o = std::make_shared<Options>();
    o->line.each.relaxSettings.maxSteps = 2000;
    command->add_option(
        "--entries", o->entries,
        "CSV files with columns formula, energy_per_atom or energy_per_formula_unit (eV), label");
    command->add_option("--line", o->line.endMembers,
                        "Two or more formulas of the host: compositions between them are built and relaxed");
    command->add_option("--points", o->line.points, "Compositions on each edge, end members included")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--work", o->line.folder, "Folder for the relaxations, continued when it exists")
        ->capture_default_str();
    command->add_option("--at", o->formulas, "Also say what these compositions decompose into");
    command->add_option("--references", o->references,
                        "End members of the formation energies; by default those of --line");
    command->add_option("--csv", o->csv, "Write the table to this CSV file");
    command->add_option("--steps", o->line.each.relaxSettings.maxSteps, "Most steps of a relaxation")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    addDecorationOptions(*command, o->decorations, false);
    addPotentialOptions(*command, o->line.each.potential, o->line.each.threads);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return hullOf(*o); }; });
}

}  // namespace ionscape::cli
