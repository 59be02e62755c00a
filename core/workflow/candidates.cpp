// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/candidates.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/composition/descriptors.h"

namespace ionscape::workflow {

namespace {

std::optional<double> known(double value) {
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<composition::Composition> compositionOf(const composition::Host& host,
                                                      const std::string& formula) {
    try {
        return composition::compositionFromFormula(host, composition::parseFormula(formula),
                                                   composition::mixedSitesInSupercell(host));
    } catch (const InputError&) {
        return std::nullopt;
    }
}

/// Those that every composition has, as numbers.
std::vector<std::size_t> plainColumns(const composition::DescriptorSet& descriptors) {
    std::vector<std::size_t> plain;
    for (std::size_t c = 0; c < descriptors.columns().size(); ++c) {
        const auto& column = descriptors.columns()[c];
        if (column.undefined.empty() && column.classes.empty()) plain.push_back(c);
    }
    return plain;
}

}  // namespace

Candidates candidatesOf(const LearningData& data, const SurrogateView& view,
                        const surrogate::TargetDefinition& target) {
    const auto host = composition::findHost(data.host);
    const composition::DescriptorSet descriptors(host);
    const auto plain = plainColumns(descriptors);
    const auto hull = std::find_if(data.targets.begin(), data.targets.end(), [&](const LearningTarget& one) {
        return one.definition.name == hullTargetName && target.name != hullTargetName &&
               std::any_of(view.rows.begin(), view.rows.end(),
                           [&](std::size_t row) { return std::isfinite(one.values[row]); });
    });
    Candidates candidates;
    auto& [columns, values] = candidates.table;
    columns = {{"predicted", target.unit}, {"error", target.unit}, {"distance", ""}};
    if (hull != data.targets.end()) columns.push_back({hullTargetName, hull->definition.unit});
    for (const auto c : plain)
        columns.push_back({descriptors.columns()[c].id, descriptors.columns()[c].unit});
    values.resize(columns.size());
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
        const auto row = view.rows[i];
        const auto composition = compositionOf(host, data.rows[row].formula);
        if (!composition) continue;
        candidates.rows.push_back(row);
        const auto k = static_cast<Eigen::Index>(i);
        std::size_t column = 0;
        values[column++].push_back(view.predicted.mean[k]);
        values[column++].push_back(view.predicted.standardDeviation[k]);
        values[column++].push_back(view.predicted.distance[k]);
        if (hull != data.targets.end()) values[column++].push_back(known(hull->values[row]));
        for (const auto c : plain)
            values[column++].push_back(known(descriptors.value(c, *composition)));
    }
    return candidates;
}

}  // namespace ionscape::workflow
