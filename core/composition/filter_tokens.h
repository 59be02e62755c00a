// SPDX-License-Identifier: GPL-3.0-or-later
// Splits a filter into words, numbers and signs; internal to the filter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ionscape::composition {

struct FilterToken {
    enum class Kind { Name, Number, Sign, End } kind = Kind::End;
    /// A name as written (without quotes), or a sign in one spelling: "<=" also for "≤", "and" for "&&".
    std::string text;
    double number = 0.0;
    std::size_t position = 1;  ///< in characters, from 1
};

/// Always ends with a token of kind End. Throws InputError naming the position.
std::vector<FilterToken> filterTokens(std::string_view text);

/// Throws InputError "filter, position 7: what".
[[noreturn]] void failInFilter(std::size_t position, const std::string& what);

}  // namespace ionscape::composition
