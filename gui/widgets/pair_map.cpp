// SPDX-License-Identifier: GPL-3.0-or-later
// A colour map with element symbols on both axes.
#include "gui/widgets/pair_map.h"

#include <qcustomplot.h>

#include <QMouseEvent>
#include <cmath>

#include "gui/widgets/viridis_scale.h"

namespace ionscape::gui {

PairMap::PairMap(QWidget* parent)
    : PlotWidget(parent),
      map_(new QCPColorMap(plot()->xAxis, plot()->yAxis)),
      scale_(addViridisScale(*plot())),
      frame_(new QCPItemRect(plot())) {
    setAccessibleName(tr("Means over pairs of elements"));
    setUpAxisRect(plot()->axisRect());
    map_->setColorScale(scale_);
    map_->setInterpolate(false);
    map_->setTightBoundary(false);
    for (QCPAxis* axis : {plot()->xAxis, plot()->yAxis}) {
        axis->setSubTicks(false);
        axis->grid()->setVisible(false);
    }
    plot()->yAxis->setRangeReversed(true);
    frame_->setVisible(false);
    frame_->setBrush(Qt::NoBrush);
    plot()->setMouseTracking(true);
    connect(plot(), &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        const auto cell = cellAt(event->pos());
        frame_->setVisible(cell.has_value());
        QString text;
        if (cell) {
            const auto [i, j] = *cell;
            frame_->topLeft->setCoords(i - 0.5, j - 0.5);
            frame_->bottomRight->setCoords(i + 0.5, j + 0.5);
            const double mean = content_.mean[index(i, j)];
            const QString who = i == j ? content_.elements[i]
                                       : tr("%1 and %2").arg(content_.elements[i], content_.elements[j]);
            text = std::isfinite(mean)
                       ? tr("<b>%1</b><br>%2: %3<br>%n composition(s)", nullptr, content_.count[index(i, j)])
                             .arg(who, content_.label)
                             .arg(mean, 0, 'g', 4)
                       : tr("<b>%1</b><br>no composition").arg(who);
        }
        plot()->replot(QCustomPlot::rpQueuedReplot);
        emit hovered(text, plot()->mapToGlobal(event->pos()));
    });
    connect(plot(), &QCustomPlot::mouseRelease, this, [this](QMouseEvent* event) {
        const auto cell = cellAt(event->pos());
        if (event->button() == Qt::LeftButton && cell) emit picked(cell->first, cell->second);
    });
    setEmpty(true);
    applyPalette(palette());
}

std::size_t PairMap::index(int first, int second) const {
    return static_cast<std::size_t>(first) * static_cast<std::size_t>(content_.elements.size()) +
           static_cast<std::size_t>(second);
}

std::optional<std::pair<int, int>> PairMap::cellAt(const QPoint& position) const {
    if (isEmpty() || !plot()->axisRect()->rect().contains(position)) return std::nullopt;
    const int i = static_cast<int>(std::lround(plot()->xAxis->pixelToCoord(position.x())));
    const int j = static_cast<int>(std::lround(plot()->yAxis->pixelToCoord(position.y())));
    const int n = static_cast<int>(content_.elements.size());
    if (i < 0 || j < 0 || i >= n || j >= n) return std::nullopt;
    return std::pair(i, j);
}

void PairMap::setContent(Content content) {
    content_ = std::move(content);
    const int n = static_cast<int>(content_.elements.size());
    setEmpty(n == 0);
    if (n == 0) {
        map_->data()->clear();
        plot()->replot(QCustomPlot::rpQueuedReplot);
        return;
    }
    map_->data()->setSize(n, n);
    map_->data()->setRange({0.0, n - 1.0}, {0.0, n - 1.0});
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    double low = 1e300, high = -1e300;
    for (int i = 0; i < n; ++i) {
        ticker->addTick(i, content_.elements[i]);
        for (int j = 0; j < n; ++j) {
            const double value = content_.mean[index(i, j)];
            map_->data()->setCell(i, j, value);
            if (!std::isfinite(value)) continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    for (QCPAxis* axis : {plot()->xAxis, plot()->yAxis}) {
        axis->setTicker(ticker);
        axis->setRange(-0.5, n - 0.5);
    }
    scale_->axis()->setLabel(content_.label);
    scale_->setDataRange(low < high ? QCPRange(low, high) : QCPRange(low - 0.5, low + 0.5));
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void PairMap::restyle(const QPalette& palette) {
    frame_->setPen(QPen(palette.color(QPalette::WindowText), 2));
}

QString PairMap::csv() const {
    QString text = QStringLiteral("first,second,\"%1\",compositions\n").arg(content_.label);
    for (int i = 0; i < content_.elements.size(); ++i)
        for (int j = i; j < content_.elements.size(); ++j)
            if (content_.count[index(i, j)] > 0)
                text += QStringLiteral("%1,%2,%3,%4\n")
                            .arg(content_.elements[i], content_.elements[j])
                            .arg(content_.mean[index(i, j)], 0, 'g', 10)
                            .arg(content_.count[index(i, j)]);
    return text;
}

}  // namespace ionscape::gui
