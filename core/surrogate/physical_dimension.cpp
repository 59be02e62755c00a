// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/physical_dimension.h"

#include <array>
#include <cctype>
#include <set>
#include <utility>

namespace ionscape::surrogate {

namespace {

const std::array<std::pair<std::string_view, char>, 12> superscripts = {{{"⁰", '0'},
                                                                         {"¹", '1'},
                                                                         {"²", '2'},
                                                                         {"³", '3'},
                                                                         {"⁴", '4'},
                                                                         {"⁵", '5'},
                                                                         {"⁶", '6'},
                                                                         {"⁷", '7'},
                                                                         {"⁸", '8'},
                                                                         {"⁹", '9'},
                                                                         {"⁻", '-'},
                                                                         {"·", ' '}}};

/// Superscripts as digits after a "^", the middle dot as a space.
std::string plain(std::string_view unit) {
    std::string text;
    bool raised = false;
    while (!unit.empty()) {
        bool found = false;
        for (const auto& [symbol, digit] : superscripts) {
            if (!unit.starts_with(symbol)) continue;
            if (digit != ' ' && !raised) text += '^';
            raised = digit != ' ';
            text += digit;
            unit.remove_prefix(symbol.size());
            found = true;
            break;
        }
        if (found) continue;
        raised = false;
        text += unit.front();
        unit.remove_prefix(1);
    }
    return text;
}

bool isPlainNumber(const std::string& word) {
    static const std::set<std::string> words = {"1", "R", "°", "deg", "rad", "%"};
    return words.count(word) > 0;
}

/// "cm^-2" as word and power; power 0 for what cannot be read.
std::pair<std::string, int> factorOf(const std::string& token) {
    const auto caret = token.find('^');
    if (caret == std::string::npos) return {token, 1};
    const std::string digits = token.substr(caret + 1);
    const bool negative = digits.starts_with('-');
    const std::string number = negative ? digits.substr(1) : digits;
    if (number.size() != 1 || !std::isdigit(static_cast<unsigned char>(number[0])) || caret == 0)
        return {token, 0};
    return {token.substr(0, caret), (negative ? -1 : 1) * (number[0] - '0')};
}

}  // namespace

PhysicalDimension combined(PhysicalDimension a, const PhysicalDimension& b, int power) {
    for (const auto& [unit, exponent] : b) {
        const int sum = a[unit] + power * exponent;
        if (sum == 0)
            a.erase(unit);
        else
            a[unit] = sum;
    }
    return a;
}

PhysicalDimension dimensionOf(std::string_view unit) {
    PhysicalDimension result;
    int sign = 1;
    std::string token;
    bool readable = true;
    const auto finish = [&] {
        if (token == "per") {
            sign = -1;
        } else if (!token.empty()) {
            const auto [word, power] = factorOf(token);
            readable = readable && power != 0;
            if (!isPlainNumber(word)) result = combined(result, {{word, sign * power}}, 1);
        }
        token.clear();
    };
    for (const char c : plain(unit)) {
        if (c == ' ' || c == '/' || c == '*') {
            finish();
            if (c == '/') sign = -1;
        } else {
            token += c;
        }
    }
    finish();
    return readable ? result : PhysicalDimension{{std::string(unit), 1}};
}

}  // namespace ionscape::surrogate
