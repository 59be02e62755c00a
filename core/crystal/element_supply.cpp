// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/element_supply.h"

#include <algorithm>
#include <array>

namespace ionscape::crystal {
namespace {

struct PriceRow {
    std::string_view symbol;
    ElementPrice price;
};

constexpr std::string_view dera = "DERA Preismonitor";
constexpr std::string_view smm = "Shanghai Metals Market";
constexpr std::string_view ise = "Institut für Seltene Erden";
constexpr std::string_view mcs = "USGS Mineral Commodity Summaries";
constexpr std::string_view ceic = "CEIC Data";

constexpr PriceRow prices[] = {
    {"Li", {84, 2020, smm}},
    {"Be", {860, 2020, ise}},
    {"B", {3.7, 2019, ceic}},
    {"C", {0.12, 2018, "EIA Coal"}},
    {"N", {0.14, 2001, "Hypertextbook"}},
    {"O", {0.15, 2001, "Hypertextbook"}},
    {"F", {2.0, 2017, "Echemi"}},
    {"Na", {3.0, 2020, smm}},
    {"Mg", {2.3, 2019, dera}},
    {"Al", {1.8, 2019, dera}},
    {"Si", {1.7, 2019, dera}},
    {"P", {2.7, 2019, ceic}},
    {"S", {0.093, 2019, ceic}},
    {"Cl", {0.082, 2013, "CnAgri"}},
    {"K", {13, 2020, smm}},
    {"Ca", {2.3, 2020, smm}},
    {"Sc", {3500, 2020, ise}},
    {"Ti", {11, 2020, smm}},
    {"V", {370, 2020, smm}},
    {"Cr", {9.4, 2019, dera}},
    {"Mn", {1.8, 2019, dera}},
    {"Fe", {0.42, 2020, smm}},
    {"Co", {33, 2019, dera}},
    {"Ni", {14, 2019, dera}},
    {"Cu", {6.0, 2019, dera}},
    {"Zn", {2.6, 2019, dera}},
    {"Ga", {150, 2019, dera}},
    {"Ge", {960, 2020, smm}},
    {"As", {1.2, 2020, smm}},
    {"Se", {21, 2019, dera}},
    {"Br", {4.4, 2019, ceic}},
    {"Rb", {16000, 2018, mcs}},
    {"Sr", {6.6, 2019, ise}},
    {"Y", {31, 2019, dera}},
    {"Zr", {36, 2020, smm}},
    {"Nb", {74, 2020, smm}},
    {"Mo", {40, 2019, dera}},
    {"Ru", {11000, 2020, smm}},
    {"Rh", {150000, 2019, dera}},
    {"Pd", {50000, 2019, dera}},
    {"Ag", {520, 2019, dera}},
    {"Cd", {2.7, 2019, dera}},
    {"In", {170, 2019, dera}},
    {"Sn", {19, 2019, dera}},
    {"Sb", {5.8, 2019, dera}},
    {"Te", {64, 2019, dera}},
    {"I", {35, 2019, "Industrial Minerals"}},
    {"Cs", {62000, 2018, mcs}},
    {"Ba", {0.26, 2016, "USGS Minerals Yearbook"}},
    {"La", {4.9, 2020, smm}},
    {"Ce", {4.6, 2020, smm}},
    {"Pr", {100, 2019, dera}},
    {"Nd", {58, 2019, dera}},
    {"Sm", {14, 2019, dera}},
    {"Eu", {31, 2020, ise}},
    {"Gd", {29, 2020, ise}},
    {"Tb", {660, 2019, dera}},
    {"Dy", {310, 2019, dera}},
    {"Ho", {57, 2020, ise}},
    {"Er", {26, 2020, ise}},
    {"Tm", {3000, 2003, "IMAR"}},
    {"Yb", {17, 2020, ise}},
    {"Lu", {640, 2020, ise}},
    {"Hf", {900, 2017, mcs}},
    {"Ta", {310, 2019, ise}},
    {"W", {35, 2019, dera}},
    {"Re", {3600, 2020, smm}},
    {"Ir", {56000, 2020, smm}},
    {"Pt", {28000, 2019, dera}},
    {"Au", {45000, 2019, dera}},
    {"Hg", {30, 2017, mcs}},
    {"Tl", {4200, 2017, mcs}},
    {"Pb", {2.0, 2019, dera}},
    {"Bi", {6.4, 2019, dera}},
};

/// Strategic ones are a part of the critical ones. Baryte, feldspar, fluorspar, coking coal and phosphate
/// rock stand for Ba, F and P; feldspar and coal for no element.
constexpr std::string_view critical[] = {
    "He", "Li", "Be", "B",  "C",  "F",  "Mg", "Al", "Si", "P",  "Sc", "Ti", "V",  "Mn", "Co", "Ni",
    "Cu", "Ga", "Ge", "As", "Sr", "Y",  "Nb", "Ru", "Rh", "Pd", "Sb", "Ba", "La", "Ce", "Pr", "Nd",
    "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Hf", "Ta", "W",  "Ir", "Pt", "Bi"};

constexpr int anyState = 1000;

struct HazardRow {
    std::string_view symbol;
    int oxidationState;
    int rank;
};

constexpr HazardRow hazards[] = {
    {"Be", anyState, 3},  // Vol. 100C (2012)
    {"Cr", 6, 3},         // Vol. 100C
    {"Ni", anyState, 3},  // nickel compounds, Vol. 100C
    {"As", anyState, 3},  // Vol. 100C
    {"Cd", anyState, 3},  // Vol. 100C
    {"Co", 2, 2},         // soluble cobalt(II) salts, Vol. 131 (2023)
    {"Sb", 3, 2},         // trivalent antimony, Vol. 131; pentavalent antimony is in group 3
    {"Pb", anyState, 2},  // inorganic lead compounds, Vol. 87 (2006)
    {"V", 5, 1},          // vanadium pentoxide, Vol. 86 (2006)
    {"Ti", 4, 1},         // titanium dioxide, Vol. 93 (2010)
    {"In", 3, 1},         // indium tin oxide, Vol. 118 (2018)
};

}  // namespace

std::optional<ElementPrice> elementPrice(Element element) {
    for (const PriceRow& row : prices) {
        if (row.symbol == element.symbol()) return row.price;
    }
    return std::nullopt;
}

bool isCriticalRawMaterial(Element element) {
    return std::find(std::begin(critical), std::end(critical), element.symbol()) != std::end(critical);
}

int carcinogenRank(Element element, int oxidationState) {
    for (const HazardRow& row : hazards) {
        if (row.symbol == element.symbol() &&
            (row.oxidationState == anyState || row.oxidationState == oxidationState))
            return row.rank;
    }
    return 0;
}

}  // namespace ionscape::crystal
