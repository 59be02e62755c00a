// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions on the columns of a table, such as "S_config > 1.5 and Li < 3 and not La"; see docs/space.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/composition/column.h"

namespace ionscape::composition {

/// A parsed condition. Comparisons hold within 1e-9, so that 2.625 is at least 2.625; a comparison with a
/// missing value is false.
class FilterExpression {
  public:
    /// Holds for every row.
    FilterExpression() = default;
    /// Blank text holds for every row. Throws InputError naming the position (in characters, from 1), what
    /// was expected there, and names like an unknown one.
    FilterExpression(std::string_view text, const std::vector<Column>& columns);

    const std::string& text() const { return text_; }
    bool isTrivial() const { return steps_.empty(); }
    /// Indices of the columns that it looks at, each once.
    const std::vector<std::size_t>& columns() const { return columns_; }
    /// \param values  one for each of columns(), in that order
    bool matches(std::span<const double> values) const;

    /// The parts that a condition is compiled to: a stack machine, so that evaluating needs no recursion.
    enum class Operation : std::uint8_t {
        Constant,
        Value,
        Truth,
        Not,
        Negate,
        Add,
        Subtract,
        Multiply,
        Divide,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Equal,
        NotEqual,
        And,
        Or
    };
    struct Step {
        Operation operation;
        std::uint32_t slot = 0;  ///< of Value: index into columns()
        double number = 0.0;     ///< of Constant
    };
    static constexpr std::size_t maximumDepth = 128;

  private:
    std::string text_;
    std::vector<std::size_t> columns_;
    std::vector<Step> steps_;
};

}  // namespace ionscape::composition
