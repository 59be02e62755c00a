// SPDX-License-Identifier: GPL-3.0-or-later
// The colour map of the scene, perceptually uniform and safe for colour-blind people.
#pragma once

#include <array>

class vtkLookupTable;

namespace ionscape::scene {

using Colour = std::array<double, 3>;

/// Viridis (S. van der Walt & N. Smith, matplotlib 1.5, CC0) at 0 ... 1; values outside are clamped.
Colour viridisColour(double position);

/// The same as a table of 256 colours.
void fillViridis(vtkLookupTable* table);

/// `part` of the way from a to b.
Colour mixed(const Colour& a, const Colour& b, double part);

}  // namespace ionscape::scene
