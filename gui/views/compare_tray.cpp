// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/compare_tray.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <algorithm>

#include "gui/views/composition_card.h"

namespace ionscape::gui {

CompareTray::CompareTray(SpaceBrowser& browser, QWidget* parent)
    : QWidget(parent), browser_(browser), row_(nullptr), hint_(new QLabel) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    hint_->setText(tr("Select compositions in the map or the table and press Compare."));
    hint_->setProperty("role", "muted");
    hint_->setAlignment(Qt::AlignCenter);
    layout->addWidget(hint_);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* inner = new QWidget;
    row_ = new QHBoxLayout(inner);
    row_->addStretch();
    scroll->setWidget(inner);
    layout->addWidget(scroll, 1);
    // In another space a composition is another row, or none.
    connect(&browser_, &SpaceBrowser::changed, this, &CompareTray::rebuild);
}

void CompareTray::add(const std::vector<std::uint32_t>& rows) {
    for (const auto row : rows) {
        const auto composition = browser_.table()->composition(row);
        if (kept_.size() < mostCards && std::find(kept_.begin(), kept_.end(), composition) == kept_.end())
            kept_.push_back(composition);
    }
    rebuild();
}

void CompareTray::rebuild() {
    qDeleteAll(cards_);
    cards_.clear();
    for (const auto& composition : kept_) {
        const auto row = browser_.table()->rowOf(composition);
        if (!row) continue;
        auto* card = new CompositionCard(browser_, CompositionCard::Size::Small);
        card->setRow(static_cast<std::uint32_t>(*row));
        card->setFixedWidth(270);
        row_->insertWidget(row_->count() - 1, card);
        cards_.push_back(card);
        connect(card, &CompositionCard::openRequested, this, &CompareTray::openRequested);
        connect(card, &CompositionCard::runRequested, this, &CompareTray::runRequested);
        connect(card, &CompositionCard::removeRequested, this, [this, card] { remove(card); });
    }
    hint_->setVisible(cards_.empty());
    emit sizeChanged();
}

void CompareTray::remove(CompositionCard* card) {
    const auto composition = browser_.table()->composition(*card->row());
    std::erase(kept_, composition);
    std::erase(cards_, card);
    card->deleteLater();
    hint_->setVisible(cards_.empty());
    emit sizeChanged();
}

}  // namespace ionscape::gui
