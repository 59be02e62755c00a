// SPDX-License-Identifier: GPL-3.0-or-later
// Effective ionic radii by element, oxidation state, coordination and spin.
#pragma once

#include <optional>
#include <span>

#include "core/crystal/element.h"

namespace ionscape::crystal {

/// One entry of the table: "effective ionic radii" based on r(O²⁻, six-fold) = 1.40 Å (R. D. Shannon, Acta
/// Cryst. A32, 751 (1976)).
struct IonicRadius {
    enum class Geometry : unsigned char { Usual, SquarePlanar, Pyramidal };
    enum class Spin : unsigned char { Unspecified, High, Low };

    unsigned char atomicNumber;
    signed char oxidationState;
    unsigned char coordination;
    Geometry geometry;
    Spin spin;
    double radius;  ///< Å; negative for a few small cations in low coordination
};

/// The whole table, sorted by atomic number and oxidation state.
std::span<const IonicRadius> ionicRadii();

/// The tabulated radius, Å, or nothing. Where the table lists several, the usual geometry goes before square
/// planar and pyramidal ones, and high spin, the state of most 3d ions in oxides and halides, before low spin
/// unless `spin` asks for one.
std::optional<double> ionicRadius(Element element, int oxidationState, int coordination,
                                  IonicRadius::Spin spin = IonicRadius::Spin::Unspecified);

/// A radius together with the entry it was taken from.
struct NearestIonicRadius {
    double radius = 0.0;     ///< Å
    int oxidationState = 0;  ///< that of the entry
    int coordination = 0;    ///< that of the entry
    bool exact = false;      ///< both are those asked for
};

/// The radius in the nearest tabulated coordination (of two equally near the higher one); if the oxidation
/// state is not tabulated, in the nearest state of the same sign. Nothing when the element has no such ion in
/// the table.
std::optional<NearestIonicRadius> nearestIonicRadius(Element element, int oxidationState, int coordination);

}  // namespace ionscape::crystal
