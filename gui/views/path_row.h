// SPDX-License-Identifier: GPL-3.0-or-later
// A field for paths with a button that opens a file dialog.
#pragma once

#include <QFileDialog>
#include <QLineEdit>

namespace ionscape::gui {

/// What is chosen is set as the text of `edit`, several files with "; " between.
/// \param tip  of the button, and title of the dialog
QWidget* pathRow(QLineEdit* edit, const QString& tip, QFileDialog::FileMode mode,
                 const QStringList& nameFilters = {});

}  // namespace ionscape::gui
