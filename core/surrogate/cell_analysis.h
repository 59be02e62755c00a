// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that is measured on a cell before it is put into features; internal to structural_features.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/surrogate/bottleneck.h"
#include "core/surrogate/standard_cell.h"

namespace ionscape::surrogate {

/// Smearing of the radial distribution whose first peak is the bond length, Å.
inline constexpr double bondSmearing = 0.5;
/// Largest bond length that is looked for: 4 smearings beyond it are still within pairCutoff.
inline constexpr double longestBond = pairCutoff - 4.0 * bondSmearing;

/// One number for each site that has it.
using SiteValues = std::vector<double>;

/// The sites of one kind X.
struct KindAnalysis {
    std::string name;
    std::size_t sites = 0;
    std::optional<double> bondLength;
    SiteValues coordination, symmetryMeasure, volume, angleVariance, elongation;
};

/// Tabulated properties of the species on the mixed sublattice, one an atom of it that has the property.
struct MixedAnalysis {
    std::optional<double> entropy;
    SiteValues electronegativity, radius, valence, electronegativityValence;
};

struct CellAnalysis {
    double formulaUnits = 1.0, volume = 0.0, density = 0.0;
    std::optional<CellParameters> cell;
    std::vector<KindAnalysis> kinds;  ///< the mobile ion, then FeatureContext::centres
    MixedAnalysis mixed;
    SiteValues mobileDistances, bottleneckAreas;
    std::optional<double> voidFraction;
};

/// Throws InputError for an element that has no place in the context.
CellAnalysis analyseCell(const crystal::Structure& structure, const FeatureContext& context);

}  // namespace ionscape::surrogate
