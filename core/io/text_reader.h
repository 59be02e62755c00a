// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a text file line by line with the place of every error, shared by the format readers.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ionscape::crystal {
struct Structure;
}

namespace ionscape::io {

/// A whole text file in memory, handed out line by line (without line ends). Lines stay valid as long as the
/// reader.
class TextReader {
  public:
    /// Throws IoError when the file cannot be read.
    explicit TextReader(std::filesystem::path file);
    /// A part of a larger file; `linesBefore` of it went before this text.
    TextReader(std::filesystem::path file, std::string text, long linesBefore);

    const std::filesystem::path& file() const { return file_; }
    const std::string& text() const { return text_; }
    /// True when nothing but the end of the file follows.
    bool atEnd() const { return position_ >= text_.size(); }
    std::size_t bytesLeft() const { return text_.size() - position_; }
    /// The next line; at the end throws IoError "the file ends where `expected` should stand".
    std::string_view next(std::string_view expected);
    /// Skips lines of white space only.
    void skipBlankLines();
    /// One-based number of the line that next() returned last.
    long lineNumber() const { return lineNumber_; }
    /// Throws IoError at the line that next() returned last.
    [[noreturn]] void fail(const std::string& what) const;

    /// The fields of the next line.
    std::vector<std::string_view> nextFields(std::string_view expected);
    /// Finite number or IoError "bad number 'x' in `where`".
    double number(std::string_view field, std::string_view where) const;
    /// Runs Structure::validate; its message gets the file and `line`.
    void validate(const crystal::Structure& structure, long line) const;

  private:
    std::filesystem::path file_;
    std::string text_;
    std::size_t position_ = 0;
    long lineNumber_ = 0;
};

/// Fields separated by white space; `fields` is reused to save allocations.
void splitFields(std::string_view line, std::vector<std::string_view>& fields);
/// A finite number that fills the whole field ("1.5", "+2e-3"), or nothing.
std::optional<double> parseNumber(std::string_view field);
std::optional<long> parseInteger(std::string_view field);
/// The text in quotes for a message: shortened, and without characters that a terminal might act on.
std::string inQuotes(std::string_view text);

}  // namespace ionscape::io
