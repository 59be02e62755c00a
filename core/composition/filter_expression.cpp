// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/filter_expression.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/base/text.h"
#include "core/composition/descriptors.h"
#include "core/composition/filter_tokens.h"

namespace ionscape::composition {
namespace {

using Operation = FilterExpression::Operation;
using Step = FilterExpression::Step;

constexpr double tolerance = 1e-9;
constexpr int maximumNesting = 40;

/// Recursive descent that writes the steps in the order in which a stack machine needs them:
///   or = and {"or" and};  and = not {"and" not};  not = {"not"} comparison
///   comparison = sum [sign sum [sign sum]];  sum = product {("+"|"-") product}
///   product = unary {("*"|"/") unary};  unary = {"-"} (number ["%"] | name | "(" or ")")
class Parser {
  public:
    Parser(std::string_view text, const std::vector<Column>& columns)
        : columns_(columns), tokens_(filterTokens(text)) {}

    void parse() {
        if (here().kind == FilterToken::Kind::End) return;
        const std::size_t start = here().position;
        asTruth(disjunction(), start);
        if (here().kind != FilterToken::Kind::End) fail("expected \"and\", \"or\" or the end");
    }

    std::vector<Step> steps;
    std::vector<std::size_t> used;

  private:
    /// A flag is a number that may also stand for "not zero".
    enum class Type { Number, Flag, Truth };

    const FilterToken& here() const { return tokens_[at_]; }

    bool isSign(std::string_view sign) const {
        return here().kind == FilterToken::Kind::Sign && here().text == sign;
    }

    bool accept(std::string_view sign) {
        if (!isSign(sign)) return false;
        ++at_;
        return true;
    }

    [[noreturn]] void fail(const std::string& expected) const {
        std::string found = "the end";
        if (here().kind == FilterToken::Kind::Number) found = fmt::format("the number {:g}", here().number);
        if (here().kind == FilterToken::Kind::Name || here().kind == FilterToken::Kind::Sign)
            found = "\"" + here().text + "\"";
        failInFilter(here().position, expected + ", found " + found);
    }

    /// Keeps track of how high the stack gets.
    void emit(Operation operation, int stackChange, std::uint32_t slot = 0, double number = 0.0) {
        steps.push_back({operation, slot, number});
        height_ += stackChange;
        if (height_ > static_cast<int>(FilterExpression::maximumDepth))
            failInFilter(here().position, "the condition is nested too deeply");
    }

    void asTruth(Type type, std::size_t start) {
        if (type == Type::Number)
            failInFilter(start, "this is a number, not a condition: compare it, for example with \"> 1.5\"");
        if (type == Type::Flag) emit(Operation::Truth, 0);
    }

    void asNumber(Type type, std::size_t start) const {
        if (type == Type::Truth)
            failInFilter(start,
                         "this is a condition, not a number: it cannot be compared or calculated with");
    }

    Type disjunction() {
        return joined("or", Operation::Or, [this] { return conjunction(); });
    }

    Type conjunction() {
        return joined("and", Operation::And, [this] { return negation(); });
    }

    template <class Part>
    Type joined(std::string_view sign, Operation operation, Part part) {
        const std::size_t start = here().position;
        Type type = part();
        while (isSign(sign)) {
            asTruth(type, start);
            ++at_;
            const std::size_t next = here().position;
            asTruth(part(), next);
            emit(operation, -1);
            type = Type::Truth;
        }
        return type;
    }

    Type negation() {
        bool any = false, odd = false;
        while (accept("not")) {
            any = true;
            odd = !odd;
        }
        const std::size_t start = here().position;
        const Type type = comparison();
        if (!any) return type;
        asTruth(type, start);
        if (odd) emit(Operation::Not, 0);
        return Type::Truth;
    }

    std::optional<Operation> comparisonSign() {
        static constexpr std::array<std::pair<std::string_view, Operation>, 6> signs{
            {{"<", Operation::Less},
             {"<=", Operation::LessEqual},
             {">", Operation::Greater},
             {">=", Operation::GreaterEqual},
             {"=", Operation::Equal},
             {"!=", Operation::NotEqual}}};
        for (const auto& [sign, operation] : signs) {
            if (accept(sign)) return operation;
        }
        return std::nullopt;
    }

    Type comparison() {
        const std::size_t start = here().position;
        const Type type = sum();
        auto sign = comparisonSign();
        if (!sign) return type;
        asNumber(type, start);
        const std::size_t middle = steps.size();
        operand();
        const std::vector<Step> repeated(steps.begin() + static_cast<std::ptrdiff_t>(middle), steps.end());
        emit(*sign, -1);
        sign = comparisonSign();
        if (!sign) return Type::Truth;
        // "2.5 <= Li <= 3" means "2.5 <= Li and Li <= 3".
        steps.insert(steps.end(), repeated.begin(), repeated.end());
        ++height_;
        operand();
        emit(*sign, -1);
        emit(Operation::And, -1);
        return Type::Truth;
    }

    void operand() {
        const std::size_t start = here().position;
        asNumber(sum(), start);
    }

    template <class Part>
    Type calculated(std::span<const std::pair<std::string_view, Operation>> signs, Part part) {
        const std::size_t start = here().position;
        Type type = part();
        while (true) {
            const auto sign =
                std::find_if(signs.begin(), signs.end(), [&](const auto& s) { return isSign(s.first); });
            if (sign == signs.end()) return type;
            asNumber(type, start);
            ++at_;
            const std::size_t next = here().position;
            asNumber(part(), next);
            emit(sign->second, -1);
            type = Type::Number;
        }
    }

    Type sum() {
        static constexpr std::array<std::pair<std::string_view, Operation>, 2> signs{
            {{"+", Operation::Add}, {"-", Operation::Subtract}}};
        return calculated(signs, [this] { return product(); });
    }

    Type product() {
        static constexpr std::array<std::pair<std::string_view, Operation>, 2> signs{
            {{"*", Operation::Multiply}, {"/", Operation::Divide}}};
        return calculated(signs, [this] { return unary(); });
    }

    Type unary() {
        bool any = false, odd = false;
        while (accept("-")) {
            any = true;
            odd = !odd;
        }
        const std::size_t start = here().position;
        const Type type = primary();
        if (!any) return type;
        asNumber(type, start);
        if (odd) emit(Operation::Negate, 0);
        return Type::Number;
    }

    Type primary() {
        const FilterToken& token = here();
        if (token.kind == FilterToken::Kind::Number) {
            ++at_;
            emit(Operation::Constant, +1, 0, accept("%") ? token.number / 100.0 : token.number);
            return Type::Number;
        }
        if (token.kind == FilterToken::Kind::Name) {
            ++at_;
            return name(token);
        }
        if (!accept("(")) fail("expected a name, a number or \"(\"");
        if (++nesting_ > maximumNesting)
            failInFilter(token.position,
                         fmt::format("parentheses are nested deeper than {}", maximumNesting));
        const Type type = disjunction();
        if (!accept(")")) fail(fmt::format("expected \")\" for the \"(\" at position {}", token.position));
        --nesting_;
        return type;
    }

    Type name(const FilterToken& token) {
        if (const auto column = findColumn(columns_, token.text)) {
            const Column& meant = columns_[*column];
            if (!meant.undefined.empty())
                failInFilter(token.position,
                             fmt::format("\"{}\" has no values here: {}", meant.id, meant.undefined));
            const auto known = std::find(used.begin(), used.end(), *column);
            const auto slot = static_cast<std::uint32_t>(known - used.begin());
            if (known == used.end()) used.push_back(*column);
            emit(Operation::Value, +1, slot);
            return meant.isFlag ? Type::Flag : Type::Number;
        }
        for (const Column& column : columns_) {
            for (std::size_t i = 0; i < column.classes.size(); ++i) {
                if (lowerCase(column.classes[i]) != lowerCase(token.text)) continue;
                emit(Operation::Constant, +1, 0, static_cast<double>(i));
                return Type::Number;
            }
        }
        if (crystal::Element::find(token.text)) {  // an element, though none of this space
            emit(Operation::Constant, +1, 0, 0.0);
            return Type::Flag;
        }
        unknownName(token);
    }

    [[noreturn]] void unknownName(const FilterToken& token) const {
        std::vector<std::string> names;
        std::string ids;
        for (const Column& column : columns_) {
            names.push_back(column.id);
            names.insert(names.end(), column.aliases.begin(), column.aliases.end());
            if (!column.isFlag && column.undefined.empty()) ids += " " + column.id;
        }
        const auto close = closeNames(token.text, names);
        if (close.empty())
            failInFilter(token.position, fmt::format("unknown name \"{}\"; known are element symbols and{}",
                                                     token.text, ids));
        failInFilter(token.position, fmt::format("unknown name \"{}\": did you mean {}?", token.text,
                                                 fmt::join(close, " or ")));
    }

    const std::vector<Column>& columns_;
    std::vector<FilterToken> tokens_;
    std::size_t at_ = 0;
    int height_ = 0;
    int nesting_ = 0;
};

double truth(bool value) {
    return value ? 1.0 : 0.0;
}

double calculate(Operation operation, double a, double b) {
    const double size = std::max({1.0, std::abs(a), std::abs(b)});
    const double near = std::isinf(size) ? 0.0 : tolerance * size;
    switch (operation) {
        case Operation::Add:
            return a + b;
        case Operation::Subtract:
            return a - b;
        case Operation::Multiply:
            return a * b;
        case Operation::Divide:
            return a / b;
        case Operation::Less:
            return truth(a < b - near);
        case Operation::LessEqual:
            return truth(a <= b + near);
        case Operation::Greater:
            return truth(a > b + near);
        case Operation::GreaterEqual:
            return truth(a >= b - near);
        case Operation::Equal:
            return truth(a == b || std::abs(a - b) <= near);
        case Operation::NotEqual:
            return truth(std::abs(a - b) > near);
        case Operation::And:
            return truth(a != 0.0 && b != 0.0);
        default:  // Or
            return truth(a != 0.0 || b != 0.0);
    }
}

}  // namespace

FilterExpression::FilterExpression(std::string_view text, const std::vector<Column>& columns) : text_(text) {
    Parser parser(text, columns);
    parser.parse();
    steps_ = std::move(parser.steps);
    columns_ = std::move(parser.used);
}

bool FilterExpression::matches(std::span<const double> values) const {
    if (steps_.empty()) return true;
    std::array<double, maximumDepth> stack;  // not initialised: a step reads only what one before it wrote
    std::size_t height = 0;
    for (const Step& step : steps_) {
        switch (step.operation) {
            case Operation::Constant:
                stack[height++] = step.number;
                break;
            case Operation::Value:
                stack[height++] = values[step.slot];
                break;
            case Operation::Truth:
                stack[height - 1] = truth(std::abs(stack[height - 1]) > tolerance);
                break;
            case Operation::Not:
                stack[height - 1] = truth(stack[height - 1] == 0.0);
                break;
            case Operation::Negate:
                stack[height - 1] = -stack[height - 1];
                break;
            default:
                --height;
                stack[height - 1] = calculate(step.operation, stack[height - 1], stack[height]);
        }
    }
    return stack[0] != 0.0;
}

}  // namespace ionscape::composition
