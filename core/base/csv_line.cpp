// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv_line.h"

#include <algorithm>

#include "core/base/error.h"

namespace ionscape {

namespace {

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

}  // namespace

std::vector<std::string> csvFields(const std::filesystem::path& file, long number, std::string_view line,
                                   char separator) {
    std::vector<std::string> fields(1);
    bool quoted = false, wasQuoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
            fields.back() += line[++i];
        } else if (quoted && c == '"') {
            quoted = false;
        } else if (quoted) {
            fields.back() += c;
        } else if (c == '"' && !wasQuoted && trimmed(fields.back()).empty()) {
            quoted = wasQuoted = true;
            fields.back().clear();
        } else if (c == separator) {
            fields.emplace_back();
            wasQuoted = false;
        } else {
            fields.back() += c;
        }
    }
    if (quoted) throw IoError(file, number, "a quoted field does not end on its line");
    std::transform(fields.begin(), fields.end(), fields.begin(), trimmed);
    return fields;
}

}  // namespace ionscape
