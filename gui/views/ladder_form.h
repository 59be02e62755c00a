// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a run a temperature ladder: temperatures, replicas and when a rung may end.
#pragma once

#include <QWidget>

#include "core/workflow/ladder.h"

class QDoubleSpinBox;
class QLineEdit;
class QPushButton;
class QSettings;
class QSpinBox;

namespace ionscape::gui {

class BackgroundTask;

class LadderForm final : public QWidget {
    Q_OBJECT

  public:
    explicit LadderForm(QWidget* parent = nullptr);
    /// Writes everything but the run and the folder. Throws InputError for a text that is no list of
    /// temperatures.
    void fill(workflow::LadderSpec& spec) const;
    /// Name of the folder below that of the runs; empty for one named by the composition.
    QString folderName() const;
    void setTemperatures(const QString& text);
    /// An empty `problem` enables the button.
    void setReady(const QString& problem);
    /// Shows its progress; the task must outlive the form.
    void follow(BackgroundTask& task);
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

  signals:
    void runRequested();

  private:
    QLineEdit *temperatures_, *folder_;
    QSpinBox *replicas_, *jobs_;
    QDoubleSpinBox *error_, *check_;
    QPushButton* run_;
    QString problem_;
    const BackgroundTask* task_ = nullptr;
    void updateButton();
};

/// "800, 900, 1000" as numbers, K; separated by commas, semicolons or spaces. Throws InputError naming what
/// is no temperature.
std::vector<double> temperaturesFrom(const QString& text);

}  // namespace ionscape::gui
