// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/supercell.h"

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "core/base/error.h"

namespace ionscape::crystal {

namespace {

using LongMat3 = Eigen::Matrix<std::int64_t, 3, 3>;
using LongVec3 = Eigen::Matrix<std::int64_t, 3, 1>;

std::int64_t positiveModulo(std::int64_t a, std::int64_t b) {
    const std::int64_t r = a % b;
    return r < 0 ? r + b : r;
}

/// Diagonal of the Hermite normal form: 0 ≤ t_k < diagonal_k lists every coset of the superlattice once.
LongVec3 hermiteDiagonal(LongMat3 m) {
    for (int column = 0; column < 3; ++column) {
        for (int row = column + 1; row < 3; ++row) {
            while (m(row, column) != 0) {
                m.row(column) -= (m(column, column) / m(row, column)) * m.row(row);
                m.row(column).swap(m.row(row));
            }
        }
    }
    return m.diagonal().cwiseAbs();
}

LongMat3 adjugate(const LongMat3& m) {
    LongMat3 result;
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            const int r = (j + 1) % 3, s = (j + 2) % 3, p = (i + 1) % 3, q = (i + 2) % 3;
            result(i, j) = m(r, p) * m(s, q) - m(r, q) * m(s, p);
        }
    }
    return result;
}

/// Translations of the original lattice inside the supercell, as fractions numerator / |det| of its vectors.
std::vector<LongVec3> translations(const LongMat3& matrix, std::int64_t determinant) {
    const LongMat3 cofactors = adjugate(matrix) * (determinant < 0 ? -1 : 1);
    const LongVec3 counts = hermiteDiagonal(matrix);
    const std::int64_t size = std::abs(determinant);
    std::vector<LongVec3> numerators;
    numerators.reserve(static_cast<std::size_t>(size));
    for (std::int64_t i = 0; i < counts[0]; ++i) {
        for (std::int64_t j = 0; j < counts[1]; ++j) {
            for (std::int64_t k = 0; k < counts[2]; ++k) {
                LongVec3 n = cofactors.transpose() * LongVec3(i, j, k);
                for (auto& x : n)
                    x = positiveModulo(x, size);
                numerators.push_back(n);
            }
        }
    }
    std::sort(numerators.begin(), numerators.end(), [](const LongVec3& a, const LongVec3& b) {
        return std::tie(a[0], a[1], a[2]) < std::tie(b[0], b[1], b[2]);
    });
    return numerators;
}

}  // namespace

Structure makeSupercell(const Structure& structure, const IntMat3& matrix) {
    const LongMat3 m = matrix.cast<std::int64_t>();
    const std::int64_t determinant = (adjugate(m) * m)(0, 0);
    if (determinant == 0) {
        throw InputError("the supercell matrix is singular: its rows must be linearly independent");
    }
    const auto numerators = translations(m, determinant);

    Structure result;
    result.lattice = Lattice(matrix.cast<double>() * structure.lattice.rows());
    result.positions.resize(3, static_cast<Eigen::Index>(structure.size() * numerators.size()));
    result.elements.reserve(structure.size() * numerators.size());
    for (std::size_t atom = 0; atom < structure.size(); ++atom) {
        for (const LongVec3& n : numerators) {
            // Back to whole vectors of the original lattice, in integers: no rounding in the translation.
            const LongVec3 shift = (m.transpose() * n) / std::abs(determinant);
            result.positions.col(static_cast<Eigen::Index>(result.elements.size())) =
                structure.position(atom) + structure.lattice.toCartesian({shift.cast<double>()});
            result.elements.push_back(structure.elements[atom]);
            if (!structure.siteLabels.empty()) result.siteLabels.push_back(structure.siteLabels[atom]);
        }
    }
    return result;
}

}  // namespace ionscape::crystal
