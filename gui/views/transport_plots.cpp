// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/transport_plots.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "gui/views/transport_tables.h"
#include "gui/widgets/arrhenius_plot.h"
#include "gui/widgets/curve_plot.h"
#include "gui/widgets/density_map.h"
#include "gui/widgets/msd_plot.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {

TransportPlots::TransportPlots(QWidget* parent)
    : QWidget(parent),
      title_(new QLabel),
      logarithmic_(new QToolButton),
      export_(new QToolButton),
      quantity_(new QComboBox),
      menu_(new QMenu(this)),
      tabs_(new QTabWidget),
      msd_(new MsdPlot),
      arrhenius_(new ArrheniusPlot),
      profiles_(new CurvePlot(
          "paths",
          {tr("Distance along the path (Å)"), tr("Free energy (eV)"), {}, QStringLiteral("distance_A")})),
      rdf_(new CurvePlot("rdf", {tr("r (Å)"), tr("g(r)"), tr("neighbours within r"), QStringLiteral("r_A")})),
      vanHove_(new DensityMap("vanhove")),
      sites_(new SiteTable),
      jumps_(new JumpTable) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildHeader();
    buildTabs();
    auto* header = new QHBoxLayout;
    header->setContentsMargins(8, 2, 8, 2);
    header->setSpacing(8);
    header->addWidget(title_, 1);
    header->addWidget(logarithmic_);
    header->addWidget(quantity_);
    header->addWidget(export_);
    auto* halves = new QSplitter(Qt::Horizontal);
    halves->setObjectName("transportHalves");
    halves->addWidget(msd_);
    halves->addWidget(tabs_);
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 1);
    halves->setSizes({500, 500});
    halves->setChildrenCollapsible(false);
    layout->addLayout(header);
    layout->addWidget(halves, 1);
    connectParts();
}

void TransportPlots::buildHeader() {
    title_->setProperty("role", "muted");
    title_->setMinimumWidth(1);
    title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    logarithmic_->setText(tr("log–log"));
    logarithmic_->setObjectName("transportLogLog");
    logarithmic_->setCheckable(true);
    logarithmic_->setAutoRaise(true);
    logarithmic_->setToolTip(
        tr("Double-logarithmic MSD with a guide of slope 1: parallel to it, motion is diffusive"));
    logarithmic_->setAccessibleName(tr("Logarithmic axes"));
    quantity_->addItems({tr("σT"), tr("D*")});
    quantity_->setObjectName("arrheniusQuantity");
    quantity_->setAccessibleName(tr("Quantity of the Arrhenius plot"));
    quantity_->setToolTip(tr("Quantity of the Arrhenius plot"));
    export_->setText(tr("Export"));
    export_->setObjectName("transportExport");
    export_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    export_->setPopupMode(QToolButton::InstantPopup);
    export_->setAutoRaise(true);
    export_->setMenu(menu_);
    export_->setIcon(themedIcon("export", palette()));
    export_->setToolTip(
        tr("Tables, report, pictures and movies; plots have a menu on the right mouse button"));
    for (TransportTable* table : {static_cast<TransportTable*>(sites_), static_cast<TransportTable*>(jumps_)})
        menu_->addAction(table == sites_ ? tr("Sites as table (CSV)…") : tr("Jumps as table (CSV)…"), this,
                         [this, table] { emit exportTableRequested(table); });
}

void TransportPlots::buildTabs() {
    msd_->setWindowMovable(true);
    profiles_->setAccessibleName(tr("Free energy along the easiest paths"));
    profiles_->setEmptyHint(
        tr("No path without end through the cell yet: ions must have crossed it in the frames analysed."));
    rdf_->setAccessibleName(tr("Radial distribution functions"));
    rdf_->setEmptyHint(tr("Radial distribution functions appear here after the analysis."));
    vanHove_->setAccessibleName(tr("Van Hove function"));
    vanHove_->setEmptyHint(tr("The self part of the Van Hove function appears here after the analysis."));
    tabs_->setObjectName("transportTabs");
    tabs_->setDocumentMode(true);
    tabs_->addTab(arrhenius_, tr("Arrhenius"));
    tabs_->addTab(profiles_, tr("Paths"));
    tabs_->addTab(sites_, tr("Sites"));
    tabs_->addTab(jumps_, tr("Jumps"));
    tabs_->addTab(rdf_, tr("g(r)"));
    tabs_->addTab(vanHove_, tr("Van Hove"));
}

void TransportPlots::connectParts() {
    using Kind = scene::PathwayItem::Kind;
    const auto choose = [this](Kind kind, int index) {
        if (index < 0)
            emit itemChosen(std::nullopt);
        else
            emit itemChosen(scene::PathwayItem{kind, static_cast<std::size_t>(index)});
    };
    connect(logarithmic_, &QToolButton::toggled, msd_, &MsdPlot::setLogarithmic);
    connect(quantity_, &QComboBox::currentIndexChanged, this, &TransportPlots::quantityChanged);
    connect(sites_, &TransportTable::entryChosen, this, [choose](int entry) { choose(Kind::Site, entry); });
    connect(jumps_, &TransportTable::entryChosen, this, [choose](int entry) { choose(Kind::Jump, entry); });
    connect(profiles_, &CurvePlot::chosen, this,
            [this, choose](int curve) { choose(Kind::Path, curve == profiles_->current() ? -1 : curve); });
    connect(tabs_, &QTabWidget::currentChanged, this,
            [this](int) { quantity_->setVisible(tabs_->currentWidget() == arrhenius_); });
}

bool TransportPlots::showsConductivity() const {
    return quantity_->currentIndex() == 0;
}

void TransportPlots::setTitle(const QString& title) {
    title_->setText(title);
}

void TransportPlots::clear() {
    msd_->clear();
    arrhenius_->setContent({});
    sites_->setResult(nullptr);
    jumps_->setResult(nullptr, 0.0);
    showProfiles(nullptr);
    showStructure(nullptr);
}

void TransportPlots::setResult(const TransportPtr& result, const std::optional<transport::Diffusion>& fit) {
    std::vector<MsdPlot::Curve> curves;
    for (const auto& curve : result->motion.curves)
        curves.push_back({curve.element, curve.msd});
    msd_->setCurves(curves, result->settings.mobile, fit);
    sites_->setResult(result->pathways);
    jumps_->setResult(result->pathways, result->temperature);
    showProfiles(result->pathways.get());
    showStructure(result->structure.get());
}

void TransportPlots::setFit(const std::optional<transport::Diffusion>& fit) {
    msd_->setFit(fit);
}

void TransportPlots::setSelected(const std::optional<scene::PathwayItem>& item) {
    using Kind = scene::PathwayItem::Kind;
    const auto entry = [&](Kind kind) {
        return item && item->kind == kind ? static_cast<int>(item->index) : -1;
    };
    sites_->selectEntry(entry(Kind::Site));
    jumps_->selectEntry(entry(Kind::Jump));
    profiles_->setCurrent(entry(Kind::Path));
    if (!item) return;
    QWidget* page = item->kind == Kind::Site   ? static_cast<QWidget*>(sites_)
                    : item->kind == Kind::Jump ? static_cast<QWidget*>(jumps_)
                                               : static_cast<QWidget*>(profiles_);
    tabs_->setCurrentWidget(page);
}

void TransportPlots::showProfiles(const PathwayResult* result) {
    std::vector<CurvePlot::Curve> curves;
    for (std::size_t i = 0; result != nullptr && i < result->paths.size(); ++i) {
        const auto& path = result->paths[i];
        const QChar axis('a' + result->pathAxes[i]);
        CurvePlot::Curve curve;
        curve.name = tr("along %1: %2 eV").arg(axis).arg(QLocale().toString(path.barrier(), 'f', 2));
        curve.column = QStringLiteral("free_energy_along_%1_eV").arg(axis);
        curve.colour = static_cast<int>(i);
        for (const auto& point : path.points) {
            curve.x.push_back(point.distance);
            curve.y.push_back(point.energy - path.lowest());
        }
        curves.push_back(std::move(curve));
    }
    profiles_->setCurves(std::move(curves));
}

void TransportPlots::showStructure(const StructureResult* result) {
    std::vector<CurvePlot::Curve> curves;
    DensityMap::Content map;
    if (result != nullptr) {
        int colour = 0;
        for (const auto& rdf : result->rdfs) {
            curves.push_back({rdf.name, "g_" + QString(rdf.name).replace(QChar(0x2013), '_'), rdf.r, rdf.g,
                              false, colour});
            curves.push_back({{},
                              "neighbours_" + QString(rdf.name).replace(QChar(0x2013), '_'),
                              rdf.r,
                              rdf.coordination,
                              true,
                              colour++});
        }
        map.x = result->vanHoveR;
        map.y = result->vanHoveLagPs;
        map.values = result->vanHove;
        map.xLabel = tr("r (Å)");
        map.yLabel = tr("Lag time Δt (ps)");
        map.valueLabel = tr("4πr²G_s (1/Å)");
        map.xColumn = QStringLiteral("r_A");
        map.yColumn = QStringLiteral("lag_ps");
        map.valueColumn = QStringLiteral("4pi_r2_Gs_per_A");
    }
    rdf_->setCurves(std::move(curves));
    vanHove_->setContent(std::move(map));
}

void TransportPlots::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) export_->setIcon(themedIcon("export", palette()));
}

}  // namespace ionscape::gui
