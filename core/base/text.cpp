// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <algorithm>

namespace ionscape {

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::vector<std::string> closeNames(std::string_view name, const std::vector<std::string>& candidates,
                                    std::size_t most) {
    const std::string wanted = lowerCase(name);
    const std::size_t tolerated = std::max<std::size_t>(wanted.size() < 4 ? 1 : 2, wanted.size() / 3);
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const std::string& candidate : candidates) {
        const std::string small = lowerCase(candidate);
        const bool begins = wanted.size() >= 2 && small.starts_with(wanted);
        const std::size_t distance = begins ? 1 : editDistance(wanted, small);
        if (distance <= tolerated && distance < std::max(wanted.size(), small.size()))
            ranked.emplace_back(distance, candidate);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> names;
    for (auto& [distance, candidate] : ranked) {
        if (names.size() == most) break;
        if (std::find(names.begin(), names.end(), candidate) == names.end())
            names.push_back(std::move(candidate));
    }
    return names;
}

std::size_t findInvalidUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80                   ? 1
                                   : lead >= 0xC2 && lead < 0xE0 ? 2
                                   : lead >= 0xE0 && lead < 0xF0 ? 3
                                   : lead >= 0xF0 && lead < 0xF5 ? 4
                                                                 : 0;
        if (length == 0 || at + length > text.size()) return at;
        for (std::size_t i = 1; i < length; ++i) {
            if ((static_cast<unsigned char>(text[at + i]) & 0xC0u) != 0x80u) return at;
        }
        const auto second = length > 1 ? static_cast<unsigned char>(text[at + 1]) : 0u;
        const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
        const bool surrogate = lead == 0xED && second >= 0xA0;
        if (overlong || surrogate || (lead == 0xF4 && second >= 0x90)) return at;
        at += length;
    }
    return std::string_view::npos;
}

std::string lowerCase(std::string_view text) {
    std::string small(text);
    for (char& c : small) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return small;
}

}  // namespace ionscape
