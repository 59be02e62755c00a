// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli surrogate explain: what each feature contributes to each prediction.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "app/cli_surrogate.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/composition/phase_csv.h"
#include "core/surrogate/explanation.h"
#include "core/surrogate/surrogate_model.h"
#include "core/surrogate/tree_shap.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;

struct Options {
    std::string model, table, out, interactions, target;
    surrogate::ExplanationOptions explanation;
    int repeats = 10;
    bool json = false;
};

struct Input {
    surrogate::SurrogateModel model;
    surrogate::SurrogateTable table;
};

Input readInput(const Options& o) {
    Input input{surrogate::SurrogateModel::load(o.model), {}};
    surrogate::TableColumns columns;
    columns.target = o.target;
    const auto& encoder = input.model.encoder();
    for (const auto& feature : encoder ? encoder->inputs() : input.model.card().features)
        columns.features.push_back(feature.name);
    const auto rows = surrogate::learningRows(surrogate::CsvTable::read(o.table), columns);
    input.table = input.model.encode(rows.features, rows.rows, rows.labels);
    input.table.target = rows.target;
    input.table.y =
        Eigen::Map<const Eigen::VectorXd>(rows.y.data(), static_cast<Eigen::Index>(rows.y.size()));
    return input;
}

std::string csvText(const Input& input, const surrogate::Explanation& found) {
    const auto& target = input.model.card().target;
    std::string text = "label," + surrogate::csvHeader({"base", target.unit});
    for (const auto& feature : input.table.features)
        text += "," + surrogate::csvHeader({"shap_" + feature.name, target.unit});
    text += "," + surrogate::csvHeader({target.name + "_predicted", target.unit}) + "\n";
    for (Eigen::Index i = 0; i < found.values.rows(); ++i) {
        text += fmt::format("{},{:.10g}", composition::csvField(input.table.labelOf(i)), found.base);
        for (Eigen::Index j = 0; j < found.values.cols(); ++j)
            text += fmt::format(",{:.10g}", found.values(i, j));
        text += fmt::format(",{:.10g}\n", found.base + found.values.row(i).sum());
    }
    return text;
}

/// SHAP interaction values of the row with this label.
json interactionsJson(const Input& input, const std::string& label) {
    const auto* trees = input.model.regressor().trees();
    if (!trees)
        throw InputError("interaction values are for models of trees (gradient-boosting, random-forest)");
    for (Eigen::Index i = 0; i < input.table.rows(); ++i) {
        if (input.table.labelOf(i) != label) continue;
        const auto values = surrogate::treeShapInteractions(*trees, input.table.x.row(i));
        auto rows = json::array();
        for (Eigen::Index a = 0; a < values.rows(); ++a)
            rows.push_back(std::vector<double>(values.row(a).begin(), values.row(a).end()));
        return {{"label", label}, {"values", rows}};
    }
    throw InputError("no row is called " + label);
}

int explain(const Options& o) {
    const auto input = readInput(o);
    const SignalStop signals;
    surrogate::Explanation found;
    std::optional<surrogate::PermutationImportance> permutation;
    {
        ProgressBar progress;
        found = surrogate::explain(input.model.regressor(), input.model.domain().rows(), input.table.x,
                                   o.explanation, signals.token(), &progress);
        if (!o.target.empty()) {
            permutation = surrogate::permutationImportance(input.model.regressor(), input.table, o.repeats,
                                                           o.explanation.seed, signals.token());
        }
    }
    if (!o.out.empty()) writeOutput(o.out, [&] { writeTextAtomically(o.out, csvText(input, found)); });
    const auto importance = found.importance();
    std::vector<Eigen::Index> order(static_cast<std::size_t>(importance.size()));
    std::iota(order.begin(), order.end(), Eigen::Index(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](Eigen::Index a, Eigen::Index b) { return importance[a] > importance[b]; });
    auto list = json::array();
    const auto& unit = input.model.card().target.unit;
    if (!o.json) {
        fmt::print("{}, base {:.4g} {}, {} rows\n", found.method, found.base, unit, input.table.rows());
        fmt::print("{:<24} {:>14}{}\n", "feature", fmt::format("mean |SHAP| {}", unit),
                   permutation ? fmt::format(" {:>18}", "shuffled RMSE +") : "");
    }
    for (const auto j : order) {
        const auto& name = input.table.features[static_cast<std::size_t>(j)].name;
        json row = {{"feature", name},
                    {"mean_abs_shap", importance[j]},
                    {"largest_error", found.errors.col(j).maxCoeff()}};
        if (permutation) {
            row["permutation"] = permutation->mean[j];
            row["permutation_deviation"] = permutation->deviation[j];
        }
        if (!o.json) {
            fmt::print("{:<24} {:>14.4g}{}\n", name, importance[j],
                       permutation ? fmt::format(" {:>10.4g} ± {:<6.2g}", permutation->mean[j],
                                                 permutation->deviation[j])
                                   : "");
        }
        list.push_back(row);
    }
    json object = {{"method", found.method},
                   {"exact", found.isExact},
                   {"base", found.base},
                   {"unit", unit},
                   {"features", list}};
    if (!o.interactions.empty()) object["interactions"] = interactionsJson(input, o.interactions);
    if (o.json) printJson(object);
    if (!o.json && !o.interactions.empty()) fmt::print("{}\n", object["interactions"].dump());
    return success;
}

}  // namespace

void addSurrogateExplain(CLI::App& group, Action& action) {
    auto* command =
        group.add_subcommand("explain", "SHAP values: what each feature contributes to each prediction");
    auto o = std::make_shared<Options>();
    command->add_option("--model", o->model, "Model file")->required();
    command->add_option("--table", o->table, "CSV file with the features of the model")->required();
    command->add_option("--out", o->out, "CSV file with the values of every row");
    command->add_option("--interactions", o->interactions,
                        "Label of a row whose interaction values are printed (models of trees)");
    command->add_option("--target", o->target, "Column of targets: adds permutation importance");
    command->add_option("--repeats", o->repeats, "Shuffles of each feature for permutation importance")
        ->capture_default_str();
    command
        ->add_option("--pairs", o->explanation.pairs,
                     "Pairs of orders of the features, where values are sampled")
        ->capture_default_str();
    command->add_option("--seed", o->explanation.seed, "Seed of sampling and shuffling")
        ->capture_default_str();
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return explain(*o); }; });
}

}  // namespace ionscape::cli
