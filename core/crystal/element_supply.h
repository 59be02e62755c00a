// SPDX-License-Identifier: GPL-3.0-or-later
// What using an element brings with it: price, supply risk, health hazard; coarse public figures for filters.
#pragma once

#include <optional>
#include <string_view>

#include "core/crystal/element.h"

namespace ionscape::crystal {

struct ElementPrice {
    double usdPerKilogram = 0.0;  ///< two significant digits
    int year = 0;
    std::string_view source;
};

/// Market price of the element (metal or the usual traded form, per kilogram of the element). Prices of minor
/// metals move by factors within years: use them to tell cheap from dear, no more. Empty where there is no
/// market. Compiled by Wikipedia, "Prices of chemical elements" (as of 2020-09-08), from the sources named.
std::optional<ElementPrice> elementPrice(Element element);

/// Is it, or is it won from, a critical raw material of the European Union (Regulation (EU) 2024/1252, Annex
/// II)? Rare earths and platinum metals are listed there as groups.
bool isCriticalRawMaterial(Element element);

/// Evidence that inorganic compounds of the element in this oxidation state cause cancer, after the IARC
/// Monographs: 3 = group 1 (carcinogenic), 2 = group 2A (probably), 1 = group 2B (possibly), 0 = not
/// classified so. Acute toxicity is not looked at, and a sintered ceramic releases less than the powders it
/// is made from.
int carcinogenRank(Element element, int oxidationState);

}  // namespace ionscape::crystal
