// SPDX-License-Identifier: GPL-3.0-or-later
// Small helpers for text that a user typed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ionscape {

/// Levenshtein distance in bytes: insertions, deletions and replacements that make one of the other.
std::size_t editDistance(std::string_view a, std::string_view b);

/// Up to `most` of the candidates that look like a misspelt `name` (upper and lower case are the same), the
/// nearest first, each once.
std::vector<std::string> closeNames(std::string_view name, const std::vector<std::string>& candidates,
                                    std::size_t most = 3);

/// Index of the first byte that is not part of valid UTF-8; npos if all of the text is.
std::size_t findInvalidUtf8(std::string_view text);

/// Letters A to Z made small; other bytes stay.
std::string lowerCase(std::string_view text);

}  // namespace ionscape
