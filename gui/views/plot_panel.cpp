// SPDX-License-Identifier: GPL-3.0-or-later
// Header with title, log switch and export menu above two plots.
#include "gui/views/plot_panel.h"

#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include "gui/widgets/msd_plot.h"
#include "gui/widgets/spread_plot.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/thermo_plot.h"

namespace ionscape::gui {

PlotPanel::PlotPanel(QWidget* parent)
    : QWidget(parent),
      title_(new QLabel),
      logarithmic_(new QToolButton),
      export_(new QToolButton),
      menu_(new QMenu(this)),
      msd_(new MsdPlot),
      thermo_(new ThermoPlot),
      spread_(new SpreadPlot) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* header = new QHBoxLayout;
    header->setContentsMargins(8, 2, 8, 2);
    header->setSpacing(8);
    title_->setProperty("role", "muted");
    logarithmic_->setText(tr("log–log"));
    logarithmic_->setCheckable(true);
    logarithmic_->setAutoRaise(true);
    logarithmic_->setToolTip(
        tr("Double-logarithmic MSD with a guide of slope 1: parallel to it, motion is diffusive"));
    logarithmic_->setAccessibleName(tr("Logarithmic axes"));
    export_->setText(tr("Export"));
    export_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    export_->setPopupMode(QToolButton::InstantPopup);
    export_->setAutoRaise(true);
    export_->setMenu(menu_);
    export_->setToolTip(tr("Writes a plot as picture or its numbers as a table"));
    header->addWidget(title_, 1);
    header->addWidget(logarithmic_);
    header->addWidget(export_);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(msd_);
    splitter->addWidget(thermo_);
    splitter->addWidget(spread_);
    spread_->hide();
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setStretchFactor(2, 2);
    splitter->setChildrenCollapsible(false);
    layout->addLayout(header);
    layout->addWidget(splitter, 1);
    connect(logarithmic_, &QToolButton::toggled, msd_, &MsdPlot::setLogarithmic);
    buildMenu();
    updateIcons();
}

void PlotPanel::buildMenu() {
    const auto add = [this](const QString& text, PlotWidget* plot, const QString& extension) {
        menu_->addAction(text, this, [this, plot, extension] { emit exportRequested(plot, extension); });
    };
    add(tr("MSD as PDF…"), msd_, "pdf");
    add(tr("MSD as PNG…"), msd_, "png");
    add(tr("MSD as table (CSV)…"), msd_, "csv");
    menu_->addSeparator();
    add(tr("Temperature and energy as PDF…"), thermo_, "pdf");
    add(tr("Temperature and energy as PNG…"), thermo_, "png");
    add(tr("Temperature and energy as table (CSV)…"), thermo_, "csv");
    menu_->addSeparator();
    add(tr("Force spread as PDF…"), spread_, "pdf");
    add(tr("Force spread as PNG…"), spread_, "png");
    add(tr("Force spread as table (CSV)…"), spread_, "csv");
}

void PlotPanel::setRun(std::shared_ptr<RunData> run, const QString& title, double targetTemperature) {
    data_ = std::move(run);
    plottedFrames_ = plottedRelaxSteps_ = 0;
    title_->setText(title);
    msd_->clear();
    thermo_->clear();
    spread_->clear();
    spread_->hide();
    thermo_->setTargetTemperature(targetTemperature);
    refresh();
}

void PlotPanel::refresh() {
    if (!data_) return;
    const ThermoSeries thermo = data_->thermo(plottedFrames_);
    plottedFrames_ += thermo.timePs.size();
    if (plottedFrames_ == 0) {
        const RelaxSeries relaxation = data_->relaxation(plottedRelaxSteps_);
        plottedRelaxSteps_ += relaxation.step.size();
        thermo_->appendRelaxation(relaxation.step, relaxation.energy, relaxation.maxForce);
        spread_->appendRelaxation(relaxation.step, relaxation.spreadMax);
    } else {
        thermo_->appendDynamics(thermo.timePs, thermo.temperature, thermo.potentialEnergy);
        spread_->appendDynamics(thermo.timePs, thermo.spreadMax, thermo.spreadMean);
    }
    if (spread_->isEmpty()) return;
    spread_->setThreshold(data_->spreadThreshold());
    spread_->show();
}

void PlotPanel::setAnalysis(const AnalysisResult& result) {
    std::vector<MsdPlot::Curve> curves;
    curves.reserve(result.curves.size());
    for (const auto& curve : result.curves)
        curves.push_back({curve.element, curve.msd});
    msd_->setCurves(curves, result.mobile, result.diffusion);
}

void PlotPanel::updateIcons() {
    export_->setIcon(themedIcon("export", palette()));
}

void PlotPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) updateIcons();
}

}  // namespace ionscape::gui
