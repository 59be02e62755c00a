// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/transport_plots.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "gui/views/transport_tables.h"
#include "gui/widgets/arrhenius_plot.h"
#include "gui/widgets/curve_plot.h"
#include "gui/widgets/density_map.h"
#include "gui/widgets/histogram_plot.h"
#include "gui/widgets/jump_graph.h"
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
      hop_(new CurvePlot(
          "barrier",
          {tr("Distance along the path (Å)"), tr("Energy (eV)"), {}, QStringLiteral("distance_A")})),
      nonGaussian_(new CurvePlot("alpha2", {tr("Lag time Δt (ps)"), tr("α₂"), {}, QStringLiteral("lag_ps")})),
      displacements_(new HistogramPlot(tr("Displacement (Å)"), "displacements")),
      graph_(new JumpGraph),
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
    hop_->setLegendPlace(Qt::AlignBottom | Qt::AlignHCenter);  // a barrier is low at its ends
    hop_->setAccessibleName(tr("Energy along the path of a hop"));
    hop_->setEmptyHint(tr("Select a jump and press “Find barrier (NEB)” on the left."));
    nonGaussian_->setAccessibleName(tr("Non-Gaussian parameter"));
    nonGaussian_->setToolTip(tr(
        "α₂ is 0 for Gaussian displacements; its maximum marks the time at which some ions have jumped and "
        "others not."));
    nonGaussian_->setEmptyHint(tr("The non-Gaussian parameter appears here after the analysis."));
    displacements_->setToolTip(tr("How far each mobile ion is from its start"));
    displacements_->setEmptyHint(tr("The displacements of the ions appear here after the analysis."));
    tabs_->setObjectName("transportTabs");
    tabs_->setDocumentMode(true);
    tabs_->setUsesScrollButtons(true);
    tabs_->addTab(arrhenius_, tr("Arrhenius"));
    tabs_->addTab(profiles_, tr("Paths"));
    tabs_->addTab(sites_, tr("Sites"));
    tabs_->addTab(jumps_, tr("Jumps"));
    tabs_->addTab(graph_, tr("Graph"));
    tabs_->addTab(hop_, tr("NEB"));
    tabs_->addTab(rdf_, tr("g(r)"));
    tabs_->addTab(vanHove_, tr("Van Hove"));
    tabs_->addTab(nonGaussian_, tr("α₂"));
    tabs_->addTab(displacements_, tr("Displacements"));
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
    connect(graph_, &JumpGraph::chosen, this, [this](const std::optional<JumpGraph::Item>& item) {
        if (!item)
            emit itemChosen(std::nullopt);
        else
            emit itemChosen(scene::PathwayItem{item->edge ? Kind::Jump : Kind::Site,
                                               static_cast<std::size_t>(item->index)});
    });
    connect(hop_, &CurvePlot::pointChosen, this, [this](int, int point) { emit imageChosen(point); });
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
    jumps_->setResult(nullptr);
    showGraph(nullptr);
    showProfiles(nullptr);
    showStructure(nullptr);
    setHop(nullptr);
}

void TransportPlots::setResult(const TransportPtr& result, const std::optional<transport::Diffusion>& fit) {
    std::vector<MsdPlot::Curve> curves;
    for (const auto& curve : result->motion.curves)
        curves.push_back({curve.element, curve.msd});
    msd_->setCurves(curves, result->settings.mobile, fit);
    sites_->setResult(result->pathways);
    jumps_->setResult(result->pathways);
    showGraph(result->pathways.get());
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
    graph_->setSelected(!item || item->kind == Kind::Path
                            ? std::nullopt
                            : std::optional(JumpGraph::Item{item->kind == Kind::Jump, int(item->index)}));
    // The graph shows sites and jumps alike, the band belongs to the jump that was selected.
    const QWidget* now = tabs_->currentWidget();
    if (!item || (item->kind != Kind::Path && (now == graph_ || now == hop_))) return;
    QWidget* page = item->kind == Kind::Site   ? static_cast<QWidget*>(sites_)
                    : item->kind == Kind::Jump ? static_cast<QWidget*>(jumps_)
                                               : static_cast<QWidget*>(profiles_);
    tabs_->setCurrentWidget(page);
}

void TransportPlots::showGraph(const PathwayResult* result) {
    std::vector<JumpGraph::Node> nodes;
    std::vector<JumpGraph::Edge> edges;
    if (result != nullptr) {
        for (const auto& site : result->found.siteMap.sites) {
            const Vec3& f = site.centre.v;
            nodes.push_back({QString::fromStdString(site.label), {f[0], f[1], f[2]}, site.occupancy});
        }
        for (const auto& hop : result->found.hops) {
            const IntVec3& t = hop.translation;
            edges.push_back({hop.from, hop.to, {t[0], t[1], t[2]}, hop.rate, hop.distance});
        }
    }
    graph_->setContent(std::move(nodes), std::move(edges));
}

void TransportPlots::setHop(const HopPtr& hop) {
    std::vector<CurvePlot::Curve> curves;
    if (hop && !hop->path.images.empty()) {
        const auto& path = hop->path;
        CurvePlot::Curve line, discs, ring;
        line.name = tr("%1: %2 eV forth, %3 eV back")
                        .arg(hop->title, QLocale().toString(path.forwardBarrier(), 'f', 3),
                             QLocale().toString(path.backwardBarrier(), 'f', 3));
        line.column = QStringLiteral("interpolated_eV");
        for (const auto& point : dynamics::interpolated(path)) {
            line.x.push_back(point.distance);
            line.y.push_back(point.energy - path.energies.front());
        }
        discs.name = tr("images");
        discs.column = QStringLiteral("energy_above_start_eV");
        discs.look = CurvePlot::Curve::Look::Discs;
        for (std::size_t i = 0; i < path.images.size(); ++i) {
            discs.x.push_back(path.distances[i]);
            discs.y.push_back(path.energies[i] - path.energies.front());
        }
        curves = {line, discs};
        if (path.climbed) {
            ring.name = tr("climbing image");
            ring.column = QStringLiteral("climbing_image_eV");
            ring.look = CurvePlot::Curve::Look::Rings;
            ring.colour = 1;
            ring.x = {discs.x[path.highest()]};
            ring.y = {discs.y[path.highest()]};
            curves.push_back(ring);
        }
    }
    hop_->setCurves(std::move(curves));
}

void TransportPlots::showProfiles(const PathwayResult* result) {
    std::vector<CurvePlot::Curve> curves;
    for (std::size_t i = 0; result != nullptr && i < result->axes.size(); ++i) {
        const auto& path = result->path(i);
        const QChar axis('a' + result->axes[i]);
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
    std::vector<CurvePlot::Curve> moments;
    std::vector<HistogramPlot::Series> ways;
    if (result != nullptr && !result->nonGaussian.empty()) {
        CurvePlot::Curve curve;
        curve.name = tr("non-Gaussian parameter");
        curve.column = QStringLiteral("alpha2");
        curve.x = result->momentLagPs;
        curve.y = result->nonGaussian;
        moments.push_back(std::move(curve));
        ways = {{tr("at the end"), result->lastDisplacement}, {tr("farthest"), result->largestDisplacement}};
    }
    nonGaussian_->setCurves(std::move(moments));
    displacements_->setSeries(ways);
    rdf_->setCurves(std::move(curves));
    vanHove_->setContent(std::move(map));
}

void TransportPlots::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) export_->setIcon(themedIcon("export", palette()));
}

}  // namespace ionscape::gui
