// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/correlation_map.h"

#include <qcustomplot.h>

#include <QMouseEvent>
#include <QToolTip>
#include <cmath>

#include "gui/widgets/theme.h"
#include "gui/widgets/viridis_scale.h"

namespace ionscape::gui {

CorrelationMap::CorrelationMap(const QString& quantity, const QString& name, QWidget* parent)
    : PlotWidget(parent),
      name_(name),
      map_(new QCPColorMap(plot()->xAxis, plot()->yAxis)),
      scale_(addViridisScale(*plot())) {
    setUpAxisRect(plot()->axisRect());
    map_->setColorScale(scale_);
    map_->setInterpolate(false);
    map_->setTightBoundary(false);
    setQuantity(quantity);
    for (QCPAxis* axis : {plot()->xAxis, plot()->yAxis}) {
        axis->setSubTicks(false);
        axis->grid()->setVisible(false);
    }
    plot()->xAxis->setTickLabelRotation(90);
    plot()->yAxis->setRangeReversed(true);
    plot()->setMouseTracking(true);
    connect(plot(), &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        const auto cell = cellAt(event->position());
        if (!cell) {
            QToolTip::hideText();
            return;
        }
        QToolTip::showText(event->globalPosition().toPoint(),
                           QStringLiteral("%1 × %2: %3 = %4")
                               .arg(content_.names[cell->first], content_.names[cell->second], quantity_,
                                    QLocale().toString(value(cell->first, cell->second), 'g', 3)),
                           plot());
    });
    connect(plot(), &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        const auto cell = cellAt(event->position());
        if (event->button() == Qt::LeftButton && cell) emit picked(cell->first, cell->second);
    });
    clear();
}

void CorrelationMap::setQuantity(const QString& quantity) {
    quantity_ = quantity;
    setAccessibleName(quantity);
    scale_->axis()->setLabel(quantity);
}

double CorrelationMap::value(int first, int second) const {
    const auto n = static_cast<std::size_t>(content_.names.size());
    return content_.values[static_cast<std::size_t>(second) * n + static_cast<std::size_t>(first)];
}

std::optional<std::pair<int, int>> CorrelationMap::cellAt(const QPointF& position) const {
    if (isEmpty() || !plot()->axisRect()->rect().contains(position.toPoint())) return std::nullopt;
    const int i = static_cast<int>(std::lround(plot()->xAxis->pixelToCoord(position.x())));
    const int j = static_cast<int>(std::lround(plot()->yAxis->pixelToCoord(position.y())));
    const int n = static_cast<int>(content_.names.size());
    if (i < 0 || j < 0 || i >= n || j >= n) return std::nullopt;
    return std::pair(i, j);
}

void CorrelationMap::setContent(Content content) {
    content_ = std::move(content);
    const int n = static_cast<int>(content_.names.size());
    setEmpty(n == 0);
    for (QCPAxis* axis : plot()->axisRect()->axes())
        axis->setVisible(n > 0);
    scale_->setVisible(n > 0);
    if (n == 0) {
        map_->data()->clear();
    } else {
        map_->data()->setSize(n, n);
        map_->data()->setRange({0.0, n - 1.0}, {0.0, n - 1.0});
        const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
        for (int i = 0; i < n; ++i) {
            ticker->addTick(i, content_.names[i]);
            for (int j = 0; j < n; ++j)
                map_->data()->setCell(i, j, value(i, j));
        }
        for (QCPAxis* axis : {plot()->xAxis, plot()->yAxis}) {
            axis->setTicker(ticker);
            axis->setRange(-0.5, n - 0.5);
        }
    }
    scale_->setDataRange({-content_.limit, content_.limit});
    applyPalette(palette());
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void CorrelationMap::restyle(const QPalette& palette) {
    // Zero is the background; blue and orange are told apart by colour-blind people too.
    QCPColorGradient gradient;
    gradient.clearColorStops();
    gradient.setColorStopAt(0.0, QColor("#0072b2"));
    gradient.setColorStopAt(0.5, palette.color(QPalette::Base));
    gradient.setColorStopAt(1.0, QColor("#d55e00"));
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    scale_->setGradient(gradient);
    QFont small = font();
    if (content_.names.size() > 18) small.setPointSizeF(std::max(6.0, 0.8 * small.pointSizeF()));
    for (QCPAxis* axis : {plot()->xAxis, plot()->yAxis})
        axis->setTickLabelFont(small);
}

QString CorrelationMap::csv() const {
    QString text = '"' + quantity_ + '"';
    for (const QString& name : content_.names)
        text += ",\"" + name + '"';
    text += '\n';
    for (int j = 0; j < content_.names.size(); ++j) {
        text += '"' + content_.names[j] + '"';
        for (int i = 0; i < content_.names.size(); ++i)
            text += ',' + QString::number(value(i, j), 'g', 6);
        text += '\n';
    }
    return text;
}

}  // namespace ionscape::gui
