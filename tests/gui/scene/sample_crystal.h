// SPDX-License-Identifier: GPL-3.0-or-later
// A small synthetic crystal for tests of the scene: ZrO6 octahedra and PO4 tetrahedra with a few Li, nothing
// real.
#pragma once

#include "core/crystal/structure.h"

namespace ionscape::tests {

/// One Zr on a cell corner with six O at 2.05 Å, one P in the cell's middle with four O at 1.54 Å and two Li,
/// in a cube of 8 Å. Three O of the octahedron lie on the other side of the cell.
inline crystal::Structure sampleCrystal() {
    crystal::Structure s;
    s.lattice = crystal::Lattice(8.0 * Mat3::Identity());
    const auto add = [&](const char* symbol, double x, double y, double z) {
        s.append(crystal::Element::fromSymbol(symbol), Vec3(x, y, z));
    };
    add("Li", 2.0, 5.5, 5.5);
    add("Li", 6.0, 5.0, 2.0);
    add("Zr", 0.0, 0.0, 0.0);
    for (const double d : {2.05, 8.0 - 2.05}) {
        add("O", d, 0.0, 0.0);
        add("O", 0.0, d, 0.0);
        add("O", 0.0, 0.0, d);
    }
    add("P", 4.0, 4.0, 4.0);
    const double t = 1.54 / 1.7320508;
    add("O", 4.0 + t, 4.0 + t, 4.0 + t);
    add("O", 4.0 + t, 4.0 - t, 4.0 - t);
    add("O", 4.0 - t, 4.0 + t, 4.0 - t);
    add("O", 4.0 - t, 4.0 - t, 4.0 + t);
    return s;
}

}  // namespace ionscape::tests
