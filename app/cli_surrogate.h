// SPDX-License-Identifier: GPL-3.0-or-later
// What the subcommands of ionscape-cli surrogate share: options for tables and models; and screen beside
// them.
#pragma once

#include <string>
#include <vector>

#include "app/cli_common.h"
#include "core/surrogate/metrics.h"
#include "core/surrogate/regressor.h"
#include "core/surrogate/table_import.h"

namespace ionscape::cli {

/// Columns of a table to learn from.
struct LearningTableOptions {
    std::string file;
    surrogate::TableColumns columns;
    std::string missing = "refuse";
};

/// A model with settings.
struct RegressorOptions {
    std::string kind = "gradient-boosting";
    std::vector<std::string> settings;  ///< "name=value"
    std::uint64_t seed = 1;
};

/// A table with the encoder that fits it.
struct LearningTable {
    surrogate::RowEncoder encoder;
    surrogate::SurrogateTable table;
};

/// Adds --table, --target and the other columns, --missing.
void addLearningTable(CLI::App& command, LearningTableOptions& options);
/// Adds --model, --set, --seed.
void addRegressor(CLI::App& command, RegressorOptions& options);

/// Reads the table; says on stderr how many rows lack a target.
LearningTable readLearningTable(const LearningTableOptions& options);
std::unique_ptr<surrogate::Regressor> regressorOf(const RegressorOptions& options);

/// "R² 0.912, RMSE 18.2 Å², MAE 12.1 Å², largest 55 Å², Spearman 0.95 (188 rows)"
std::string metricsText(const surrogate::Metrics& metrics, const std::string& unit);

// These are for main.
void addLearn(CLI::App& program, Action& action);
void addRobustness(CLI::App& program, Action& action);
void addScreen(CLI::App& program, Action& action);
void addSurrogate(CLI::App& program, Action& action);

void addSurrogateTrain(CLI::App& group, Action& action);
void addSurrogatePredict(CLI::App& group, Action& action);
void addSurrogateValidate(CLI::App& group, Action& action);
void addSurrogateExplain(CLI::App& group, Action& action);
void addSurrogateImport(CLI::App& group, Action& action);

}  // namespace ionscape::cli
