// SPDX-License-Identifier: GPL-3.0-or-later
// Makers of the models; what they do and the meaning of their settings is in docs/surrogate.md.
#pragma once

#include <memory>

#include "core/surrogate/regressor.h"

namespace ionscape::surrogate {

/// Friedman, Ann. Stat. 29, 1189 (2001); trees by XGBoost (Chen & Guestrin, KDD 2016).
std::unique_ptr<Regressor> makeGradientBoosting();
/// Breiman, Machine Learning 45, 5 (2001); trees by XGBoost.
std::unique_ptr<Regressor> makeRandomForest();
/// Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), chapters 2 and 5.
std::unique_ptr<Regressor> makeGaussianProcess();
/// Ouyang et al., Phys. Rev. Mater. 2, 083802 (2018).
std::unique_ptr<Regressor> makeSisso();
/// Means over the k nearest rows in standardised features.
std::unique_ptr<Regressor> makeNearestNeighbours();
/// Hoerl & Kennard, Technometrics 12, 55 (1970), in standardised features.
std::unique_ptr<Regressor> makeRidge();
/// The mean of the training rows.
std::unique_ptr<Regressor> makeMean();

}  // namespace ionscape::surrogate
