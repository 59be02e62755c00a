// SPDX-License-Identifier: GPL-3.0-or-later
// A frame with text, action buttons and a close button.
#include "gui/widgets/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include "gui/widgets/theme.h"

namespace ionscape::gui {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent), label_(new QLabel), buttons_(new QHBoxLayout) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 8, 6);
    layout->setSpacing(8);
    label_->setWordWrap(true);
    label_->setTextFormat(Qt::PlainText);
    label_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QToolButton;
    close->setText(QStringLiteral("✕"));
    close->setAutoRaise(true);
    close->setToolTip(tr("Dismiss this message"));
    close->setAccessibleName(close->toolTip());
    layout->addWidget(label_, 1);
    layout->addLayout(buttons_);
    layout->addWidget(close);
    connect(close, &QToolButton::clicked, this, &MessageBar::dismiss);
    setAccessibleName(tr("Message"));
    hide();
}

void MessageBar::showMessage(Kind kind, const QString& text, const std::vector<Action>& actions) {
    kind_ = kind;
    label_->setText(text);
    setAccessibleDescription(text);
    while (QLayoutItem* item = buttons_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto& [title, run] : actions) {
        auto* button = new QPushButton(title);
        connect(button, &QPushButton::clicked, this, [this, run = run] {
            dismiss();
            run();
        });
        buttons_->addWidget(button);
    }
    show();
    update();
}

void MessageBar::dismiss() {
    hide();
}

QString MessageBar::text() const {
    return isHidden() ? QString() : label_->text();
}

void MessageBar::paintEvent(QPaintEvent*) {
    const ThemeColours colours = themeColours(palette());
    const QColor colour = kind_ == Kind::Error     ? colours.bad
                          : kind_ == Kind::Warning ? colours.warning
                                                   : colours.accent;
    QColor fill = colour;
    fill.setAlphaF(0.14f);
    QPainter painter(this);
    painter.fillRect(rect(), fill);
    painter.fillRect(QRect(0, 0, 4, height()), colour);
}

}  // namespace ionscape::gui
