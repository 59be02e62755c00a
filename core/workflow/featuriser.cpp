// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/featuriser.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/composition/descriptors.h"
#include "core/surrogate/structural_features.h"

namespace ionscape::workflow {

namespace {

using surrogate::Feature;

const std::map<std::string, FeatureKind>& kindNames() {
    static const std::map<std::string, FeatureKind> names{{"multinary", FeatureKind::Multinary},
                                                          {"quaternary", FeatureKind::Quaternary},
                                                          {"cell", FeatureKind::AllOfCell},
                                                          {"composition", FeatureKind::Composition}};
    return names;
}

Feature featureOf(const composition::Column& column) {
    return {column.id, column.unit, column.title, column.source};
}

}  // namespace

FeatureKind featureKindFromName(const std::string& name) {
    const auto found = kindNames().find(name);
    if (found == kindNames().end()) {
        throw InputError(fmt::format(
            "there are no features called \"{}\"; take multinary, quaternary, cell or composition", name));
    }
    return found->second;
}

std::string featureKindName(FeatureKind kind) {
    for (const auto& [name, value] : kindNames())
        if (value == kind) return name;
    return {};
}

/// All that can be measured, and which of it is wanted.
struct Featuriser::Source {
    composition::Host host;
    composition::DescriptorSet descriptors;
    surrogate::FeatureContext context;
    std::vector<Feature> ofCell;
    struct Place {
        bool cell = false;
        std::size_t index = 0;
    };
    std::vector<Place> places;

    explicit Source(const composition::Host& of)
        : host(of),
          descriptors(of),
          context(surrogate::featureContext(of)),
          ofCell(surrogate::structuralFeatureDefinitions(context)) {}

    void add(bool cell, std::size_t index, std::vector<Feature>& features) {
        places.push_back({cell, index});
        features.push_back(cell ? ofCell[index] : featureOf(descriptors.columns()[index]));
    }
};

Featuriser::Featuriser(const composition::Host& host, FeatureKind kind) {
    auto source = std::make_shared<Source>(host);
    if (kind == FeatureKind::Composition) {
        const auto& columns = source->descriptors.columns();
        const auto sample = source->descriptors.values(composition::defaultComposition(host));
        for (std::size_t c = 0; c < columns.size(); ++c) {
            // Classes are no quantities, and what the host leaves undefined is no number.
            if (columns[c].undefined.empty() && columns[c].classes.empty() && std::isfinite(sample[c]))
                source->add(false, c, features_);
        }
    } else if (kind == FeatureKind::AllOfCell) {
        for (std::size_t f = 0; f < source->ofCell.size(); ++f)
            source->add(true, f, features_);
    } else {
        const auto set = kind == FeatureKind::Multinary ? surrogate::FeatureSet::Multinary
                                                        : surrogate::FeatureSet::Quaternary;
        for (const auto& name : surrogate::featureNames(source->context, set))
            source->add(true, surrogate::featureIndex(source->ofCell, name), features_);
    }
    needsCell_ = kind != FeatureKind::Composition;
    source_ = std::move(source);
}

Featuriser::Featuriser(const composition::Host& host, const std::vector<Feature>& wanted) {
    auto source = std::make_shared<Source>(host);
    const auto& columns = source->descriptors.columns();
    const auto inComposition = [&](const Feature& feature) {
        const auto column = source->descriptors.find(feature.name);
        return column && columns[*column].id == feature.name && columns[*column].unit == feature.unit
                   ? column
                   : std::nullopt;
    };
    const auto inCell = [&](const Feature& feature) -> std::optional<std::size_t> {
        const auto& all = source->ofCell;
        const auto found = std::find_if(all.begin(), all.end(), [&](const Feature& one) {
            return one.name == feature.name && one.unit == feature.unit;
        });
        return found == all.end() ? std::nullopt
                                  : std::optional(static_cast<std::size_t>(found - all.begin()));
    };
    // Some features, such as the entropy, are both: without a cell where all are of the composition.
    needsCell_ = !std::all_of(wanted.begin(), wanted.end(),
                              [&](const Feature& feature) { return inComposition(feature).has_value(); });
    for (const auto& feature : wanted) {
        const auto cell = needsCell_ ? inCell(feature) : std::nullopt;
        const auto column = inComposition(feature);
        if (!cell && !column) {
            throw InputError(fmt::format("the model wants the feature {}{}, which is none of the host {}",
                                         feature.name, feature.unit.empty() ? "" : " (" + feature.unit + ")",
                                         host.id));
        }
        source->add(cell.has_value(), cell ? *cell : *column, features_);
    }
    source_ = std::move(source);
}

surrogate::FeatureRow Featuriser::row(const std::string& formula, const crystal::Structure& cell) const {
    const auto& host = source_->host;
    return row(composition::compositionFromFormula(host, composition::parseFormula(formula),
                                                   composition::mixedSitesInSupercell(host)),
               cell);
}

surrogate::FeatureRow Featuriser::row(const composition::Composition& composition,
                                      const crystal::Structure& cell) const {
    surrogate::FeatureRow ofCell;
    if (needsCell_) {
        if (cell.size() == 0) throw InputError("there is no relaxed cell");
        // Datasets keep no labels of sites: what is predicted is measured as what was learnt from.
        auto unlabelled = cell;
        unlabelled.siteLabels.clear();
        ofCell = surrogate::structuralFeatures(unlabelled, source_->context);
    }
    surrogate::FeatureRow row;
    for (const auto& place : source_->places) {
        if (place.cell) {
            row.push_back(ofCell[place.index]);
            continue;
        }
        const double value = source_->descriptors.value(place.index, composition);
        row.push_back(std::isfinite(value) ? std::optional(value) : std::nullopt);
    }
    return row;
}

namespace {

/// Where the stored features have what is wanted, by name, unit and definition; empty when one is not there.
std::vector<std::size_t> storedColumns(const StoredFeatures& stored, const std::vector<Feature>& wanted) {
    std::vector<std::size_t> columns;
    for (const auto& feature : wanted) {
        const auto& all = stored.features;
        const auto found = std::find_if(all.begin(), all.end(), [&](const Feature& one) {
            return one.name == feature.name && one.unit == feature.unit && one.meaning == feature.meaning;
        });
        if (found == all.end()) return {};
        columns.push_back(static_cast<std::size_t>(found - all.begin()));
    }
    return columns;
}

/// Empty when nothing of it is stored, as for rows that were appended later.
surrogate::FeatureRow storedRow(const StoredFeatures& stored, const std::vector<std::size_t>& columns,
                                std::size_t row) {
    surrogate::FeatureRow values;
    if (row >= stored.rows.size() || stored.rows[row].empty()) return values;
    bool any = false;
    for (const auto column : columns) {
        values.push_back(stored.rows[row][column]);
        any = any || values.back();
    }
    return any ? values : surrogate::FeatureRow();
}

}  // namespace

FeatureMatrix featureMatrix(const LearningData& data, const Featuriser& featuriser,
                            const std::stop_token& stop, ProgressSink& progress) {
    FeatureMatrix matrix;
    matrix.features = featuriser.features();
    const auto n = data.rows.size();
    const auto stored = storedColumns(data.stored, matrix.features);
    for (std::size_t i = 0; i < n; ++i) {
        throwIfStopped(stop);
        progress.report("features", static_cast<std::int64_t>(i), static_cast<std::int64_t>(n), {});
        matrix.rows.emplace_back();
        matrix.problems.emplace_back();
        if (auto known = storedRow(data.stored, stored, i); !known.empty()) {
            matrix.rows.back() = std::move(known);
            continue;
        }
        try {
            matrix.rows.back() = featuriser.row(data.rows[i].formula, data.rows[i].cell);
        } catch (const InputError& error) {
            matrix.problems.back() = error.what();
        }
    }
    return matrix;
}

}  // namespace ionscape::workflow
