// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/point_plot.h"

#include <qcustomplot.h>

#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "gui/widgets/point_cloud.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/viridis_scale.h"

namespace ionscape::gui {
namespace point_plot_detail {

constexpr double reach = 9.0;  // px from a point that the mouse may miss it

QCPRange rangeOf(const std::vector<double>& values) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (low > high) return {0.0, 1.0};
    if (high - low < 1e-9 * std::max(1.0, std::abs(high))) return {low - 0.5, high + 0.5};
    return {low, high};
}

QCPRange padded(const QCPRange& range) {
    return {range.lower - 0.05 * range.size(), range.upper + 0.05 * range.size()};
}

}  // namespace point_plot_detail

std::vector<double> swarmOffsets(const std::vector<double>& values) {
    constexpr int bins = 40;
    constexpr double widest = 0.4;
    const QCPRange range = point_plot_detail::rangeOf(values);
    std::vector<std::vector<std::size_t>> held(bins);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) continue;
        const int bin = static_cast<int>(bins * (values[i] - range.lower) / range.size());
        held[static_cast<std::size_t>(std::clamp(bin, 0, bins - 1))].push_back(i);
    }
    std::size_t most = 1;
    for (const auto& bin : held)
        most = std::max(most, bin.size());
    const double step = std::min(0.08, 2.0 * widest / static_cast<double>(most));
    std::vector<double> offsets(values.size(), 0.0);
    for (const auto& bin : held)
        for (std::size_t k = 0; k < bin.size(); ++k)  // 0, +1, −1, +2, −2 …
            offsets[bin[k]] = step * static_cast<double>((k + 1) / 2) * (k % 2 == 1 ? 1.0 : -1.0);
    return offsets;
}

PointPlot::PointPlot(const QString& name, const QString& accessibleName, QWidget* parent)
    : PlotWidget(parent), name_(name) {
    setAccessibleName(accessibleName);
    QCPAxisRect* rect = plot()->axisRect();
    setUpAxisRect(rect);
    rect->setMinimumMargins({0, 8, 8, 0});
    line_ = plot()->addGraph();
    line_->setLayer("grid");
    zero_ = new QCPItemStraightLine(plot());
    zero_->setLayer("grid");
    zero_->point1->setCoords(0.0, 0.0);
    zero_->point2->setCoords(0.0, 1.0);
    for (const char* layer : {"main", "overlay"})
        plot()->layer(layer)->setMode(QCPLayer::lmBuffered);
    cloud_ = new PointCloud(rect, "main");
    marks_ = new CloudMarks(*cloud_, rect, "overlay");
    scale_ = addViridisScale(*plot());
    plot()->legend->setVisible(false);
    plot()->setMouseTracking(true);
    connect(plot(), &QCustomPlot::mouseMove, this, &PointPlot::showHover);
    connect(plot(), &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        if (event->button() != Qt::LeftButton || isEmpty()) return;
        if (const auto point = cloud_->nearest(event->position(), point_plot_detail::reach))
            emit picked(content_.rows[*point]);
    });
    clear();
    applyPalette(palette());
}

void PointPlot::setContent(Content content) {
    content_ = std::move(content);
    setEmpty(content_.x.empty());
    showAxes();
    showColours();
    QVector<double> x, y;
    for (const auto point : content_.line) {
        x << content_.x[point];
        y << content_.y[point];
    }
    line_->setData(x, y);
    zero_->setVisible(content_.zeroLine && !isEmpty());
    marks_->hovered.reset();
    mark();
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void PointPlot::showAxes() {
    for (QCPAxis* axis : plot()->axisRect()->axes())
        axis->setVisible(!isEmpty());
    plot()->xAxis->setLabel(content_.xLabel);
    plot()->yAxis->setLabel(content_.yLabel);
    plot()->xAxis->setRange(point_plot_detail::padded(point_plot_detail::rangeOf(content_.x)));
    const bool named = !content_.categories.isEmpty();
    plot()->yAxis->setRangeReversed(named);
    plot()->yAxis->setSubTicks(!named);
    if (named) {
        const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
        for (int i = 0; i < content_.categories.size(); ++i)
            ticker->addTick(i, content_.categories[i]);
        plot()->yAxis->setTicker(ticker);
        plot()->yAxis->setRange(-0.6, static_cast<double>(content_.categories.size()) - 0.4);
    } else {
        plot()->yAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
        plot()->yAxis->setRange(point_plot_detail::padded(point_plot_detail::rangeOf(content_.y)));
    }
}

void PointPlot::showColours() {
    CloudData cloud{content_.x, content_.y, content_.colour, {}};
    cloud.shown.resize(content_.x.size());
    for (std::uint32_t i = 0; i < cloud.shown.size(); ++i)
        cloud.shown[i] = i;
    const bool coloured = !content_.colour.empty();
    scale_->setVisible(coloured);
    scale_->setMaximumSize(coloured ? QSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX) : QSize(0, QWIDGETSIZE_MAX));
    if (coloured) {
        const QCPRange range = point_plot_detail::rangeOf(content_.colour);
        for (double& value : cloud.colour)
            value = (value - range.lower) / range.size();
        scale_->axis()->setLabel(content_.colourLabel);
        scale_->setDataRange(range);
        if (content_.relativeColour) {
            const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
            ticker->addTick(range.lower, tr("low"));
            ticker->addTick(range.upper, tr("high"));
            scale_->axis()->setTicker(ticker);
        } else {
            scale_->axis()->setTicker(QSharedPointer<QCPAxisTicker>::create());
        }
        scale_->axis()->setSubTicks(false);
    }
    cloud_->setData(std::move(cloud));
}

void PointPlot::setSelected(std::optional<std::size_t> row) {
    selected_ = row;
    mark();
    plot()->layer("overlay")->replot();
}

void PointPlot::mark() {
    marks_->selected.clear();
    marks_->current.reset();
    if (!selected_) return;
    for (std::uint32_t i = 0; i < content_.rows.size(); ++i)
        if (content_.rows[i] == *selected_) marks_->selected.push_back(i);
    if (marks_->selected.size() == 1) marks_->current = marks_->selected.front();
}

QPointF PointPlot::pixel(std::size_t point) const {
    return cloud_->pixel(static_cast<std::uint32_t>(point));
}

void PointPlot::showHover(QMouseEvent* event) {
    const auto point =
        isEmpty() ? std::nullopt : cloud_->nearest(event->position(), point_plot_detail::reach);
    if (marks_->hovered != point) {
        marks_->hovered = point;
        plot()->layer("overlay")->replot();
    }
    if (point && content_.describe)
        QToolTip::showText(event->globalPosition().toPoint(), content_.describe(content_.rows[*point]),
                           plot());
    else
        QToolTip::hideText();
}

void PointPlot::resizeEvent(QResizeEvent* event) {
    PlotWidget::resizeEvent(event);
    plot()->xAxis->ticker()->setTickCount(std::clamp(width() / 90, 2, 5));  // labels in a narrow plot
}

void PointPlot::restyle(const QPalette& palette) {
    const QColor background = palette.color(QPalette::Base);
    cloud_->setPlain(seriesColour(0, background), themeColours(palette).border);
    marks_->accent = palette.color(QPalette::Highlight);
    marks_->text = palette.color(QPalette::WindowText);
    line_->setPen(QPen(seriesColour(1, background), 1.5));
    zero_->setPen(QPen(themeColours(palette).muted, 1, Qt::DashLine));
}

QString PointPlot::csv() const {
    QString text = content_.columns.join(',') + '\n';
    const auto number = [](double value) {
        return std::isfinite(value) ? QString::number(value, 'g', 10) : QString();
    };
    for (std::size_t i = 0; i < content_.x.size(); ++i) {
        const auto row = content_.rows[i];
        const QString what = content_.describe ? content_.describe(row).section('\n', 0, 0) : QString();
        text += '"' + what + "\"," + number(content_.x[i]) + ',';
        if (content_.categories.isEmpty())
            text += number(content_.y[i]);
        else
            text += '"' + content_.categories.value(static_cast<int>(std::lround(content_.y[i]))) + '"';
        if (!content_.colour.empty()) text += ',' + number(content_.colour[i]);
        text += '\n';
    }
    return text;
}

}  // namespace ionscape::gui
