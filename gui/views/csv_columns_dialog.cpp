// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/csv_columns_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <cmath>

#include "core/base/error.h"
#include "gui/views/data_table.h"

namespace ionscape::gui {

CsvColumnsDialog::CsvColumnsDialog(const QString& file, const QString& host, QWidget* parent)
    : QDialog(parent),
      table_(surrogate::CsvTable::read(file.toStdString())),
      host_(host),
      unit_(new QLineEdit),
      logarithm_(new QCheckBox(tr("learn the decadic logarithm"))),
      check_(new QLabel) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Columns of %1").arg(QFileInfo(file).fileName()));
    const auto guess = workflow::guessColumns(table_);
    formula_ = columnBox("formulaColumn", guess.formula, false);
    target_ = columnBox("targetColumn", guess.target, false);
    error_ = columnBox("errorColumn", guess.error, true);
    structure_ = columnBox("structureColumn", guess.structure, true);
    type_ = columnBox("typeColumn", guess.type, true);
    unit_->setObjectName("unitField");
    unit_->setText(QString::fromStdString(guess.unit));
    structure_->setToolTip(
        tr("Paths of relaxed cells (CIF, POSCAR, extxyz), seen from the folder of the table"));
    check_->setWordWrap(true);
    check_->setProperty("role", "muted");
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(preview());
    auto* form = new QFormLayout;
    form->addRow(tr("Composition"), formula_);
    form->addRow(tr("Value to learn"), target_);
    form->addRow(tr("Unit"), unit_);
    form->addRow(QString(), logarithm_);
    form->addRow(tr("Error of the value"), error_);
    form->addRow(tr("Structure file"), structure_);
    form->addRow(tr("Occupancy type"), type_);
    layout->addLayout(form);
    layout->addWidget(check_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit chosen(table_, columns(), host_);
        accept();
    });
    for (QComboBox* box : {formula_, target_, error_, structure_, type_})
        connect(box, &QComboBox::currentIndexChanged, this, &CsvColumnsDialog::updateCheck);
    connect(logarithm_, &QCheckBox::toggled, this, &CsvColumnsDialog::updateCheck);
    updateCheck();
}

QComboBox* CsvColumnsDialog::columnBox(const char* name, const std::string& chosen, bool optional) {
    auto* box = new QComboBox;
    box->setObjectName(name);
    if (optional) box->addItem(tr("– none –"), QString());
    for (const auto& column : table_.columns())
        box->addItem(QString::fromStdString(surrogate::csvHeader(column)),
                     QString::fromStdString(column.name));
    const int index = box->findData(QString::fromStdString(chosen));
    if (index >= 0) box->setCurrentIndex(index);
    return box;
}

QWidget* CsvColumnsDialog::preview() {
    constexpr std::size_t most = 5;
    const int rows = static_cast<int>(std::min(most, table_.rows()));
    auto* view = new QTableWidget(rows, static_cast<int>(table_.columns().size()));
    setUpDataTable(*view);
    setUpDenseRows(*view);
    QStringList titles;
    for (const auto& column : table_.columns())
        titles << QString::fromStdString(surrogate::csvHeader(column));
    view->setHorizontalHeaderLabels(titles);
    for (int i = 0; i < rows; ++i)
        for (int c = 0; c < view->columnCount(); ++c)
            view->setItem(i, c,
                          new QTableWidgetItem(QString::fromStdString(
                              table_.text(static_cast<std::size_t>(i), static_cast<std::size_t>(c)))));
    view->resizeColumnsToContents();
    view->setMinimumWidth(520);
    view->setFixedHeight(170);
    return view;
}

workflow::MeasuredColumns CsvColumnsDialog::columns() const {
    const auto of = [](const QComboBox* box) { return box->currentData().toString().toStdString(); };
    workflow::MeasuredColumns columns;
    columns.formula = of(formula_);
    columns.target = of(target_);
    columns.error = of(error_);
    columns.structure = of(structure_);
    columns.type = of(type_);
    columns.unit = unit_->text().trimmed().toStdString();
    columns.logarithm = logarithm_->isChecked();
    return columns;
}

/// Says before it is opened how many rows can be used.
void CsvColumnsDialog::updateCheck() {
    auto wanted = columns();
    wanted.structure.clear();  // cells are read when the table is opened
    try {
        const auto tried = workflow::learningData(table_, wanted, host_.toStdString());
        std::size_t usable = 0;
        QString reason;
        for (std::size_t i = 0; i < tried.rows.size(); ++i) {
            if (!tried.rows[i].problem.empty()) {
                if (reason.isEmpty()) reason = QString::fromStdString(tried.rows[i].problem);
            } else if (std::isfinite(tried.targets.front().values[i])) {
                ++usable;
            }
        }
        check_->setText(
            tr("%1 of %2 rows can be used.").arg(usable).arg(tried.rows.size()) +
            (reason.isEmpty() ? QString() : QStringLiteral(" ") + tr("First problem: %1").arg(reason)));
    } catch (const Error& error) {
        check_->setText(QString::fromUtf8(error.what()));
    }
}

}  // namespace ionscape::gui
