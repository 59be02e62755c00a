// SPDX-License-Identifier: GPL-3.0-or-later
// Text made of numbers and formulas.
#include "gui/views/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace ionscape::gui {

QString symbolText(crystal::Element element) {
    return QString::fromUtf8(element.symbol().data(), static_cast<qsizetype>(element.symbol().size()));
}

QString formulaHtml(const composition::Formula& formula) {
    QString html;
    for (const auto& part : formula) {
        html += symbolText(part.first);
        const QString amount = QString::number(part.second, 'g', 6);
        if (amount != "1") html += "<sub>" + amount + "</sub>";
    }
    return html;
}

QString prettyFormula(const QString& text) {
    try {
        return QString::fromStdString(
            composition::formulaPretty(composition::parseFormula(text.toStdString())));
    } catch (const InputError&) {
        return text;
    }
}

QString durationText(double seconds) {
    const qint64 whole = std::max<qint64>(0, std::llround(seconds));
    if (whole < 60) return QCoreApplication::translate("Duration", "%1 s").arg(whole);
    if (whole < 600)
        return QCoreApplication::translate("Duration", "%1 min %2 s")
            .arg(whole / 60)
            .arg(whole % 60, 2, 10, QChar('0'));
    if (whole < 3600) return QCoreApplication::translate("Duration", "%1 min").arg((whole + 30) / 60);
    return QCoreApplication::translate("Duration", "%1 h %2 min")
        .arg(whole / 3600)
        .arg(whole % 3600 / 60, 2, 10, QChar('0'));
}

QString numberText(double value, int digits) {
    const double size = std::abs(value);
    // Nobody reads 1.1E+02.
    const bool plain = size < 1e5 && std::round(size) >= std::pow(10.0, digits);
    return plain ? QLocale().toString(value, 'f', 0) : QLocale().toString(value, 'g', digits);
}

}  // namespace ionscape::gui
