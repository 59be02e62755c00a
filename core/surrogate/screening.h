// SPDX-License-Identifier: GPL-3.0-or-later
// Filtering and ordering a table of candidates by any of its columns.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/surrogate/csv_table.h"
#include "core/surrogate/ranking.h"

namespace ionscape::surrogate {

/// Columns of numbers with gaps; one value a row.
struct CandidateTable {
    std::vector<CsvColumn> columns;
    std::vector<std::vector<std::optional<double>>> values;  ///< by column

    std::size_t rows() const { return values.empty() ? 0 : values.front().size(); }
    /// Throws InputError naming close columns.
    std::size_t column(const std::string& name) const;
};

/// All numeric columns of a file.
CandidateTable candidateTable(const CsvTable& file);

struct WeightedColumn {
    std::string name;
    double weight = 1.0;
};

struct ObjectiveColumn {
    std::string name;
    bool maximise = true;
};

/// What to do; everything may be empty.
struct ScreenRequest {
    std::string filter;                       ///< "E_hull < 0.03 and Li > 2"; see docs/space.md
    std::vector<WeightedColumn> score;        ///< of a composite score
    std::vector<ObjectiveColumn> objectives;  ///< of a Pareto front
    std::string classOf;                      ///< column of mean squared displacements, Å²
    MobilityLimits limits;
    /// Orders by this column; empty: by the score, else by the front, else as in the table.
    std::string rankBy;
    bool ascending = false;
};

struct ScreenedRow {
    std::size_t row = 0;  ///< of the table
    std::optional<double> score;
    std::optional<int> front;
    std::optional<MobilityClass> mobility;
};

struct ScreenResult {
    std::vector<ScreenedRow> rows;  ///< those that match, in order
    /// Rows that match but lack a value that the score or the objectives need; they have neither.
    std::size_t incomplete = 0;
    /// Of the front up to the worst point of all rows moved out by a tenth of the range; with objectives.
    std::optional<double> hypervolume;
};

/// Score, fronts and hypervolume are over the rows that match. Rows without a value of what orders them come
/// last. Throws InputError for a filter or columns that do not fit.
ScreenResult screen(const CandidateTable& table, const ScreenRequest& request);

}  // namespace ionscape::surrogate
