// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli screen: filters and ranks a table of candidates by any of its columns.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli_surrogate.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/composition/phase_csv.h"
#include "core/surrogate/screening.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;

struct Options {
    std::string table, out, label;
    std::vector<std::string> score, objectives;
    surrogate::ScreenRequest request;
    std::size_t top = 0;
    bool frontOnly = false;
    bool json = false;
};

/// "MSD=2" as column and weight.
surrogate::WeightedColumn weighted(const std::string& text) {
    const auto equals = text.rfind('=');
    double weight = 1.0;
    if (equals == std::string::npos) return {text, weight};
    const char* const begin = text.data() + equals + 1;
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(begin, end, weight);
    if (problem != std::errc() || stop != end || !std::isfinite(weight) || equals == 0)
        throw InputError("--score takes column=weight, not \"" + text + "\"");
    return {text.substr(0, equals), weight};
}

/// "E_hull:min" as column and direction.
surrogate::ObjectiveColumn objective(const std::string& text) {
    const auto colon = text.rfind(':');
    const auto direction = colon == std::string::npos ? std::string() : text.substr(colon + 1);
    if (colon == 0 || (direction != "max" && direction != "min"))
        throw InputError("--pareto takes column:max or column:min, not \"" + text + "\"");
    return {text.substr(0, colon), direction == "max"};
}

/// The column that names a row: what was asked for, else formula, label, or the first without numbers.
std::size_t labelColumn(const surrogate::CsvTable& file, const std::string& asked) {
    if (!asked.empty()) return file.column(asked);
    for (const char* name : {"formula", "label"}) {
        if (const auto found = file.findColumn(name)) return *found;
    }
    for (std::size_t c = 0; c < file.columns().size(); ++c) {
        if (!file.isNumeric(c)) return c;
    }
    return 0;
}

std::string csvText(const Options& o, const surrogate::CsvTable& file,
                    const surrogate::ScreenResult& result) {
    std::string text;
    for (const auto& column : file.columns())
        text += (text.empty() ? "" : ",") + surrogate::csvHeader(column);
    text += std::string(o.score.empty() ? "" : ",score") + (o.objectives.empty() ? "" : ",front") +
            (o.request.classOf.empty() ? "" : ",class") + "\n";
    for (const auto& row : result.rows) {
        for (std::size_t c = 0; c < file.columns().size(); ++c)
            text += (c ? "," : "") + composition::csvField(file.text(row.row, c));
        if (!o.score.empty()) text += "," + (row.score ? fmt::format("{:.6f}", *row.score) : std::string());
        if (!o.objectives.empty()) text += "," + (row.front ? fmt::format("{}", *row.front) : std::string());
        if (!o.request.classOf.empty())
            text += "," + (row.mobility ? surrogate::className(*row.mobility) : "");
        text += "\n";
    }
    return text;
}

json rowJson(const surrogate::CsvTable& file, std::size_t label, const surrogate::ScreenedRow& row) {
    json object = {{"label", file.text(row.row, label)}, {"line", file.line(row.row)}};
    if (row.score) object["score"] = *row.score;
    if (row.front) object["front"] = *row.front;
    if (row.mobility) object["class"] = surrogate::className(*row.mobility);
    return object;
}

void printRows(const Options& o, const surrogate::CsvTable& file, std::size_t label,
               const surrogate::ScreenResult& result) {
    std::vector<std::size_t> columns;
    const auto show = [&](const std::string& name) {
        const auto c = file.column(name);
        if (std::find(columns.begin(), columns.end(), c) == columns.end()) columns.push_back(c);
    };
    if (!o.request.rankBy.empty()) show(o.request.rankBy);
    for (const auto& term : o.request.score)
        show(term.name);
    for (const auto& wanted : o.request.objectives)
        show(wanted.name);
    if (!o.request.classOf.empty()) show(o.request.classOf);
    fmt::print("{:<52}", file.columns()[label].name);
    for (const auto c : columns)
        fmt::print(" {:>16}", file.columns()[c].name);
    fmt::print("{}{}{}\n", o.score.empty() ? "" : "   score", o.objectives.empty() ? "" : "  front",
               o.request.classOf.empty() ? "" : "  class");
    for (const auto& row : result.rows) {
        fmt::print("{:<52}", file.text(row.row, label));
        for (const auto c : columns)
            fmt::print(" {:>16}", file.text(row.row, c));
        if (!o.score.empty()) fmt::print(" {:>7}", row.score ? fmt::format("{:.3f}", *row.score) : "–");
        if (!o.objectives.empty()) fmt::print(" {:>6}", row.front ? fmt::format("{}", *row.front) : "–");
        if (!o.request.classOf.empty())
            fmt::print("  {}", row.mobility ? surrogate::className(*row.mobility) : "–");
        fmt::print("\n");
    }
}

int screen(Options& o) {
    for (const auto& text : o.score)
        o.request.score.push_back(weighted(text));
    for (const auto& text : o.objectives)
        o.request.objectives.push_back(objective(text));
    if (o.frontOnly && o.objectives.empty())
        throw InputError("--front needs objectives; name them with --pareto");
    const auto file = surrogate::CsvTable::read(o.table);
    auto result = surrogate::screen(surrogate::candidateTable(file), o.request);
    const auto matched = result.rows.size();
    if (o.frontOnly)
        std::erase_if(result.rows, [](const auto& row) { return !row.front || *row.front != 0; });
    if (o.top > 0 && result.rows.size() > o.top) result.rows.resize(o.top);
    const auto label = labelColumn(file, o.label);
    if (!o.out.empty()) writeOutput(o.out, [&] { writeTextAtomically(o.out, csvText(o, file, result)); });
    if (!o.json) {
        printRows(o, file, label, result);
        fmt::print("{} of {} rows match{}{}\n", matched, file.rows(),
                   result.incomplete ? fmt::format(", {} of them lack a value", result.incomplete) : "",
                   result.hypervolume ? fmt::format("; hypervolume {:.6g}", *result.hypervolume) : "");
        return success;
    }
    auto rows = json::array();
    for (const auto& row : result.rows)
        rows.push_back(rowJson(file, label, row));
    json object = {
        {"rows", rows}, {"matched", matched}, {"of", file.rows()}, {"incomplete", result.incomplete}};
    if (result.hypervolume) object["hypervolume"] = *result.hypervolume;
    printJson(object);
    return success;
}

}  // namespace

void addScreen(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("screen", "Filter and rank a table of candidates");
    auto o = std::make_shared<Options>();
    command->add_option("--table", o->table, "CSV file; the first line names the columns as \"name (unit)\"")
        ->required();
    command->add_option("--filter", o->request.filter, "Condition such as \"E_hull < 0.03 and Li > 2\"");
    command->add_option("--rank", o->request.rankBy, "Column to order by");
    command->add_flag("--ascending", o->request.ascending, "Small values first");
    command->add_option(
        "--score", o->score,
        "Composite score: column=weight, negative where small values are good; each column counts "
        "by its range");
    command->add_option("--pareto", o->objectives, "Objectives of a Pareto front: column:max or column:min");
    command->add_flag("--front", o->frontOnly, "Only rows that no other beats in all objectives");
    command->add_option("--class", o->request.classOf,
                        "Column of mean squared displacements to class as low, medium, high");
    command->add_option("--medium", o->request.limits.medium, "Limit of medium mobility, Å²")
        ->capture_default_str();
    command->add_option("--high", o->request.limits.high, "Limit of high mobility, Å²")
        ->capture_default_str();
    command->add_option("--label", o->label, "Column that names the rows");
    command->add_option("--top", o->top, "Show so many rows at most; 0 = all")->check(nonNegativeNumber);
    command->add_option("--out", o->out, "CSV file to write: the rows with all columns");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return screen(*o); }; });
}

}  // namespace ionscape::cli
