// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/waterfall_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

#include "gui/widgets/theme.h"

namespace ionscape::gui {

WaterfallPlot::WaterfallPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Contributions to the prediction for the selected composition"));
    setUpAxisRect(plot()->axisRect());
    plot()->axisRect()->setMinimumMargins({0, 8, 16, 0});
    plot()->yAxis->setRangeReversed(true);
    plot()->yAxis->setSubTicks(false);
    plot()->legend->setVisible(false);
    clear();
}

double WaterfallPlot::prediction() const {
    double sum = content_.base;
    for (const Step& step : content_.steps)
        sum += step.change;
    return sum;
}

/// Rows that the plot is high enough for.
std::size_t WaterfallPlot::room() const {
    constexpr int rowHeight = 19, around = 60;
    return static_cast<std::size_t>(std::clamp((height() - around) / rowHeight, 4, 24));
}

void WaterfallPlot::setContent(Content content) {
    content_ = std::move(content);
    std::stable_sort(content_.steps.begin(), content_.steps.end(),
                     [](const Step& a, const Step& b) { return std::abs(a.change) > std::abs(b.change); });
    rebuild();
}

QCPItemStraightLine* WaterfallPlot::verticalLine(double at) {
    auto* line = new QCPItemStraightLine(plot());
    line->setLayer("grid");
    line->point1->setCoords(at, 0.0);
    line->point2->setCoords(at, 1.0);
    return line;
}

void WaterfallPlot::addStep(std::size_t index, double from) {
    const Step& step = drawn_[index];
    const double row = static_cast<double>(index), to = from + step.change;
    auto* box = new QCPItemRect(plot());
    box->topLeft->setCoords(from, row - 0.34);
    box->bottomRight->setCoords(to, row + 0.34);
    boxes_.push_back(box);
    auto* number = new QCPItemText(plot());
    number->setText((step.change < 0.0 ? QStringLiteral("−") : QStringLiteral("+")) +
                    QLocale().toString(std::abs(step.change), 'g', 3));
    number->position->setCoords(std::max(from, to), row);
    number->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    number->setPadding({4, 0, 0, 0});
    numbers_.push_back(number);
    if (index + 1 == drawn_.size()) return;
    auto* joint = new QCPItemLine(plot());
    joint->start->setCoords(to, row + 0.34);
    joint->end->setCoords(to, row + 0.66);
    joints_.push_back(joint);
}

void WaterfallPlot::rebuild() {
    plot()->clearItems();
    boxes_.clear();
    numbers_.clear();
    joints_.clear();
    baseLine_ = endLine_ = nullptr;
    drawn_ = content_.steps;
    if (drawn_.size() > room()) {
        Step rest;
        for (std::size_t i = room() - 1; i < drawn_.size(); ++i) {
            rest.change += drawn_[i].change;
            rest.error = std::hypot(rest.error, drawn_[i].error);
        }
        rest.name = tr("%n others", nullptr, static_cast<int>(drawn_.size() - room() + 1));
        drawn_.resize(room() - 1);
        drawn_.push_back(rest);
    }
    const bool empty = drawn_.empty();
    setEmpty(empty);
    for (QCPAxis* axis : plot()->axisRect()->axes())
        axis->setVisible(!empty);
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    double low = content_.base, high = content_.base, at = content_.base;
    for (std::size_t i = 0; i < drawn_.size(); ++i) {
        addStep(i, at);
        at += drawn_[i].change;
        low = std::min(low, at);
        high = std::max(high, at);
        ticker->addTick(static_cast<double>(i), drawn_[i].name);
    }
    if (!empty) {
        baseLine_ = verticalLine(content_.base);
        endLine_ = verticalLine(at);
    }
    plot()->yAxis->setTicker(ticker);
    plot()->yAxis->setRange(-0.6, std::max<double>(1.0, static_cast<double>(drawn_.size())) - 0.4);
    const double pad = std::max(0.06 * (high - low), 1e-9);
    plot()->xAxis->setRange(low - pad, high + 3.0 * pad);  // numbers stand to the right
    plot()->xAxis->setLabel(tr("%1: %2 on average, %3 here")
                                .arg(content_.quantity, QLocale().toString(content_.base, 'g', 4),
                                     QLocale().toString(at, 'g', 4)));
    applyPalette(palette());
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void WaterfallPlot::resizeEvent(QResizeEvent* event) {
    PlotWidget::resizeEvent(event);
    if (content_.steps.size() > std::min(room(), drawn_.size()) || drawn_.size() > room()) rebuild();
}

void WaterfallPlot::restyle(const QPalette& palette) {
    const QColor background = palette.color(QPalette::Base);
    const QColor up = seriesColour(1, background), down = seriesColour(0, background);
    for (std::size_t i = 0; i < boxes_.size(); ++i) {
        const QColor colour = drawn_[i].change < 0.0 ? down : up;
        QColor fill = colour;
        fill.setAlphaF(0.75f);
        boxes_[i]->setPen(QPen(colour, 1));
        boxes_[i]->setBrush(fill);
        numbers_[i]->setColor(palette.color(QPalette::WindowText));
        numbers_[i]->setFont(font());
    }
    const QPen muted(themeColours(palette).muted, 1);
    for (QCPItemLine* joint : joints_)
        joint->setPen(muted);
    if (baseLine_ != nullptr) baseLine_->setPen(QPen(muted.color(), 1, Qt::DashLine));
    if (endLine_ != nullptr) endLine_->setPen(QPen(palette.color(QPalette::WindowText), 1));
}

QString WaterfallPlot::csv() const {
    QString text = QStringLiteral("contribution,value,standard error of sampling\nbase,%1,0\n")
                       .arg(content_.base, 0, 'g', 10);
    for (const Step& step : content_.steps)
        text += QStringLiteral("\"%1\",%2,%3\n")
                    .arg(step.name)
                    .arg(step.change, 0, 'g', 10)
                    .arg(step.error, 0, 'g', 4);
    return text;
}

}  // namespace ionscape::gui
