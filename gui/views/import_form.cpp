// SPDX-License-Identifier: GPL-3.0-or-later
// A frame with a field for each question.
#include "gui/views/import_form.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "gui/views/form_fields.h"
#include "gui/views/path_row.h"

namespace ionscape::gui {
namespace {

constexpr double longestTimestepFs = 1e6;

}  // namespace

ImportForm::ImportForm(QWidget* parent)
    : QFrame(parent),
      title_(new QLabel),
      problem_(new QLabel),
      fields_(new QFormLayout),
      open_(new QPushButton(tr("Open"))),
      first_(new QPushButton(tr("First frame only"))) {
    setFrameShape(QFrame::StyledPanel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 8, 8);
    title_->setWordWrap(true);
    title_->setTextFormat(Qt::PlainText);
    problem_->setWordWrap(true);
    problem_->setTextFormat(Qt::PlainText);
    problem_->hide();
    first_->setToolTip(tr("Shows the first structure of the file without its motion"));
    auto* close = new QPushButton(tr("Do not open"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(problem_, 1);
    buttons->addStretch();
    for (auto* button : {open_, first_, close})
        buttons->addWidget(button);
    layout->addWidget(title_);
    layout->addLayout(fields_);
    layout->addLayout(buttons);
    connect(open_, &QPushButton::clicked, this, [this] { accept(false); });
    connect(first_, &QPushButton::clicked, this, [this] { accept(true); });
    connect(close, &QPushButton::clicked, this, &ImportForm::dismiss);
    setAccessibleName(tr("Questions about a trajectory"));
    hide();
}

void ImportForm::ask(const QString& path, const LoadQuestions& questions) {
    waiting_.push_back({path, questions});
    if (waiting_.size() == 1) showFirst();
}

QString ImportForm::path() const {
    return waiting_.empty() ? QString() : waiting_.front().path;
}

void ImportForm::showFirst() {
    clearFields();
    if (waiting_.empty()) {
        hide();
        return;
    }
    const Question& question = waiting_.front();
    title_->setText(
        tr("%1 does not tell everything that is needed:").arg(QFileInfo(question.path).fileName()));
    addFields(question.questions);
    first_->setVisible(!question.questions.import.structure && question.questions.mobile.empty());
    problem_->hide();
    show();
    if (QWidget* field = fields_->itemAt(0, QFormLayout::FieldRole)->widget()) field->setFocus();
}

void ImportForm::clearFields() {
    while (fields_->rowCount() > 0)
        fields_->removeRow(0);
    types_.clear();
    timestep_ = nullptr;
    structure_ = nullptr;
    mobile_ = nullptr;
}

void ImportForm::addFields(const LoadQuestions& questions) {
    if (!questions.mobile.empty()) {
        mobile_ = new QComboBox;
        mobile_->setObjectName("mobile");
        for (const auto& symbol : questions.mobile)
            mobile_->addItem(QString::fromStdString(symbol));
        mobile_->setMaximumWidth(120);
        mobile_->setToolTip(tr("The ion whose motion is analysed; the Transport stage can take another one"));
        fields_->addRow(tr("Mobile ion"), mobile_);
    }
    if (questions.import.structure) {
        structure_ = new QLineEdit;
        structure_->setObjectName("structure");
        structure_->setToolTip(tr("A structure file with the same atoms in the same order"));
        fields_->addRow(tr("Structure with the cell"),
                        pathRow(structure_, tr("Choose the structure"), QFileDialog::ExistingFile));
    }
    for (const auto& [type, atoms] : questions.import.types) {
        auto* field = new QLineEdit;
        field->setObjectName(QString("type%1").arg(type));
        field->setPlaceholderText(tr("element"));
        field->setMaximumWidth(120);
        types_[type] = field;
        fields_->addRow(tr("Atom type %1 (%n atoms)", nullptr, static_cast<int>(atoms)).arg(type), field);
        connect(field, &QLineEdit::returnPressed, this, [this] { accept(false); });
    }
    if (questions.import.timestep) {
        timestep_ = realField(0.0, longestTimestepFs, 0.0, 4, 0.5);
        timestep_->setObjectName("timestep");
        timestep_->setSuffix(tr(" fs"));
        timestep_->setSpecialValueText(tr("unknown"));
        timestep_->setMaximumWidth(160);
        timestep_->setToolTip(QString::fromStdString(questions.import.timestepMeaning));
        fields_->addRow(tr("Time between two step numbers"), timestep_);
    }
}

bool ImportForm::readAnswers(io::ImportOptions& options) {
    const auto refuse = [this](QWidget* field, const QString& text) {
        problem_->setText(text);
        problem_->show();
        field->setFocus();
        return false;
    };
    // Types that are not asked for have no atoms: any element does in their place.
    const long lowest = types_.empty() ? 1 : std::min(types_.begin()->first, 1L);
    for (const auto& [type, field] : types_) {
        const auto element = crystal::Element::find(field->text().trimmed().toStdString());
        if (!element)
            return refuse(field, tr("Write the symbol of an element for type %1, such as Li").arg(type));
        options.types.resize(static_cast<std::size_t>(type - lowest) + 1);
        options.types.back() = *element;
    }
    if (timestep_ != nullptr) {
        if (timestep_->value() <= 0.0) return refuse(timestep_, tr("Give the time step; it is above zero"));
        options.timestepFs = timestep_->value();
    }
    if (structure_ != nullptr) {
        if (structure_->text().isEmpty()) return refuse(structure_, tr("Choose a structure file"));
        options.structure = structure_->text().toStdString();
    }
    return true;
}

void ImportForm::accept(bool firstFrameOnly) {
    if (waiting_.empty()) return;
    OpenRequest request;
    request.path = waiting_.front().path;
    request.firstFrameOnly = firstFrameOnly;
    request.import = waiting_.front().questions.answers;
    if (mobile_ != nullptr) request.mobile = mobile_->currentText().toStdString();
    if (firstFrameOnly && timestep_ != nullptr && timestep_->value() <= 0.0) timestep_->setValue(1.0);
    if (!readAnswers(request.import)) return;
    dismiss();
    emit answered(request);
}

void ImportForm::dismiss() {
    if (!waiting_.empty()) waiting_.erase(waiting_.begin());
    showFirst();
}

void ImportForm::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        dismiss();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        accept(false);
    } else {
        QFrame::keyPressEvent(event);
    }
}

}  // namespace ionscape::gui
