// SPDX-License-Identifier: GPL-3.0-or-later
// The Potentials stage: models, labelled data, training and comparison.
#pragma once

#include <QWidget>

#include "gui/jobs/potentials_library.h"

class QTabWidget;

namespace ionscape::gui {

class PlotWidget;
class PotentialsComparePage;
class PotentialsDatasetPage;
class PotentialsModelsPage;
class PotentialsTrainingPage;

class PotentialsView final : public QWidget {
    Q_OBJECT

  public:
    explicit PotentialsView(QWidget* parent = nullptr);
    ~PotentialsView() override;

    PotentialsLibrary& library() { return library_; }
    PotentialsModelsPage* models() const { return models_; }
    PotentialsDatasetPage* dataset() const { return dataset_; }
    PotentialsTrainingPage* training() const { return training_; }
    PotentialsComparePage* comparison() const { return comparison_; }
    void showPage(int index);
    bool isTraining() const;
    void stopTraining();

  signals:
    void problem(const QString& message);
    void note(const QString& message);
    /// File for the next run; empty for the embedded potential.
    void potentialChosen(const QString& file);
    void revealRequested(const QString& file);
    void trainingEnded();

  private:
    PotentialsLibrary library_;
    QTabWidget* tabs_;
    PotentialsModelsPage* models_;
    PotentialsDatasetPage* dataset_;
    PotentialsTrainingPage* training_;
    PotentialsComparePage* comparison_;
};

}  // namespace ionscape::gui
