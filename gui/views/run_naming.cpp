// SPDX-License-Identifier: GPL-3.0-or-later
// File names that never collide.
#include "gui/views/run_naming.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include "gui/views/text.h"

namespace ionscape::gui {

QString documentsFolder(const QString& name) {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
        .filePath("Ionscape/" + name);
}

QString defaultRunFolder() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
        .filePath("Ionscape runs");
}

QString newRunFile(const QString& folder, const workflow::RunSpec& spec, const QDateTime& now) {
    const QString subject =
        spec.structureFile.empty()
            ? QString::fromStdString(spec.formula)
            : QFileInfo(QString::fromStdString(spec.structureFile.string())).completeBaseName();
    const QString stem = QStringLiteral("%1-%2K-seed%3-%4")
                             .arg(subject)
                             .arg(spec.md.temperature, 0, 'f', 0)
                             .arg(spec.seed)
                             .arg(now.toString("yyyyMMdd-HHmmss"));
    const QDir directory(folder);
    QString file = directory.filePath(stem + ".h5");
    for (int i = 2; QFileInfo::exists(file); ++i)
        file = directory.filePath(QStringLiteral("%1-%2.h5").arg(stem).arg(i));
    return file;
}

QString runTitle(const workflow::RunSpec& spec, const QString& presetName) {
    QString subject = presetName;
    if (!spec.structureFile.empty())
        subject = QFileInfo(QString::fromStdString(spec.structureFile.string())).fileName();
    else if (subject.isEmpty())
        subject = prettyFormula(QString::fromStdString(spec.formula));
    return QStringLiteral("%1 · %2 K").arg(subject).arg(spec.md.temperature, 0, 'f', 0);
}

}  // namespace ionscape::gui
