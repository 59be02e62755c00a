// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/formula.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/error.h"

namespace ionscape::composition {
namespace {

constexpr double maximumAmount = 1e6;
constexpr int maximumDepth = 32;
constexpr std::size_t maximumLength = 10'000;
constexpr char32_t subscriptZero = U'\u2080';

/// Length of the UTF-8 sequence that `lead` opens; 0 if no sequence starts so.
std::size_t sequenceLength(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    if (lead >= 0xF0 && lead < 0xF5) return 4;
    return 0;
}

/// UTF-8 to characters, subscript digits already made plain.
std::u32string decode(std::string_view text) {
    if (text.size() > maximumLength) {
        throw InputError(
            fmt::format("formula: {} characters are too many (at most {})", text.size(), maximumLength));
    }
    std::u32string characters;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = sequenceLength(lead);
        bool valid = length > 0 && at + length <= text.size();
        char32_t code = length == 1 ? lead : lead & (0xFFu >> (length + 1));
        for (std::size_t i = 1; valid && i < length; ++i) {
            const auto byte = static_cast<unsigned char>(text[at + i]);
            valid = (byte & 0xC0u) == 0x80u;
            code = (code << 6) | (byte & 0x3Fu);
        }
        if (!valid) {
            throw InputError(fmt::format("formula, position {}: byte 0x{:02X} is not UTF-8 text",
                                         characters.size() + 1, static_cast<unsigned>(lead)));
        }
        if (code >= subscriptZero && code <= subscriptZero + 9) code = U'0' + (code - subscriptZero);
        characters.push_back(code);
        at += length;
    }
    return characters;
}

void add(Formula& formula, crystal::Element element, double amount) {
    for (auto& [present, total] : formula) {
        if (present == element) {
            total += amount;
            return;
        }
    }
    formula.emplace_back(element, amount);
}

/// Recursive descent over: formula = part+; part = (symbol | "(" formula ")") [amount].
class Parser {
  public:
    explicit Parser(std::u32string text) : text_(std::move(text)) {}

    Formula parse() {
        Formula formula = sequence(0);
        if (at_ < text_.size()) fail("unexpected \")\" without its \"(\"");
        for (const auto& [element, amount] : formula) {
            if (amount > maximumAmount) {
                throw InputError(fmt::format("formula: the amount of {} is above the limit of {:g}",
                                             element.symbol(), maximumAmount));
            }
        }
        return formula;
    }

  private:
    [[noreturn]] void fail(const std::string& what) const { failAt(at_, what); }
    [[noreturn]] static void failAt(std::size_t position, const std::string& what) {
        throw InputError(fmt::format("formula, position {}: {}", position + 1, what));
    }

    char32_t peek() const { return at_ < text_.size() ? text_[at_] : U'\0'; }
    bool ended() const { return at_ == text_.size(); }
    static bool isDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
    static bool isUpper(char32_t c) { return c >= U'A' && c <= U'Z'; }
    static bool isLower(char32_t c) { return c >= U'a' && c <= U'z'; }

    void skipSpaces() {
        while (!ended() && (peek() == U' ' || peek() == U'\t'))
            ++at_;
    }

    std::string found() const {
        if (ended()) return "the end";
        const char32_t c = peek();
        if (c > 0x20 && c < 0x7F) return fmt::format("\"{}\"", static_cast<char>(c));
        return fmt::format("character U+{:04X}", static_cast<unsigned>(c));
    }

    Formula sequence(int depth) {
        Formula formula;
        for (skipSpaces(); !ended() && peek() != U')'; skipSpaces()) {
            Formula part = depth == maximumDepth && peek() == U'(' ? tooDeep() : element(depth);
            const double factor = amount();
            for (const auto& [symbol, n] : part)
                add(formula, symbol, n * factor);
        }
        if (formula.empty()) fail("expected an element symbol, found " + found());
        return formula;
    }

    [[noreturn]] Formula tooDeep() const {
        fail(fmt::format("parentheses are nested deeper than {}", maximumDepth));
    }

    Formula element(int depth) {
        if (peek() == U'(') {
            const std::size_t open = at_++;
            Formula inner = sequence(depth + 1);
            if (ended()) failAt(open, "this \"(\" is never closed");
            ++at_;
            return inner;
        }
        if (!isUpper(peek())) fail("expected an element symbol, found " + found());
        const std::size_t start = at_;
        std::string symbol(1, static_cast<char>(text_[at_++]));
        if (!ended() && isLower(peek())) symbol.push_back(static_cast<char>(text_[at_++]));
        const auto known = crystal::Element::find(symbol);
        if (!known) failAt(start, fmt::format("there is no element \"{}\"", symbol));
        return {{*known, 1.0}};
    }

    double amount() {
        skipSpaces();
        if (peek() == U'-' || peek() == U'+') fail("amounts have no sign");
        const std::size_t start = at_;
        std::string digits;
        while (!ended() && (isDigit(peek()) || peek() == U'.'))
            digits.push_back(static_cast<char>(text_[at_++]));
        if (digits.empty()) return 1.0;
        double value = 0.0;
        const char* const end = digits.data() + digits.size();
        const auto [stop, status] = std::from_chars(digits.data(), end, value, std::chars_format::fixed);
        if (digits.back() == '.' || stop != end) {
            failAt(start, fmt::format("\"{}\" is not a number", digits));
        }
        if (status != std::errc{} || value <= 0.0 || value > maximumAmount) {
            failAt(start,
                   fmt::format("the amount {} must lie above 0 and at most at {:g}", digits, maximumAmount));
        }
        return value;
    }

    std::u32string text_;
    std::size_t at_ = 0;
};

/// "2.625", "12", "" for 1; "0" when it rounds to nothing.
std::string amountText(double amount, int decimals) {
    std::string text = fmt::format("{:.{}f}", amount, std::max(decimals, 0));
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    return text == "1" ? std::string() : text;
}

}  // namespace

Formula parseFormula(std::string_view text) {
    return Parser(decode(text)).parse();
}

double amountOf(const Formula& formula, crystal::Element element) {
    for (const auto& [present, amount] : formula) {
        if (present == element) return amount;
    }
    return 0.0;
}

std::string formulaText(const Formula& formula, int decimals) {
    std::string text;
    for (const auto& [element, amount] : formula) {
        const std::string number = amountText(amount, decimals);
        if (number == "0") continue;
        text += element.symbol();
        text += number;
    }
    return text;
}

std::string formulaPretty(const Formula& formula, int decimals) {
    std::string pretty;
    for (const char c : formulaText(formula, decimals)) {
        if (c >= '0' && c <= '9') {
            pretty += "\xE2\x82";  // U+2080 + digit in UTF-8: E2 82 80+digit
            pretty += static_cast<char>(0x80 + (c - '0'));
        } else {
            pretty += c;
        }
    }
    return pretty;
}

}  // namespace ionscape::composition
