// SPDX-License-Identifier: GPL-3.0-or-later
// Points with bars, the fit solid between them and dashed beyond, the temperature in °C on top.
#include "gui/widgets/arrhenius_plot.h"

#include <qcustomplot.h>

#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <limits>

#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {

constexpr double reach = 12.0;  // px from a point that the mouse may miss it
constexpr double zeroCelsius = 273.15;

double inverse(double temperature) {
    return 1000.0 / temperature;
}

/// °C at round numbers on an axis of 1000/T.
class CelsiusTicker final : public QCPAxisTicker {
  protected:
    QVector<double> createTickVector(double, const QCPRange& range) override {
        QVector<double> ticks;
        double before = std::numeric_limits<double>::lowest();
        for (const double celsius : {2000., 1500., 1200., 1000., 800., 600., 500., 400., 300., 250., 200.,
                                     150., 100., 50., 25., 0., -50., -100.}) {
            const double at = inverse(celsius + zeroCelsius);
            if (!range.contains(at) || at - before < 0.11 * range.size()) continue;
            ticks << at;
            before = at;
        }
        return ticks;
    }
    QVector<double> createSubTickVector(int, const QVector<double>&) override { return {}; }
    QString getTickLabel(double tick, const QLocale& locale, QChar, int) override {
        return locale.toString(std::lround(1000.0 / tick - zeroCelsius));
    }
};

}  // namespace

ArrheniusPlot::ArrheniusPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Arrhenius plot"));
    setToolTip(
        tr("Points come from all runs of this composition in the list. The line is fitted to them with their "
           "errors; beyond them it is dashed, with the band that 95 % of repeated experiments would leave."));
    QCPAxisRect* rect = plot()->axisRect();
    setUpAxisRect(rect);
    plot()->xAxis->setLabel(tr("1000 / T (1/K)"));
    plot()->xAxis2->setLabel(tr("°C"));
    plot()->xAxis2->setTicks(true);
    plot()->xAxis2->setTickLabels(true);
    plot()->xAxis2->setTicker(QSharedPointer<QCPAxisTicker>(new CelsiusTicker));
    lower_ = plot()->addGraph();
    upper_ = plot()->addGraph();
    upper_->setChannelFillGraph(lower_);
    alternative_ = plot()->addGraph();
    inside_ = plot()->addGraph();
    outside_ = plot()->addGraph();
    unused_ = plot()->addGraph();
    points_ = plot()->addGraph();
    current_ = plot()->addGraph();
    for (QCPGraph* graph : {unused_, points_, current_}) {
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setAdaptiveSampling(false);
    }
    bars_ = new QCPErrorBars(plot()->xAxis, plot()->yAxis);
    bars_->setDataPlottable(points_);
    bars_->setSymbolGap(7);
    target_ = new QCPItemLine(plot());
    for (QCPItemPosition* end : {target_->start, target_->end}) {
        end->setTypeX(QCPItemPosition::ptPlotCoords);
        end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    targetText_ = new QCPItemText(plot());
    targetText_->position->setTypeX(QCPItemPosition::ptPlotCoords);
    targetText_->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    targetText_->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
    note_ = new QCPItemText(plot());
    note_->position->setType(QCPItemPosition::ptAxisRectRatio);
    note_->position->setCoords(0.03, 0.97);
    note_->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    note_->setTextAlignment(Qt::AlignLeft);
    plot()->legend->setVisible(false);
    plot()->setMouseTracking(true);
    connect(plot(), &QCustomPlot::mouseMove, this, &ArrheniusPlot::showHover);
    connect(plot(), &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        const int point = nearest(event->position());
        if (point >= 0 && event->button() == Qt::LeftButton) emit chosen(point);
    });
    setEmptyHint(
        tr("Runs of one composition at several temperatures make the Arrhenius plot: run it at another "
           "temperature, or open such runs."));
    applyPalette(palette());
    setContent({});
}

void ArrheniusPlot::setContent(Content content) {
    content_ = std::move(content);
    rebuild();
}

void ArrheniusPlot::rebuild() {
    setEmpty(content_.points.empty());
    for (QCPAxis* axis : plot()->axisRect()->axes())
        axis->setVisible(!isEmpty());
    QVector<double> x, y, below, above, currentX, currentY, unusedX, unusedY;
    double hottest = 0.0, coldest = std::numeric_limits<double>::max();
    for (const Point& point : content_.points) {
        const double at = inverse(point.temperature), value = std::log10(point.value);
        x << at;
        y << value;
        below << (point.error < point.value ? value - std::log10(point.value - point.error) : 0.0);
        above << std::log10(point.value + point.error) - value;
        if (point.current) {
            currentX << at;
            currentY << value;
        }
        if (!point.used) {
            unusedX << at;
            unusedY << value;
            continue;
        }
        hottest = std::max(hottest, point.temperature);
        coldest = std::min(coldest, point.temperature);
    }
    points_->setData(x, y);
    bars_->setData(below, above);
    current_->setData(currentX, currentY);
    unused_->setData(unusedX, unusedY);

    QVector<double> insideX, insideY, outsideX, outsideY, low, high, all;
    constexpr double gap = std::numeric_limits<double>::quiet_NaN();
    for (const Sample& sample : content_.fit) {
        const double at = inverse(sample.temperature), value = std::log10(sample.value);
        const bool within = sample.temperature >= coldest * 0.999 && sample.temperature <= hottest * 1.001;
        all << at;
        low << std::log10(sample.lower);
        high << std::log10(sample.upper);
        insideX << at;
        insideY << (within ? value : gap);
        outsideX << at;
        outsideY << (within && sample.temperature > coldest * 1.001 ? gap : value);
    }
    inside_->setData(insideX, insideY, true);
    outside_->setData(outsideX, outsideY, true);
    lower_->setData(all, low, true);
    upper_->setData(all, high, true);
    QVector<double> otherX, otherY;
    for (const Sample& sample : content_.alternative) {
        otherX << inverse(sample.temperature);
        otherY << std::log10(sample.value);
    }
    alternative_->setData(otherX, otherY, true);
    plot()->yAxis->setLabel(content_.quantity);
    note_->setText(content_.note);
    note_->setVisible(!isEmpty() && !content_.note.isEmpty());
    setRanges();
    plot()->replot(QCustomPlot::rpQueuedRefresh);
}

void ArrheniusPlot::setRanges() {
    const bool marked = !isEmpty() && !content_.fit.empty() && content_.target > 0.0;
    target_->setVisible(marked);
    targetText_->setVisible(marked);
    if (isEmpty()) return;
    double left = std::numeric_limits<double>::max(), right = 0.0;
    double low = left, high = -left;
    for (const Point& point : content_.points) {
        left = std::min(left, inverse(point.temperature));
        right = std::max(right, inverse(point.temperature));
        low = std::min(low, std::log10(point.value));
        high = std::max(high, std::log10(point.value + point.error));
    }
    for (const Sample& sample : content_.fit) {
        if (content_.target <= 0.0 || sample.temperature < 0.999 * content_.target) continue;
        right = std::max(right, inverse(sample.temperature));
        low = std::min(low, std::log10(sample.lower));
        high = std::max(high, std::log10(sample.value));
    }
    const double padX = std::max(0.06 * (right - left), 0.05), padY = std::max(0.08 * (high - low), 0.2);
    plot()->xAxis->setRange(left - padX, right + padX);
    plot()->xAxis2->setRange(left - padX, right + padX);
    plot()->yAxis->setRange(low - padY, high + padY);
    if (!marked) return;
    const double at = inverse(content_.target);
    target_->start->setCoords(at, 0.0);
    target_->end->setCoords(at, 1.0);
    targetText_->setText(tr("%1 K ").arg(content_.target, 0, 'f', 0));
    targetText_->position->setCoords(at, 0.02);
}

QPointF ArrheniusPlot::pixel(int point) const {
    const Point& one = content_.points.at(static_cast<std::size_t>(point));
    return {plot()->xAxis->coordToPixel(inverse(one.temperature)),
            plot()->yAxis->coordToPixel(std::log10(one.value))};
}

QString ArrheniusPlot::text(int point) const {
    const Point& one = content_.points.at(static_cast<std::size_t>(point));
    const QLocale locale;
    return tr("%1\n%2 K · %3 ± %4")
        .arg(one.label, locale.toString(one.temperature, 'f', 0), locale.toString(one.value, 'g', 3),
             locale.toString(one.error, 'g', 2));
}

int ArrheniusPlot::nearest(const QPointF& position) const {
    int best = -1;
    double distance = reach;
    for (int i = 0; i < static_cast<int>(content_.points.size()); ++i) {
        const QPointF apart = pixel(i) - position;
        const double d = std::hypot(apart.x(), apart.y());
        if (d >= distance) continue;
        distance = d;
        best = i;
    }
    return best;
}

void ArrheniusPlot::showHover(QMouseEvent* event) {
    const int point = nearest(event->position());
    if (point >= 0)
        QToolTip::showText(event->globalPosition().toPoint(), text(point), plot());
    else
        QToolTip::hideText();
}

void ArrheniusPlot::restyle(const QPalette& palette) {
    const QColor background = palette.color(QPalette::Base), ink = palette.color(QPalette::WindowText);
    const QColor mark = seriesColour(0, background), line = seriesColour(1, background);
    points_->setScatterStyle({QCPScatterStyle::ssDisc, mark, mark, 8});
    bars_->setPen(QPen(mark, 1.3));
    unused_->setScatterStyle({QCPScatterStyle::ssCross, QPen(ink, 1.2), Qt::NoBrush, 10});
    current_->setScatterStyle({QCPScatterStyle::ssCircle, QPen(ink, 1.6), Qt::NoBrush, 14});
    inside_->setPen(QPen(line, 2.0));
    outside_->setPen(QPen(line, 1.4, Qt::DashLine));
    alternative_->setPen(QPen(seriesColour(2, background), 1.2, Qt::DotLine));
    QColor band = line;
    band.setAlphaF(0.15f);
    for (QCPGraph* graph : {lower_, upper_})
        graph->setPen(Qt::NoPen);
    upper_->setBrush(band);
    target_->setPen(QPen(themeColours(palette).muted, 1, Qt::DotLine));
    for (QCPItemText* text : {targetText_, note_}) {
        text->setColor(ink);
        text->setFont(font());
    }
}

QString ArrheniusPlot::csv() const {
    QString text = QStringLiteral("temperature_K,inverse_1000_per_K,value,error,used_in_fit,label\n");
    for (const Point& point : content_.points)
        text += QStringLiteral("%1,%2,%3,%4,%5,\"%6\"\n")
                    .arg(QString::number(point.temperature, 'g', 10),
                         QString::number(inverse(point.temperature), 'g', 10),
                         QString::number(point.value, 'g', 10), QString::number(point.error, 'g', 10),
                         QString::number(point.used ? 1 : 0), QString(point.label).replace('"', "\"\""));
    text += QStringLiteral("\nfit_temperature_K,fit_value,lower95,upper95\n");
    for (const Sample& sample : content_.fit)
        text += QStringLiteral("%1,%2,%3,%4\n")
                    .arg(QString::number(sample.temperature, 'g', 10), QString::number(sample.value, 'g', 10),
                         QString::number(sample.lower, 'g', 10), QString::number(sample.upper, 'g', 10));
    return text;
}

}  // namespace ionscape::gui
