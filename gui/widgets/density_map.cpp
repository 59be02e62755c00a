// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/density_map.h"

#include <qcustomplot.h>

#include <algorithm>

#include "gui/widgets/viridis_scale.h"

namespace ionscape::gui {

DensityMap::DensityMap(const QString& name, QWidget* parent) : PlotWidget(parent), name_(name) {
    setUpAxisRect(plot()->axisRect());
    map_ = new QCPColorMap(plot()->xAxis, plot()->yAxis);
    scale_ = addViridisScale(*plot());
    map_->setColorScale(scale_);
    map_->setGradient(scale_->gradient());
    map_->setInterpolate(false);
    plot()->legend->setVisible(false);
    applyPalette(palette());
    setContent({});
}

void DensityMap::setContent(Content content) {
    content_ = std::move(content);
    const auto columns = static_cast<int>(content_.x.size()), rows = static_cast<int>(content_.y.size());
    const bool some = columns > 1 && rows > 1;
    setEmpty(!some);
    map_->setVisible(some);
    scale_->setVisible(some);
    for (QCPAxis* axis : plot()->axisRect()->axes())
        axis->setVisible(some);
    if (some) {
        map_->data()->setSize(columns, rows);
        map_->data()->setRange({content_.x.front(), content_.x.back()},
                               {content_.y.front(), content_.y.back()});
        for (int j = 0; j < rows; ++j)
            for (int i = 0; i < columns; ++i)
                map_->data()->setCell(i, j, content_.values[static_cast<std::size_t>(i + columns * j)]);
        auto sorted = content_.values;
        const auto top = sorted.begin() + static_cast<long>(0.99 * static_cast<double>(sorted.size() - 1));
        std::nth_element(sorted.begin(), top, sorted.end());
        scale_->setDataRange({0.0, std::max(*top, 1e-12)});
        scale_->axis()->setLabel(content_.valueLabel);
        plot()->xAxis->setLabel(content_.xLabel);
        plot()->yAxis->setLabel(content_.yLabel);
        plot()->xAxis->setRange(content_.x.front(), content_.x.back());
        plot()->yAxis->setRange(content_.y.front(), content_.y.back());
    }
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void DensityMap::restyle(const QPalette&) {}

QString DensityMap::csv() const {
    QString text = QStringLiteral("%1,%2,%3\n").arg(content_.xColumn, content_.yColumn, content_.valueColumn);
    for (std::size_t j = 0; j < content_.y.size(); ++j)
        for (std::size_t i = 0; i < content_.x.size(); ++i)
            text += QStringLiteral("%1,%2,%3\n")
                        .arg(QString::number(content_.x[i], 'g', 10), QString::number(content_.y[j], 'g', 10),
                             QString::number(content_.values[i + content_.x.size() * j], 'g', 10));
    return text;
}

}  // namespace ionscape::gui
