// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/electronegativity.h"

#include <array>

namespace ionscape::crystal {
namespace {

/// By atomic number from 1; 0 stands for none.
// clang-format off
constexpr std::array<double, Element::maxAtomicNumber> table{
    2.20, 0.00, 0.98, 1.57, 2.04, 2.55, 3.04, 3.44,  // H to O
    3.98, 0.00, 0.93, 1.31, 1.61, 1.90, 2.19, 2.58,  // F to S
    3.16, 0.00, 0.82, 1.00, 1.36, 1.54, 1.63, 1.66,  // Cl to Cr
    1.55, 1.83, 1.88, 1.91, 1.90, 1.65, 1.81, 2.01,  // Mn to Ge
    2.18, 2.55, 2.96, 3.00, 0.82, 0.95, 1.22, 1.33,  // As to Zr
    1.60, 2.16, 1.90, 2.20, 2.28, 2.20, 1.93, 1.69,  // Nb to Cd
    1.78, 1.96, 2.05, 2.10, 2.66, 2.60, 0.79, 0.89,  // In to Ba
    1.10, 1.12, 1.13, 1.14, 1.13, 1.17, 1.20, 1.20,  // La to Gd
    1.10, 1.22, 1.23, 1.24, 1.25, 1.10, 1.27, 1.30,  // Tb to Hf
    1.50, 2.36, 1.90, 2.20, 2.20, 2.28, 2.54, 2.00,  // Ta to Hg
    1.62, 2.33, 2.02, 2.00, 2.20, 0.00, 0.70, 0.90,  // Tl to Ra
    1.10, 1.30, 1.50, 1.38, 1.36, 1.28, 1.30, 1.30,  // Ac to Cm
    1.30, 1.30, 1.30, 1.30, 1.30, 1.30, 1.30,  // Bk to Lr
};
// clang-format on

}  // namespace

std::optional<double> paulingElectronegativity(Element element) {
    const double value = table[static_cast<std::size_t>(element.atomicNumber() - 1)];
    if (value == 0.0) return std::nullopt;
    return value;
}

}  // namespace ionscape::crystal
