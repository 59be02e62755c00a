// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/bond_valence.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace ionscape::crystal {

namespace {

constexpr double softness = 0.37;  // Å

struct Parameters {
    int atomicNumber;
    double size;               ///< Å
    double electronegativity;  ///< Allred & Rochow
};

/// Table 1 of O'Keeffe & Brese, by atomic number.
constexpr Parameters table[] = {
    {1, 0.38, 0.89},  {3, 1.00, 0.97},  {4, 0.81, 1.47},  {5, 0.79, 1.60},  {6, 0.78, 2.00},
    {7, 0.72, 2.61},  {8, 0.63, 3.15},  {9, 0.58, 3.98},  {11, 1.36, 1.01}, {12, 1.21, 1.23},
    {13, 1.13, 1.47}, {14, 1.12, 1.58}, {15, 1.09, 1.96}, {16, 1.03, 2.35}, {17, 0.99, 2.74},
    {19, 1.73, 0.91}, {20, 1.50, 1.04}, {21, 1.34, 1.20}, {22, 1.27, 1.32}, {23, 1.21, 1.45},
    {24, 1.16, 1.56}, {25, 1.17, 1.60}, {26, 1.16, 1.64}, {27, 1.09, 1.70}, {28, 1.04, 1.75},
    {29, 0.87, 1.75}, {30, 1.07, 1.66}, {31, 1.14, 1.82}, {32, 1.21, 1.51}, {33, 1.21, 2.23},
    {34, 1.18, 2.51}, {35, 1.13, 2.58}, {37, 1.84, 0.89}, {38, 1.66, 0.99}, {39, 1.52, 1.11},
    {40, 1.43, 1.22}, {41, 1.40, 1.23}, {42, 1.37, 1.30}, {44, 1.21, 1.42}, {45, 1.18, 1.54},
    {46, 1.11, 1.35}, {47, 1.12, 1.42}, {48, 1.28, 1.46}, {49, 1.34, 1.49}, {50, 1.37, 1.72},
    {51, 1.41, 1.72}, {52, 1.40, 2.72}, {53, 1.33, 2.38}, {55, 2.05, 0.86}, {56, 1.88, 0.97},
    {57, 1.71, 1.08}, {58, 1.68, 1.08}, {59, 1.66, 1.07}, {60, 1.64, 1.07}, {62, 1.61, 1.07},
    {63, 1.62, 1.01}, {64, 1.58, 1.11}, {65, 1.56, 1.10}, {66, 1.54, 1.10}, {67, 1.53, 1.10},
    {68, 1.51, 1.11}, {69, 1.50, 1.11}, {70, 1.49, 1.06}, {71, 1.47, 1.14}, {72, 1.42, 1.23},
    {73, 1.39, 1.33}, {74, 1.38, 1.40}, {75, 1.37, 1.46}, {77, 1.37, 1.55}, {80, 1.32, 1.44},
    {81, 1.62, 1.44}, {82, 1.53, 1.55}, {83, 1.54, 1.67}, {90, 1.70, 1.11}, {92, 1.59, 1.22}};

struct OxideLength {
    int atomicNumber;
    double length;  ///< Å
};

/// Bonds to oxygen of the ion's highest state, fitted one by one, by atomic number.
constexpr OxideLength oxides[] = {
    {3, 1.466},  {5, 1.371},  {11, 1.803}, {12, 1.693}, {13, 1.651}, {14, 1.624}, {15, 1.617}, {16, 1.624},
    {19, 2.132}, {20, 1.967}, {22, 1.815}, {23, 1.803}, {31, 1.730}, {32, 1.748}, {33, 1.767}, {38, 2.118},
    {39, 2.014}, {40, 1.937}, {41, 1.911}, {42, 1.907}, {49, 1.902}, {50, 1.905}, {51, 1.942}, {52, 1.917},
    {56, 2.285}, {57, 2.172}, {72, 1.923}, {73, 1.920}, {74, 1.921}};

const OxideLength* findOxide(Element a, Element b) {
    const int oxygen = 8;
    if (b.atomicNumber() != oxygen) std::swap(a, b);
    if (b.atomicNumber() != oxygen) return nullptr;
    const auto* at = std::lower_bound(std::begin(oxides), std::end(oxides), a.atomicNumber(),
                                      [](const OxideLength& o, int z) { return o.atomicNumber < z; });
    return at != std::end(oxides) && at->atomicNumber == a.atomicNumber() ? at : nullptr;
}

const Parameters* find(Element element) {
    const auto* at = std::lower_bound(std::begin(table), std::end(table), element.atomicNumber(),
                                      [](const Parameters& p, int z) { return p.atomicNumber < z; });
    return at != std::end(table) && at->atomicNumber == element.atomicNumber() ? at : nullptr;
}

}  // namespace

std::optional<double> bondValenceLength(Element a, Element b) {
    if (const OxideLength* oxide = findOxide(a, b)) return oxide->length;
    const Parameters *i = find(a), *j = find(b);
    if (!i || !j) return std::nullopt;
    const double difference = std::sqrt(i->electronegativity) - std::sqrt(j->electronegativity);
    return i->size + j->size -
           i->size * j->size * difference * difference /
               (i->electronegativity * i->size + j->electronegativity * j->size);
}

double bondValence(Element a, Element b, double distance) {
    const auto length = bondValenceLength(a, b);
    return length ? std::exp((*length - distance) / softness) : 0.0;
}

std::optional<double> bondElectronegativity(Element element) {
    const Parameters* found = find(element);
    if (!found) return std::nullopt;
    return found->electronegativity;
}

}  // namespace ionscape::crystal
