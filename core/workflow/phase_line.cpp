// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/phase_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/builder/decorate.h"
#include "core/builder/fitting_cell.h"

namespace ionscape::workflow {

namespace {

using composition::Formula;
using composition::Host;

constexpr int mostPoints = 101;
constexpr std::size_t mostMembers = 6;

/// A formula of the host, per formula unit.
Formula perFormulaUnit(const Host& host, const std::string& text) {
    const auto fitting = builder::smallestFittingCell(host, composition::parseFormula(text));
    return composition::compositionFormula(host, fitting.composition);
}

Formula mixture(const std::vector<Formula>& members, const std::vector<double>& shares) {
    Formula mixed;
    for (std::size_t i = 0; i < members.size(); ++i) {
        for (const auto& [element, amount] : members[i]) {
            const double part = shares[i] * amount;
            if (part == 0.0) continue;
            const auto known = std::find_if(mixed.begin(), mixed.end(),
                                            [&, e = element](const auto& entry) { return entry.first == e; });
            if (known == mixed.end()) {
                mixed.emplace_back(element, part);
            } else {
                known->second += part;
            }
        }
    }
    return mixed;
}

void visitShares(std::vector<int>& parts, std::size_t at, int left, int whole,
                 std::vector<std::vector<double>>& grid) {
    if (at + 1 == parts.size()) {
        parts[at] = left;
        std::vector<double> shares;
        for (const int part : parts)
            shares.push_back(static_cast<double>(part) / whole);
        grid.push_back(std::move(shares));
        return;
    }
    for (int part = left; part >= 0; --part) {
        parts[at] = part;
        visitShares(parts, at + 1, left - part, whole, grid);
    }
}

/// The formula as the host writes it, in the order of its sublattices. Throws InputError saying which
/// composition does not fit.
Formula fitted(const Host& host, const Formula& formula, const EnsembleSpec& spec) {
    const IntMat3 supercell = spec.ensemble.supercell.value_or(host.supercellMatrix);
    try {
        const auto composition = builder::compositionInCell(host, formula, supercell);
        builder::decoratedCell(host, composition, supercell, 1);
        return composition::compositionFormula(host, composition);
    } catch (const InputError& error) {
        throw InputError(fmt::format("{}: {}; choose another number of points or another cell",
                                     composition::formulaText(formula, 6), error.what()));
    }
}

}  // namespace

std::vector<std::vector<double>> simplexGrid(std::size_t members, int points) {
    if (members < 2 || members > mostMembers)
        throw InputError(fmt::format("a line needs 2 to {} end members, not {}", mostMembers, members));
    if (points < 2 || points > mostPoints)
        throw InputError(fmt::format("a line needs 2 to {} points, not {}", mostPoints, points));
    std::vector<std::vector<double>> grid;
    std::vector<int> parts(members);
    visitShares(parts, 0, points - 1, points - 1, grid);
    return grid;
}

std::vector<LinePoint> runPhaseLine(const PhaseLineSpec& spec, const std::stop_token& stop,
                                    ProgressSink& progress) {
    const Host host = composition::findHost(spec.each.host);
    std::vector<Formula> members;
    for (const std::string& formula : spec.endMembers)
        members.push_back(perFormulaUnit(host, formula));
    std::vector<LinePoint> points;
    for (auto& shares : simplexGrid(members.size(), spec.points)) {
        const Formula formula = fitted(host, mixture(members, shares), spec.each);
        LinePoint point;
        point.shares = std::move(shares);
        point.formula = composition::formulaText(formula, 6);
        points.push_back(std::move(point));
    }
    std::error_code problem;
    std::filesystem::create_directories(spec.folder, problem);
    if (problem) throw IoError(spec.folder, "cannot be created: " + problem.message());
    for (std::size_t i = 0; i < points.size(); ++i) {
        LinePoint& point = points[i];
        progress.report("hull", static_cast<std::int64_t>(i), static_cast<std::int64_t>(points.size()),
                        point.formula);
        EnsembleSpec each = spec.each;
        each.formula = point.formula;
        each.output = spec.folder / (point.formula + ".jsonl");
        each.structures.clear();
        point.ensemble = runEnsemble(each, stop, progress);
        if (!point.ensemble.energyPerAtom) {
            throw ConvergenceError(fmt::format("{}: no decoration of this composition relaxed; see {}",
                                               point.formula, each.output.string()));
        }
        point.lowestEnergyPerAtom = point.ensemble.energyPerAtom->minimum;
    }
    return points;
}

std::vector<composition::PhaseEntry> phaseEntries(const std::vector<LinePoint>& points) {
    std::vector<composition::PhaseEntry> entries;
    for (const LinePoint& point : points)
        entries.push_back(
            {point.ensemble.potential, composition::parseFormula(point.formula), point.lowestEnergyPerAtom});
    return entries;
}

}  // namespace ionscape::workflow
