// SPDX-License-Identifier: GPL-3.0-or-later
// Two stacked axis rectangles with one axis of rounds, and the legend below them.
#include "gui/widgets/rounds_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "gui/widgets/theme.h"

namespace ionscape::gui {

RoundsPlot::RoundsPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Errors and best outcome by round"));
    setToolTip(tr(
        "Above: the RMSE of the model, cross-validated on what was known after a round, and the RMSE of the "
        "round's picks as they had been predicted before they were simulated. Below: the outcomes of the "
        "picks and the best one so far."));
    plot()->plotLayout()->clear();
    upper_ = new QCPAxisRect(plot());
    lower_ = new QCPAxisRect(plot());
    plot()->plotLayout()->addElement(0, 0, upper_);
    plot()->plotLayout()->addElement(1, 0, lower_);
    plot()->plotLayout()->setRowSpacing(2);
    auto* group = new QCPMarginGroup(plot());
    for (QCPAxisRect* rect : {upper_, lower_}) {
        setUpAxisRect(rect);
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, group);
        rect->setMinimumMargins({0, 6, 12, 2});
        rect->axis(QCPAxis::atLeft)->ticker()->setTickCount(4);
        for (QCPAxis* axis : rect->axes()) {
            axis->setLayer("axes");
            axis->grid()->setLayer("grid");
        }
    }
    upper_->axis(QCPAxis::atBottom)->setTickLabels(false);
    lower_->axis(QCPAxis::atBottom)->setLabel(tr("Round"));
    auto* legend = new QCPLegend;
    plot()->plotLayout()->addElement(2, 0, legend);
    plot()->plotLayout()->setRowStretchFactor(2, 0.001);
    legend->setLayer("legend");
    legend->setFillOrder(QCPLegend::foColumnsFirst);
    legend->setWrap(2);
    legend->setRowSpacing(-2);
    legend->setColumnSpacing(2);
    legend->setIconSize(14, 8);
    legend->setIconTextPadding(4);
    legend->setMargins({2, 0, 2, 2});
    plot()->legend = legend;
    buildGraphs();
    applyPalette(palette());
    setContent({});
}

void RoundsPlot::buildGraphs() {
    // Short ones: the axes say of what, the tooltip says it all.
    const QString names[] = {tr("cross-validated"), tr("picks, beforehand"), tr("best so far"),
                             tr("outcomes")};
    for (int s = 0; s < SeriesCount; ++s) {
        QCPAxisRect* rect = s < Best ? upper_ : lower_;
        graphs_[s] = plot()->addGraph(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
        graphs_[s]->setName(names[s]);
    }
    graphs_[Outcomes]->setLineStyle(QCPGraph::lsNone);
    graphs_[Best]->setLineStyle(QCPGraph::lsStepLeft);
}

QString RoundsPlot::withUnit(const QString& text) const {
    return content_.unit.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, content_.unit);
}

void RoundsPlot::setContent(Content content) {
    content_ = std::move(content);
    const bool knowsTruth = !content_.regret.empty();
    const std::vector<Point>* all[] = {&content_.crossValidated, &content_.prospective,
                                       knowsTruth ? &content_.regret : &content_.best, &content_.outcomes};
    bool any = false;
    for (int s = 0; s < SeriesCount; ++s) {
        QVector<double> x, y;
        for (const Point& point : *all[s]) {
            if (s == Outcomes && knowsTruth) continue;
            x << point.round;
            y << point.value;
        }
        any = any || !x.isEmpty();
        graphs_[s]->setData(x, y);
    }
    graphs_[Best]->setName(knowsTruth ? tr("regret") : tr("best so far"));
    upper_->axis(QCPAxis::atLeft)->setLabel(withUnit(tr("RMSE")));
    lower_->axis(QCPAxis::atLeft)->setLabel(withUnit(knowsTruth ? tr("Regret") : content_.quantity));
    setEmpty(!any);
    plot()->legend->setVisible(any);
    for (QCPAxisRect* rect : {upper_, lower_})
        for (QCPAxis* axis : rect->axes())
            axis->setVisible(any);
    scale();
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void RoundsPlot::scale() {
    int last = 1;
    for (const auto* points : {&content_.crossValidated, &content_.prospective, &content_.best,
                               &content_.outcomes, &content_.regret})
        for (const Point& point : *points)
            last = std::max(last, point.round);
    QSharedPointer<QCPAxisTickerFixed> ticker(new QCPAxisTickerFixed);
    ticker->setTickStep(1.0);
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    ticker->setTickCount(8);
    for (QCPAxisRect* rect : {upper_, lower_}) {
        QCPAxis* axis = rect->axis(QCPAxis::atBottom);
        axis->setTicker(ticker);
        axis->setRange(-0.3, last + 0.3);
    }
    for (QCPAxisRect* rect : {upper_, lower_}) {
        QCPRange range;
        bool found = false;
        for (QCPGraph* graph : rect->graphs()) {
            bool has = false;
            const QCPRange values = graph->getValueRange(has);
            if (!has) continue;
            range = found ? QCPRange(std::min(range.lower, values.lower), std::max(range.upper, values.upper))
                          : values;
            found = true;
        }
        if (!found) range = {0.0, 1.0};
        if (rect == upper_) range.lower = 0.0;  // errors are read against nothing
        const double pad = std::max(0.1 * (range.upper - range.lower), 1e-9 + 1e-3 * std::abs(range.upper));
        rect->axis(QCPAxis::atLeft)->setRange(rect == upper_ ? 0.0 : range.lower - pad, range.upper + pad);
    }
}

void RoundsPlot::restyle(const QPalette& palette) {
    const QColor background = palette.color(QPalette::Base);
    const std::size_t colours[] = {0, 1, 2, 2};
    for (int s = 0; s < SeriesCount; ++s) {
        QColor colour = seriesColour(colours[s], background);
        if (s == Outcomes) colour.setAlpha(150);
        const QPen pen(colour, s == Outcomes ? 1.0 : 1.8);
        graphs_[s]->setPen(pen);
        const auto shape = s == Prospective ? QCPScatterStyle::ssSquare
                           : s == Outcomes  ? QCPScatterStyle::ssCircle
                                            : QCPScatterStyle::ssDisc;
        graphs_[s]->setScatterStyle({shape, QPen(colour, 1.2),
                                     QBrush(s == Outcomes ? Qt::transparent : colour),
                                     s == Outcomes ? 6.0 : 7.0});
    }
}

QString RoundsPlot::csv() const {
    struct Row {
        QString cells[4];
    };
    std::map<int, Row> rows;
    const bool knowsTruth = !content_.regret.empty();
    const std::vector<Point>* all[] = {&content_.crossValidated, &content_.prospective, &content_.best,
                                       &content_.regret};
    for (int c = 0; c < 4; ++c)
        for (const Point& point : *all[c])
            rows[point.round].cells[c] = QString::number(point.value, 'g', 10);
    QString text =
        QStringLiteral("round,%1,%2,%3%4\n")
            .arg(withUnit("RMSE cross-validated"), withUnit("RMSE of picks predicted before"),
                 withUnit("best " + content_.quantity), knowsTruth ? "," + withUnit("regret") : QString());
    for (const auto& [round, row] : rows) {
        QStringList cells{QString::number(round)};
        for (int c = 0; c < (knowsTruth ? 4 : 3); ++c)
            cells << row.cells[c];
        text += cells.join(',') + '\n';
    }
    return text;
}

}  // namespace ionscape::gui
