// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of a training run that most leave alone: optimiser, schedule, averaging, freezing, replay.
#pragma once

#include <QJsonObject>
#include <QWidget>

#include "gui/jobs/training_job.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace ionscape::gui {

class TrainingOptions final : public QWidget {
    Q_OBJECT

  public:
    explicit TrainingOptions(QWidget* parent = nullptr);

    /// Enters the options into the settings and the replayed files of a request.
    void apply(TrainingRequest& request) const;
    /// What restore() takes, to be merged into the form of the run.
    QJsonObject toJson() const;
    /// Fields that `form` lacks keep their value.
    void restore(const QJsonObject& form);
    void setReplay(const QStringList& files);

  private:
    QComboBox *optimiser_, *schedule_, *frozen_;
    QDoubleSpinBox *finalRate_, *stepFactor_, *warmup_, *average_, *magmom_, *replayShare_;
    QSpinBox *stepEpochs_, *patience_, *fold_;
    QLineEdit* replay_;
    QFormLayout* form_;
    QStringList replayFiles() const;
    void addRow(const QString& label, QWidget* field, const QString& tip);
    void showWhatApplies();
};

}  // namespace ionscape::gui
