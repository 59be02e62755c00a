// SPDX-License-Identifier: GPL-3.0-or-later
// All runs of the session, newest first: state, progress, time left, stop, and where the file is.
#pragma once

#include <QFrame>
#include <QWidget>
#include <map>

#include "gui/jobs/job_controller.h"

class QLabel;
class QProgressBar;
class QToolButton;
class QVBoxLayout;

namespace ionscape::gui {

class Chip;

/// "Running", "Failed", … in the user's language.
QString stateText(JobState state);

/// One run.
class JobCard final : public QFrame {
    Q_OBJECT

  public:
    explicit JobCard(int id, QWidget* parent = nullptr);
    void setRecord(const JobRecord& record);
    void setSelected(bool selected);

  signals:
    void selected(int id);
    void cancelRequested(int id);
    void revealRequested(int id);

  protected:
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    int id_;
    QLabel *title_, *detail_;
    Chip* state_;
    QProgressBar* progress_;
    QToolButton *cancel_, *reveal_;
    void updateProgress(const JobRecord& record);
    void updateIcons();
};

class JobsPanel final : public QWidget {
    Q_OBJECT

  public:
    /// The controller must outlive the panel.
    explicit JobsPanel(JobController& controller, QWidget* parent = nullptr);
    void select(int id);
    int selectedId() const { return selected_; }

  signals:
    void selected(int id);
    /// The user wants to see the run's file in the file manager.
    void revealRequested(int id);

  private:
    JobController& controller_;
    QVBoxLayout* list_;
    QLabel* hint_;
    std::map<int, JobCard*> cards_;
    int selected_ = 0;
    void addCard(int id);
};

}  // namespace ionscape::gui
