// SPDX-License-Identifier: GPL-3.0-or-later
// Structures and random lattices shared by the crystal tests.
#pragma once

#include <Eigen/LU>
#include <functional>
#include <string>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/crystal/structure.h"

namespace ionscape::testing {

inline double uniform(RandomStream& random, double low, double high) {
    return low + (high - low) * random.uniform();
}

/// A compact basis: every angle within about 30° of a right one.
inline Mat3 compactBasis(RandomStream& random, double smallest, double largest) {
    Mat3 rows = Mat3::Zero();
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j)
            rows(i, j) = uniform(random, -0.2, 0.2);
        rows(i, i) += 1.0;
        rows.row(i) *= uniform(random, smallest, largest);
    }
    return rows;
}

/// A random integer matrix of determinant one: the same lattice seen through a skewed cell.
inline IntMat3 skewingMatrix(RandomStream& random, int steps, int largest) {
    IntMat3 m = IntMat3::Identity();
    for (int step = 0; step < steps; ++step) {
        const int i = static_cast<int>(random.below(3));
        const int j = (i + 1 + static_cast<int>(random.below(2))) % 3;
        const int times =
            static_cast<int>(random.below(static_cast<std::uint64_t>(2 * largest + 1))) - largest;
        m.row(i) += times * m.row(j);
    }
    return m;
}

/// The face-centred cubic conventional cell of two elements, the second one shifted: rocksalt or zinc blende.
inline crystal::Structure cubic(const char* first, const char* second, double a, const Vec3& shift) {
    crystal::Structure structure;
    structure.lattice = crystal::Lattice(Mat3(a * Mat3::Identity()));
    const Vec3 corners[4] = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
    for (const Vec3& corner : corners)
        structure.append(crystal::Element::fromSymbol(first), a * corner);
    for (const Vec3& corner : corners)
        structure.append(crystal::Element::fromSymbol(second), a * (corner + shift));
    return structure;
}

inline crystal::Structure rocksalt() {
    return cubic("Na", "Cl", 5.64, {0.5, 0.5, 0.5});
}

inline crystal::Structure diamond() {
    return cubic("C", "C", 3.567, {0.25, 0.25, 0.25});
}

/// The message of the InputError that `action` throws; empty when it throws none.
inline std::string inputErrorOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

}  // namespace ionscape::testing
