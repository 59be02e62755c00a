// SPDX-License-Identifier: GPL-3.0-or-later
// Compositions side by side.
#pragma once

#include <QWidget>
#include <vector>

#include "gui/jobs/space_browser.h"

class QHBoxLayout;
class QLabel;

namespace ionscape::gui {

class CompositionCard;

class CompareTray final : public QWidget {
    Q_OBJECT

  public:
    explicit CompareTray(SpaceBrowser& browser, QWidget* parent = nullptr);

    /// Adds rows that are not there yet, up to `mostCards` in all.
    void add(const std::vector<std::uint32_t>& rows);
    std::size_t size() const { return cards_.size(); }
    static constexpr std::size_t mostCards = 12;

  signals:
    void sizeChanged();
    void openRequested(std::uint32_t row);
    void runRequested(std::uint32_t row);

  private:
    SpaceBrowser& browser_;
    /// Kept as compositions: rows change with the table.
    std::vector<composition::Composition> kept_;
    std::vector<CompositionCard*> cards_;
    QHBoxLayout* row_;
    QLabel* hint_;
    void remove(CompositionCard* card);
    void rebuild();
};

}  // namespace ionscape::gui
