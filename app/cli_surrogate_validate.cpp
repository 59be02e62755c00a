// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli surrogate validate: errors of models on rows that they have not seen.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_surrogate.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/composition/phase_csv.h"
#include "core/surrogate/calibration.h"
#include "core/surrogate/validation.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;
using surrogate::CrossValidation;

struct Options {
    LearningTableOptions table;
    std::vector<std::string> models = {"gradient-boosting", "mean"};
    RegressorOptions regressor;
    int folds = 10;
    std::string leaveOut, out;
    bool json = false;
};

json validationJson(const std::string& kind, const CrossValidation& v) {
    auto folds = json::array();
    for (const auto& fold : v.folds) {
        folds.push_back({{"name", fold.name},
                         {"metrics", surrogate::toJson(fold.metrics)},
                         {"training", surrogate::toJson(fold.training)}});
    }
    const auto calibration = surrogate::calibrate(v.y, v.predicted);
    auto curve = json::array();
    for (const auto& point : surrogate::calibrationCurve(v.y, v.predicted))
        curve.push_back({point.nominal, point.observed});
    return {{"model", kind},
            {"metrics", surrogate::toJson(v.metrics)},
            {"folds", folds},
            {"coverage90", surrogate::coverage(v.y, v.predicted, 0.9)},
            {"calibration_factor", calibration.factor},
            {"calibration_curve", curve}};
}

std::string csvText(const surrogate::SurrogateTable& table, const std::vector<std::string>& kinds,
                    const std::vector<CrossValidation>& validations) {
    const auto& t = table.target;
    std::string text = fmt::format("model,fold,label,{},{},{}\n", surrogate::csvHeader({t.name, t.unit}),
                                   surrogate::csvHeader({t.name + "_predicted", t.unit}),
                                   surrogate::csvHeader({t.name + "_sd", t.unit}));
    for (std::size_t m = 0; m < kinds.size(); ++m) {
        for (const auto& fold : validations[m].folds) {
            for (std::size_t k = 0; k < fold.rows.size(); ++k) {
                const auto i = static_cast<Eigen::Index>(k);
                text += fmt::format("{},{},{},{:.10g},{:.10g},{:.10g}\n", kinds[m],
                                    composition::csvField(fold.name),
                                    composition::csvField(table.labelOf(fold.rows[k])), table.y[fold.rows[k]],
                                    fold.predicted.mean[i], fold.predicted.standardDeviation[i]);
            }
        }
    }
    return text;
}

void printTable(const Options& o, const surrogate::SurrogateTable& table,
                const std::vector<CrossValidation>& validations) {
    const auto& unit = table.target.unit;
    fmt::print("{:<20} {:>7} {:>10} {:>10} {:>10} {:>9} {:>8}\n", "model", "R²", fmt::format("RMSE {}", unit),
               "MAE", "largest", "Spearman", "in 90 %");
    const auto line = [](const std::string& name, const surrogate::Metrics& m, const std::string& held) {
        fmt::print("{:<20} {:>7.3f} {:>10.4g} {:>10.4g} {:>10.4g} {:>9.3f} {:>8}\n", name, m.r2, m.rmse,
                   m.mae, m.maxAe, m.spearman, held);
    };
    for (std::size_t m = 0; m < validations.size(); ++m) {
        const auto& v = validations[m];
        line(o.models[m], v.metrics,
             fmt::format("{:.0f} %", 100.0 * surrogate::coverage(v.y, v.predicted, 0.9)));
        if (o.leaveOut.empty()) continue;
        for (const auto& fold : v.folds)
            line("  " + fold.name, fold.metrics, fmt::format("n = {}", fold.metrics.n));
    }
}

int validate(Options& o) {
    const auto table = readLearningTable(o.table).table;
    const auto folds = o.leaveOut.empty() ? surrogate::kFold(table, o.folds, o.regressor.seed)
                                          : surrogate::leaveOneGroupOut(table, o.leaveOut);
    if (!o.regressor.settings.empty() && o.models.size() != 1)
        throw InputError("--set needs a single model in --models");
    std::vector<CrossValidation> validations;
    {
        const SignalStop signals;
        ProgressBar progress;
        for (const auto& kind : o.models) {
            o.regressor.kind = kind;
            validations.push_back(surrogate::crossValidate(*regressorOf(o.regressor), table, folds,
                                                           o.regressor.seed, signals.token(), &progress));
        }
    }
    if (!o.out.empty())
        writeOutput(o.out, [&] { writeTextAtomically(o.out, csvText(table, o.models, validations)); });
    if (!o.json) {
        printTable(o, table, validations);
        return success;
    }
    auto list = json::array();
    for (std::size_t m = 0; m < o.models.size(); ++m)
        list.push_back(validationJson(o.models[m], validations[m]));
    printJson({{"target", table.target.name},
               {"unit", table.target.unit},
               {"rows", table.rows()},
               {"models", list}});
    return success;
}

}  // namespace

void addSurrogateValidate(CLI::App& group, Action& action) {
    auto* command = group.add_subcommand("validate", "Errors of models on rows that they have not seen");
    auto o = std::make_shared<Options>();
    addLearningTable(*command, o->table);
    command->add_option("--models", o->models, "Models to compare")->delimiter(',')->capture_default_str();
    command->add_option("--set", o->regressor.settings, "Settings of a single model, each name=value");
    command->add_option("--seed", o->regressor.seed, "Seed of the folds and of all else that is random")
        ->capture_default_str();
    auto* folds = command->add_option("--folds", o->folds, "Parts, each predicted from the others")
                      ->check(nonNegativeNumber)
                      ->capture_default_str();
    command
        ->add_option(
            "--leave-out", o->leaveOut,
            "Instead: leave out one group after the other; element (needs --formula) or a column of --group")
        ->excludes(folds);
    command->add_option("--out", o->out, "CSV file with the prediction of every row");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return validate(*o); }; });
}

}  // namespace ionscape::cli
