// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/element_by_mass.h"

#include <cmath>

namespace ionscape::io {

namespace {

/// Between Co 58.933 and Ni 58.693 lie 0.24.
constexpr double massTolerance = 0.1;

}  // namespace

std::optional<crystal::Element> elementByMass(double mass) {
    std::optional<crystal::Element> best;
    for (int z = 1; z <= crystal::Element::maxAtomicNumber; ++z) {
        const auto element = crystal::Element::fromAtomicNumber(z);
        const double off = std::abs(element.mass() - mass);
        if (off < massTolerance && (!best || off < std::abs(best->mass() - mass))) best = element;
    }
    return best;
}

}  // namespace ionscape::io
