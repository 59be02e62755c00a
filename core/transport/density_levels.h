// SPDX-License-Identifier: GPL-3.0-or-later
// Densities for isosurfaces, chosen by what they enclose.
#pragma once

#include "core/transport/density.h"

namespace ionscape::transport {

/// The density (Å⁻³) whose isosurface encloses `share` of all ions: the densest points that together hold it.
/// Throws InputError for a share outside 0..1 or an empty density.
double levelEnclosing(const DensityGrid& density, double share);

/// The share of all ions where the density is at least `level`.
double enclosedShare(const DensityGrid& density, double level);

}  // namespace ionscape::transport
