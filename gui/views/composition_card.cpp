// SPDX-License-Identifier: GPL-3.0-or-later
// A table of descriptors under the formula.
#include "gui/views/composition_card.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "gui/models/space_model.h"
#include "gui/views/text.h"
#include "gui/widgets/chip.h"

namespace ionscape::gui {

namespace composition_card_detail {

constexpr int notePauseMs = 600;

}  // namespace composition_card_detail

CompositionCard::CompositionCard(SpaceBrowser& browser, Size size, QWidget* parent)
    : QFrame(parent),
      browser_(browser),
      size_(size),
      formula_(new QLabel),
      numbers_(new QLabel),
      entropy_(new Chip),
      star_(new QToolButton),
      open_(new QPushButton(tr("Open in 3D"))),
      run_(new QPushButton(tr("Run"))),
      compare_(new QPushButton(tr("Compare"))) {
    setProperty("card", true);
    setFrameShape(QFrame::StyledPanel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(6);
    auto* top = new QHBoxLayout;
    formula_->setTextFormat(Qt::RichText);
    formula_->setWordWrap(true);
    formula_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    formula_->setObjectName("cardFormula");
    QFont large = formula_->font();
    large.setPointSizeF(large.pointSizeF() * (size == Size::Full ? 1.15 : 1.0));
    large.setBold(true);
    formula_->setFont(large);
    star_->setAutoRaise(true);
    star_->setText(QStringLiteral("☆"));
    if (size == Size::Full) {
        star_->setCheckable(true);
        star_->setObjectName("starButton");
        star_->setToolTip(tr("Star: keeps the composition in sight, here and in filters (star)"));
        connect(star_, &QToolButton::clicked, this, &CompositionCard::starToggled);
        connect(star_, &QToolButton::toggled, this,
                [this](bool on) { star_->setText(on ? QStringLiteral("★") : QStringLiteral("☆")); });
    } else {
        star_->setText(QStringLiteral("✕"));
        star_->setToolTip(tr("Take away from the comparison"));
        connect(star_, &QToolButton::clicked, this, &CompositionCard::removeRequested);
    }
    star_->setAccessibleName(star_->toolTip());
    top->addWidget(formula_, 1);
    top->addWidget(entropy_, 0, Qt::AlignTop);
    top->addWidget(star_, 0, Qt::AlignTop);
    layout->addLayout(top);
    auto* actions = new QHBoxLayout;
    run_->setProperty("primary", size == Size::Full);
    run_->setObjectName("runComposition");
    open_->setObjectName("openComposition");
    compare_->setObjectName("compareComposition");
    open_->setToolTip(tr("Builds the cell and shows it (double click in map or table)"));
    run_->setToolTip(tr("Builds, relaxes and runs dynamics with the settings of the Compose stage"));
    compare_->setToolTip(tr("Puts the selected compositions side by side"));
    for (auto* button : {run_, open_, compare_})
        actions->addWidget(button);
    compare_->setVisible(size == Size::Full);
    actions->addStretch();
    layout->addLayout(actions);
    numbers_->setTextFormat(Qt::RichText);
    numbers_->setWordWrap(true);
    numbers_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    numbers_->setObjectName("cardNumbers");
    layout->addWidget(numbers_);
    if (size == Size::Full) addNotes(*layout);
    layout->addStretch();
    connect(open_, &QPushButton::clicked, this, [this] {
        if (row_) emit openRequested(*row_);
    });
    connect(run_, &QPushButton::clicked, this, [this] {
        if (row_) emit runRequested(*row_);
    });
    connect(compare_, &QPushButton::clicked, this, [this] {
        if (row_) emit compareRequested(*row_);
    });
    setRow(std::nullopt);
}

void CompositionCard::addNotes(QVBoxLayout& layout) {
    tags_ = new QLineEdit;
    tags_->setObjectName("tagsEdit");
    tags_->setPlaceholderText(tr("Tags, separated by commas"));
    tags_->setAccessibleName(tr("Tags"));
    note_ = new QPlainTextEdit;
    note_->setObjectName("noteEdit");
    note_->setPlaceholderText(tr("Notes"));
    note_->setAccessibleName(tr("Notes"));
    note_->setTabChangesFocus(true);
    note_->setFixedHeight(4 * fontMetrics().lineSpacing());
    layout.addWidget(tags_);
    layout.addWidget(note_);
    connect(tags_, &QLineEdit::editingFinished, this, [this] {
        QStringList tags;
        for (const QString& tag : tags_->text().split(',', Qt::SkipEmptyParts))
            if (!tag.trimmed().isEmpty()) tags << tag.trimmed();
        emit tagsEdited(tags);
    });
    noteTimer_ = new QTimer(this);
    noteTimer_->setSingleShot(true);
    noteTimer_->setInterval(composition_card_detail::notePauseMs);
    connect(noteTimer_, &QTimer::timeout, this, [this] { emit noteEdited(note_->toPlainText()); });
    connect(note_, &QPlainTextEdit::textChanged, noteTimer_, qOverload<>(&QTimer::start));
}

void CompositionCard::handNoteOn() {
    if (noteTimer_ == nullptr || !noteTimer_->isActive()) return;
    noteTimer_->stop();
    emit noteEdited(note_->toPlainText());
}

void CompositionCard::hideEvent(QHideEvent* event) {
    handNoteOn();
    QFrame::hideEvent(event);
}

void CompositionCard::setRow(std::optional<std::uint32_t> row) {
    handNoteOn();
    row_ = row && *row < browser_.table()->rows() ? row : std::nullopt;
    for (QWidget* widget : std::initializer_list<QWidget*>{open_, run_, compare_, star_})
        widget->setEnabled(row_.has_value());
    if (tags_ != nullptr) tags_->setEnabled(row_.has_value());
    if (note_ != nullptr) note_->setEnabled(row_.has_value());
    if (!row_) {
        formula_->setText(tr("Select a composition"));
        numbers_->setText(
            tr("Click a point of the map or a row of the table.<br>Draw around points to select "
               "several."));
        entropy_->set({}, Chip::Tone::Neutral);
        return;
    }
    const auto composition = browser_.table()->composition(*row_);
    // A long formula may break behind each element.
    QString formula = formulaHtml(compositionFormula(browser_.host(), composition));
    formula_->setText(formula.replace("</sub>", QStringLiteral("</sub>\u200b")));
    const double entropy = configurationalEntropy(composition);
    const auto kind = composition::entropyClass(entropy);
    entropy_->set(kind == composition::EntropyClass::High     ? tr("HE")
                  : kind == composition::EntropyClass::Medium ? tr("ME")
                                                              : tr("LE"),
                  kind == composition::EntropyClass::High ? Chip::Tone::Good : Chip::Tone::Neutral);
    showNumbers();
}

void CompositionCard::showNumbers() {
    const auto& table = *browser_.table();
    QString html = QStringLiteral("<table cellspacing='2' width='100%'>");
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
        const auto& column = table.columns()[i];
        if (column.isFlag || !column.undefined.empty()) continue;
        const double value = table.values(i)[*row_];
        if (std::isnan(value)) continue;
        html +=
            QStringLiteral(
                "<tr><td style='padding-right:10px'>%1</td><td align='right'>%2</td><td>&nbsp;%3</td></tr>")
                .arg(QString::fromStdString(column.title).toHtmlEscaped(),
                     QString::fromStdString(columnText(column, value)).toHtmlEscaped(),
                     QString::fromStdString(column.unit).toHtmlEscaped());
    }
    numbers_->setText(html + QStringLiteral("</table>"));
}

void CompositionCard::setStarred(bool starred) {
    star_->setChecked(starred);
}

void CompositionCard::setTags(const QStringList& tags) {
    if (tags_ != nullptr) tags_->setText(tags.join(", "));
}

void CompositionCard::setNote(const QString& note) {
    if (note_ == nullptr || note_->toPlainText() == note) return;
    const QSignalBlocker blocker(note_);
    note_->setPlainText(note);
}

}  // namespace ionscape::gui
