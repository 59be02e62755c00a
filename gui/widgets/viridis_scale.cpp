// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/viridis_scale.h"

#include <qcustomplot.h>

#include "gui/widgets/colour_map.h"

namespace ionscape::gui {

QCPColorScale* addViridisScale(QCustomPlot& plot) {
    constexpr int barWidth = 12, stops = 20;
    auto* scale = new QCPColorScale(&plot);
    scale->setBarWidth(barWidth);
    plot.plotLayout()->addElement(0, 1, scale);
    auto* group = new QCPMarginGroup(&plot);
    plot.axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, group);
    scale->setMarginGroup(QCP::msTop | QCP::msBottom, group);
    QCPColorGradient gradient;
    gradient.clearColorStops();
    for (int i = 0; i <= stops; ++i)
        gradient.setColorStopAt(i / double(stops), viridis(i / double(stops)));
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    scale->setGradient(gradient);
    return scale;
}

}  // namespace ionscape::gui
