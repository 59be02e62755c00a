// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of numbers and names in CSV files, with units in the headers.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ionscape::surrogate {

struct CsvColumn {
    std::string name, unit;  ///< of the header "volume (Å³)" or "volume [Å³]"
};

/// The cells of a file as text.
class CsvTable {
  public:
    /// Fields are separated by commas, semicolons or tabs, whichever the header has; RFC 4180 quotes, lines
    /// that begin with # and empty ones are skipped. Between semicolons or tabs, a comma in a number is a
    /// decimal comma. Throws IoError with file and line for a header with a name twice or missing, a row of
    /// another length, text that is no UTF-8, and a file without rows.
    static CsvTable read(const std::filesystem::path& file);
    /// The same from text; `name` stands for the file in messages.
    static CsvTable parse(std::string_view text, const std::filesystem::path& name);

    const std::vector<CsvColumn>& columns() const { return columns_; }
    std::size_t rows() const { return cells_.size(); }
    /// By name, or by the header as it is written. Throws InputError naming the file and close columns.
    std::size_t column(std::string_view name) const;
    std::optional<std::size_t> findColumn(std::string_view name) const;
    const std::string& text(std::size_t row, std::size_t column) const { return cells_[row][column]; }
    /// Empty for an empty cell, "-", "–", "NA", "nan", "null". Throws IoError with file and line for other
    /// text that is no number.
    std::optional<double> number(std::size_t row, std::size_t column) const;
    /// Is there a number in it and nothing but numbers and gaps?
    bool isNumeric(std::size_t column) const;
    /// Of a row in the file, from 1.
    long line(std::size_t row) const { return lines_[row]; }
    const std::filesystem::path& file() const { return file_; }

  private:
    std::optional<double> readNumber(const std::string& text, bool& isNumber) const;
    std::filesystem::path file_;
    char separator_ = ',';
    std::vector<CsvColumn> columns_;
    std::vector<std::vector<std::string>> cells_;
    std::vector<long> lines_;
};

/// "volume (Å³)", or the name alone where there is no unit; quoted where CSV asks for it.
std::string csvHeader(const CsvColumn& column);

}  // namespace ionscape::surrogate
