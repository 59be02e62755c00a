// SPDX-License-Identifier: GPL-3.0-or-later
// A perceptually uniform colour map that colour-blind people read as well.
#pragma once

#include <QColor>

namespace ionscape::gui {

/// Viridis (S. van der Walt & N. Smith, matplotlib 1.5) at 0 ... 1; values outside are clamped, NaN is grey.
QColor viridis(double position);

}  // namespace ionscape::gui
