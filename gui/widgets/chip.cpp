// SPDX-License-Identifier: GPL-3.0-or-later
// Painting of chips.
#include "gui/widgets/chip.h"

#include <QPainter>

#include "gui/widgets/theme.h"

namespace ionscape::gui {

Chip::Chip(QWidget* parent) : QLabel(parent) {
    setContentsMargins(8, 1, 8, 1);
    setAlignment(Qt::AlignCenter);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Chip::set(const QString& text, Tone tone) {
    tone_ = tone;
    setText(text);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    update();
}

void Chip::paintEvent(QPaintEvent*) {
    const ThemeColours colours = themeColours(palette());
    const QColor colour = tone_ == Tone::Accent    ? colours.accent
                          : tone_ == Tone::Good    ? colours.good
                          : tone_ == Tone::Warning ? colours.warning
                          : tone_ == Tone::Bad     ? colours.bad
                                                   : colours.muted;
    QColor fill = colour;
    fill.setAlphaF(0.16f);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    const double radius = height() / 2.0;
    painter.drawRoundedRect(QRectF(rect()), radius, radius);
    painter.setPen(colour);
    painter.drawText(contentsRect(), Qt::AlignCenter, text());
}

}  // namespace ionscape::gui
