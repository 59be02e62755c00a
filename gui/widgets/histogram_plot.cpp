// SPDX-License-Identifier: GPL-3.0-or-later
// Binning and step curves.
#include "gui/widgets/histogram_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {

/// Share of the values of a series beyond either end of the axis: one outlier among many must not squeeze all
/// others into a bin.
constexpr double tail = 0.001;

/// As many as the smallest series fills without becoming a comb.
int binsFor(const std::vector<HistogramPlot::Series>& series) {
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    for (const auto& one : series) {
        if (!one.values.empty()) fewest = std::min(fewest, one.values.size());
    }
    return static_cast<int>(std::clamp(2.0 * std::sqrt(static_cast<double>(fewest)), 12.0, 60.0));
}

/// Of the axis that all series share.
std::pair<double, double> rangeOf(const std::vector<HistogramPlot::Series>& series) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const auto& one : series) {
        if (one.values.empty()) continue;
        std::vector<double> sorted = one.values;
        std::sort(sorted.begin(), sorted.end());
        const auto skipped = static_cast<std::size_t>(tail * static_cast<double>(sorted.size()));
        low = std::min(low, sorted[skipped]);
        high = std::max(high, sorted[sorted.size() - 1 - skipped]);
    }
    return {low, high};
}

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
    const bool empty =
        std::all_of(series.begin(), series.end(), [](const Series& one) { return one.values.empty(); });
    setEmpty(empty);
    plot()->legend->setVisible(series.size() > 1);
    // Counts of series of different sizes would hide the smaller one.
    const bool shares = std::any_of(series.begin(), series.end(), [&](const Series& one) {
        return one.values.size() != series.front().values.size();
    });
    plot()->yAxis->setLabel(shares ? tr("Share (%)") : tr("Count"));
    if (!empty) {
        const int bins = binsFor(series);
        const auto [low, high] = rangeOf(series);
        const double width = std::max((high - low) / bins, 1e-9);
        for (int b = 0; b < bins; ++b)
            centres_.push_back(low + (b + 0.5) * width);
        double top = shares ? 0.0 : 1.0;
        for (const Series& one : series) {
            Curve curve{one.name, plot()->addGraph(),
                        std::vector<double>(static_cast<std::size_t>(bins), 0.0)};
            for (const double value : one.values) {
                const double bin = std::floor((value - low) / width);
                if (bin >= 0 && bin <= bins)
                    ++curve.counts[std::min(static_cast<std::size_t>(bin), curve.counts.size() - 1)];
            }
            const double unit = shares ? 100.0 / std::max(1.0, static_cast<double>(one.values.size())) : 1.0;
            // Steps lie about the points of a graph: an empty one on either side gives the outer bins their
            // whole width.
            QVector<double> at{low - 0.5 * width}, heights{0.0};
            for (std::size_t b = 0; b < centres_.size(); ++b) {
                at.push_back(centres_[b]);
                heights.push_back(unit * curve.counts[b]);
            }
            at.push_back(low + (bins + 0.5) * width);
            heights.push_back(0.0);
            top = std::max(top, *std::max_element(heights.begin(), heights.end()));
            curve.graph->setName(one.name);
            curve.graph->setLineStyle(QCPGraph::lsStepCenter);
            curve.graph->setData(at, heights, true);
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
        plot()->axisRect()->insetLayout()->setInsetAlignment(
            0, (leftHalf ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
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
