// SPDX-License-Identifier: GPL-3.0-or-later
// The look of tables that are read, not edited.
#pragma once

#include <QHeaderView>
#include <QTableView>

namespace ionscape::gui {

/// Whole rows are selected, nothing is edited, rows alternate without a grid, no numbers beside them.
inline void setUpDataTable(QTableView& table) {
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setShowGrid(false);
    table.setAlternatingRowColors(true);
    table.setTabKeyNavigation(false);
    table.setWordWrap(false);
    table.verticalHeader()->hide();
    table.horizontalHeader()->setHighlightSections(false);
}

/// The height of a line of text: rows that are many and all alike.
inline void setUpDenseRows(QTableView& table) {
    table.verticalHeader()->setDefaultSectionSize(table.fontMetrics().lineSpacing() + 6);
}

}  // namespace ionscape::gui
