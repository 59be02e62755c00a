// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli surrogate import: measurements of the user's own or from literature in the program's units.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_surrogate.h"
#include "core/base/atomic_file.h"
#include "core/composition/phase_csv.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;

struct Options {
    std::string table, out;
    surrogate::MeasurementColumns columns;
    double temperature = 0.0;
    bool json = false;
};

std::string optionalNumber(const std::optional<double>& value) {
    return value ? fmt::format("{:.10g}", *value) : std::string();
}

std::string csvText(const surrogate::MeasurementTable& t) {
    std::string text = fmt::format("formula,{},{},temperature (K)\n", surrogate::csvHeader({t.name, t.unit}),
                                   surrogate::csvHeader({t.name + "_error", t.unit}));
    for (const auto& m : t.measurements) {
        text +=
            fmt::format("{},{:.10g},{},{}\n", composition::csvField(composition::formulaText(m.formula, 6)),
                        m.value, optionalNumber(m.error), optionalNumber(m.temperature));
    }
    return text;
}

int import(Options& o) {
    if (o.temperature > 0.0) o.columns.fixedTemperature = o.temperature;
    const auto t = surrogate::importMeasurements(surrogate::CsvTable::read(o.table), o.columns);
    const auto text = csvText(t);
    if (!o.out.empty()) writeOutput(o.out, [&] { writeTextAtomically(o.out, text); });
    if (o.json) {
        auto list = json::array();
        for (const auto& m : t.measurements) {
            list.push_back({{"formula", composition::formulaText(m.formula, 6)},
                            {"value", m.value},
                            {"error", m.error ? json(*m.error) : json()},
                            {"temperature_K", m.temperature ? json(*m.temperature) : json()},
                            {"line", m.line}});
        }
        printJson({{"name", t.name}, {"unit", t.unit}, {"gaps", t.gaps}, {"measurements", list}});
    } else if (o.out.empty()) {
        fmt::print("{}", text);
    } else {
        fmt::print("{}: {} values of {} in {}, {} rows without one\n", o.out, t.measurements.size(), t.name,
                   t.unit, t.gaps);
    }
    return success;
}

}  // namespace

void addSurrogateImport(CLI::App& group, Action& action) {
    auto* command =
        group.add_subcommand("import", "Measurements from a table of any layout, in the program's units");
    auto o = std::make_shared<Options>();
    command->add_option("--table", o->table, "CSV file")->required();
    command->add_option("--formula", o->columns.formula, "Column of formulas")->capture_default_str();
    command->add_option("--target", o->columns.value, "Column of measured values")->required();
    command->add_option(
        "--unit", o->columns.unit,
        "Unit of the values; default: that of the header. Å², cm²/s, m²/s, S/cm, mS/cm, eV, kJ/mol ...");
    command->add_option("--error", o->columns.error, "Column of their standard errors");
    auto* column = command->add_option("--temperature-column", o->columns.temperature,
                                       "Column of temperatures, K, or °C if the header says so");
    command->add_option("--temperature", o->temperature, "One temperature for all, K")
        ->check(positiveNumber)
        ->excludes(column);
    command->add_option("--out", o->out, "CSV file to write; default: standard output");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return import(*o); }; });
}

}  // namespace ionscape::cli
