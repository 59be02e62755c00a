// SPDX-License-Identifier: GPL-3.0-or-later
// A table in an HDF5 file that grows row by row: a killed program leaves all rows that were appended.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace ionscape::trajectory {

struct TableColumn {
    enum class Kind {
        Number,   ///< float64; a missing one is stored as NaN, and the attribute "missing" says so
        Integer,  ///< int64
        Text,     ///< UTF-8 of at most `width` bytes; longer text is cut
        List  ///< float32, as many in a row as the row has: dataset NAME, and NAME_end with the end of each
              ///< row
    };
    std::string name;
    Kind kind = Kind::Number;
    std::string unit;
    std::string meaning;
    std::size_t width = 64;
};

using TableValue = std::variant<double, std::int64_t, std::string, std::vector<float>>;

/// Each column is a dataset below the group "table" with the attributes unit and meaning, so that h5py and
/// others read it without this program. All rows of all columns appear in the file at once (JournaledFile).
class TableFile {
  public:
    enum class Mode { Update, Read };
    enum class Storage {
        Growing,  ///< every part keeps its place: made for appending
        Compact   ///< compressed: made for handing on. Rows can be appended, but each leaves holes
    };
    using Texts = std::vector<std::pair<std::string, std::string>>;
    /// A new file with no row and these texts beside the table, by name (see setText()); it appears at once,
    /// so that nobody ever meets one without its texts. Fails when it exists. Throws IoError.
    static void create(const std::filesystem::path& file, const std::vector<TableColumn>& columns,
                       const Texts& texts = {});
    /// The same table and texts in another file, replaced in one step if it exists, or in the same file.
    /// Throws IoError.
    static void rewrite(const std::filesystem::path& from, const std::filesystem::path& to, Storage storage);
    /// Throws IoError when the file is missing, damaged, not a table, or (Update) written by another process.
    TableFile(const std::filesystem::path& file, Mode mode);
    ~TableFile();
    TableFile(TableFile&&) noexcept;
    TableFile& operator=(TableFile&&) noexcept;

    Storage storage() const;
    std::size_t rows() const;
    const std::vector<TableColumn>& columns() const;
    bool hasColumn(const std::string& name) const;
    /// Values in the order of the columns and of their kinds; on disk when it returns. Throws InputError for
    /// other kinds or another number of them.
    void append(const std::vector<TableValue>& row);
    /// Several rows that appear at once.
    void appendRows(const std::vector<std::vector<TableValue>>& rows);

    /// Whole columns; throw IoError for one that is not there or of another kind.
    std::vector<double> numbers(const std::string& column) const;
    std::vector<std::int64_t> integers(const std::string& column) const;
    std::vector<std::string> texts(const std::string& column) const;
    std::vector<std::vector<float>> lists(const std::string& column) const;
    std::vector<float> list(const std::string& column, std::size_t row) const;

    /// Text beside the table (provenance, definitions); replaces an earlier one and is on disk when it
    /// returns.
    void setText(const std::string& name, const std::string& text);
    /// Empty where there is none.
    std::string text(const std::string& name) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::trajectory
