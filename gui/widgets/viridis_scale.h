// SPDX-License-Identifier: GPL-3.0-or-later
// The colour scale of the maps: a bar in viridis beside the axes.
#pragma once

class QCPColorScale;
class QCustomPlot;

namespace ionscape::gui {

/// Put to the right of the plot's axis rect, as high as it; PlotWidget styles its axis. Cells without a value
/// stay transparent.
QCPColorScale* addViridisScale(QCustomPlot& plot);

}  // namespace ionscape::gui
