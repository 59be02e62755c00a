// SPDX-License-Identifier: GPL-3.0-or-later
// From a file's columns to what models learn from and to measurements of other people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/composition/formula.h"
#include "core/surrogate/csv_table.h"
#include "core/surrogate/row_encoder.h"
#include "core/surrogate/surrogate_table.h"

namespace ionscape::surrogate {

/// Which column is what; names of columns.
struct TableColumns {
    std::string target;                 ///< empty: a table without targets, to be predicted
    std::string targetError;            ///< standard error of the target; empty: not known
    std::vector<std::string> features;  ///< empty: all columns of numbers that have no other use
    std::string label;                  ///< empty: `formula`, else the first column that is not numeric
    std::string formula;                ///< gives the grouping "element"; empty: no such column
    std::vector<std::string> groups;    ///< each gives a grouping of its own name
};

/// A file's rows with the values that are there.
struct LearningRows {
    std::vector<Feature> features;
    std::vector<FeatureRow> rows;
    std::vector<std::string> labels;
    std::vector<std::string> units;  ///< compositions, however they are written; empty without formulas
    std::vector<Grouping> groupings;
    TargetDefinition target;
    std::vector<double> y, yError;
    /// Rows of the file that have a target; all where none was asked for.
    std::vector<std::size_t> fileRows;
    std::size_t withoutTarget = 0;  ///< rows of the file that were left out for that
};

/// Rows without a target are left out and counted. Throws InputError for a column that is not there or used
/// twice, IoError with file and line for text where a number must be and formulas that cannot be read.
LearningRows learningRows(const CsvTable& file, const TableColumns& columns);

/// Features, targets, labels and groups through an encoder that was made from the same features.
SurrogateTable encoded(const LearningRows& table, const RowEncoder& encoder);

/// Which columns of a file hold measurements.
struct MeasurementColumns {
    std::string formula = "formula";
    std::string value;                       ///< required
    std::string unit;                        ///< of the values; empty: that of the header
    std::string error;                       ///< empty: none
    std::string temperature;                 ///< column in K, or in °C if its header says so; empty: none
    std::optional<double> fixedTemperature;  ///< K, where there is no column
};

/// A value of the user's own or from literature, in the program's unit.
struct Measurement {
    composition::Formula formula;
    std::string formulaText;
    double value = 0.0;
    std::optional<double> error, temperature;  ///< K
    long line = 0;
};

struct MeasurementTable {
    std::string name, unit;  ///< of the values: "conductivity", "mS/cm"
    std::vector<Measurement> measurements;
    std::size_t gaps = 0;  ///< rows without a value, left out
};

/// Throws InputError for unknown columns and units, IoError with file and line for formulas and numbers that
/// cannot be read and temperatures that are not above zero.
MeasurementTable importMeasurements(const CsvTable& file, const MeasurementColumns& columns);

/// Factor from a unit to the one that the program shows for that quantity (Å², cm²/s, mS/cm, eV, Å³, K), and
/// that unit; nothing for an unknown one.
std::optional<std::pair<double, std::string>> toShownUnit(const std::string& unit);

}  // namespace ionscape::surrogate
