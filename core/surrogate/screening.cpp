// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/screening.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/composition/filter_expression.h"
#include "core/surrogate/pareto.h"

namespace ionscape::surrogate {

namespace {

using Rows = std::vector<std::size_t>;

Rows matching(const CandidateTable& table, const std::string& filter) {
    std::vector<composition::Column> columns;
    for (const auto& c : table.columns) {
        auto& column = columns.emplace_back();
        column.id = column.title = c.name;
        column.unit = c.unit;
    }
    const composition::FilterExpression expression(filter, columns);
    Rows rows;
    std::vector<double> values(expression.columns().size());
    for (std::size_t i = 0; i < table.rows(); ++i) {
        for (std::size_t k = 0; k < values.size(); ++k) {
            // The expression knows a gap as a value that is not a number.
            values[k] =
                table.values[expression.columns()[k]][i].value_or(std::numeric_limits<double>::quiet_NaN());
        }
        if (expression.matches(values)) rows.push_back(i);
    }
    return rows;
}

/// Those of the rows that have a value in each of these columns.
std::vector<std::size_t> complete(const CandidateTable& table, const std::vector<ScreenedRow>& rows,
                                  const Rows& columns) {
    std::vector<std::size_t> positions;
    for (std::size_t k = 0; k < rows.size(); ++k) {
        const bool all = std::all_of(columns.begin(), columns.end(),
                                     [&](std::size_t c) { return table.values[c][rows[k].row].has_value(); });
        if (all) positions.push_back(k);
    }
    return positions;
}

Eigen::VectorXd valuesOf(const CandidateTable& table, const std::vector<ScreenedRow>& rows,
                         const std::vector<std::size_t>& positions, std::size_t column) {
    Eigen::VectorXd values(static_cast<Eigen::Index>(positions.size()));
    for (std::size_t k = 0; k < positions.size(); ++k)
        values[static_cast<Eigen::Index>(k)] = *table.values[column][rows[positions[k]].row];
    return values;
}

void addScores(const CandidateTable& table, const std::vector<WeightedColumn>& terms, ScreenResult& result) {
    Rows columns;
    for (const auto& term : terms)
        columns.push_back(table.column(term.name));
    const auto positions = complete(table, result.rows, columns);
    result.incomplete = std::max(result.incomplete, result.rows.size() - positions.size());
    std::vector<ScoreTerm> weighted;
    for (std::size_t t = 0; t < terms.size(); ++t)
        weighted.push_back({valuesOf(table, result.rows, positions, columns[t]), terms[t].weight});
    const auto scores = compositeScore(weighted);
    for (std::size_t k = 0; k < positions.size(); ++k)
        result.rows[positions[k]].score = scores[static_cast<Eigen::Index>(k)];
}

void addFronts(const CandidateTable& table, const std::vector<ObjectiveColumn>& wanted,
               ScreenResult& result) {
    Rows columns;
    Objectives objectives;
    for (const auto& objective : wanted) {
        columns.push_back(table.column(objective.name));
        objectives.maximise.push_back(objective.maximise);
    }
    const auto positions = complete(table, result.rows, columns);
    result.incomplete = std::max(result.incomplete, result.rows.size() - positions.size());
    if (positions.empty()) return;
    objectives.values.resize(static_cast<Eigen::Index>(positions.size()),
                             static_cast<Eigen::Index>(columns.size()));
    for (std::size_t c = 0; c < columns.size(); ++c)
        objectives.values.col(static_cast<Eigen::Index>(c)) =
            valuesOf(table, result.rows, positions, columns[c]);
    const auto fronts = paretoFronts(objectives);
    for (std::size_t k = 0; k < positions.size(); ++k)
        result.rows[positions[k]].front = fronts[k];
    result.hypervolume = hypervolume(objectives, worstPoint(objectives));
}

void sortRows(const CandidateTable& table, const ScreenRequest& request, ScreenResult& result) {
    const auto order = [&](const auto& valueOf, bool ascending) {
        std::stable_sort(result.rows.begin(), result.rows.end(),
                         [&](const ScreenedRow& a, const ScreenedRow& b) {
                             const auto x = valueOf(a), y = valueOf(b);
                             if (x.has_value() != y.has_value()) return x.has_value();
                             return x && y && (ascending ? *x < *y : *x > *y);
                         });
    };
    if (!request.rankBy.empty()) {
        const auto column = table.column(request.rankBy);
        order([&](const ScreenedRow& r) { return table.values[column][r.row]; }, request.ascending);
    } else if (!request.score.empty()) {
        order([](const ScreenedRow& r) { return r.score; }, request.ascending);
    } else if (!request.objectives.empty()) {
        order([](const ScreenedRow& r) { return r.front; }, true);
    }
}

}  // namespace

std::size_t CandidateTable::column(const std::string& name) const {
    std::vector<std::string> names;
    for (std::size_t j = 0; j < columns.size(); ++j) {
        if (columns[j].name == name) return j;
        names.push_back(columns[j].name);
    }
    const auto close = closeNames(name, names);
    throw InputError(close.empty() ? fmt::format("there is no column of numbers called {}; there are {}",
                                                 name, fmt::join(names, ", "))
                                   : fmt::format("there is no column of numbers called {}; did you mean {}?",
                                                 name, fmt::join(close, " or ")));
}

CandidateTable candidateTable(const CsvTable& file) {
    CandidateTable table;
    for (std::size_t c = 0; c < file.columns().size(); ++c) {
        if (!file.isNumeric(c)) continue;
        table.columns.push_back(file.columns()[c]);
        auto& values = table.values.emplace_back();
        for (std::size_t i = 0; i < file.rows(); ++i)
            values.push_back(file.number(i, c));
    }
    if (table.columns.empty())
        throw InputError(fmt::format("{}: has no column of numbers", file.file().string()));
    return table;
}

ScreenResult screen(const CandidateTable& table, const ScreenRequest& request) {
    if (!(request.limits.medium < request.limits.high))
        throw InputError("the limit of medium mobility must be below that of high mobility");
    ScreenResult result;
    for (const auto row : matching(table, request.filter))
        result.rows.push_back({row, std::nullopt, std::nullopt, std::nullopt});
    if (!request.score.empty()) addScores(table, request.score, result);
    if (!request.objectives.empty()) addFronts(table, request.objectives, result);
    if (!request.classOf.empty()) {
        const auto column = table.column(request.classOf);
        for (auto& row : result.rows) {
            if (const auto& value = table.values[column][row.row])
                row.mobility = mobilityClass(*value, request.limits);
        }
    }
    sortRows(table, request, result);
    return result;
}

}  // namespace ionscape::surrogate
