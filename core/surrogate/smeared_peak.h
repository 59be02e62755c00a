// SPDX-License-Identifier: GPL-3.0-or-later
// The bond length as the first peak of a smeared radial distribution.
#pragma once

#include <optional>
#include <vector>

namespace ionscape::surrogate {

/// Position of the first maximum of the radial distribution function g(r) ∝ Σ δ(r − d)/d² of the distances d,
/// convolved with a Gaussian of standard deviation `sigma`, Å. Each distance is divided by the area of its
/// shell before it is smeared. Looked for in 0.5 Å to `farthest`; every distance below farthest + 4 sigma
/// counts and must be given. Nothing when g(r) has no maximum there.
std::optional<double> firstSmearedPeak(const std::vector<double>& distances, double sigma, double farthest);

}  // namespace ionscape::surrogate
