// SPDX-License-Identifier: GPL-3.0-or-later
// Plots and tables of the Transport stage: the MSD beside a choice of all others.
#pragma once

#include <QWidget>

#include "gui/jobs/hop_job.h"
#include "gui/jobs/transport_result.h"
#include "gui/scene/pathways.h"

class QComboBox;
class QLabel;
class QMenu;
class QTabWidget;
class QToolButton;

namespace ionscape::gui {

class ArrheniusPlot;
class CurvePlot;
class DensityMap;
class HistogramPlot;
class JumpGraph;
class JumpTable;
class MsdPlot;
class PlotWidget;
class SiteTable;
class TransportTable;

class TransportPlots final : public QWidget {
    Q_OBJECT

  public:
    explicit TransportPlots(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void clear();
    /// Curves with a fit; the tables and the other plots where the result has them.
    void setResult(const TransportPtr& result, const std::optional<transport::Diffusion>& fit);
    /// Only the fit of the MSD.
    void setFit(const std::optional<transport::Diffusion>& fit);
    /// The energy along the path of a hop; null takes it away.
    void setHop(const HopPtr& hop);
    /// Shows what stands for the item, without a signal.
    void setSelected(const std::optional<scene::PathwayItem>& item);

    MsdPlot* msd() const { return msd_; }
    ArrheniusPlot* arrhenius() const { return arrhenius_; }
    CurvePlot* profiles() const { return profiles_; }
    CurvePlot* rdf() const { return rdf_; }
    CurvePlot* hop() const { return hop_; }
    CurvePlot* nonGaussian() const { return nonGaussian_; }
    HistogramPlot* displacements() const { return displacements_; }
    JumpGraph* graph() const { return graph_; }
    DensityMap* vanHove() const { return vanHove_; }
    SiteTable* sites() const { return sites_; }
    JumpTable* jumps() const { return jumps_; }
    QTabWidget* tabs() const { return tabs_; }
    /// Whether the Arrhenius plot shows σT (or else D).
    bool showsConductivity() const;
    /// Takes what the stage adds: pictures, movie, report.
    QMenu* exportMenu() const { return menu_; }

  signals:
    /// In a table or plot; nothing when the selection was taken away.
    void itemChosen(const std::optional<ionscape::scene::PathwayItem>& item);
    void quantityChanged();
    /// A disc of the path of a hop was clicked.
    void imageChosen(int image);
    void exportTableRequested(ionscape::gui::TransportTable* table);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QLabel* title_;
    QToolButton *logarithmic_, *export_;
    QComboBox* quantity_;
    QMenu* menu_;
    QTabWidget* tabs_;
    MsdPlot* msd_;
    ArrheniusPlot* arrhenius_;
    CurvePlot *profiles_, *rdf_, *hop_, *nonGaussian_;
    HistogramPlot* displacements_;
    JumpGraph* graph_;
    DensityMap* vanHove_;
    SiteTable* sites_;
    JumpTable* jumps_;
    void buildHeader();
    void buildTabs();
    void connectParts();
    void showGraph(const PathwayResult* result);
    void showProfiles(const PathwayResult* result);
    void showStructure(const StructureResult* result);
};

}  // namespace ionscape::gui
