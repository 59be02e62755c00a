// SPDX-License-Identifier: GPL-3.0-or-later
// Compositions that match as rows of a table: formula, then the chosen columns.
#pragma once

#include <QAbstractTableModel>
#include <functional>

#include "gui/jobs/space_browser.h"

namespace ionscape::gui {

class SpaceModel final : public QAbstractTableModel {
    Q_OBJECT

  public:
    explicit SpaceModel(SpaceBrowser& browser, QObject* parent = nullptr);

    /// Ids of the columns shown beside the formula; unknown ones are left out.
    void setColumns(const QStringList& ids);
    QStringList columns() const { return ids_; }
    /// Marks a composition with a star.
    void setStarred(std::function<bool(std::uint32_t)> starred);
    /// Row of the space table behind a row of this model, and back (-1 when it does not match).
    std::uint32_t spaceRow(int row) const;
    int rowOf(std::uint32_t spaceRow) const;
    /// Header and rows separated by `separator`, formulas as plain text, all digits.
    QString text(const std::vector<std::uint32_t>& spaceRows, QChar separator) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

  private:
    SpaceBrowser& browser_;
    QStringList ids_;
    std::vector<std::size_t> columns_;  ///< of the space table
    std::vector<int> places_;           ///< row of the model for each row of the space table
    std::function<bool(std::uint32_t)> starred_;
    void rebuild();
};

/// The species of the mixed sublattice with their counts: "Zr₄Hf₃Sn₃".
QString mixedName(const composition::Composition& composition);
/// "Mean ionic radius (Å)".
QString columnTitle(const composition::Column& column);
/// Definition and source as a tool tip.
QString columnTip(const composition::Column& column);

}  // namespace ionscape::gui
