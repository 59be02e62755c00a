// SPDX-License-Identifier: GPL-3.0-or-later
// Binning and step curves.
#include "gui/widgets/histogram_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {

constexpr int bins = 60;
/// Share of the values beyond either end of the axis: one outlier must not squeeze all others into a bin.
constexpr double tail = 0.001;

}  // namespace

HistogramPlot::HistogramPlot(const QString& label, const QString& name, QWidget* parent)
    : PlotWidget(parent),
      label_(label),
      name_(name),
      markerLine_(new QCPItemStraightLine(plot())),
      markerText_(new QCPItemText(plot())) {
    setAccessibleName(tr("Histogram of %1").arg(label));
    setUpAxisRect(plot()->axisRect());
    plot()->xAxis->setLabel(label);
    plot()->yAxis->setLabel(tr("Count"));
    plot()->yAxis->ticker()->setTickCount(3);
    plot()->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignRight);
    plot()->legend->setIconSize(18, 8);
    plot()->legend->setVisible(false);
    markerText_->position->setTypeX(QCPItemPosition::ptPlotCoords);
    markerText_->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    markerText_->setPadding({4, 2, 4, 2});
    setMarker(std::nullopt);
    setEmpty(true);
    applyPalette(palette());
}

void HistogramPlot::clear() {
    setSeries({});
}

void HistogramPlot::setSeries(const std::vector<Series>& series) {
    plot()->clearGraphs();
    curves_.clear();
    centres_.clear();
    std::vector<double> all;
    for (const Series& one : series)
        all.insert(all.end(), one.values.begin(), one.values.end());
    setEmpty(all.empty());
    plot()->legend->setVisible(series.size() > 1);
    if (!all.empty()) {
        std::sort(all.begin(), all.end());
        const auto skipped = static_cast<std::size_t>(tail * static_cast<double>(all.size()));
        const double low = all[skipped], high = all[all.size() - 1 - skipped];
        const double width = std::max((high - low) / bins, 1e-9);
        for (int b = 0; b < bins; ++b)
            centres_.push_back(low + (b + 0.5) * width);
        double top = 1.0;
        for (const Series& one : series) {
            Curve curve{one.name, plot()->addGraph(), std::vector<double>(bins, 0.0)};
            for (const double value : one.values) {
                const double bin = std::floor((value - low) / width);
                if (bin >= 0 && bin <= bins)
                    ++curve.counts[std::min<std::size_t>(std::size_t(bin), bins - 1)];
            }
            top = std::max(top, *std::max_element(curve.counts.begin(), curve.counts.end()));
            curve.graph->setName(one.name);
            curve.graph->setLineStyle(QCPGraph::lsStepCenter);
            curve.graph->setData(QVector<double>(centres_.begin(), centres_.end()),
                                 QVector<double>(curve.counts.begin(), curve.counts.end()), true);
            curves_.push_back(std::move(curve));
        }
        plot()->xAxis->setRange(low, low + bins * width);
        plot()->yAxis->setRange(0.0, 1.08 * top);
    }
    applyPalette(palette());
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void HistogramPlot::setLabel(const QString& label) {
    label_ = label;
    setAccessibleName(tr("Histogram of %1").arg(label));
    plot()->xAxis->setLabel(label);
}

void HistogramPlot::setMarker(std::optional<double> value, const QString& name) {
    marker_ = value;
    markerLine_->setVisible(value.has_value());
    markerText_->setVisible(value.has_value() && !name.isEmpty());
    if (value) {
        markerLine_->point1->setCoords(*value, 0.0);
        markerLine_->point2->setCoords(*value, 1.0);
        const bool leftHalf = *value < plot()->xAxis->range().center();
        markerText_->setText(name);
        markerText_->setPositionAlignment((leftHalf ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignTop);
        markerText_->position->setCoords(*value, 0.02);
    }
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

double HistogramPlot::peak(std::size_t series) const {
    if (series >= curves_.size()) return 0.0;
    return *std::max_element(curves_[series].counts.begin(), curves_[series].counts.end());
}

void HistogramPlot::restyle(const QPalette& palette) {
    markerLine_->setPen(QPen(palette.color(QPalette::WindowText), 2));
    markerText_->setColor(palette.color(QPalette::WindowText));
    markerText_->setFont(font());
    for (std::size_t i = 0; i < curves_.size(); ++i) {
        const QColor colour = seriesColour(i, palette.color(QPalette::Base));
        QColor fill = colour;
        fill.setAlphaF(0.25f);
        curves_[i].graph->setPen(QPen(colour, 1.3));
        curves_[i].graph->setBrush(fill);
    }
}

QString HistogramPlot::csv() const {
    QString text = '"' + label_ + '"';
    for (const Curve& curve : curves_)
        text += ",\"" + (curve.name.isEmpty() ? QStringLiteral("count") : curve.name) + '"';
    text += '\n';
    for (std::size_t b = 0; b < centres_.size(); ++b) {
        text += QString::number(centres_[b], 'g', 8);
        for (const Curve& curve : curves_)
            text += ',' + QString::number(curve.counts[b]);
        text += '\n';
    }
    return text;
}

}  // namespace ionscape::gui
