// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/table_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"

namespace ionscape::surrogate {

namespace {

composition::Formula formulaAt(const CsvTable& file, std::size_t row, std::size_t column) {
    try {
        return composition::parseFormula(file.text(row, column));
    } catch (const InputError& error) {
        throw IoError(file.file(), file.line(row), error.what());
    }
}

/// The same text for the same composition: fractions of atoms, elements in alphabetical order.
std::string compositionText(const composition::Formula& formula) {
    std::map<std::string, double> amounts;
    double atoms = 0.0;
    for (const auto& [element, amount] : formula) {
        amounts[std::string(element.symbol())] += amount;
        atoms += amount;
    }
    std::string text;
    for (const auto& [symbol, amount] : amounts)
        text += fmt::format("{}{:.5f}", symbol, amount / atoms);
    return text;
}

/// Indices of the columns in use; each may have one.
struct Layout {
    std::optional<std::size_t> target, error, label, formula;
    std::vector<std::size_t> groups, features;
};

std::optional<std::size_t> optionalColumn(const CsvTable& file, const std::string& name) {
    return name.empty() ? std::nullopt : std::optional(file.column(name));
}

Layout layoutOf(const CsvTable& file, const TableColumns& columns) {
    Layout layout;
    layout.target = optionalColumn(file, columns.target);
    layout.error = optionalColumn(file, columns.targetError);
    layout.formula = optionalColumn(file, columns.formula);
    layout.label = optionalColumn(file, columns.label.empty() ? columns.formula : columns.label);
    for (const auto& name : columns.groups)
        layout.groups.push_back(file.column(name));
    std::set<std::size_t> used(layout.groups.begin(), layout.groups.end());
    for (const auto& c : {layout.target, layout.error, layout.formula, layout.label}) {
        if (c) used.insert(*c);
    }
    for (const auto& name : columns.features) {
        const auto c = file.column(name);
        if ((layout.target && c == *layout.target) || (layout.error && c == *layout.error))
            throw InputError(fmt::format("{} is the target and cannot be a feature of itself", name));
        if (std::find(layout.features.begin(), layout.features.end(), c) != layout.features.end())
            throw InputError(fmt::format("the feature {} is named twice", name));
        layout.features.push_back(c);
    }
    for (std::size_t c = 0; c < file.columns().size(); ++c) {
        const bool isNumeric = file.isNumeric(c);
        if (!isNumeric && !layout.label && used.count(c) == 0) layout.label = c;
        if (columns.features.empty() && isNumeric && used.count(c) == 0) layout.features.push_back(c);
    }
    if (layout.features.empty())
        throw InputError(fmt::format("{}: no column of numbers is left for features", file.file().string()));
    return layout;
}

void addGroups(const CsvTable& file, const Layout& layout, std::size_t row, LearningRows& table) {
    std::size_t at = 0;
    for (const auto c : layout.groups) {
        const auto& group = file.text(row, c);
        table.groupings[at++].groupsOfRow.push_back(group.empty() ? std::vector<std::string>{}
                                                                  : std::vector<std::string>{group});
    }
    if (!layout.formula) return;
    const auto formula = formulaAt(file, row, *layout.formula);
    table.units.push_back(compositionText(formula));
    std::vector<std::string> elements;
    for (const auto& [element, amount] : formula)
        elements.emplace_back(element.symbol());
    table.groupings[at].groupsOfRow.push_back(std::move(elements));
}

double kelvin(const CsvTable& file, std::size_t row, std::size_t column, double value) {
    const auto& unit = file.columns()[column].unit;
    const double t = unit == "°C" || unit == "C" || unit == "degC" ? value + 273.15 : value;
    if (!(t > 0.0))
        throw IoError(file.file(), file.line(row), fmt::format("a temperature of {:g} K is not possible", t));
    return t;
}

}  // namespace

LearningRows learningRows(const CsvTable& file, const TableColumns& columns) {
    const auto layout = layoutOf(file, columns);
    LearningRows table;
    for (const auto c : layout.features)
        table.features.push_back({file.columns()[c].name, file.columns()[c].unit, "", ""});
    if (layout.target) {
        const auto& c = file.columns()[*layout.target];
        table.target = {c.name, c.unit, fmt::format("column of {}", file.file().filename().string())};
    }
    for (const auto c : layout.groups)
        table.groupings.push_back({file.columns()[c].name, {}});
    if (layout.formula) table.groupings.push_back({"element", {}});
    for (std::size_t row = 0; row < file.rows(); ++row) {
        if (layout.target) {
            const auto y = file.number(row, *layout.target);
            if (!y) {
                ++table.withoutTarget;
                continue;
            }
            table.y.push_back(*y);
        }
        FeatureRow values;
        for (const auto c : layout.features)
            values.push_back(file.number(row, c));
        table.rows.push_back(std::move(values));
        table.labels.push_back(layout.label ? file.text(row, *layout.label)
                                            : fmt::format("line {}", file.line(row)));
        table.fileRows.push_back(row);
        if (layout.error) {
            const auto error = file.number(row, *layout.error);
            if (!error || *error < 0.0) {
                throw IoError(file.file(), file.line(row),
                              fmt::format("{} must be a number, zero or more, where there is a target",
                                          file.columns()[*layout.error].name));
            }
            table.yError.push_back(*error);
        }
        addGroups(file, layout, row, table);
    }
    if (table.rows.empty()) {
        throw InputError(fmt::format("{}: no row has a value of {}", file.file().string(), columns.target));
    }
    return table;
}

SurrogateTable encoded(const LearningRows& table, const RowEncoder& encoder) {
    auto result = encoder.encode(table.rows, table.labels);
    result.target = table.target;
    result.y = Eigen::Map<const Eigen::VectorXd>(table.y.data(), static_cast<Eigen::Index>(table.y.size()));
    result.yError = Eigen::Map<const Eigen::VectorXd>(table.yError.data(),
                                                      static_cast<Eigen::Index>(table.yError.size()));
    result.groupings = table.groupings;
    result.units = table.units;
    return result;
}

std::optional<std::pair<double, std::string>> toShownUnit(const std::string& unit) {
    static const std::map<std::string, std::pair<double, std::string>> table = {
        {"Å²", {1.0, "Å²"}},
        {"Å^2", {1.0, "Å²"}},
        {"A^2", {1.0, "Å²"}},
        {"nm²", {100.0, "Å²"}},
        {"nm^2", {100.0, "Å²"}},
        {"cm²/s", {1.0, "cm²/s"}},
        {"cm^2/s", {1.0, "cm²/s"}},
        {"cm2/s", {1.0, "cm²/s"}},
        {"m²/s", {1e4, "cm²/s"}},
        {"m^2/s", {1e4, "cm²/s"}},
        {"mS/cm", {1.0, "mS/cm"}},
        {"S/cm", {1e3, "mS/cm"}},
        {"S/m", {10.0, "mS/cm"}},
        {"mS/m", {0.01, "mS/cm"}},
        {"eV", {1.0, "eV"}},
        {"meV", {1e-3, "eV"}},
        {"kJ/mol", {1.0 / 96.48533212, "eV"}},
        {"Å³", {1.0, "Å³"}},
        {"Å^3", {1.0, "Å³"}},
        {"nm³", {1e3, "Å³"}},
        {"", {1.0, ""}}};
    const auto at = table.find(unit);
    return at == table.end() ? std::nullopt : std::optional(at->second);
}

MeasurementTable importMeasurements(const CsvTable& file, const MeasurementColumns& columns) {
    if (columns.value.empty()) throw InputError("name the column that holds the measured values");
    const auto formula = file.column(columns.formula), value = file.column(columns.value);
    const auto error = optionalColumn(file, columns.error),
               temperature = optionalColumn(file, columns.temperature);
    const auto unit = columns.unit.empty() ? file.columns()[value].unit : columns.unit;
    const auto shown = toShownUnit(unit);
    if (!shown) {
        throw InputError(fmt::format("the unit \"{}\" of {} is not known; use Å², cm²/s, mS/cm, S/cm, eV, Å³",
                                     unit, columns.value));
    }
    if (columns.fixedTemperature && !(*columns.fixedTemperature > 0.0))
        throw InputError("a temperature must be above 0 K");
    MeasurementTable table{file.columns()[value].name, shown->second, {}, 0};
    for (std::size_t row = 0; row < file.rows(); ++row) {
        const auto number = file.number(row, value);
        if (!number) {
            ++table.gaps;
            continue;
        }
        Measurement m;
        m.formula = formulaAt(file, row, formula);
        m.formulaText = file.text(row, formula);
        m.value = *number * shown->first;
        m.line = file.line(row);
        m.temperature = columns.fixedTemperature;
        if (error) {
            if (const auto e = file.number(row, *error)) m.error = *e * shown->first;
        }
        if (temperature) {
            if (const auto t = file.number(row, *temperature))
                m.temperature = kelvin(file, row, *temperature, *t);
        }
        table.measurements.push_back(std::move(m));
    }
    if (table.measurements.empty())
        throw InputError(fmt::format("{}: no row has a value of {}", file.file().string(), columns.value));
    return table;
}

}  // namespace ionscape::surrogate
