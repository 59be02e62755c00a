// SPDX-License-Identifier: GPL-3.0-or-later
// The table of the Space stage: sorting, columns, copying and export.
#pragma once

#include <QWidget>

#include "gui/jobs/space_browser.h"

class QMenu;
class QSettings;
class QTableView;

namespace ionscape::gui {

class SpaceModel;

class SpaceTablePanel final : public QWidget {
    Q_OBJECT

  public:
    explicit SpaceTablePanel(SpaceBrowser& browser, QWidget* parent = nullptr);

    SpaceModel* model() const { return model_; }
    QTableView* view() const { return view_; }
    /// Writes all rows that match; throws IoError.
    void exportTo(const QString& path) const;
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

  signals:
    void activated(std::uint32_t row);
    /// The file has been chosen.
    void exportRequested(const QString& path);

  protected:
    bool eventFilter(QObject* object, QEvent* event) override;

  private:
    SpaceBrowser& browser_;
    SpaceModel* model_;
    QTableView* view_;
    QMenu* columns_;
    bool following_ = false;  ///< the view is being set to the browser's selection
    void fillColumnMenu();
    void fitColumns();
    void copy();
    void chooseExport();
    void follow();
    void selected();
};

}  // namespace ionscape::gui
