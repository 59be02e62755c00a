// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/ionic_radius.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace ionscape::crystal {

namespace {

std::span<const IonicRadius> entriesOf(Element element) {
    const auto all = ionicRadii();
    const auto [first, last] =
        std::equal_range(all.begin(), all.end(), element.atomicNumber(), [](const auto& a, const auto& b) {
            const auto z = [](const auto& x) -> int {
                if constexpr (requires { x.atomicNumber; }) {
                    return x.atomicNumber;
                } else {
                    return x;
                }
            };
            return z(a) < z(b);
        });
    return {first, last};
}

/// Smaller is preferred.
auto preference(const IonicRadius& entry, IonicRadius::Spin spin) {
    const bool asked = spin != IonicRadius::Spin::Unspecified && entry.spin != spin;
    return std::tuple(asked, entry.geometry, entry.spin == IonicRadius::Spin::Low);
}

}  // namespace

std::optional<double> ionicRadius(Element element, int oxidationState, int coordination,
                                  IonicRadius::Spin spin) {
    const IonicRadius* best = nullptr;
    for (const IonicRadius& entry : entriesOf(element)) {
        if (entry.oxidationState != oxidationState || entry.coordination != coordination) continue;
        if (!best || preference(entry, spin) < preference(*best, spin)) best = &entry;
    }
    if (!best) return std::nullopt;
    return best->radius;
}

std::optional<NearestIonicRadius> nearestIonicRadius(Element element, int oxidationState, int coordination) {
    const IonicRadius* best = nullptr;
    const auto distance = [&](const IonicRadius& entry) {
        return std::tuple(std::abs(entry.oxidationState - oxidationState),
                          std::abs(entry.coordination - coordination), -entry.coordination,
                          preference(entry, IonicRadius::Spin::Unspecified));
    };
    for (const IonicRadius& entry : entriesOf(element)) {
        if ((entry.oxidationState > 0) != (oxidationState > 0)) continue;
        if (!best || distance(entry) < distance(*best)) best = &entry;
    }
    if (!best) return std::nullopt;
    const bool exact = best->oxidationState == oxidationState && best->coordination == coordination;
    return NearestIonicRadius{best->radius, best->oxidationState, best->coordination, exact};
}

}  // namespace ionscape::crystal
