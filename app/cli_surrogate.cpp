// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli surrogate: models that predict a property from features of cells.
#include "app/cli_surrogate.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_learning.h"
#include "core/base/error.h"
#include "core/surrogate/settings.h"

namespace ionscape::cli {

void addLearningTable(CLI::App& command, LearningTableOptions& o) {
    command.add_option("--table", o.file, "CSV file; the first line names the columns as \"name (unit)\"")
        ->required();
    command.add_option("--target", o.columns.target, "Column to learn")->required();
    command.add_option("--target-error", o.columns.targetError,
                       "Column with the standard error of the target");
    command
        .add_option("--features", o.columns.features,
                    "Columns to learn from; default: all columns of numbers without another use")
        ->delimiter(',');
    command.add_option("--label", o.columns.label, "Column that names the rows");
    command.add_option("--formula", o.columns.formula, "Column of formulas; groups the rows by element");
    command
        .add_option("--group", o.columns.groups, "Columns that group the rows, such as the occupancy type")
        ->delimiter(',');
    command
        .add_option(
            "--missing", o.missing,
            "What a gap is: refuse (an error), or mean (of the column, with a further column has_<name>)")
        ->check(CLI::IsMember({"refuse", "mean"}))
        ->capture_default_str();
}

void addRegressor(CLI::App& command, RegressorOptions& o) {
    command.add_option("--model", o.kind, "A model that 'ionscape-cli surrogate models' lists")
        ->capture_default_str();
    command.add_option("--set", o.settings, "Settings of the model, each name=value");
    command.add_option("--seed", o.seed, "Seed of all that is random")->capture_default_str();
}

LearningTable readLearningTable(const LearningTableOptions& o) {
    const auto rows = surrogate::learningRows(surrogate::CsvTable::read(o.file), o.columns);
    if (rows.withoutTarget > 0) {
        fmt::print(stderr, "ionscape-cli: note: {} rows of {} have no {} and are left out\n",
                   rows.withoutTarget, o.file, o.columns.target);
    }
    const auto policy =
        o.missing == "refuse" ? surrogate::MissingValues::Refuse : surrogate::MissingValues::MeanAndIndicator;
    surrogate::RowEncoder encoder(rows.features, rows.rows, policy, rows.labels);
    auto table = surrogate::encoded(rows, encoder);
    return {std::move(encoder), std::move(table)};
}

std::unique_ptr<surrogate::Regressor> regressorOf(const RegressorOptions& o) {
    auto model = surrogate::makeRegressor(o.kind);
    for (const auto& setting : o.settings)
        model->settings().assign(setting);
    return model;
}

std::string metricsText(const surrogate::Metrics& m, const std::string& unit) {
    const std::string suffix = unit.empty() ? "" : " " + unit;
    return fmt::format("R² {:.3f}, RMSE {:.4g}{}, MAE {:.4g}{}, largest {:.4g}{}, Spearman {:.3f} ({} rows)",
                       m.r2, m.rmse, suffix, m.mae, suffix, m.maxAe, suffix, m.spearman, m.n);
}

namespace {

using nlohmann::json;

int listModels(bool asJson) {
    auto list = json::array();
    for (const auto& kind : surrogate::regressorKinds()) {
        const auto model = surrogate::makeRegressor(kind.id);
        auto settings = json::array();
        if (!asJson) fmt::print("{:<20} {}\n", kind.id, kind.meaning);
        for (const auto& d : model->settings().definitions()) {
            const auto value = model->settings().text(d.name);
            if (!asJson) {
                fmt::print("  {:<18} {:<10} {}{}\n", d.name, value, d.meaning,
                           d.choices.empty() ? "" : fmt::format(" ({})", fmt::join(d.choices, ", ")));
            }
            settings.push_back(
                {{"name", d.name}, {"default", value}, {"meaning", d.meaning}, {"choices", d.choices}});
        }
        list.push_back({{"model", kind.id}, {"meaning", kind.meaning}, {"settings", settings}});
    }
    if (asJson) printJson({{"models", list}});
    return success;
}

void addModelList(CLI::App& group, Action& action) {
    auto* command = group.add_subcommand("models", "The models and their settings");
    auto asJson = std::make_shared<bool>(false);
    addJsonFlag(*command, *asJson);
    command->callback([asJson, &action] { action = [asJson] { return listModels(*asJson); }; });
}

}  // namespace

void addSurrogate(CLI::App& program, Action& action) {
    auto* group =
        program.add_subcommand("surrogate", "Models that predict a property from features of cells");
    group->require_subcommand(1);
    addModelList(*group, action);
    for (auto* add : {addSurrogateTrain, addSurrogatePredict, addSurrogateValidate, addSurrogateExplain,
                      addSurrogateRehearse, addSurrogateImport})
        add(*group, action);
}

}  // namespace ionscape::cli
