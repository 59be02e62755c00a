// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/path_row.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace ionscape::gui {

QWidget* pathRow(QLineEdit* edit, const QString& tip, QFileDialog::FileMode mode,
                 const QStringList& nameFilters) {
    auto* widget = new QWidget;
    auto* row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    auto* browse = new QToolButton;
    browse->setText(QStringLiteral("…"));
    browse->setToolTip(tip);
    browse->setAccessibleName(tip);
    row->addWidget(edit, 1);
    row->addWidget(browse);
    QObject::connect(browse, &QToolButton::clicked, edit, [edit, tip, mode, nameFilters] {
        const QString start = mode == QFileDialog::ExistingFiles ? QString() : edit->text();
        auto* dialog = new QFileDialog(edit->window(), tip, start);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(mode);
        if (!nameFilters.isEmpty()) dialog->setNameFilters(nameFilters);
        QObject::connect(dialog, &QFileDialog::filesSelected, edit,
                         [edit](const QStringList& files) { edit->setText(files.join("; ")); });
        dialog->open();
    });
    return widget;
}

}  // namespace ionscape::gui
