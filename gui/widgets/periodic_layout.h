// SPDX-License-Identifier: GPL-3.0-or-later
// Where the elements of a list stand in a periodic table with its empty rows and columns left out.
#pragma once

#include <map>
#include <vector>

#include "core/crystal/element.h"

namespace ionscape::gui {

struct PeriodicLayout {
    struct Cell {
        int row = 0, column = 0;
    };
    std::map<crystal::Element, Cell> cells;
    int rows = 0, columns = 0;
};

/// Lanthanides after La get a row of their own and fill the columns beside group 3.
PeriodicLayout periodicLayout(const std::vector<crystal::Element>& elements);

}  // namespace ionscape::gui
