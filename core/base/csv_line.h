// SPDX-License-Identifier: GPL-3.0-or-later
// One line of a table in text: fields between separators, with quotes around those that hold one.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ionscape {

/// The fields of a line (RFC 4180, but a quoted field ends on its line), without the blanks around them.
/// \param number  of the line, for the message. Throws IoError for a quotation that does not end.
std::vector<std::string> csvFields(const std::filesystem::path& file, long number, std::string_view line,
                                   char separator = ',');

}  // namespace ionscape
