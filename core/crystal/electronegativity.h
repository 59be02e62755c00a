// SPDX-License-Identifier: GPL-3.0-or-later
// Electronegativities on the Pauling scale.
#pragma once

#include <optional>

#include "core/crystal/element.h"

namespace ionscape::crystal {

/// Dimensionless; empty for helium, neon, argon and radon, which have none. Values: Allred, J. Inorg. Nucl.
/// Chem. 17, 215 (1961), as tabulated in the CRC Handbook of Chemistry and Physics; where Allred has none
/// (Pm, Eu, Tb, Yb, the actinides), Pauling, The Nature of the Chemical Bond (1960).
std::optional<double> paulingElectronegativity(Element element);

}  // namespace ionscape::crystal
