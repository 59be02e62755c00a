// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/line_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/builder/boltzmann.h"

namespace ionscape::workflow {

namespace {

using composition::Formula;
using composition::PhaseEntry;

Formula mixture(const Formula& first, const Formula& second, double fraction) {
    Formula mixed;
    for (const auto& [formula, share] : {std::pair{first, 1.0 - fraction}, std::pair{second, fraction}}) {
        if (share == 0.0) continue;
        for (const auto& [element, amount] : formula) {
            const auto known = std::find_if(mixed.begin(), mixed.end(),
                                            [&, e = element](const auto& entry) { return entry.first == e; });
            if (known == mixed.end()) {
                mixed.emplace_back(element, share * amount);
            } else {
                known->second += share * amount;
            }
        }
    }
    return mixed;
}

LineRow rowOf(const LinePoint& point, std::size_t index, const composition::ConvexHull& hull,
              const std::vector<PhaseEntry>& ends) {
    const PhaseEntry& entry = hull.entries()[index];
    const MeanSpread& energies = *point.ensemble.energyPerAtom;
    LineRow row;
    row.fraction = point.shares[1];
    row.formula = point.formula;
    row.formationEnergy = composition::formationEnergy(entry, ends);
    row.meanFormationEnergy = row.formationEnergy + (energies.mean - point.lowestEnergyPerAtom);
    row.spread = energies.n > 1 ? energies.standardDeviation : std::numeric_limits<double>::quiet_NaN();
    row.decorations = energies.n;
    row.aboveHull = hull.energyAboveHull(index);
    row.decompositionEnergy = hull.decompositionEnergy(index);
    row.products = composition::decompositionText(entry.formula, hull.at(entry.formula), hull.entries());
    return row;
}

}  // namespace

LineReport lineReport(const std::vector<LinePoint>& points, const std::vector<PhaseEntry>& competing,
                      int samples) {
    if (points.size() < 2) throw InputError("a line has at least two points: its end members");
    for (const LinePoint& point : points) {
        if (point.shares.size() != 2) {
            throw InputError(fmt::format("{} lies between {} end members; a line has two", point.formula,
                                         point.shares.size()));
        }
        if (!point.ensemble.energyPerAtom)
            throw InputError(fmt::format("{} has no energy: none of its decorations relaxed", point.formula));
    }
    auto entries = phaseEntries(points);
    const std::vector<PhaseEntry> ends{entries.front(), entries.back()};
    entries.insert(entries.end(), competing.begin(), competing.end());
    const composition::ConvexHull hull(std::move(entries));

    LineReport report;
    for (std::size_t i = 0; i < points.size(); ++i)
        report.rows.push_back(rowOf(points[i], i, hull, ends));
    const int steps = std::max(samples, 1) * (static_cast<int>(points.size()) - 1);
    for (int k = 0; k <= steps; ++k) {
        const double fraction = static_cast<double>(k) / steps;
        const Formula formula = mixture(ends[0].formula, ends[1].formula, fraction);
        const PhaseEntry mixed{"", formula, hull.at(formula).energyPerAtom};
        report.hull.push_back({fraction, composition::formationEnergy(mixed, ends)});
    }
    return report;
}

std::vector<double> hullWeights(const LineReport& report, double temperature) {
    std::vector<double> energies;
    for (const LineRow& row : report.rows)
        energies.push_back(row.aboveHull);
    return builder::boltzmannAverage(energies, {}, temperature).weights;
}

}  // namespace ionscape::workflow
