// SPDX-License-Identifier: GPL-3.0-or-later
// Models and structures for tests of CHGNet evaluations.
#pragma once

#include "core/base/random.h"
#include "core/crystal/structure.h"
#include "core/potential/chgnet_model.h"

namespace chgnet_test {

/// A small model with random weights: enough to test laws, and always at hand.
inline ionscape::potential::ChgnetModelData randomModel() {
    ionscape::potential::ChgnetModelData data;
    auto& c = data.config;
    c.atomDim = c.bondDim = c.angleDim = 12;
    c.radialFunctions = 7;
    c.angularFunctions = 7;
    c.convolutions = 3;
    c.atomHidden = c.bondHidden = {12};
    c.readoutHidden = {12, 12};
    c.atomCutoff = 4.5;
    data.weights = ionscape::potential::initialWeights(c, 7);
    data.info.name = "random";
    return data;
}

/// Distorted rocksalt-like cell of five elements, small and skewed: images matter.
inline ionscape::crystal::Structure testStructure() {
    using namespace ionscape;
    crystal::Structure s;
    Mat3 rows;
    rows << 4.3, 0.2, -0.3, 0.9, 4.6, 0.4, -0.5, 1.1, 4.1;
    s.lattice = crystal::Lattice(rows);
    RandomStream random(3);
    const char* symbols[] = {"Li", "O", "Zr", "O", "P", "O", "Si", "O"};
    for (int i = 0; i < 8; ++i) {
        const Vec3 corner(0.5 * (i & 1), 0.5 * ((i >> 1) & 1), 0.5 * ((i >> 2) & 1));
        const Vec3 jitter = 0.06 * Vec3(random.normal(), random.normal(), random.normal());
        s.append(crystal::Element::fromSymbol(symbols[i]), s.lattice.toCartesian({corner + jitter}));
    }
    return s;
}

}  // namespace chgnet_test
