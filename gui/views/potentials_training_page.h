// SPDX-License-Identifier: GPL-3.0-or-later
// Page of the Potentials stage: fine-tuning with live curves, then test errors and parity.
#pragma once

#include <QWidget>

#include "gui/jobs/training_job.h"

class QLabel;
class QPushButton;

namespace ionscape::gui {

class ParityPlot;
class TrainingForm;
class TrainingPlot;

class PotentialsTrainingPage final : public QWidget {
    Q_OBJECT

  public:
    /// The library must outlive the page.
    explicit PotentialsTrainingPage(PotentialsLibrary& library, QWidget* parent = nullptr);

    TrainingForm* form() const { return form_; }
    TrainingPlot* curves() const { return curves_; }
    ParityPlot* parity() const { return parity_; }
    TrainingJob& job() { return job_; }
    QString resultText() const;
    /// Continues the training in `folder`: its data are opened first.
    void resume(const QString& folder);

  public slots:
    void start();
    void stop();

  signals:
    void problem(const QString& message);
    void note(const QString& message);
    void datasetWanted();

  private:
    PotentialsLibrary& library_;
    TrainingForm* form_;
    TrainingPlot* curves_;
    ParityPlot* parity_;
    QLabel *data_, *result_;
    QPushButton *start_, *stop_, *resume_, *add_, *openData_;
    TrainingRequest last_;                    ///< of the training shown
    std::optional<TrainingRequest> waiting_;  ///< begins when its data are open
    std::filesystem::path trained_;
    std::optional<training::StartReport> before_;
    // Last, because its thread posts to the widgets above.
    TrainingJob job_;
    QWidget* buildSettings();
    QWidget* buildResults();
    void connectJob();
    void begin(TrainingRequest request);
    void chooseResume();
    void datasetChanged();
    void ended(TaskOutcome outcome, const QString& message);
    void showResult(const TrainedModel& model);
    void updateButtons();
};

}  // namespace ionscape::gui
