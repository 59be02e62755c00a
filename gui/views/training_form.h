// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of a training run as a form.
#pragma once

#include <QWidget>
#include <optional>

#include "gui/jobs/training_job.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace ionscape::gui {

class TrainingOptions;

class TrainingForm final : public QWidget {
    Q_OBJECT

  public:
    explicit TrainingForm(QWidget* parent = nullptr);

    /// Models that can be fine-tuned, besides a new one.
    void setModels(const std::vector<potential::ModelEntry>& models);
    /// All but dataset and resume.
    TrainingRequest request() const;
    /// What toJson() gave; a start model that is not in the list is added to it.
    void restore(const QJsonObject& form);
    QJsonObject toJson() const;
    QString name() const;
    void setStart(const QString& file);
    void setEpochs(int epochs);
    void setFolder(const QString& folder);
    TrainingOptions* options() const { return options_; }

  private:
    QLineEdit *name_, *folder_;
    QComboBox *start_, *loss_;
    QSpinBox *epochs_, *batch_, *seed_, *splitSeed_, *threads_;
    QDoubleSpinBox *rate_, *energy_, *force_, *stress_, *clip_;
    QCheckBox* references_;
    QToolButton* more_;
    TrainingOptions* options_;
    bool listed_ = false;
    void startChanged();
    void showOptions(bool shown);
    void addRow(QFormLayout& form, const QString& label, QWidget* widget, const QString& tip);
};

/// Where trainings go unless another folder is chosen.
QString defaultTrainingFolder();

}  // namespace ionscape::gui
