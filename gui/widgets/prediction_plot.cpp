// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/prediction_plot.h"

#include <qcustomplot.h>

#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace prediction_plot_detail {

constexpr double reach = 10.0;  // px from a point that the mouse may miss it
constexpr int bins = 24;
constexpr int marginal = 46;  // px that a histogram takes

QCPAxisRect* marginalRect(QCustomPlot* plot) {
    auto* rect = new QCPAxisRect(plot);
    rect->setupFullAxesBox(true);
    for (QCPAxis* axis : rect->axes()) {
        axis->setTicks(false);
        axis->setTickLabels(false);
        axis->grid()->setVisible(false);
        axis->setLayer("axes");
        axis->setVisible(false);
    }
    rect->setMinimumMargins({0, 0, 0, 0});
    return rect;
}

}  // namespace prediction_plot_detail

PredictionPlot::PredictionPlot(QWidget* parent) : PlotWidget(parent) {
    using prediction_plot_detail::marginal;
    setAccessibleName(tr("Predicted against simulated values"));
    setEmptyHint(tr("Open a dataset and train a model: predictions against simulated values appear here."));
    plot()->plotLayout()->clear();
    main_ = new QCPAxisRect(plot());
    top_ = prediction_plot_detail::marginalRect(plot());
    right_ = prediction_plot_detail::marginalRect(plot());
    plot()->plotLayout()->addElement(0, 0, top_);
    plot()->plotLayout()->addElement(1, 0, main_);
    plot()->plotLayout()->addElement(1, 1, right_);
    plot()->plotLayout()->setRowSpacing(2);
    plot()->plotLayout()->setColumnSpacing(2);
    top_->setMaximumSize(QWIDGETSIZE_MAX, marginal);
    right_->setMaximumSize(marginal, QWIDGETSIZE_MAX);
    setUpAxisRect(main_);
    main_->setMinimumMargins({0, 0, 0, 0});
    for (QCPAxis* axis : main_->axes()) {
        axis->setLayer("axes");
        axis->grid()->setLayer("grid");
        axis->ticker()->setTickCount(5);
    }
    auto* columns = new QCPMarginGroup(plot());
    auto* rows = new QCPMarginGroup(plot());
    for (QCPAxisRect* rect : {main_, top_})
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, columns);
    for (QCPAxisRect* rect : {main_, right_})
        rect->setMarginGroup(QCP::msTop | QCP::msBottom, rows);
    auto* legend = new QCPLegend;
    main_->insetLayout()->addElement(legend, Qt::AlignTop | Qt::AlignLeft);
    legend->setLayer("legend");
    plot()->legend = legend;
    plot()->setAutoAddPlottableToLegend(false);
    QCPAxis *x = main_->axis(QCPAxis::atBottom), *y = main_->axis(QCPAxis::atLeft);
    diagonal_ = plot()->addGraph(x, y);
    buildSeries(series_[0], tr("training"));
    buildSeries(series_[1], tr("test"));
    ring_ = plot()->addGraph(x, y);
    ring_->setLineStyle(QCPGraph::lsNone);
    plot()->setMouseTracking(true);
    connect(plot(), &QCustomPlot::mouseMove, this, &PredictionPlot::showHover);
    connect(plot(), &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        const auto point = nearest(event->position());
        if (point && event->button() == Qt::LeftButton) emit picked(content_.points[*point].row);
    });
    clear();
    applyPalette(palette());
}

void PredictionPlot::buildSeries(Series& series, const QString& name) {
    QCPAxis *x = main_->axis(QCPAxis::atBottom), *y = main_->axis(QCPAxis::atLeft);
    series.graph = plot()->addGraph(x, y);
    series.graph->setName(name);
    series.graph->setLineStyle(QCPGraph::lsNone);
    series.graph->setAdaptiveSampling(false);
    series.graph->addToLegend();
    const auto bars = [&](QCPErrorBars::ErrorType type) {
        auto* one = new QCPErrorBars(x, y);
        one->setDataPlottable(series.graph);
        one->setErrorType(type);
        one->setSymbolGap(5);
        one->setWhiskerWidth(4);
        return one;
    };
    series.vertical = bars(QCPErrorBars::etValueError);
    series.horizontal = bars(QCPErrorBars::etKeyError);
    series.above = plot()->addGraph(top_->axis(QCPAxis::atBottom), top_->axis(QCPAxis::atLeft));
    // Turned: values run along the left axis.
    series.beside = plot()->addGraph(right_->axis(QCPAxis::atLeft), right_->axis(QCPAxis::atBottom));
    for (QCPGraph* graph : {series.above, series.beside})
        graph->setLineStyle(QCPGraph::lsStepCenter);
}

void PredictionPlot::fill(Series& series, bool test) {
    QVector<double> x, y, xError, yError;
    for (const Point& point : content_.points) {
        if (point.test != test) continue;
        x << point.simulated;
        y << point.predicted;
        xError << point.simulatedError;
        yError << point.predictedError;
    }
    // The order of the bars is that of the points: they must not be sorted.
    series.graph->setData(x, y, true);
    series.vertical->setData(yError);
    series.horizontal->setData(xError);
}

void PredictionPlot::fillHistogram(QCPGraph* graph, bool test, bool predicted, double low, double high) {
    using prediction_plot_detail::bins;
    QVector<double> centres, counts(bins + 2, 0.0);
    const double width = (high - low) / bins;
    for (int b = -1; b <= bins; ++b)
        centres << low + (b + 0.5) * width;
    for (const Point& point : content_.points) {
        if (point.test != test) continue;
        const double value = predicted ? point.predicted : point.simulated;
        const int bin = std::clamp(static_cast<int>((value - low) / width), 0, bins - 1);
        ++counts[bin + 1];
    }
    graph->setData(centres, counts, true);
}

void PredictionPlot::setContent(Content content) {
    content_ = std::move(content);
    std::stable_sort(content_.points.begin(), content_.points.end(),
                     [](const Point& a, const Point& b) { return a.simulated < b.simulated; });
    const bool empty = content_.points.empty();
    setEmpty(empty);
    for (QCPAxis* axis : main_->axes())
        axis->setVisible(!empty);
    plot()->legend->setVisible(!empty);
    double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
    for (const Point& point : content_.points) {
        low = std::min({low, point.simulated, point.predicted});
        high = std::max({high, point.simulated, point.predicted});
    }
    if (low > high) low = 0.0, high = 1.0;
    const double pad = std::max(0.06 * (high - low), 1e-9);
    low -= pad;
    high += pad;
    if (empty)
        diagonal_->data()->clear();
    else
        diagonal_->setData({low, high}, {low, high});
    double above = 1.0, beside = 1.0;
    for (const bool test : {false, true}) {
        Series& series = series_[test ? 1 : 0];
        fill(series, test);
        fillHistogram(series.above, test, false, low, high);
        fillHistogram(series.beside, test, true, low, high);
        for (const auto& bin : *series.above->data())
            above = std::max(above, bin.value);
        for (const auto& bin : *series.beside->data())
            beside = std::max(beside, bin.value);
    }
    for (QCPAxisRect* rect : {top_, right_})
        rect->setVisible(!empty);
    for (QCPAxis* axis : {main_->axis(QCPAxis::atBottom), main_->axis(QCPAxis::atLeft),
                          top_->axis(QCPAxis::atBottom), right_->axis(QCPAxis::atLeft)})
        axis->setRange(low, high);
    top_->axis(QCPAxis::atLeft)->setRange(0.0, 1.05 * above);
    right_->axis(QCPAxis::atBottom)->setRange(0.0, 1.05 * beside);
    main_->axis(QCPAxis::atBottom)->setLabel(tr("%1, simulated").arg(content_.quantity));
    main_->axis(QCPAxis::atLeft)->setLabel(tr("%1, predicted").arg(content_.quantity));
    setToolTip(content_.remark);
    setSelected(selected_);
    applyPalette(palette());
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void PredictionPlot::setSelected(std::optional<std::size_t> row) {
    selected_ = row;
    QVector<double> x, y;
    for (const Point& point : content_.points) {
        if (!row || point.row != *row) continue;
        x << point.simulated;
        y << point.predicted;
    }
    ring_->setData(x, y);
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

int PredictionPlot::pointCount(bool test) const {
    return series_[test ? 1 : 0].graph->dataCount();
}

QPointF PredictionPlot::pixel(std::size_t point) const {
    const Point& one = content_.points.at(point);
    return {main_->axis(QCPAxis::atBottom)->coordToPixel(one.simulated),
            main_->axis(QCPAxis::atLeft)->coordToPixel(one.predicted)};
}

std::optional<std::size_t> PredictionPlot::nearest(const QPointF& position) const {
    std::optional<std::size_t> best;
    double distance = prediction_plot_detail::reach;
    for (std::size_t i = 0; i < content_.points.size(); ++i) {
        const QPointF apart = pixel(i) - position;
        const double d = std::hypot(apart.x(), apart.y());
        // Where both sets hold a row, the test counts.
        if (d > distance || (best && d == distance && !content_.points[i].test)) continue;
        distance = d;
        best = i;
    }
    return best;
}

void PredictionPlot::showHover(QMouseEvent* event) {
    const auto point = nearest(event->position());
    if (point && content_.describe)
        QToolTip::showText(event->globalPosition().toPoint(), content_.describe(content_.points[*point].row),
                           plot());
    else
        QToolTip::hideText();
}

void PredictionPlot::restyle(const QPalette& palette) {
    const QColor background = palette.color(QPalette::Base);
    diagonal_->setPen(QPen(themeColours(palette).muted, 1, Qt::DashLine));
    for (std::size_t i = 0; i < series_.size(); ++i) {
        const QColor colour = seriesColour(i, background);
        QColor faint = colour;
        faint.setAlphaF(i == 0 ? 0.45f : 0.9f);
        const auto shape = i == 0 ? QCPScatterStyle::ssCircle : QCPScatterStyle::ssDisc;
        series_[i].graph->setScatterStyle({shape, QPen(faint, 1.2), i == 0 ? Qt::NoBrush : QBrush(faint), 6});
        series_[i].graph->setPen(QPen(faint, 1));
        QColor bar = colour;
        bar.setAlphaF(0.35f);
        series_[i].vertical->setPen(QPen(bar, 1));
        series_[i].horizontal->setPen(QPen(bar, 1));
        QColor fill = colour;
        fill.setAlphaF(0.2f);
        for (QCPGraph* graph : {series_[i].above, series_[i].beside}) {
            graph->setPen(QPen(colour, 1));
            graph->setBrush(fill);
        }
    }
    ring_->setScatterStyle(
        {QCPScatterStyle::ssCircle, QPen(palette.color(QPalette::WindowText), 1.8), Qt::NoBrush, 13});
}

QString PredictionPlot::csv() const {
    QString text = QStringLiteral("composition,set,simulated,error,predicted,error of prediction\n");
    const auto number = [](double value) {
        return std::isfinite(value) ? QString::number(value, 'g', 10) : QString();
    };
    for (const Point& point : content_.points) {
        const QString what = content_.describe ? content_.describe(point.row).section('\n', 0, 0) : QString();
        text += QStringLiteral("\"%1\",%2,%3,%4,%5,%6\n")
                    .arg(what, point.test ? "test" : "training", number(point.simulated),
                         number(point.simulatedError), number(point.predicted), number(point.predictedError));
    }
    return text;
}

}  // namespace ionscape::gui
