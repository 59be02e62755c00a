// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/csv_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "core/base/csv_line.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/composition/phase_csv.h"

namespace ionscape::surrogate {

namespace {

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

char separatorOf(std::string_view header) {
    for (const char c : {'\t', ';'}) {
        if (header.find(c) != std::string_view::npos) return c;
    }
    return ',';
}

/// "volume (Å³)" and "volume [Å³]" → volume, Å³
CsvColumn columnOf(const std::string& header) {
    for (const auto& [opening, closing] : {std::pair('(', ')'), std::pair('[', ']')}) {
        const auto open = header.rfind(opening);
        if (header.empty() || header.back() != closing || open == std::string::npos || open == 0) continue;
        return {trimmed(header.substr(0, open)), trimmed(header.substr(open + 1, header.size() - open - 2))};
    }
    return {header, {}};
}

bool isGap(const std::string& text) {
    static const std::set<std::string> gaps = {"", "-", "–", "—", "na", "n/a", "nan", "null", "none"};
    return gaps.count(lowerCase(text)) > 0;
}

}  // namespace

CsvTable CsvTable::read(const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) throw IoError(file, "is a folder, not a table");
    std::ifstream in(file, std::ios::binary);
    if (!in) throw IoError(file, fmt::format("cannot be opened: {}", std::strerror(errno)));
    std::ostringstream text;
    text << in.rdbuf();
    if (in.bad()) throw IoError(file, "cannot be read");
    return parse(text.str(), file);
}

CsvTable CsvTable::parse(std::string_view text, const std::filesystem::path& name) {
    CsvTable table;
    table.file_ = name;
    if (const auto at = findInvalidUtf8(text); at != std::string::npos) {
        const auto before = text.substr(0, at);
        throw IoError(name, 1 + static_cast<long>(std::count(before.begin(), before.end(), '\n')),
                      "is no text in UTF-8");
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    long number = 0;
    while (!text.empty()) {
        ++number;
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const auto first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos || line[first] == '#') continue;
        if (table.columns_.empty()) {
            table.separator_ = separatorOf(line);
            std::set<std::string> names;
            for (const auto& header : csvFields(name, number, line, table.separator_)) {
                table.columns_.push_back(columnOf(header));
                const auto& column = table.columns_.back().name;
                if (column.empty())
                    throw IoError(name, number, fmt::format("column {} has no name", table.columns_.size()));
                if (!names.insert(column).second)
                    throw IoError(name, number, fmt::format("the column {} is there twice", column));
            }
            continue;
        }
        auto fields = csvFields(name, number, line, table.separator_);
        if (fields.size() != table.columns_.size()) {
            throw IoError(name, number,
                          fmt::format("{} fields, but the header names {} columns", fields.size(),
                                      table.columns_.size()));
        }
        table.cells_.push_back(std::move(fields));
        table.lines_.push_back(number);
    }
    if (table.cells_.empty()) throw IoError(name, "has no rows; the first line must name the columns");
    return table;
}

std::optional<std::size_t> CsvTable::findColumn(std::string_view name) const {
    for (std::size_t j = 0; j < columns_.size(); ++j) {
        const auto& c = columns_[j];
        if (c.name == name || fmt::format("{} ({})", c.name, c.unit) == name) return j;
    }
    return std::nullopt;
}

std::size_t CsvTable::column(std::string_view name) const {
    if (const auto found = findColumn(name)) return *found;
    std::vector<std::string> names;
    for (const auto& c : columns_)
        names.push_back(c.name);
    const auto close = closeNames(name, names);
    throw InputError(close.empty() ? fmt::format("{}: there is no column {}; there are {}", file_.string(),
                                                 name, fmt::join(names, ", "))
                                   : fmt::format("{}: there is no column {}; did you mean {}?",
                                                 file_.string(), name, fmt::join(close, " or ")));
}

std::optional<double> CsvTable::readNumber(const std::string& text, bool& isNumber) const {
    isNumber = true;
    if (isGap(text)) return std::nullopt;
    std::string digits = text.starts_with('+') ? text.substr(1) : text;
    if (separator_ != ',' && digits.find('.') == std::string::npos &&
        std::count(digits.begin(), digits.end(), ',') == 1)
        std::replace(digits.begin(), digits.end(), ',', '.');
    double value = 0.0;
    const auto [stop, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    isNumber = problem == std::errc() && stop == digits.data() + digits.size() && std::isfinite(value);
    return value;
}

std::optional<double> CsvTable::number(std::size_t row, std::size_t column) const {
    bool isNumber = false;
    const auto value = readNumber(cells_[row][column], isNumber);
    if (!isNumber) {
        throw IoError(file_, lines_[row],
                      fmt::format("{}: \"{}\" is no number", columns_[column].name, cells_[row][column]));
    }
    return value;
}

bool CsvTable::isNumeric(std::size_t column) const {
    bool any = false;
    for (const auto& row : cells_) {
        bool isNumber = false;
        const auto value = readNumber(row[column], isNumber);
        if (!isNumber) return false;
        any = any || value.has_value();
    }
    return any;
}

std::string csvHeader(const CsvColumn& column) {
    return composition::csvField(column.unit.empty() ? column.name
                                                     : fmt::format("{} ({})", column.name, column.unit));
}

}  // namespace ionscape::surrogate
