// SPDX-License-Identifier: GPL-3.0-or-later
// What a surrogate learns from: compositions with relaxed cells and targets, from a campaign or a table.
#pragma once

#include <string>
#include <vector>

#include "core/composition/convex_hull.h"
#include "core/surrogate/csv_table.h"
#include "core/surrogate/feature.h"
#include "core/surrogate/surrogate_table.h"
#include "core/workflow/campaign_data.h"

namespace ionscape::workflow {

/// A cell, or a composition without one.
struct LearningRow {
    std::string formula;  ///< canonical where it is one of the host's, else as it was written
    std::string type;     ///< occupancy type, may be empty
    std::uint64_t seed = 1;
    /// Why it is left out of training; empty when all is well.
    std::string problem;
    crystal::Structure cell;  ///< relaxed; no atom where there is none
    bool dynamics = false;    ///< of a campaign: simulated, with or without success
};

/// A quantity that may be learnt.
struct LearningTarget {
    surrogate::TargetDefinition definition;
    std::vector<double> values;  ///< one a row; NaN where there is none
    std::vector<double> errors;  ///< one standard deviation; NaN where it is not known
};

/// Features that came with the cells.
struct StoredFeatures {
    std::vector<surrogate::Feature> features;  ///< without references; no one where nothing is stored
    std::vector<surrogate::FeatureRow> rows;   ///< of the data's first rows; empty where nothing is stored
};

struct LearningData {
    std::string host = "lzsp";
    std::string source;  ///< the potential that made the numbers, or the file they are from
    std::vector<LearningRow> rows;
    std::vector<std::size_t> records;  ///< of a campaign's dataset: which of its records each row is
    std::vector<LearningTarget> targets;
    StoredFeatures stored;

    /// Throws InputError naming close targets.
    const LearningTarget& target(const std::string& name) const;
    /// Rows with a value of the target and without a problem.
    std::size_t usable(const LearningTarget& target) const;
};

/// Names of the targets of a campaign.
inline constexpr const char* msdTargetName = "MSD";
inline constexpr const char* logDiffusionName = "log10 D*";

inline constexpr const char* hullTargetName = "E_hull";

/// Cells with the MSD at the campaign's lag, log₁₀ D* (where D* is above zero), D*, the Haven ratio, the
/// energy per atom and the energy above the hull (energiesAboveHull) of the cells and `others`. Rows with a
/// problem keep it. A cell that was relaxed first and simulated later, which are two records, is one row: the
/// simulated one, or the relaxed one where the simulation failed. Throws IoError.
LearningData learningData(const CampaignData& data, const std::vector<composition::PhaseEntry>& others = {});

/// Which columns of a table mean what, by name; an empty name: there is none.
struct MeasuredColumns {
    std::string formula, target, error;
    std::string structure;  ///< path of a relaxed cell, seen from the folder of the table
    std::string type;
    std::string unit;  ///< of the target
    /// The target is the decadic logarithm of the column; errors follow.
    bool logarithm = false;
};

/// The likely ones: by title, else the first column of formulas and of numbers.
MeasuredColumns guessColumns(const surrogate::CsvTable& table);

/// Rows whose formula is none of the host, whose number cannot be read or whose structure is missing keep the
/// reason as their problem. Throws InputError for columns that are not there or not chosen.
LearningData learningData(const surrogate::CsvTable& table, const MeasuredColumns& columns,
                          const std::string& host);

}  // namespace ionscape::workflow
