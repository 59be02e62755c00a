// SPDX-License-Identifier: GPL-3.0-or-later
// Chemical formulas: text to amounts and back.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/crystal/element.h"

namespace ionscape::composition {

/// Elements with their amounts in order of first appearance.
using Formula = std::vector<std::pair<crystal::Element, double>>;

/// Parses "Li2.625Zr0.5Hf0.375Si2PO12", with nested parentheses "Na3(ZrO2)2", Unicode subscripts and spaces
/// between the parts. An element that appears twice is summed. Amounts lie above 0 and up to a million.
/// Throws InputError naming the position (in characters, from 1) and what was expected.
Formula parseFormula(std::string_view text);

/// Amount of an element; 0 when absent.
double amountOf(const Formula& formula, crystal::Element element);

/// Plain text, amounts with up to `decimals` digits and without trailing zeros, 1 left out. An element whose
/// amount rounds to 0 is left out.
std::string formulaText(const Formula& formula, int decimals = 4);

/// The same with Unicode subscript digits and "." for labels of the desktop.
std::string formulaPretty(const Formula& formula, int decimals = 4);

}  // namespace ionscape::composition
