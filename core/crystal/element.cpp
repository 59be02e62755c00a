// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/element.h"

#include <fmt/format.h>

#include <array>

#include "core/base/error.h"

namespace ionscape::crystal {

namespace {

struct ElementData {
    std::string_view symbol;
    std::string_view name;
    double mass;            ///< amu
    double covalentRadius;  ///< Å
};

/// Radioactive elements without a standard weight carry the mass number of their longest-lived isotope.
/// Radii beyond curium, where Cordero et al. end, are Pyykkö & Atsumi's (Chem. Eur. J. 2009, 186).
constexpr std::array<ElementData, Element::maxAtomicNumber> table{{
    {"H", "hydrogen", 1.008, 0.31},
    {"He", "helium", 4.002602, 0.28},
    {"Li", "lithium", 6.94, 1.28},
    {"Be", "beryllium", 9.0121831, 0.96},
    {"B", "boron", 10.81, 0.84},
    {"C", "carbon", 12.011, 0.76},
    {"N", "nitrogen", 14.007, 0.71},
    {"O", "oxygen", 15.999, 0.66},
    {"F", "fluorine", 18.998403162, 0.57},
    {"Ne", "neon", 20.1797, 0.58},
    {"Na", "sodium", 22.98976928, 1.66},
    {"Mg", "magnesium", 24.305, 1.41},
    {"Al", "aluminium", 26.9815384, 1.21},
    {"Si", "silicon", 28.085, 1.11},
    {"P", "phosphorus", 30.973761998, 1.07},
    {"S", "sulfur", 32.06, 1.05},
    {"Cl", "chlorine", 35.45, 1.02},
    {"Ar", "argon", 39.95, 1.06},
    {"K", "potassium", 39.0983, 2.03},
    {"Ca", "calcium", 40.078, 1.76},
    {"Sc", "scandium", 44.955907, 1.70},
    {"Ti", "titanium", 47.867, 1.60},
    {"V", "vanadium", 50.9415, 1.53},
    {"Cr", "chromium", 51.9961, 1.39},
    {"Mn", "manganese", 54.938043, 1.39},
    {"Fe", "iron", 55.845, 1.32},
    {"Co", "cobalt", 58.933194, 1.26},
    {"Ni", "nickel", 58.6934, 1.24},
    {"Cu", "copper", 63.546, 1.32},
    {"Zn", "zinc", 65.38, 1.22},
    {"Ga", "gallium", 69.723, 1.22},
    {"Ge", "germanium", 72.630, 1.20},
    {"As", "arsenic", 74.921595, 1.19},
    {"Se", "selenium", 78.971, 1.20},
    {"Br", "bromine", 79.904, 1.20},
    {"Kr", "krypton", 83.798, 1.16},
    {"Rb", "rubidium", 85.4678, 2.20},
    {"Sr", "strontium", 87.62, 1.95},
    {"Y", "yttrium", 88.905838, 1.90},
    {"Zr", "zirconium", 91.224, 1.75},
    {"Nb", "niobium", 92.90637, 1.64},
    {"Mo", "molybdenum", 95.95, 1.54},
    {"Tc", "technetium", 97.0, 1.47},
    {"Ru", "ruthenium", 101.07, 1.46},
    {"Rh", "rhodium", 102.90549, 1.42},
    {"Pd", "palladium", 106.42, 1.39},
    {"Ag", "silver", 107.8682, 1.45},
    {"Cd", "cadmium", 112.414, 1.44},
    {"In", "indium", 114.818, 1.42},
    {"Sn", "tin", 118.710, 1.39},
    {"Sb", "antimony", 121.760, 1.39},
    {"Te", "tellurium", 127.60, 1.38},
    {"I", "iodine", 126.90447, 1.39},
    {"Xe", "xenon", 131.293, 1.40},
    {"Cs", "caesium", 132.90545196, 2.44},
    {"Ba", "barium", 137.327, 2.15},
    {"La", "lanthanum", 138.90547, 2.07},
    {"Ce", "cerium", 140.116, 2.04},
    {"Pr", "praseodymium", 140.90766, 2.03},
    {"Nd", "neodymium", 144.242, 2.01},
    {"Pm", "promethium", 145.0, 1.99},
    {"Sm", "samarium", 150.36, 1.98},
    {"Eu", "europium", 151.964, 1.98},
    {"Gd", "gadolinium", 157.25, 1.96},
    {"Tb", "terbium", 158.925354, 1.94},
    {"Dy", "dysprosium", 162.500, 1.92},
    {"Ho", "holmium", 164.930329, 1.92},
    {"Er", "erbium", 167.259, 1.89},
    {"Tm", "thulium", 168.934219, 1.90},
    {"Yb", "ytterbium", 173.045, 1.87},
    {"Lu", "lutetium", 174.9668, 1.87},
    {"Hf", "hafnium", 178.486, 1.75},
    {"Ta", "tantalum", 180.94788, 1.70},
    {"W", "tungsten", 183.84, 1.62},
    {"Re", "rhenium", 186.207, 1.51},
    {"Os", "osmium", 190.23, 1.44},
    {"Ir", "iridium", 192.217, 1.41},
    {"Pt", "platinum", 195.084, 1.36},
    {"Au", "gold", 196.966570, 1.36},
    {"Hg", "mercury", 200.592, 1.32},
    {"Tl", "thallium", 204.38, 1.45},
    {"Pb", "lead", 207.2, 1.46},
    {"Bi", "bismuth", 208.98040, 1.48},
    {"Po", "polonium", 209.0, 1.40},
    {"At", "astatine", 210.0, 1.50},
    {"Rn", "radon", 222.0, 1.50},
    {"Fr", "francium", 223.0, 2.60},
    {"Ra", "radium", 226.0, 2.21},
    {"Ac", "actinium", 227.0, 2.15},
    {"Th", "thorium", 232.0377, 2.06},
    {"Pa", "protactinium", 231.03588, 2.00},
    {"U", "uranium", 238.02891, 1.96},
    {"Np", "neptunium", 237.0, 1.90},
    {"Pu", "plutonium", 244.0, 1.87},
    {"Am", "americium", 243.0, 1.80},
    {"Cm", "curium", 247.0, 1.69},
    {"Bk", "berkelium", 247.0, 1.68},
    {"Cf", "californium", 251.0, 1.68},
    {"Es", "einsteinium", 252.0, 1.65},
    {"Fm", "fermium", 257.0, 1.67},
    {"Md", "mendelevium", 258.0, 1.73},
    {"No", "nobelium", 259.0, 1.76},
    {"Lr", "lawrencium", 262.0, 1.61},
}};

const ElementData& dataOf(int z) {
    return table[static_cast<std::size_t>(z - 1)];
}

}  // namespace

Element Element::fromAtomicNumber(int z) {
    if (z < 1 || z > maxAtomicNumber) {
        throw InputError(
            fmt::format("there is no element {}; known are 1 (H) to {} (Lr)", z, maxAtomicNumber));
    }
    return Element(z);
}

Element Element::fromSymbol(std::string_view symbol) {
    if (const auto element = find(symbol)) return *element;
    throw InputError(
        fmt::format("unknown element '{}'; write symbols as in the periodic table, e.g. Li", symbol));
}

std::optional<Element> Element::find(std::string_view symbol) {
    for (int z = 1; z <= maxAtomicNumber; ++z) {
        if (dataOf(z).symbol == symbol) return Element(z);
    }
    return std::nullopt;
}

std::string_view Element::symbol() const {
    return dataOf(z_).symbol;
}

std::string_view Element::name() const {
    return dataOf(z_).name;
}

double Element::mass() const {
    return dataOf(z_).mass;
}

double Element::covalentRadius() const {
    return dataOf(z_).covalentRadius;
}

}  // namespace ionscape::crystal
