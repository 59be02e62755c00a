// SPDX-License-Identifier: GPL-3.0-or-later
// The plots of the selected run, side by side, with their export menu.
#pragma once

#include <QWidget>
#include <memory>

#include "gui/jobs/live_analysis.h"
#include "gui/jobs/run_data.h"

class QLabel;
class QMenu;
class QToolButton;

namespace ionscape::gui {

class MsdPlot;
class PlotWidget;
class SpreadPlot;
class ThermoPlot;

class PlotPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit PlotPanel(QWidget* parent = nullptr);

    /// Follows a run; null clears. \param targetTemperature  K, 0 for none
    void setRun(std::shared_ptr<RunData> run, const QString& title, double targetTemperature);
    /// Appends what the run has produced since the last call.
    void refresh();
    void setAnalysis(const AnalysisResult& result);
    MsdPlot* msdPlot() const { return msd_; }
    ThermoPlot* thermoPlot() const { return thermo_; }
    /// Seen only with runs of a committee.
    SpreadPlot* spreadPlot() const { return spread_; }
    QMenu* exportMenu() const { return menu_; }

  signals:
    /// The user chose an entry of the export menu.
    void exportRequested(ionscape::gui::PlotWidget* plot, const QString& extension);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QLabel* title_;
    QToolButton *logarithmic_, *export_;
    QMenu* menu_;
    MsdPlot* msd_;
    ThermoPlot* thermo_;
    SpreadPlot* spread_;
    std::shared_ptr<RunData> data_;
    std::size_t plottedFrames_ = 0, plottedRelaxSteps_ = 0;
    void buildMenu();
    void updateIcons();
};

}  // namespace ionscape::gui
