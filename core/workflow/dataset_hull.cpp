// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/dataset_hull.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "core/base/parallel.h"

namespace ionscape::workflow {

namespace {

using composition::PhaseEntry;

/// Of the cell itself: formulas are rounded.
composition::Formula formulaOf(const crystal::Structure& cell) {
    composition::Formula formula;
    for (const auto& [element, count] : cell.elementCounts())
        formula.emplace_back(element, count);
    return formula;
}

}  // namespace

std::vector<double> energiesAboveHull(const std::vector<CampaignRecord>& records,
                                      const std::vector<PhaseEntry>& others) {
    std::vector<PhaseEntry> entries = others;
    std::map<std::string, std::size_t> entryOf;
    const auto counts = [](const CampaignRecord& record) {
        return record.converged && record.relaxed.size() > 0 && std::isfinite(record.energyPerAtom);
    };
    for (const auto& record : records) {
        if (!counts(record)) continue;
        const auto [at, isNew] = entryOf.emplace(record.job.formula, entries.size());
        if (isNew) entries.push_back({record.job.formula, formulaOf(record.relaxed), record.energyPerAtom});
        auto& lowest = entries[at->second].energyPerAtom;
        lowest = std::min(lowest, record.energyPerAtom);
    }
    std::vector<double> energies(records.size(), std::numeric_limits<double>::quiet_NaN());
    if (entryOf.empty()) return energies;
    const composition::ConvexHull hull(std::move(entries));
    // Of the compositions that others compete for; by entry.
    std::vector<std::optional<double>> hullEnergies(hull.entries().size());
    const auto compete = [&](std::ptrdiff_t i) {
        const auto entry = others.size() + static_cast<std::size_t>(i);
        if (const auto rivals = hull.competition(entry))
            hullEnergies[entry] = std::min(rivals->energyPerAtom, hull.entries()[entry].energyPerAtom);
    };
    forEachInParallel(std::ssize(entryOf), compete);
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (!counts(records[i])) continue;
        if (const auto& lowest = hullEnergies[entryOf.at(records[i].job.formula)])
            energies[i] = records[i].energyPerAtom - *lowest;
    }
    return energies;
}

}  // namespace ionscape::workflow
