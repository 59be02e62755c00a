// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/phase_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>

#include "core/base/csv_line.h"
#include "core/base/error.h"

namespace ionscape::composition {

namespace {

namespace fs = std::filesystem;

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

struct Columns {
    std::size_t count = 0;
    std::size_t formula = 0, energy = 0;
    bool perAtom = true;
    std::optional<std::size_t> label;
};

std::optional<std::size_t> columnNamed(const fs::path& file, long number,
                                       const std::vector<std::string>& names, const std::string& name) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] != name && names[i] != name + "_eV") continue;
        if (found) throw IoError(file, number, fmt::format("the column {} is there twice", name));
        found = i;
    }
    return found;
}

Columns columnsOf(const fs::path& file, long number, const std::vector<std::string>& names) {
    const auto formula = columnNamed(file, number, names, "formula");
    const auto perAtom = columnNamed(file, number, names, "energy_per_atom");
    const auto perUnit = columnNamed(file, number, names, "energy_per_formula_unit");
    if (!formula) throw IoError(file, number, "the first line must name the columns, one of them formula");
    if (perAtom.has_value() == perUnit.has_value()) {
        throw IoError(file, number,
                      "one column must be energy_per_atom or energy_per_formula_unit (eV), not both");
    }
    return {names.size(), *formula, perAtom ? *perAtom : *perUnit, perAtom.has_value(),
            columnNamed(file, number, names, "label")};
}

double energyOf(const fs::path& file, long number, const std::string& text) {
    double value = 0.0;
    const char* const begin = text.data() + (text.starts_with('+') ? 1 : 0);
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(begin, end, value);
    if (problem != std::errc() || stop != end || !std::isfinite(value))
        throw IoError(file, number, fmt::format("\"{}\" is not an energy in eV", text));
    return value;
}

PhaseEntry entryOf(const fs::path& file, long number, const std::vector<std::string>& fields,
                   const Columns& columns) {
    if (fields.size() != columns.count) {
        throw IoError(
            file, number,
            fmt::format("{} fields, but the first line names {} columns", fields.size(), columns.count));
    }
    PhaseEntry entry;
    try {
        entry.formula = parseFormula(fields[columns.formula]);
    } catch (const InputError& error) {
        throw IoError(file, number, error.what());
    }
    entry.energyPerAtom = energyOf(file, number, fields[columns.energy]);
    if (!columns.perAtom) entry.energyPerAtom /= atomsIn(entry.formula);
    if (columns.label) entry.label = fields[*columns.label];
    return entry;
}

}  // namespace

std::vector<PhaseEntry> readPhaseEntries(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw IoError(file, fmt::format("cannot be read: {}", std::strerror(errno)));
    std::vector<PhaseEntry> entries;
    std::optional<Columns> columns;
    long number = 0;
    for (std::string line; std::getline(in, line);) {
        if (++number == 1 && line.starts_with("\xEF\xBB\xBF"))
            line.erase(0, 3);  // what spreadsheets write first
        if (trimmed(line).empty() || line.front() == '#') continue;
        const auto fields = csvFields(file, number, line);
        if (columns) {
            entries.push_back(entryOf(file, number, fields, *columns));
        } else {
            columns = columnsOf(file, number, fields);
        }
    }
    if (entries.empty()) throw IoError(file, "holds no phases; the first line names the columns");
    return entries;
}

std::string csvField(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace ionscape::composition
