// SPDX-License-Identifier: GPL-3.0-or-later
// One row of coloured balls with symbols.
#include "gui/widgets/element_legend.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStringList>
#include <algorithm>

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
    setToolTip(tr("Click an element to hide or show it"));
    setCursor(Qt::PointingHandCursor);
    hide();
}

bool ElementLegend::isHidden(crystal::Element element) const {
    return std::find(hidden_.begin(), hidden_.end(), element) != hidden_.end();
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
    // What another structure does not have cannot be shown again here.
    const auto gone = std::erase_if(hidden_, [this](crystal::Element element) {
        return std::find(elements_.begin(), elements_.end(), element) == elements_.end();
    });
    if (gone > 0) emit hiddenChanged();
}

std::pair<int, int> ElementLegend::extent(std::size_t index) const {
    int x = margin;
    for (std::size_t i = 0;; ++i) {
        const int width = ball + gap + fontMetrics().horizontalAdvance(symbolText(elements_.at(i)));
        if (i == index) return {x, width};
        x += width + margin;
    }
}

QPoint ElementLegend::placeOf(crystal::Element element) const {
    const auto at = std::find(elements_.begin(), elements_.end(), element);
    const auto [x, width] = extent(static_cast<std::size_t>(at - elements_.begin()));
    return {x + width / 2, height() / 2};
}

QSize ElementLegend::sizeHint() const {
    int width = margin;
    if (!elements_.empty()) {
        const auto [x, last] = extent(elements_.size() - 1);
        width = x + last + margin;
    }
    return {width, fontMetrics().height() + margin};
}

void ElementLegend::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    for (std::size_t i = 0; i < elements_.size(); ++i) {
        const auto [x, width] = extent(i);
        const int at = static_cast<int>(event->position().x());
        if (at < x - margin / 2 || at >= x + width + margin / 2) continue;
        if (isHidden(elements_[i]))
            std::erase(hidden_, elements_[i]);
        else
            hidden_.push_back(elements_[i]);
        update();
        emit hiddenChanged();
        return;
    }
}

void ElementLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor background = palette().color(QPalette::Base);
    background.setAlphaF(0.8f);
    painter.setPen(Qt::NoPen);
    painter.setBrush(background);
    painter.drawRoundedRect(QRectF(rect()), 6, 6);
    for (std::size_t i = 0; i < elements_.size(); ++i) {
        const auto [x, width] = extent(i);
        const QColor colour = elementColour(elements_[i]);
        painter.setOpacity(isHidden(elements_[i]) ? 0.3 : 1.0);
        painter.setPen(QPen(colour.darker(150), 1));
        painter.setBrush(colour);
        painter.drawEllipse(QRectF(x, (height() - ball) / 2.0, ball, ball));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(x + ball + gap, 0, width, height()), Qt::AlignVCenter,
                         symbolText(elements_[i]));
    }
}

}  // namespace ionscape::gui
