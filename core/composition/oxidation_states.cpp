// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/oxidation_states.h"

#include <map>
#include <string_view>
#include <vector>

namespace ionscape::composition {

std::span<const int> commonOxidationStates(crystal::Element element) {
    static const std::map<std::string_view, std::vector<int>> table = {
        {"H", {1}},         {"Li", {1}},        {"Be", {2}},    {"B", {3}},     {"C", {4}},
        {"N", {-3, 5}},     {"O", {-2}},        {"F", {-1}},    {"Na", {1}},    {"Mg", {2}},
        {"Al", {3}},        {"Si", {4}},        {"P", {5, 3}},  {"S", {-2, 6}}, {"Cl", {-1}},
        {"K", {1}},         {"Ca", {2}},        {"Sc", {3}},    {"Ti", {4, 3}}, {"V", {5, 4, 3}},
        {"Cr", {3, 6}},     {"Mn", {2, 3, 4}},  {"Fe", {3, 2}}, {"Co", {2, 3}}, {"Ni", {2, 3}},
        {"Cu", {2, 1}},     {"Zn", {2}},        {"Ga", {3}},    {"Ge", {4, 2}}, {"As", {5, 3}},
        {"Se", {-2, 4, 6}}, {"Br", {-1}},       {"Rb", {1}},    {"Sr", {2}},    {"Y", {3}},
        {"Zr", {4}},        {"Nb", {5, 4}},     {"Mo", {6, 4}}, {"Ru", {4}},    {"Rh", {3}},
        {"Pd", {2}},        {"Ag", {1}},        {"Cd", {2}},    {"In", {3}},    {"Sn", {4, 2}},
        {"Sb", {5, 3}},     {"Te", {-2, 4, 6}}, {"I", {-1}},    {"Cs", {1}},    {"Ba", {2}},
        {"La", {3}},        {"Ce", {4, 3}},     {"Pr", {3}},    {"Nd", {3}},    {"Sm", {3}},
        {"Eu", {3, 2}},     {"Gd", {3}},        {"Tb", {3}},    {"Dy", {3}},    {"Ho", {3}},
        {"Er", {3}},        {"Tm", {3}},        {"Yb", {3}},    {"Lu", {3}},    {"Hf", {4}},
        {"Ta", {5}},        {"W", {6}},         {"Re", {7}},    {"Os", {4}},    {"Ir", {4}},
        {"Pt", {4, 2}},     {"Au", {3, 1}},     {"Hg", {2}},    {"Tl", {1, 3}}, {"Pb", {2, 4}},
        {"Bi", {3, 5}},     {"Th", {4}},        {"U", {6, 4}},
    };
    const auto found = table.find(element.symbol());
    if (found == table.end()) return {};
    return found->second;
}

}  // namespace ionscape::composition
