// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a text file of any size line by line, plain or compressed with gzip, in bounded memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace ionscape::io {

/// Holds one block of the file at a time. A line is valid until the next one is asked for.
class LineStream {
  public:
    /// No line of a sound file is longer than this: what is longer is refused before it fills the memory.
    static constexpr std::size_t longestLine = std::size_t{1} << 20;

    /// Throws IoError when the file cannot be opened, is no regular file, or is empty.
    explicit LineStream(std::filesystem::path file);
    ~LineStream();
    LineStream(const LineStream&) = delete;
    LineStream& operator=(const LineStream&) = delete;

    const std::filesystem::path& file() const;
    /// The next line without its end and the white space before that; false at the end of the file. Throws
    /// IoError on a read error, damaged compression, or a line longer than longestLine.
    bool next(std::string_view& line);
    /// As next, but the end of the file is an error: "the file ends where `expected` should stand".
    std::string_view require(std::string_view expected);
    /// Makes next() return the line it returned last once more; it stays valid.
    void putBack();
    /// One-based number of the line that next() returned last.
    long lineNumber() const;
    /// Share of the file that was read, 0 to 1.
    double fractionRead() const;
    /// Bytes that may still come, at most: the bound on what a count in the file can claim.
    std::uint64_t mostBytesLeft() const;
    /// Throws IoError at the line that next() returned last.
    [[noreturn]] void fail(std::string_view what) const;
    /// A finite number, or IoError "bad number 'x' in `where`".
    double number(std::string_view field, std::string_view where) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::io
