// SPDX-License-Identifier: GPL-3.0-or-later
// Page of the Potentials stage: two models on the same labelled frames.
#pragma once

#include <QWidget>
#include <array>

#include "core/training/parity.h"
#include "gui/jobs/potentials_library.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTableWidget;

namespace ionscape::gui {

class HistogramPlot;
class ParityPlot;

class PotentialsComparePage final : public QWidget {
    Q_OBJECT

  public:
    /// The library must outlive the page.
    explicit PotentialsComparePage(PotentialsLibrary& library, QWidget* parent = nullptr);

    /// Chooses the models by file.
    void setModels(const QString& first, const QString& second);
    ParityPlot* parity() const { return parity_; }
    HistogramPlot* forceErrors() const { return forceErrors_; }
    QTableWidget* errors() const { return errors_; }

  public slots:
    void compare();

  signals:
    void problem(const QString& message);
    void datasetWanted();

  private:
    using ParityPtr = std::shared_ptr<const training::Parity>;
    PotentialsLibrary& library_;
    std::array<QComboBox*, 2> models_;
    QComboBox* frames_;
    QPushButton *compare_, *openData_;
    QLabel* data_;
    QTableWidget* errors_;
    ParityPlot* parity_;
    HistogramPlot* forceErrors_;
    // Last, because its thread posts to the widgets above.
    BackgroundTask task_;
    QWidget* buildControls();
    void fillModels();
    void updateButtons();
    void show(const std::array<ParityPtr, 2>& results, const std::array<QString, 2>& names);
};

}  // namespace ionscape::gui
