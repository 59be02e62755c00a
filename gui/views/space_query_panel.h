// SPDX-License-Identifier: GPL-3.0-or-later
// Which compositions the Space stage lists: occupancy types, bounds, rules for elements and a condition.
#pragma once

#include <QWidget>

#include "gui/jobs/space_browser.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTimer;
class QUndoStack;

namespace ionscape::gui {

class ElementFilter;

class SpaceQueryPanel final : public QWidget {
    Q_OBJECT

  public:
    /// Edits go to `undo`. Browser and stack must outlive the panel.
    SpaceQueryPanel(SpaceBrowser& browser, QUndoStack& undo, QWidget* parent = nullptr);

    ElementFilter* elements() const { return elements_; }
    /// Shows a choice and lists it; an edit that can be undone.
    void edit(const SpaceChoice& choice);

  private:
    SpaceBrowser& browser_;
    QUndoStack& undo_;
    SpaceChoice shown_;
    QComboBox *types_, *entropy_, *colours_;
    QDoubleSpinBox *mobileMin_, *mobileMax_;
    ElementFilter* elements_;
    QLineEdit* filter_;
    QLabel *count_, *problem_;
    QPushButton* reset_;
    QTimer* typing_;
    bool filling_ = false;
    SpaceChoice initial() const;
    SpaceChoice entered() const;
    void show(const SpaceChoice& choice);
    void showCount();
    void colourElements();
    void entryChanged();
};

}  // namespace ionscape::gui
