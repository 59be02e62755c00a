// SPDX-License-Identifier: GPL-3.0-or-later
// Graphs, legend and table of the curves.
#include "gui/widgets/curve_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gui/widgets/theme.h"

namespace ionscape::gui {

CurvePlot::CurvePlot(const QString& name, const Labels& labels, QWidget* parent)
    : PlotWidget(parent), name_(name), labels_(labels) {
    setUpAxisRect(plot()->axisRect());
    plot()->xAxis->setLabel(labels.x);
    plot()->yAxis->setLabel(labels.y);
    plot()->legend->setIconSize(18, 8);
    plot()->legend->setRowSpacing(-2);
    plot()->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignRight);
    if (!labels.right.isEmpty()) {
        // The box of the left axes ties the right one to them; here it has a scale of its own.
        QObject::disconnect(plot()->yAxis, nullptr, plot()->yAxis2, nullptr);
        plot()->yAxis2->setLabel(labels.right);
        plot()->yAxis2->setTicks(true);
        plot()->yAxis2->setTickLabels(true);
    }
    connect(plot(), &QCustomPlot::mousePress, this, &CurvePlot::choose);
    applyPalette(palette());
    setCurves({});
}

void CurvePlot::setCurves(std::vector<Curve> curves) {
    curves_ = std::move(curves);
    if (current_ >= static_cast<int>(curves_.size())) current_ = -1;
    setEmpty(curves_.empty());
    rebuild();
}

void CurvePlot::setLegendPlace(Qt::Alignment place) {
    plot()->axisRect()->insetLayout()->setInsetAlignment(0, place);
}

void CurvePlot::setCurrent(int curve) {
    if (curve == current_) return;
    current_ = curve;
    rebuild();
}

void CurvePlot::rebuild() {
    plot()->clearGraphs();
    const QColor background = plot()->palette().color(QPalette::Base);
    double left = 0.0, right = 0.0, low = 0.0, high = 0.0, second = 0.0;
    for (std::size_t i = 0; i < curves_.size(); ++i) {
        const Curve& curve = curves_[i];
        QCPGraph* graph = plot()->addGraph(plot()->xAxis, curve.rightAxis ? plot()->yAxis2 : plot()->yAxis);
        graph->setName(curve.name);
        const bool strong = current_ < 0 || current_ == static_cast<int>(i);
        QPen pen(seriesColour(static_cast<std::size_t>(curve.colour), background),
                 current_ == static_cast<int>(i) ? 3.0
                 : strong                        ? 1.8
                                                 : 1.0);
        if (curve.rightAxis) pen.setStyle(Qt::DashLine);
        graph->setPen(pen);
        if (curve.look != Curve::Look::Line) {
            graph->setLineStyle(QCPGraph::lsNone);
            const bool ring = curve.look == Curve::Look::Rings;
            graph->setScatterStyle({ring ? QCPScatterStyle::ssCircle : QCPScatterStyle::ssDisc, pen,
                                    ring ? QBrush(Qt::NoBrush) : QBrush(pen.color()), ring ? 14.0 : 7.0});
        }
        graph->setData(QVector<double>(curve.x.begin(), curve.x.end()),
                       QVector<double>(curve.y.begin(), curve.y.end()), true);
        if (curve.name.isEmpty()) graph->removeFromLegend();
        for (std::size_t p = 0; p < curve.x.size(); ++p) {
            left = std::min(left, curve.x[p]);
            right = std::max(right, curve.x[p]);
            if (!std::isfinite(curve.y[p])) continue;
            if (curve.rightAxis) {
                second = std::max(second, curve.y[p]);
            } else {
                low = std::min(low, curve.y[p]);
                high = std::max(high, curve.y[p]);
            }
        }
    }
    if (highest_ > 0.0) high = std::min(high, highest_);
    plot()->xAxis->setRange(left, std::max(right, left + 1e-9));
    plot()->yAxis->setRange(low, std::max(low + 1.08 * (high - low), low + 1e-9));
    if (!labels_.right.isEmpty()) plot()->yAxis2->setRange(0.0, std::max(1.08 * second, 1e-9));
    plot()->legend->setVisible(!curves_.empty());
    for (QCPAxis* axis : plot()->axisRect()->axes())
        axis->setVisible(!curves_.empty());
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

QPointF CurvePlot::pixel(int curve, std::size_t point) const {
    const Curve& one = curves_.at(static_cast<std::size_t>(curve));
    const QCPAxis* axis = one.rightAxis ? plot()->yAxis2 : plot()->yAxis;
    return {plot()->xAxis->coordToPixel(one.x.at(point)), axis->coordToPixel(one.y.at(point))};
}

void CurvePlot::choose(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    constexpr double reach = 12.0;  // px
    int best = -1;
    double nearest = reach;
    for (int i = 0; i < plot()->graphCount(); ++i) {
        const double distance = plot()->graph(i)->selectTest(event->position(), false);
        const bool hit = distance >= 0.0 && distance < nearest;
        if (!hit) continue;
        nearest = distance;
        best = i;
    }
    if (best >= 0) emit chosen(best);
    for (std::size_t i = 0; i < curves_.size(); ++i) {
        if (curves_[i].look != Curve::Look::Discs) continue;
        for (std::size_t p = 0; p < curves_[i].x.size(); ++p) {
            const QPointF apart = pixel(static_cast<int>(i), p) - event->position();
            if (std::hypot(apart.x(), apart.y()) < reach)
                emit pointChosen(static_cast<int>(i), static_cast<int>(p));
        }
    }
}

void CurvePlot::restyle(const QPalette& palette) {
    plot()->setPalette(palette);  // rebuild() takes its colours from there
    rebuild();
}

QString CurvePlot::csv() const {
    // Curves over the same points share one block of columns; others follow below.
    QString text;
    std::vector<bool> written(curves_.size(), false);
    for (std::size_t first = 0; first < curves_.size(); ++first) {
        if (written[first]) continue;
        std::vector<std::size_t> block;
        for (std::size_t i = first; i < curves_.size(); ++i)
            if (!written[i] && curves_[i].x == curves_[first].x) block.push_back(i);
        QStringList header{labels_.xColumn};
        for (const std::size_t i : block) {
            header << curves_[i].column;
            written[i] = true;
        }
        if (!text.isEmpty()) text += '\n';
        text += header.join(',') + '\n';
        for (std::size_t p = 0; p < curves_[first].x.size(); ++p) {
            QStringList cells{QString::number(curves_[first].x[p], 'g', 10)};
            for (const std::size_t i : block)
                cells << QString::number(curves_[i].y[p], 'g', 10);
            text += cells.join(',') + '\n';
        }
    }
    return text;
}

}  // namespace ionscape::gui
