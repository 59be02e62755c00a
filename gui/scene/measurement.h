// SPDX-License-Identifier: GPL-3.0-or-later
// Distance, angle or dihedral of a few points.
#pragma once

#include <string>
#include <vector>

#include "core/crystal/types.h"

namespace ionscape::scene {

/// Å for two points, degrees in 0..180 for three (at the middle one), degrees in −180..180 for four (IUPAC:
/// positive when the front bond turns clockwise into the rear one). Throws InputError for another number of
/// points, or where points that coincide or lie on a line leave an angle undefined.
double measured(const std::vector<Vec3>& points);

/// The same with its unit, e.g. "2.051 Å" or "109.5°"; empty where there is nothing to measure.
std::string measuredText(const std::vector<Vec3>& points);

}  // namespace ionscape::scene
