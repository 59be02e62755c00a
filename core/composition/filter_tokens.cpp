// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/filter_tokens.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"

namespace ionscape::composition {
namespace {

constexpr std::size_t maximumLength = 10'000;

struct Spelling {
    std::string_view written, meant;
};

/// Longer spellings before those they begin with.
constexpr std::array<Spelling, 29> signs{{
    {"<=", "<="}, {">=", ">="}, {"==", "="}, {"!=", "!="}, {"<>", "!="}, {"&&", "and"},
    {"||", "or"}, {"<", "<"},   {">", ">"},  {"=", "="},   {"!", "not"}, {"&", "and"},
    {"|", "or"},  {"(", "("},   {")", ")"},  {"+", "+"},   {"-", "-"},   {"*", "*"},
    {"/", "/"},   {"%", "%"},   {"≤", "<="}, {"≥", ">="},  {"≠", "!="},  {"∧", "and"},
    {"∨", "or"},  {"¬", "not"}, {"−", "-"},  {"×", "*"},   {"·", "*"},
}};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    std::vector<FilterToken> scan() {
        std::vector<FilterToken> tokens;
        do {
            tokens.push_back(next());
        } while (tokens.back().kind != FilterToken::Kind::End);
        return tokens;
    }

  private:
    FilterToken next() {
        while (at_ < text_.size() && isSpace(text_[at_]))
            advance(1);
        FilterToken token;
        token.position = position_;
        if (at_ == text_.size()) return token;
        const bool fraction = text_[at_] == '.' && at_ + 1 < text_.size() && isDigit(text_[at_ + 1]);
        if (isDigit(text_[at_]) || fraction) return number(token);
        if (text_[at_] == '"') return quoted(token);
        if (const Spelling* sign = signHere()) {
            token.kind = FilterToken::Kind::Sign;
            token.text = sign->meant;
            advance(sign->written.size());
            return token;
        }
        return name(token);
    }

    const Spelling* signHere() const {
        for (const Spelling& sign : signs) {
            if (text_.substr(at_).starts_with(sign.written)) return &sign;
        }
        return nullptr;
    }

    FilterToken number(FilterToken token) {
        const char* const end = text_.data() + text_.size();
        const auto [stop, status] = std::from_chars(text_.data() + at_, end, token.number);
        if (status != std::errc{} || !std::isfinite(token.number))
            failInFilter(position_, "this number is out of range");
        token.kind = FilterToken::Kind::Number;
        advance(static_cast<std::size_t>(stop - text_.data()) - at_);
        return token;
    }

    FilterToken quoted(FilterToken token) {
        const std::size_t end = text_.find('"', at_ + 1);
        if (end == std::string_view::npos) failInFilter(position_, "this \" is never closed");
        token.kind = FilterToken::Kind::Name;
        token.text = text_.substr(at_ + 1, end - at_ - 1);
        advance(end + 1 - at_);
        return token;
    }

    bool isNamePart(char c) const {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || isDigit(c) || c == '_' ||
               (static_cast<unsigned char>(c) >= 0x80 && !signHere());
    }

    FilterToken name(FilterToken token) {
        if (!isNamePart(text_[at_])) {
            failInFilter(position_,
                         fmt::format("'{}' means nothing here; write a condition such as \"Li < 3\"",
                                     text_[at_] >= ' ' ? std::string(1, text_[at_]) : "control character"));
        }
        const std::size_t begin = at_;
        while (at_ < text_.size() && isNamePart(text_[at_]))
            advance(1);
        token.text = text_.substr(begin, at_ - begin);
        const std::string small = lowerCase(token.text);
        const bool keyword = small == "and" || small == "or" || small == "not";
        token.kind = keyword ? FilterToken::Kind::Sign : FilterToken::Kind::Name;
        if (keyword) token.text = small;
        return token;
    }

    /// Moves on by bytes; a character counts at its first byte.
    void advance(std::size_t bytes) {
        for (const std::size_t end = at_ + bytes; at_ < end; ++at_) {
            if ((static_cast<unsigned char>(text_[at_]) & 0xC0u) != 0x80u) ++position_;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t position_ = 1;
};

}  // namespace

void failInFilter(std::size_t position, const std::string& what) {
    throw InputError(fmt::format("filter, position {}: {}", position, what));
}

std::vector<FilterToken> filterTokens(std::string_view text) {
    if (text.size() > maximumLength) {
        throw InputError(
            fmt::format("filter: {} characters are too many (at most {})", text.size(), maximumLength));
    }
    if (const std::size_t bad = findInvalidUtf8(text); bad != std::string_view::npos) {
        throw InputError(fmt::format("filter: byte {} (0x{:02X}) is not UTF-8 text", bad + 1,
                                     static_cast<unsigned>(static_cast<unsigned char>(text[bad]))));
    }
    return Scanner(text).scan();
}

}  // namespace ionscape::composition
