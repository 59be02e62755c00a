// SPDX-License-Identifier: GPL-3.0-or-later
// Names of runs and of their files.
#pragma once

#include <QDateTime>
#include <QString>

#include "core/workflow/run.h"

namespace ionscape::gui {

/// "Ionscape/<name>" among the user's documents: where longer work keeps its files.
QString documentsFolder(const QString& name);

/// Documents/Ionscape runs.
QString defaultRunFolder();

/// "<formula>-<T>K-seed<seed>-<date>.h5" in `folder`, with a number appended where that file exists already.
QString newRunFile(const QString& folder, const workflow::RunSpec& spec, const QDateTime& now);

/// What is run, in short: a preset's name, the formula or the structure file's name, and the temperature.
QString runTitle(const workflow::RunSpec& spec, const QString& presetName);

}  // namespace ionscape::gui
