// SPDX-License-Identifier: GPL-3.0-or-later
// A line that shows the progress of one background task, with time left and a stop button.
#pragma once

#include <QWidget>

#include "gui/jobs/background_task.h"

class QLabel;
class QProgressBar;
class QToolButton;

namespace ionscape::gui {

class TaskStrip final : public QWidget {
    Q_OBJECT

  public:
    /// Visible while `task` is busy; the task must outlive the strip.
    explicit TaskStrip(BackgroundTask& task, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    BackgroundTask& task_;
    QProgressBar* bar_;
    QLabel* text_;
    QToolButton* stop_;
    void show(const TaskProgress& progress);
};

/// A stage of work as the core names it ("train", "read", …) in the user's language.
QString stageText(const QString& stage);

}  // namespace ionscape::gui
