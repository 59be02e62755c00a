// SPDX-License-Identifier: GPL-3.0-or-later
// Fields that the tabs for ensembles and stability share: which cell, which potential.
#pragma once

#include <QComboBox>
#include <vector>

#include "core/dynamics/relaxer.h"
#include "core/potential/model_registry.h"

namespace ionscape::gui {

/// The cell that is decorated; its data are what EnsembleRequest::cells means.
/// \param smallest  offers the smallest cell that holds the formula, too
QComboBox* cellField(bool smallest);

/// How far cells are relaxed.
QComboBox* toleranceField();
/// What the choice of a toleranceField() means.
dynamics::RelaxSettings chosenTolerance(const QComboBox& field);

/// The embedded potential; its data are paths, empty for the embedded one.
QComboBox* potentialField();
/// Lists the usable models; the choice stays where it can.
void fillPotentials(QComboBox& field, const std::vector<potential::ModelEntry>& models);

}  // namespace ionscape::gui
