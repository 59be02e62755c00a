// SPDX-License-Identifier: GPL-3.0-or-later
// Page of the Potentials stage: labelled data and what is in them, before anything is trained on them.
#pragma once

#include <QWidget>

#include "gui/jobs/potentials_library.h"

class QLabel;
class QStackedWidget;
class QTableWidget;

namespace ionscape::gui {

class HistogramPlot;

class PotentialsDatasetPage final : public QWidget {
    Q_OBJECT

  public:
    /// The library must outlive the page.
    explicit PotentialsDatasetPage(PotentialsLibrary& library, QWidget* parent = nullptr);
    HistogramPlot* forcePlot() const { return force_; }
    QString summaryText() const;

  public slots:
    void chooseFiles();

  private:
    PotentialsLibrary& library_;
    QStackedWidget* pages_;
    QLabel *title_, *summary_, *elements_, *split_;
    QTableWidget* compositions_;
    HistogramPlot *energy_, *force_, *stress_;
    QWidget* buildEmpty();
    QWidget* buildContent();
    void showDataset();
    void fillCompositions(const OpenedDataset& dataset);
};

}  // namespace ionscape::gui
