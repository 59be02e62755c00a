// SPDX-License-Identifier: GPL-3.0-or-later
// The map of the Space stage with the choice of what its axes and colours show.
#pragma once

#include <QWidget>
#include <array>

#include "gui/jobs/space_browser.h"

class QComboBox;
class QSettings;
class QStackedWidget;

namespace ionscape::gui {

class PairMap;
class SpaceMap;

class SpaceMapPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit SpaceMapPanel(SpaceBrowser& browser, QWidget* parent = nullptr);

    enum class View { Scatter, Ternary, Pairs };
    SpaceMap* map() const { return map_; }
    PairMap* pairs() const { return pairs_; }
    View view() const;
    void setView(View view);
    /// Columns by id; unknown ones change nothing.
    void setAxes(const QString& x, const QString& y, const QString& colour);
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

  signals:
    void activated(std::uint32_t row);

  private:
    SpaceBrowser& browser_;
    SpaceMap* map_;
    PairMap* pairs_;
    QStackedWidget* plots_;
    QComboBox *view_, *x_, *y_, *colour_;
    std::array<QComboBox*, 3> corners_{};
    QWidget *axes_, *triangle_;
    std::weak_ptr<const composition::SpaceTable> filledFrom_;
    std::size_t filledColumns_ = 0;
    void fillColumns();
    void fillCorners();
    void update();
    void updatePairs();
    void showHover(std::optional<std::uint32_t> row, const QPoint& position);
    std::optional<std::size_t> column(const QComboBox* box) const;
    static void choose(QComboBox* box, const QString& id);
};

}  // namespace ionscape::gui
