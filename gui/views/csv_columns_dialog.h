// SPDX-License-Identifier: GPL-3.0-or-later
// Asks which columns of a table hold compositions, values and errors.
#pragma once

#include <QDialog>

#include "core/workflow/learning_data.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace ionscape::gui {

class CsvColumnsDialog final : public QDialog {
    Q_OBJECT

  public:
    /// Reads the file. Throws IoError.
    CsvColumnsDialog(const QString& file, const QString& host, QWidget* parent = nullptr);

    const surrogate::CsvTable& table() const { return table_; }
    workflow::MeasuredColumns columns() const;

  signals:
    void chosen(const ionscape::surrogate::CsvTable& table,
                const ionscape::workflow::MeasuredColumns& columns, const QString& host);

  private:
    surrogate::CsvTable table_;
    QString host_;
    QComboBox *formula_, *target_, *error_, *structure_, *type_;
    QLineEdit* unit_;
    QCheckBox* logarithm_;
    QLabel* check_;
    QComboBox* columnBox(const char* name, const std::string& chosen, bool optional);
    QWidget* preview();
    void updateCheck();
};

}  // namespace ionscape::gui
