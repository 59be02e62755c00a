// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>

#include "core/base/error.h"
#include "core/crystal/structure.h"

namespace ionscape::io {

namespace {

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

std::string contentsOf(const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) throw IoError(file, "is a folder, not a file");
    std::ifstream in(file, std::ios::binary);
    if (!in) throw IoError(file, fmt::format("cannot be opened: {}", std::strerror(errno)));
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.bad()) throw IoError(file, fmt::format("cannot be read: {}", std::strerror(errno)));
    return text;
}

template <class T>
std::optional<T> parseWhole(std::string_view field) {
    if (field.size() > 1 && field[0] == '+' && field[1] != '-') field.remove_prefix(1);
    T value{};
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc() || end != field.data() + field.size()) return std::nullopt;
    return value;
}

}  // namespace

TextReader::TextReader(std::filesystem::path file) : file_(std::move(file)), text_(contentsOf(file_)) {
    if (text_.empty()) throw IoError(file_, "the file is empty");
}

TextReader::TextReader(std::filesystem::path file, std::string text, long linesBefore)
    : file_(std::move(file)), text_(std::move(text)), lineNumber_(linesBefore) {}

std::string_view TextReader::next(std::string_view expected) {
    ++lineNumber_;
    if (atEnd()) fail(fmt::format("the file ends where {} should stand; it seems to be truncated", expected));
    const std::size_t end = std::min(text_.find('\n', position_), text_.size());
    std::string_view line(text_.data() + position_, end - position_);
    position_ = end + 1;
    if (position_ > text_.size()) position_ = text_.size();
    while (!line.empty() && isBlank(line.back()))
        line.remove_suffix(1);
    return line;
}

void TextReader::skipBlankLines() {
    while (!atEnd()) {
        const std::size_t end = std::min(text_.find('\n', position_), text_.size());
        if (!std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(position_),
                         text_.begin() + static_cast<std::ptrdiff_t>(end), isBlank)) {
            return;
        }
        next("a blank line");
    }
}

void TextReader::fail(const std::string& what) const {
    throw IoError(file_, lineNumber_, what);
}

std::vector<std::string_view> TextReader::nextFields(std::string_view expected) {
    std::vector<std::string_view> fields;
    splitFields(next(expected), fields);
    return fields;
}

double TextReader::number(std::string_view field, std::string_view where) const {
    const auto value = parseNumber(field);
    if (!value) fail(fmt::format("bad number {} in {}", inQuotes(field), where));
    return *value;
}

void TextReader::validate(const crystal::Structure& structure, long line) const {
    try {
        structure.validate();
    } catch (const InputError& error) {
        throw IoError(file_, line, error.what());
    }
}

void splitFields(std::string_view line, std::vector<std::string_view>& fields) {
    fields.clear();
    std::size_t i = 0;
    for (;;) {
        while (i < line.size() && isBlank(line[i]))
            ++i;
        if (i == line.size()) return;
        const std::size_t start = i;
        while (i < line.size() && !isBlank(line[i]))
            ++i;
        fields.push_back(line.substr(start, i - start));
    }
}

std::optional<double> parseNumber(std::string_view field) {
    const auto value = parseWhole<double>(field);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<long> parseInteger(std::string_view field) {
    return parseWhole<long>(field);
}

std::string inQuotes(std::string_view text) {
    constexpr std::size_t longest = 40;
    std::string result = "'";
    for (const char c : text.substr(0, longest))
        result += c >= ' ' && c <= '~' ? c : '?';
    return result + (text.size() > longest ? "…'" : "'");
}

}  // namespace ionscape::io
