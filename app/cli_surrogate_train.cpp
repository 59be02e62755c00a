// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli surrogate train: learns from a table and writes a model file.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_surrogate.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/error.h"
#include "core/surrogate/balancing.h"
#include "core/surrogate/settings_search.h"
#include "core/surrogate/surrogate_model.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;

struct Options {
    LearningTableOptions table;
    RegressorOptions regressor;
    surrogate::TrainingOptions training;
    std::string out;
    double holdOut = 0.0;
    double balance = 0.0;
    int search = 0;
    bool json = false;
};

/// Metrics of the held-out rows: the model and the mean of the training rows.
struct HeldOut {
    surrogate::Metrics model, mean;
};

struct Result {
    surrogate::SurrogateModel model;
    std::optional<HeldOut> heldOut;
    std::size_t balancedAway = 0;
    surrogate::SurrogateTable table;
};

surrogate::Preparation search(const Options& o) {
    surrogate::SearchOptions options;
    options.trials = o.search;
    options.seed = o.regressor.seed;
    // What was set by hand stays.
    for (const auto& setting : o.regressor.settings)
        options.fixed.push_back(setting.substr(0, setting.find('=')));
    return surrogate::searchedSettings(std::move(options), o.training.folds > 0 ? o.training.folds : 5);
}

Result run(Options& o) {
    auto [encoder, table] = readLearningTable(o.table);
    auto regressor = regressorOf(o.regressor);
    const SignalStop signals;
    ProgressBar progress;
    Result result;
    std::optional<surrogate::SurrogateTable> test;
    if (o.holdOut > 0.0) {
        const auto fold = surrogate::holdOut(table, o.holdOut, o.regressor.seed);
        test = table.subset(fold.test);
        table = table.subset(fold.training);
    }
    if (o.balance > 0.0) {
        surrogate::BalancingOptions options;
        options.evenness = o.balance;
        const auto rows = surrogate::balancedRows(table.y, options);
        result.balancedAway = static_cast<std::size_t>(table.rows()) - rows.size();
        table = table.subset(rows);
    }
    if (o.search > 0) o.training.prepare = search(o);
    o.training.seed = o.regressor.seed;
    result.model =
        surrogate::SurrogateModel::train(table, std::move(regressor), o.training, signals.token(), &progress);
    result.model.setEncoder(std::move(encoder));
    if (test) {
        const Eigen::VectorXd mean = Eigen::VectorXd::Constant(test->rows(), table.y.mean());
        result.heldOut = {surrogate::metricsOf(test->y, result.model.predict(*test).mean),
                          surrogate::metricsOf(test->y, mean)};
    }
    result.table = std::move(table);
    return result;
}

void printResult(const Options& o, const Result& result) {
    const auto& card = result.model.card();
    const auto& unit = card.target.unit;
    fmt::print("{}: {} of {} from {} features\n", o.out, result.model.regressor().kind(), card.target.name,
               card.features.size());
    if (result.balancedAway > 0) fmt::print("{:<14}{} rows dropped\n", "balancing", result.balancedAway);
    fmt::print("{:<14}{}\n", "training", metricsText(card.training, unit));
    if (card.validation) {
        fmt::print("{:<14}{}\n", fmt::format("{} folds", card.folds), metricsText(*card.validation, unit));
        const double spread = std::sqrt((result.table.y.array() - result.table.y.mean()).square().mean());
        fmt::print("{:<14}RMSE {:.4g} {}\n", "the mean", spread, unit);
        fmt::print("{:<14}predicted errors times {:.3g}\n", "calibration", card.calibration.factor);
    }
    if (result.heldOut) {
        fmt::print("{:<14}{}\n", "held out", metricsText(result.heldOut->model, unit));
        fmt::print("{:<14}RMSE {:.4g} {}\n", "  the mean", result.heldOut->mean.rmse, unit);
    }
    if (const auto formula = result.model.regressor().formula())
        fmt::print("{:<14}{}\n{:<14}{}\n", "formula", formula->text, "", formula->remark);
}

json resultJson(const Options& o, const Result& result) {
    const auto& card = result.model.card();
    json object = {{"model", o.out},
                   {"kind", result.model.regressor().kind()},
                   {"settings", surrogate::toJson(result.model.regressor().settings())},
                   {"target", card.target.name},
                   {"unit", card.target.unit},
                   {"rows", card.trainingRows},
                   {"balanced_away", result.balancedAway},
                   {"training_checksum", card.trainingChecksum},
                   {"training", surrogate::toJson(card.training)},
                   {"calibration_factor", card.calibration.factor}};
    if (card.validation) object["validation"] = surrogate::toJson(*card.validation);
    if (result.heldOut) {
        object["held_out"] = surrogate::toJson(result.heldOut->model);
        object["held_out_mean"] = surrogate::toJson(result.heldOut->mean);
    }
    if (const auto formula = result.model.regressor().formula())
        object["formula"] = {{"text", formula->text}, {"html", formula->html}, {"remark", formula->remark}};
    return object;
}

int train(Options& o) {
    const auto result = run(o);
    writeOutput(o.out, [&] { result.model.save(o.out); });
    if (o.json)
        printJson(resultJson(o, result));
    else
        printResult(o, result);
    return success;
}

}  // namespace

void addSurrogateTrain(CLI::App& group, Action& action) {
    auto* command = group.add_subcommand("train", "Learn from a table and write a model file");
    auto o = std::make_shared<Options>();
    addLearningTable(*command, o->table);
    addRegressor(*command, o->regressor);
    command->add_option("--out", o->out, "Model file to write (.json)")->required();
    command
        ->add_option("--folds", o->training.folds,
                     "Folds that calibrate the errors and tell the error of unseen rows; 0 = none")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command->add_option("--hold-out", o->holdOut, "Share of the rows kept away from everything, to test with")
        ->check(CLI::Range(0.0, 0.9));
    command
        ->add_option(
            "--balance", o->balance,
            "Drop rows where targets crowd until the histogram is as even as that (0 to 1); 0 = keep all")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--search", o->search, "Random settings to try before; 0 = none")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command->add_option("--remark", o->training.remark, "Text to keep in the model file");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return train(*o); }; });
}

}  // namespace ionscape::cli
