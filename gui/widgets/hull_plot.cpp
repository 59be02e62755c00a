// SPDX-License-Identifier: GPL-3.0-or-later
// Discs enter the hull, open circles with bars are means over the decorations.
#include "gui/widgets/hull_plot.h"

#include <qcustomplot.h>

#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <limits>

#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {

constexpr double reach = 12.0;  // px from a point that the mouse may miss it
/// meV/atom: points nearer to the hull than this lie on it.
constexpr double onHull = 1e-3;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

QCPGraph* scatter(QCustomPlot* plot) {
    QCPGraph* graph = plot->addGraph();
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setAdaptiveSampling(false);
    return graph;
}

}  // namespace

HullPlot::HullPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Formation energies and the convex hull"));
    QCPAxisRect* rect = plot()->axisRect();
    setUpAxisRect(rect);
    rect->setMinimumMargins({0, 8, 10, 0});
    drops_ = plot()->addGraph();
    hull_ = plot()->addGraph();
    means_ = scatter(plot());
    lowest_ = scatter(plot());
    ring_ = scatter(plot());
    bars_ = new QCPErrorBars(plot()->xAxis, plot()->yAxis);
    bars_->setDataPlottable(means_);
    bars_->setSymbolGap(6);
    for (QCPAbstractPlottable* one : std::initializer_list<QCPAbstractPlottable*>{drops_, ring_, bars_})
        one->removeFromLegend();
    hull_->setName(tr("convex hull"));
    lowest_->setName(tr("lowest arrangement"));
    means_->setName(tr("mean ± spread"));
    plot()->legend->setVisible(true);
    rect->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignRight);
    chooseLabel();
    plot()->setMouseTracking(true);
    connect(plot(), &QCustomPlot::mouseMove, this, &HullPlot::showHover);
    connect(plot(), &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        const auto index = nearest(event->position());
        if (index && event->button() == Qt::LeftButton) emit chosen(*index);
    });
    clear();
    applyPalette(palette());
}

void HullPlot::setContent(const QString& firstMember, const QString& secondMember, std::vector<Point> points,
                          const std::vector<std::array<double, 2>>& hull) {
    points_ = std::move(points);
    current_ = -1;
    QVector<double> x, lowest, mean, spread, dropX, dropY, hullX, hullY;
    for (const Point& point : points_) {
        x << point.fraction;
        lowest << point.energy;
        // One decoration is its own mean: a circle around the disc would say nothing.
        mean << (std::isnan(point.spread) ? missing : point.mean);
        spread << point.spread;
        if (point.aboveHull <= onHull) continue;
        dropX << point.fraction << point.fraction << point.fraction;
        dropY << point.energy << point.energy - point.aboveHull << missing;
    }
    for (const auto& [fraction, energy] : hull) {
        hullX << fraction;
        hullY << energy;
    }
    lowest_->setData(x, lowest, true);
    means_->setData(x, mean, true);
    bars_->setData(spread);
    drops_->setData(dropX, dropY);
    hull_->setData(hullX, hullY, true);
    plot()->xAxis->setLabel(points_.empty() ? QString()
                                            : tr("x in (1−x) %1 + x %2").arg(firstMember, secondMember));
    setEmpty(points_.empty());
    plot()->legend->setVisible(!points_.empty());
    for (QCPAxis* axis : plot()->axisRect()->axes())
        axis->setVisible(!points_.empty());
    fit(hull);
    setCurrent(-1);
}

void HullPlot::chooseLabel() {
    constexpr int besideAxis = 64;  // px: tick labels and label below
    const QString whole = tr("E of formation (meV/atom)");
    const bool fits = fontMetrics().horizontalAdvance(whole) < height() - besideAxis;
    plot()->yAxis->setLabel(fits ? whole : tr("E_f (meV/atom)"));
}

QString HullPlot::verticalLabel() const {
    return plot()->yAxis->label();
}

void HullPlot::resizeEvent(QResizeEvent* event) {
    chooseLabel();
    PlotWidget::resizeEvent(event);
}

void HullPlot::fit(const std::vector<std::array<double, 2>>& hull) {
    double low = 0.0, high = 0.0;
    for (const Point& point : points_) {
        const double spread = std::isnan(point.spread) ? 0.0 : point.spread;
        low = std::min({low, point.energy, point.mean - spread, point.energy - point.aboveHull});
        high = std::max({high, point.energy, std::isnan(point.spread) ? point.energy : point.mean + spread});
    }
    for (const auto& place : hull)
        low = std::min(low, place[1]);
    const double pad = std::max(0.08 * (high - low), 0.5);
    plot()->xAxis->setRange(-0.04, 1.04);
    plot()->yAxis->setRange(low - pad, high + pad);
}

void HullPlot::setCurrent(int index) {
    current_ = index;
    const bool valid = index >= 0 && index < pointCount();
    QVector<double> x, y;
    if (valid) {
        x << points_[static_cast<std::size_t>(index)].fraction;
        y << points_[static_cast<std::size_t>(index)].energy;
    }
    ring_->setData(x, y);
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

int HullPlot::dropLineCount() const {
    return drops_->dataCount() / 3;
}

int HullPlot::barCount() const {
    int count = 0;
    for (const auto& bar : *bars_->data())
        count += std::isnan(bar.errorPlus) ? 0 : 1;
    return count;
}

QString HullPlot::text(int index) const {
    const Point& point = points_.at(static_cast<std::size_t>(index));
    const QLocale locale;
    QStringList lines{point.formula,
                      tr("E of formation %1 meV/atom").arg(locale.toString(point.energy, 'f', 2)),
                      tr("above the hull %1 meV/atom").arg(locale.toString(point.aboveHull, 'f', 2))};
    if (!std::isnan(point.spread))
        lines << tr("mean %1 ± %2 meV/atom")
                     .arg(locale.toString(point.mean, 'f', 2), locale.toString(point.spread, 'f', 2));
    lines << point.products;
    return lines.join('\n');
}

QPointF HullPlot::pixel(int index) const {
    const Point& point = points_.at(static_cast<std::size_t>(index));
    return {plot()->xAxis->coordToPixel(point.fraction), plot()->yAxis->coordToPixel(point.energy)};
}

std::optional<int> HullPlot::nearest(const QPointF& position) const {
    std::optional<int> best;
    double distance = reach;
    for (int i = 0; i < pointCount(); ++i) {
        const QPointF apart = pixel(i) - position;
        const double d = std::hypot(apart.x(), apart.y());
        if (d >= distance) continue;
        distance = d;
        best = i;
    }
    return best;
}

void HullPlot::showHover(QMouseEvent* event) {
    const auto index = nearest(event->position());
    if (index)
        QToolTip::showText(event->globalPosition().toPoint(), text(*index), plot());
    else
        QToolTip::hideText();
}

void HullPlot::restyle(const QPalette& palette) {
    const QColor background = palette.color(QPalette::Base);
    const QColor points = seriesColour(0, background), line = seriesColour(1, background);
    hull_->setPen(QPen(line, 1.6));
    drops_->setPen(QPen(themeColours(palette).muted, 1, Qt::DotLine));
    lowest_->setScatterStyle({QCPScatterStyle::ssDisc, points, points, 8});
    lowest_->setPen(QPen(points, 1));
    QColor faint = points;
    faint.setAlphaF(0.7f);
    means_->setScatterStyle({QCPScatterStyle::ssCircle, QPen(faint, 1.2), Qt::NoBrush, 6});
    means_->setPen(QPen(faint, 1));
    bars_->setPen(QPen(faint, 1.2));
    ring_->setScatterStyle(
        {QCPScatterStyle::ssCircle, QPen(palette.color(QPalette::WindowText), 1.6), Qt::NoBrush, 14});
}

QString HullPlot::csv() const {
    QString text = QStringLiteral(
        "fraction_of_second,formula,formation_energy_meV_per_atom,mean_meV_per_atom,spread_meV_per_atom,"
        "above_hull_meV_per_atom,products\n");
    const auto number = [](double value) {
        return std::isnan(value) ? QString() : QString::number(value, 'g', 10);
    };
    for (const Point& point : points_)
        text += QStringLiteral("%1,%2,%3,%4,%5,%6,\"%7\"\n")
                    .arg(number(point.fraction), point.formula, number(point.energy), number(point.mean),
                         number(point.spread), number(point.aboveHull), point.products);
    return text;
}

}  // namespace ionscape::gui
