// SPDX-License-Identifier: GPL-3.0-or-later
// What a column of a table of compositions means.
#pragma once

#include <string>
#include <vector>

namespace ionscape::composition {

struct Column {
    std::string id;       ///< "S_config": what filters and files call it
    std::string title;    ///< "Configurational entropy"
    std::string unit;     ///< "R"; empty where it is a plain number
    std::string formula;  ///< Unicode text: "−Σ x ln x"
    std::string source;   ///< where the definition or the data are from
    std::vector<std::string> aliases;
    int decimals = 3;
    /// Names of the values 0, 1, 2, ... of a column of classes; else empty.
    std::vector<std::string> classes;
    /// Alone in a filter it means "not zero": amounts of elements and flags.
    bool isFlag = false;
    /// Why it has no values for this host; empty where it has.
    std::string undefined;
};

/// A value as it is shown: with the column's decimals, the name of a class, "–" for no value.
std::string columnText(const Column& column, double value);

}  // namespace ionscape::composition
