// SPDX-License-Identifier: GPL-3.0-or-later
// Synthetic periodic densities for tests of the scene.
#pragma once

#include <cmath>

#include "core/transport/periodic_grid.h"

namespace ionscape::tests {

/// exp(−d²/2s²) of the distance d to the nearest image of `centre` (fractional).
inline transport::PeriodicGrid blob(const crystal::Lattice& lattice, const transport::GridShape& shape,
                                    const Vec3& centre, double s) {
    transport::PeriodicGrid field;
    field.lattice = lattice;
    field.shape = shape;
    field.values.resize(static_cast<std::size_t>(shape[0]) * static_cast<std::size_t>(shape[1]) *
                        static_cast<std::size_t>(shape[2]));
    for (std::size_t i = 0; i < field.values.size(); ++i) {
        const Vec3 apart = field.fractional(i).v - centre;
        const double d = lattice.minimumImage(lattice.toCartesian({apart})).norm();
        field.values[i] = std::exp(-0.5 * d * d / (s * s));
    }
    return field;
}

}  // namespace ionscape::tests
