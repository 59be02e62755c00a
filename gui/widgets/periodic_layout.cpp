// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/periodic_layout.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace ionscape::gui {
namespace {

constexpr int lanthanideRow = 8;

/// Period and group (1–18); lanthanides after La get a row of their own, counted from group 4.
PeriodicLayout::Cell placeOf(crystal::Element element) {
    const int z = element.atomicNumber();
    if (z >= 58 && z <= 71) return {lanthanideRow, z - 54};
    static constexpr std::array<int, 8> firsts{1, 3, 11, 19, 37, 55, 87, 119};
    int period = 1;
    while (period < 7 && z >= firsts[static_cast<std::size_t>(period)])
        ++period;
    const int offset = z - firsts[static_cast<std::size_t>(period - 1)];
    if (period == 1) return {period, offset == 0 ? 1 : 18};
    if (offset < 2) return {period, offset + 1};
    if (period <= 3) return {period, offset + 11};
    if (period <= 5) return {period, offset + 1};
    return {period, z == 57 || z == 89 ? 3 : offset - 13};
}

}  // namespace

PeriodicLayout periodicLayout(const std::vector<crystal::Element>& elements) {
    const std::set<crystal::Element> ordered(elements.begin(), elements.end());
    std::set<int> rows, columns;
    for (const auto element : ordered) {
        rows.insert(placeOf(element).row);
        if (placeOf(element).row != lanthanideRow) columns.insert(placeOf(element).column);
    }
    const auto indexIn = [](const std::set<int>& all, int value) {
        return static_cast<int>(std::distance(all.begin(), all.lower_bound(value)));
    };
    PeriodicLayout layout;
    int lanthanide = indexIn(columns, 4);
    for (const auto element : ordered) {
        const auto place = placeOf(element);
        const int column = place.row == lanthanideRow ? lanthanide++ : indexIn(columns, place.column);
        layout.cells[element] = {indexIn(rows, place.row), column};
    }
    layout.rows = static_cast<int>(rows.size());
    layout.columns = std::max(static_cast<int>(columns.size()), lanthanide);
    return layout;
}

}  // namespace ionscape::gui
