// SPDX-License-Identifier: GPL-3.0-or-later
// The barrier of one hop: what is chosen, the button that finds it, and what came out.
#pragma once

#include <QFrame>

#include "gui/jobs/hop_job.h"

class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace ionscape::gui {

class HopCard final : public QFrame {
    Q_OBJECT

  public:
    /// \param job  must outlive the card
    explicit HopCard(HopJob& job, QWidget* parent = nullptr);
    /// What would be searched for, or what to choose first; `ready` when it is complete.
    void setChoice(const QString& text, bool ready);
    void setPotential(const QString& name);
    int images() const;
    bool isPathShown() const;
    void setPathShown(bool on);
    QString resultText() const;
    /// Takes the buttons' actions for the path: show, save.
    QPushButton* findButton() const { return find_; }

  signals:
    void findRequested();
    /// The images of the path in the 3D view, or the run again.
    void showPathRequested(bool on);
    void saveRequested();

  private:
    HopJob& job_;
    QLabel *choice_, *result_;
    QSpinBox* images_;
    QPushButton* find_;
    QToolButton *show_, *save_;
    bool ready_ = false;
    void refresh();
};

}  // namespace ionscape::gui
