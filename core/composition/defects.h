// SPDX-License-Identifier: GPL-3.0-or-later
// What a composition is to its host: substituents, vacancies and interstitials in Kröger–Vink notation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/composition/composition.h"

namespace ionscape::composition {

/// One kind of point defect, relative to the host with the first species on every mixed sublattice.
struct Defect {
    std::optional<crystal::Element> element;  ///< nothing: vacancy
    std::string site;                         ///< element that belongs there, "Zr"; "i": interstitial
    int charge = 0;                           ///< e, relative to the perfect host
    double amount = 0.0;                      ///< per formula unit
};

/// Substituents on the mixed sublattices in the composition's order (isovalent ones included), then the
/// mobile ions that balance them: interstitials where there are more than in the host, vacancies where there
/// are fewer. Amounts times charges add up to zero. Throws as mobileContent.
std::vector<Defect> defectsOf(const Host& host, const Composition& composition);

/// Kröger & Vink, Solid State Phys. 3, 307 (1956); IUPAC Red Book 2005, IR-11.4: a dot • for each positive
/// relative charge, a prime ′ for each negative, × for none: "Nb_Zr^•", "Mg_Zr″", "V_Li′", "Hf_Zr^×".
std::string krogerVink(const Defect& defect);
/// The same in ASCII: "Nb_Zr^*", "Mg_Zr''", "V_Li'", "Hf_Zr^x".
std::string krogerVinkAscii(const Defect& defect);
/// The same as rich text: "Nb<sub>Zr</sub><sup>•</sup>".
std::string krogerVinkHtml(const Defect& defect);

/// "0.375 Nb_Zr^• + 0.375 V_Li′"; empty for the host itself.
std::string defectsText(const std::vector<Defect>& defects);

}  // namespace ionscape::composition
