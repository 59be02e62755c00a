// SPDX-License-Identifier: GPL-3.0-or-later
// One composition with all its numbers, and what can be done with it.
#pragma once

#include <QFrame>
#include <optional>

#include "gui/jobs/space_browser.h"

class QLabel;
class QTimer;
class QPlainTextEdit;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace ionscape::gui {

class Chip;

class CompositionCard final : public QFrame {
    Q_OBJECT

  public:
    /// A small card shows no notes and, for actions, only a button that takes it away.
    enum class Size { Full, Small };
    CompositionCard(SpaceBrowser& browser, Size size, QWidget* parent = nullptr);

    /// A row of the browser's table, or none.
    void setRow(std::optional<std::uint32_t> row);
    std::optional<std::uint32_t> row() const { return row_; }
    void setStarred(bool starred);
    void setTags(const QStringList& tags);
    void setNote(const QString& note);

  protected:
    void hideEvent(QHideEvent* event) override;

  signals:
    void openRequested(std::uint32_t row);
    void runRequested(std::uint32_t row);
    void compareRequested(std::uint32_t row);
    void removeRequested();
    void starToggled(bool starred);
    void tagsEdited(const QStringList& tags);
    void noteEdited(const QString& note);

  private:
    SpaceBrowser& browser_;
    Size size_;
    std::optional<std::uint32_t> row_;
    QLabel *formula_, *numbers_;
    Chip* entropy_;
    QToolButton* star_;
    QPushButton *open_, *run_, *compare_;
    QLineEdit* tags_ = nullptr;
    QPlainTextEdit* note_ = nullptr;
    QTimer* noteTimer_ = nullptr;  ///< notes are handed on after a pause
    void addNotes(class QVBoxLayout& layout);
    void showNumbers();
    void handNoteOn();
};

}  // namespace ionscape::gui
