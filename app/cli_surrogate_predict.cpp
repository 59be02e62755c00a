// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli surrogate predict: adds predictions with errors to a table.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_surrogate.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/composition/phase_csv.h"
#include "core/surrogate/ranking.h"
#include "core/surrogate/surrogate_model.h"
#include "core/workflow/predict_mobility.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;

struct Options {
    std::string model, table, out;
    bool json = false;
};

/// Infinite where the model has too few rows for such an interval; then the field stays empty.
std::string field(double value) {
    return std::isfinite(value) ? fmt::format("{:.10g}", value) : std::string();
}

std::string csvText(const surrogate::CsvTable& file, const surrogate::TargetDefinition& target,
                    const surrogate::CheckedPrediction& p) {
    for (const char* suffix : {"_predicted", "_sd", "_half90"}) {
        if (file.findColumn(target.name + suffix))
            throw InputError(
                fmt::format("{}: there is a column {}{} already", file.file().string(), target.name, suffix));
    }
    std::string text;
    for (const auto& column : file.columns())
        text += surrogate::csvHeader(column) + ",";
    const auto own = [&](const char* suffix) {
        return surrogate::csvHeader({target.name + suffix, target.unit});
    };
    text += fmt::format("{},{},{},distance\n", own("_predicted"), own("_sd"), own("_half90"));
    std::vector<char> isNumeric;
    for (std::size_t c = 0; c < file.columns().size(); ++c)
        isNumeric.push_back(file.isNumeric(c));
    for (std::size_t i = 0; i < file.rows(); ++i) {
        for (std::size_t c = 0; c < file.columns().size(); ++c) {
            // Decimal points for every reader, whatever the table was written with.
            const auto number = isNumeric[c] ? file.number(i, c) : std::nullopt;
            text += (number ? fmt::format("{:.10g}", *number) : composition::csvField(file.text(i, c))) + ",";
        }
        const auto row = static_cast<Eigen::Index>(i);
        text += fmt::format("{},{},{},{}\n", field(p.mean[row]), field(p.standardDeviation[row]),
                            field(p.half90[row]), field(p.distance[row]));
    }
    return text;
}

json summary(const Options& o, const surrogate::TargetDefinition& target,
             const surrogate::CheckedPrediction& p) {
    const auto far = (p.distance.array() > 1.0).count();
    json object = {{"rows", p.mean.size()},        {"target", target.name},
                   {"unit", target.unit},          {"smallest", p.mean.minCoeff()},
                   {"largest", p.mean.maxCoeff()}, {"mean_error", p.standardDeviation.mean()},
                   {"extrapolated", far}};
    if (!o.out.empty()) object["out"] = o.out;
    if (workflow::hasMobilityClasses(target)) {
        std::array<int, 3> counts{};
        for (const double value : p.mean)
            ++counts[static_cast<std::size_t>(surrogate::mobilityClass(value))];
        object["classes"] = {{"low", counts[0]}, {"medium", counts[1]}, {"high", counts[2]}};
    }
    return object;
}

int predict(const Options& o) {
    const auto model = surrogate::SurrogateModel::load(o.model);
    const auto file = surrogate::CsvTable::read(o.table);
    surrogate::TableColumns columns;
    for (const auto& feature : model.inputs())
        columns.features.push_back(feature.name);
    const auto rows = surrogate::learningRows(file, columns);
    const auto predicted = model.predict(rows.features, rows.rows, rows.labels);
    const auto& target = model.card().target;
    const auto text = csvText(file, target, predicted);
    if (!o.out.empty()) writeOutput(o.out, [&] { writeTextAtomically(o.out, text); });
    const auto s = summary(o, target, predicted);
    if (o.json) {
        printJson(s);
    } else if (o.out.empty()) {
        fmt::print("{}", text);
    } else {
        fmt::print(
            "{}: {} rows, {} from {:.4g} to {:.4g} {}, mean error {:.3g}; {} farther from the training rows "
            "than these from each other\n",
            o.out, predicted.mean.size(), target.name, predicted.mean.minCoeff(), predicted.mean.maxCoeff(),
            target.unit, predicted.standardDeviation.mean(), s["extrapolated"].get<int>());
    }
    return success;
}

}  // namespace

void addSurrogatePredict(CLI::App& group, Action& action) {
    auto* command = group.add_subcommand("predict", "Add predictions with errors to a table");
    auto o = std::make_shared<Options>();
    command->add_option("--model", o->model, "Model file")->required();
    command->add_option("--table", o->table, "CSV file with the features of the model")->required();
    command->add_option("--out", o->out, "CSV file to write; default: standard output");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return predict(*o); }; });
}

}  // namespace ionscape::cli
