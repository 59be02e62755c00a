// SPDX-License-Identifier: GPL-3.0-or-later
// Every change is taken over at once; typing waits for a pause.
#include "gui/views/space_query_panel.h"

#include <QComboBox>
#include <QCompleter>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTimer>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/crystal/ionic_radius.h"
#include "gui/views/form_fields.h"
#include "gui/views/text.h"
#include "gui/views/undo_value.h"
#include "gui/widgets/colour_map.h"
#include "gui/widgets/element_filter.h"

namespace ionscape::gui {

namespace space_query_detail {

constexpr int typingPauseMs = 350;

QLabel* heading(const QString& text) {
    auto* label = new QLabel(text);
    label->setProperty("role", "muted");
    label->setWordWrap(true);
    return label;
}

}  // namespace space_query_detail

SpaceQueryPanel::SpaceQueryPanel(SpaceBrowser& browser, QUndoStack& undo, QWidget* parent)
    : QWidget(parent),
      browser_(browser),
      undo_(undo),
      types_(new QComboBox),
      entropy_(new QComboBox),
      colours_(new QComboBox),
      mobileMin_(realField(0.0, 100.0, 0.0, 3, 0.125)),
      mobileMax_(realField(0.0, 100.0, 100.0, 3, 0.125)),
      elements_(new ElementFilter),
      filter_(new QLineEdit),
      count_(new QLabel),
      problem_(new QLabel),
      reset_(new QPushButton(tr("Show all"))),
      typing_(new QTimer(this)) {
    using space_query_detail::heading;
    const QString ion = symbolText(browser_.host().mobile().species.front().element);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 8, 8);
    layout->setSpacing(6);

    count_->setObjectName("spaceCount");
    count_->setWordWrap(true);
    layout->addWidget(count_);
    auto* form = new QFormLayout;
    form->setVerticalSpacing(5);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->addLayout(form);

    types_->setObjectName("spaceTypes");
    types_->setEditable(true);
    types_->setInsertPolicy(QComboBox::NoInsert);
    types_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    types_->setMinimumContentsLength(10);
    for (const auto& type : composition::occupancyTypes()) {
        QStringList counts;
        for (const int count : type.counts)
            counts << QString::number(count);
        const QString name = QString::fromStdString(type.name);
        types_->addItem(name);
        types_->setItemData(types_->count() - 1, counts.join(" : "), Qt::ToolTipRole);
    }
    for (const char* several : {"3-*", "4-*", "5-*"})
        types_->addItem(several);
    types_->setToolTip(
        tr("How many sites of 16 each species takes, the host's own first: types of the literature (4-1 is "
           "4:4:4:4, 5-1 is 4:3:3:3:3, 5-* all with five species) or your own counts such as 8:4:4. Several "
           "with commas between."));
    form->addRow(tr("Species : counts"), types_);

    auto* bounds = new QWidget;
    auto* boundsRow = new QHBoxLayout(bounds);
    boundsRow->setContentsMargins(0, 0, 0, 0);
    boundsRow->setSpacing(4);
    boundsRow->addWidget(mobileMin_, 1);
    boundsRow->addWidget(new QLabel(QStringLiteral("–")));
    boundsRow->addWidget(mobileMax_, 1);
    mobileMin_->setObjectName("mobileMin");
    mobileMax_->setObjectName("mobileMax");
    mobileMin_->setAccessibleName(tr("Least %1 per formula unit").arg(ion));
    mobileMax_->setAccessibleName(tr("Most %1 per formula unit").arg(ion));
    for (auto* field : {mobileMin_, mobileMax_})
        field->setToolTip(
            tr("%1 per formula unit; both ends belong to the range. It follows from the charges "
               "of the species: each below 4+ adds %1, each above takes some away.")
                .arg(ion));
    form->addRow(tr("%1 content").arg(ion), bounds);

    entropy_->setObjectName("entropyClass");
    entropy_->addItem(tr("any"), 0.0);
    entropy_->addItem(tr("medium or high (≥ 1 R)"), 1.0);
    entropy_->addItem(tr("high (≥ 1.5 R)"), 1.5);
    entropy_->setToolTip(tr("Configurational entropy −R Σ x ln x of the mixed site"));
    form->addRow(tr("Entropy"), entropy_);

    auto* elementRow = new QHBoxLayout;
    elementRow->addWidget(heading(tr("Elements: click to require, again to exclude")), 1);
    colours_->addItem(tr("valence"), "valence");
    colours_->addItem(tr("radius"), "radius");
    colours_->setToolTip(tr("What the colours of the elements show"));
    colours_->setAccessibleName(tr("Colour of the elements"));
    elementRow->addWidget(colours_);
    layout->addLayout(elementRow);
    elements_->setSpecies(browser_.host().mixed().species);
    layout->addWidget(elements_);

    layout->addWidget(heading(tr("Filter")));
    filter_->setObjectName("spaceFilter");
    filter_->setClearButtonEnabled(true);
    filter_->setPlaceholderText(tr("e.g. S_config > 1.5 and %1 < 3 and not La").arg(ion));
    filter_->setAccessibleName(tr("Filter"));
    const composition::DescriptorSet descriptors(browser_.host());
    QStringList names;
    for (const auto& column : descriptors.columns())
        if (!column.isFlag) names << QString::fromStdString(column.id);
    filter_->setToolTip(
        tr("Comparisons joined by and, or, not and parentheses. An element alone means that the "
           "composition holds it; with a number it is its amount per formula unit.<br>Columns: %1")
            .arg(names.join(", ")));
    layout->addWidget(filter_);
    problem_->setProperty("role", "error");
    problem_->setObjectName("spaceProblem");
    problem_->setWordWrap(true);
    problem_->hide();
    layout->addWidget(problem_);
    reset_->setObjectName("showAll");
    reset_->setToolTip(tr("Takes back bounds, rules and filter"));
    layout->addWidget(reset_, 0, Qt::AlignLeft);
    layout->addStretch();

    typing_->setSingleShot(true);
    typing_->setInterval(space_query_detail::typingPauseMs);
    connect(typing_, &QTimer::timeout, this, &SpaceQueryPanel::entryChanged);
    connect(types_, &QComboBox::activated, this, &SpaceQueryPanel::entryChanged);
    connect(types_->lineEdit(), &QLineEdit::editingFinished, this, &SpaceQueryPanel::entryChanged);
    connect(entropy_, &QComboBox::activated, this, &SpaceQueryPanel::entryChanged);
    for (auto* field : {mobileMin_, mobileMax_}) {
        field->setKeyboardTracking(false);
        connect(field, &QDoubleSpinBox::valueChanged, this, &SpaceQueryPanel::entryChanged);
    }
    connect(elements_, &ElementFilter::rulesChanged, this, &SpaceQueryPanel::entryChanged);
    connect(filter_, &QLineEdit::textChanged, this, [this] {
        if (!filling_) typing_->start();
    });
    connect(filter_, &QLineEdit::returnPressed, this, &SpaceQueryPanel::entryChanged);
    connect(colours_, &QComboBox::activated, this, &SpaceQueryPanel::colourElements);
    connect(reset_, &QPushButton::clicked, this, [this] {
        SpaceChoice all = initial();
        all.types = shown_.types;
        edit(all);
    });
    connect(&browser_, &SpaceBrowser::changed, this, [this] {
        problem_->hide();
        showCount();
    });
    connect(&browser_, &SpaceBrowser::problem, this, [this](const QString& message) {
        problem_->setText(message);
        problem_->show();
    });
    shown_ = initial();
    show(shown_);
    showCount();
}

SpaceChoice SpaceQueryPanel::initial() const {
    SpaceChoice choice;
    choice.mobileMax = composition::mobileCapacity(browser_.host());
    return choice;
}

void SpaceQueryPanel::show(const SpaceChoice& choice) {
    filling_ = true;
    types_->setEditText(choice.types);
    mobileMin_->setValue(choice.mobileMin);
    mobileMax_->setValue(choice.mobileMax);
    const int entropy = entropy_->findData(choice.entropyMin);
    if (entropy >= 0) entropy_->setCurrentIndex(entropy);
    elements_->setRules(choice.required, choice.excluded);
    if (filter_->text() != choice.filter) filter_->setText(choice.filter);
    filling_ = false;
}

SpaceChoice SpaceQueryPanel::entered() const {
    SpaceChoice choice;
    choice.types = types_->currentText().trimmed();
    choice.mobileMin = mobileMin_->value();
    choice.mobileMax = mobileMax_->value();
    choice.entropyMin = entropy_->currentData().toDouble();
    choice.required = elements_->elements(ElementRule::Require);
    choice.excluded = elements_->elements(ElementRule::Exclude);
    choice.filter = filter_->text();
    return choice;
}

void SpaceQueryPanel::entryChanged() {
    typing_->stop();
    if (!filling_) edit(entered());
}

void SpaceQueryPanel::edit(const SpaceChoice& choice) {
    if (choice == shown_) return;
    undo_.push(new UndoValue<SpaceChoice>(tr("change of the space"), shown_, choice,
                                          [this](const SpaceChoice& next) {
                                              shown_ = next;
                                              show(next);
                                              browser_.setChoice(next);
                                          }));
}

void SpaceQueryPanel::showCount() {
    const auto matching = static_cast<qlonglong>(browser_.rows().size());
    const auto all = static_cast<qlonglong>(browser_.table()->rows());
    const QLocale locale;
    QString text =
        matching == all
            ? tr("<b>%1</b> compositions").arg(locale.toString(all))
            : tr("<b>%1</b> of %2 compositions").arg(locale.toString(matching), locale.toString(all));
    if (browser_.table()->isTruncated()) text += tr(" (the first of more: narrow the space)");
    if (all == 0) text = tr("No composition within these bounds.");
    count_->setText(text);
}

void SpaceQueryPanel::colourElements() {
    if (colours_->currentData() == "valence") {
        elements_->setColours({}, {});
        return;
    }
    // The coordination that the descriptors use, too.
    const int coordination = composition::DescriptorSet(browser_.host()).coordination();
    std::map<crystal::Element, double> radii;
    double low = 1e9, high = 0.0;
    for (const auto& species : browser_.host().mixed().species) {
        const auto radius = crystal::ionicRadius(species.element, species.oxidationState, coordination);
        if (!radius) continue;
        radii[species.element] = *radius;
        low = std::min(low, *radius);
        high = std::max(high, *radius);
    }
    const auto radiusOf = [radii](crystal::Element element) {
        const auto found = radii.find(element);
        return found == radii.end() ? std::nan("") : found->second;
    };
    elements_->setColours(
        [radiusOf, low, high](crystal::Element element) {
            return viridis((radiusOf(element) - low) / std::max(high - low, 1e-6));
        },
        [radiusOf, coordination](crystal::Element element) {
            const double radius = radiusOf(element);
            return std::isfinite(radius) ? tr("Ionic radius %1 Å (Shannon 1976, coordination %2)")
                                               .arg(radius, 0, 'f', 3)
                                               .arg(coordination)
                                         : tr("No ionic radius is tabulated.");
        });
}

}  // namespace ionscape::gui
