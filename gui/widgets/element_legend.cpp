// SPDX-License-Identifier: GPL-3.0-or-later
// One row of coloured balls with symbols.
#include "gui/widgets/element_legend.h"

#include <QPainter>
#include <QStringList>

#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {
constexpr int ball = 12;
constexpr int gap = 5;
constexpr int margin = 8;

QString symbolText(crystal::Element element) {
    return QString::fromStdString(std::string(element.symbol()));
}
}  // namespace

ElementLegend::ElementLegend(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void ElementLegend::setElements(const std::vector<crystal::Element>& elements) {
    if (elements == elements_) return;
    elements_ = elements;
    QStringList names;
    for (const auto element : elements_)
        names << symbolText(element);
    setAccessibleName(tr("Element colours: %1").arg(names.join(", ")));
    setVisible(!elements_.empty());
    resize(sizeHint());
    update();
}

QSize ElementLegend::sizeHint() const {
    int width = margin;
    for (const auto element : elements_)
        width += ball + gap + fontMetrics().horizontalAdvance(symbolText(element)) + margin;
    return {width, fontMetrics().height() + margin};
}

void ElementLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor background = palette().color(QPalette::Base);
    background.setAlphaF(0.8f);
    painter.setPen(Qt::NoPen);
    painter.setBrush(background);
    painter.drawRoundedRect(QRectF(rect()), 6, 6);
    int x = margin;
    for (const auto element : elements_) {
        const QColor colour = elementColour(element);
        painter.setPen(QPen(colour.darker(150), 1));
        painter.setBrush(colour);
        painter.drawEllipse(QRectF(x, (height() - ball) / 2.0, ball, ball));
        x += ball + gap;
        painter.setPen(palette().color(QPalette::WindowText));
        const int width = fontMetrics().horizontalAdvance(symbolText(element));
        painter.drawText(QRect(x, 0, width + 1, height()), Qt::AlignVCenter, symbolText(element));
        x += width + margin;
    }
}

}  // namespace ionscape::gui
