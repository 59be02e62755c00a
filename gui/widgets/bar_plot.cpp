// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/bar_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

#include "gui/widgets/theme.h"

namespace ionscape::gui {

BarPlot::BarPlot(const QString& name, const QString& accessibleName, QWidget* parent)
    : PlotWidget(parent), name_(name) {
    setAccessibleName(accessibleName);
    setUpAxisRect(plot()->axisRect());
    plot()->axisRect()->setMinimumMargins({0, 8, 10, 0});
    plot()->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignBottom | Qt::AlignRight);
    plot()->yAxis->setRangeReversed(true);
    plot()->yAxis->setSubTicks(false);
    plot()->yAxis->grid()->setVisible(false);
    plot()->xAxis->grid()->setZeroLinePen(Qt::NoPen);
    connect(plot(), &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        const int index = static_cast<int>(std::lround(plot()->yAxis->pixelToCoord(event->position().y())));
        if (event->button() == Qt::LeftButton && index >= 0 && index < content_.names.size())
            emit picked(index);
    });
    clear();
}

void BarPlot::addBars(const Series& series, double offset, double width) {
    auto* bars = new QCPBars(plot()->yAxis, plot()->xAxis);
    bars->setName(series.name);
    bars->setWidth(width);
    QVector<double> places, values, errors;
    for (std::size_t i = 0; i < series.values.size(); ++i) {
        places << static_cast<double>(i) + offset;
        values << series.values[i];
        if (!series.errors.empty()) errors << series.errors[i];
    }
    bars->setData(places, values, true);
    bars_.push_back(bars);
    auto* whiskers = new QCPErrorBars(plot()->yAxis, plot()->xAxis);
    whiskers->removeFromLegend();
    whiskers->setDataPlottable(bars);
    whiskers->setWhiskerWidth(4);
    whiskers->setSymbolGap(0);
    if (!errors.isEmpty()) whiskers->setData(errors);
    errors_.push_back(whiskers);
}

void BarPlot::addBounds() {
    const auto end = static_cast<double>(content_.names.size()) - 0.4;
    for (const double side : {-1.0, 1.0}) {
        auto* line = new QCPGraph(plot()->yAxis, plot()->xAxis);
        line->setData({-0.6, end}, {side * content_.bound, side * content_.bound}, true);
        line->setName(content_.boundName);
        if (side < 0.0) line->removeFromLegend();
        bounds_.push_back(line);
    }
}

void BarPlot::setContent(Content content) {
    content_ = std::move(content);
    plot()->clearPlottables();
    bars_.clear();
    errors_.clear();
    bounds_.clear();
    const auto count = content_.series.size();
    const double width = count > 0 ? 0.8 / static_cast<double>(count) : 0.8;
    double low = -content_.bound, high = content_.bound;
    for (std::size_t s = 0; s < count; ++s) {
        const Series& series = content_.series[s];
        addBars(series, width * (static_cast<double>(s) - 0.5 * static_cast<double>(count - 1)), width);
        for (std::size_t i = 0; i < series.values.size(); ++i) {
            const double error = series.errors.empty() ? 0.0 : series.errors[i];
            low = std::min(low, series.values[i] - error);
            high = std::max(high, series.values[i] + error);
        }
    }
    if (content_.bound > 0.0) addBounds();
    const bool empty = content_.names.isEmpty();
    setEmpty(empty);
    for (QCPAxis* axis : plot()->axisRect()->axes())
        axis->setVisible(!empty);
    plot()->legend->setVisible(count > 1);
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (int i = 0; i < content_.names.size(); ++i)
        ticker->addTick(i, content_.names[i]);
    plot()->yAxis->setTicker(ticker);
    plot()->yAxis->setRange(-0.6, std::max<double>(1.0, static_cast<double>(content_.names.size())) - 0.4);
    plot()->xAxis->setLabel(content_.label);
    const double pad = std::max(0.05 * (high - low), 1e-12);
    plot()->xAxis->setRange(low < 0.0 ? low - pad : 0.0, high + pad);
    applyPalette(palette());
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void BarPlot::restyle(const QPalette& palette) {
    for (std::size_t i = 0; i < bars_.size(); ++i) {
        const QColor colour = seriesColour(i, palette.color(QPalette::Base));
        QColor fill = colour;
        fill.setAlphaF(0.65f);
        bars_[i]->setPen(QPen(colour, 1));
        bars_[i]->setBrush(fill);
        errors_[i]->setPen(QPen(palette.color(QPalette::WindowText), 1));
    }
    for (QCPGraph* line : bounds_)
        line->setPen(QPen(themeColours(palette).muted, 1, Qt::DashLine));
}

QString BarPlot::csv() const {
    QString text = QStringLiteral("name");
    for (const Series& series : content_.series) {
        text += ",\"" + series.column + '"';
        if (!series.errors.empty()) text += ",\"error of " + series.column + '"';
    }
    text += '\n';
    for (int i = 0; i < content_.names.size(); ++i) {
        text += '"' + content_.names[i] + '"';
        for (const Series& series : content_.series) {
            text += ',' + QString::number(series.values[static_cast<std::size_t>(i)], 'g', 8);
            if (!series.errors.empty())
                text += ',' + QString::number(series.errors[static_cast<std::size_t>(i)], 'g', 8);
        }
        text += '\n';
    }
    return text;
}

}  // namespace ionscape::gui
