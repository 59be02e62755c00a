// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, formulas and durations as the views write them.
#pragma once

#include <QString>

#include "core/composition/formula.h"

namespace ionscape::gui {

QString symbolText(crystal::Element element);
/// HTML with subscripts, e.g. "Li<sub>2.625</sub>Zr<sub>0.5</sub>…".
QString formulaHtml(const composition::Formula& formula);
/// The formula of the text with Unicode subscripts; the text itself when it is no formula.
QString prettyFormula(const QString& text);
/// "3 min 20 s", "about" left to the caller.
QString durationText(double seconds);
/// `digits` significant digits in the user's locale; all digits before the point of a number below 10⁵.
QString numberText(double value, int digits);

}  // namespace ionscape::gui
