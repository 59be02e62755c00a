// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of swatch, species, count and remove button, in two columns.
#include "gui/views/species_list.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include "gui/views/text.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {
constexpr int columns = 2;

int oxidationState(const composition::Host& host, crystal::Element element) {
    for (const auto& species : host.mixed().species)
        if (species.element == element) return species.oxidationState;
    return 0;
}
}  // namespace

SpeciesList::SpeciesList(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(12);
    grid_->setVerticalSpacing(4);
    for (int column = 0; column < columns; ++column)
        grid_->setColumnStretch(column, 1);
}

void SpeciesList::setComposition(const composition::Host& host, const composition::Composition& composition,
                                 int total) {
    std::vector<crystal::Element> elements;
    for (const auto& entry : composition.counts)
        elements.push_back(entry.first);
    // Rows are kept where possible, so that a spin box keeps the focus while one types.
    if (elements != shown_) rebuild(host, composition, total);
    for (const auto& [element, count] : composition.counts) {
        auto* box = findChild<QSpinBox*>("count-" + symbolText(element));
        const QSignalBlocker blocker(box);
        box->setValue(count);
    }
}

void SpeciesList::rebuild(const composition::Host& host, const composition::Composition& composition,
                          int total) {
    while (QLayoutItem* item = grid_->takeAt(0)) {
        item->widget()->setObjectName(
            {});  // gone for findChild at once, deleted when its signals have returned
        for (auto* child : item->widget()->findChildren<QWidget*>())
            child->setObjectName({});
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    shown_.clear();
    int index = 0;
    for (const auto& entry : composition.counts) {
        const crystal::Element element = entry.first;
        shown_.push_back(element);
        auto* row = new QWidget;
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4);
        auto* swatch = new QLabel(QStringLiteral("●"));
        swatch->setStyleSheet(QStringLiteral("color: %1").arg(elementColour(element).name()));
        swatch->setToolTip(tr("Colour in the 3D view"));
        auto* name = new QLabel(speciesText(element, oxidationState(host, element)));
        auto* box = new QSpinBox;
        box->setObjectName("count-" + symbolText(element));
        box->setRange(0, total);
        box->setButtonSymbols(QAbstractSpinBox::PlusMinus);
        box->setAlignment(Qt::AlignRight);
        box->setAccessibleName(tr("Number of %1 of %2 sites").arg(symbolText(element)).arg(total));
        box->setToolTip(box->accessibleName());
        auto* remove = new QToolButton;
        remove->setText(QStringLiteral("✕"));
        remove->setAutoRaise(true);
        remove->setToolTip(tr("Take %1 away").arg(symbolText(element)));
        remove->setAccessibleName(remove->toolTip());
        layout->addWidget(swatch);
        layout->addWidget(name, 1);
        layout->addWidget(box);
        layout->addWidget(remove);
        connect(box, &QSpinBox::valueChanged, this,
                [this, element](int count) { emit countEdited(element, count); });
        connect(remove, &QToolButton::clicked, this, [this, element] { emit countEdited(element, 0); });
        grid_->addWidget(row, index / columns, index % columns);
        ++index;
    }
}

}  // namespace ionscape::gui
