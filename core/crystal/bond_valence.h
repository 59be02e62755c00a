// SPDX-License-Identifier: GPL-3.0-or-later
// Bond valences from bond lengths, for any pair of elements.
#pragma once

#include <optional>

#include "core/crystal/element.h"

namespace ionscape::crystal {

/// The bond length of valence one, Å. For bonds of oxygen to the common cations the fitted values of Brown &
/// Altermatt, Acta Cryst. B41, 244 (1985), and Brese & O'Keeffe, Acta Cryst. B47, 192 (1991); for all others
/// R = r_i + r_j − r_i r_j (√c_i − √c_j)² / (c_i r_i + c_j r_j) with the size r and electronegativity c of
/// each element (O'Keeffe & Brese, J. Am. Chem. Soc. 113, 3226 (1991)), which is within 0.1 Å of them.
/// Nothing for an element that the paper lacks.
std::optional<double> bondValenceLength(Element a, Element b);

/// exp((R − d)/0.37) of a bond of length `distance`, Å (Brown & Altermatt, Acta Cryst. B41, 244 (1985), for
/// the 0.37 Å); 0 where R is unknown.
double bondValence(Element a, Element b, double distance);

/// The electronegativity c of the same table; of a pair the element with the larger one is the anion.
std::optional<double> bondElectronegativity(Element element);

}  // namespace ionscape::crystal
