// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/standard_cell.h"

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/composition/recognise_host.h"
#include "core/crystal/symmetry.h"

namespace ionscape::surrogate {
namespace {

using composition::Host;
using crystal::Lattice;
using crystal::Structure;

// How far a vector of our own cells may be from where the undeformed host has it, relative to its length. In
// relaxed cells of HE-LZSP it is 0.04 on average and 0.09 for the most distorted; from about 0.3 on the
// nearest vector of the host's lattice can be another one.
constexpr double sameVector = 0.12;
constexpr double sameLength = 0.06, sameAngle = 6.0;  // of cells in any orientation: relative; degrees
constexpr double tie = 1e-6;                          // Å or degrees: below it two settings are equal

CellParameters parametersOf(const Mat3& rows) {
    const Lattice lattice(rows);
    return {lattice.lengths(), lattice.angles()};
}

/// Rows of the host's primitive cell on its own lattice.
Mat3 primitiveRows(const Host& host) {
    return host.primitiveMatrix * host.conventionalLattice.rows();
}

/// Whole combinations of the primitive vectors that each row is near to, if they span `cells` cells.
std::optional<Mat3> alignedMatrix(const Mat3& rows, const Mat3& primitive, int cells) {
    const Mat3 exact = rows * primitive.inverse();
    const Mat3 whole = exact.array().round();
    if (std::lround(std::abs(whole.determinant())) != cells) return std::nullopt;
    const Mat3 off = rows - whole * primitive;
    for (int axis = 0; axis < 3; ++axis) {
        if (off.row(axis).norm() > sameVector * rows.row(axis).norm()) return std::nullopt;
    }
    return whole;
}

/// The first of the host's own cells whose vectors look like the rows.
std::optional<Mat3> knownMatrix(const Mat3& rows, const Host& host, int cells) {
    const Mat3 primitive = primitiveRows(host);
    const CellParameters own = parametersOf(rows);
    for (const Mat3& matrix : {Mat3(host.supercellMatrix.cast<double>()),
                               Mat3(host.primitiveMatrix.inverse()), Mat3(Mat3::Identity())}) {
        if (std::lround(std::abs(matrix.determinant())) != cells) continue;
        const CellParameters wanted = parametersOf(matrix * primitive);
        const bool alike =
            ((own.lengths - wanted.lengths).array().abs() <= sameLength * wanted.lengths.array()).all() &&
            ((own.angles - wanted.angles).array().abs() <= sameAngle).all();
        if (alike) return matrix;
    }
    return std::nullopt;
}

/// Is `a` before `b` in the order that picks one of equivalent settings?
bool isLarger(const CellParameters& a, const CellParameters& b) {
    const auto inOrder = [](const CellParameters& p) {
        return std::array{p.lengths[0], p.lengths[1], p.lengths[2], p.angles[2], p.angles[0], p.angles[1]};
    };
    const auto x = inOrder(a), y = inOrder(b);
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (std::abs(x[i] - y[i]) > tie) return x[i] > y[i];
    }
    return false;
}

CellParameters chosenSetting(const Host& host, const Mat3& conventional) {
    CellParameters best = parametersOf(conventional);
    for (const Host::Operation& operation : host.operations) {
        const CellParameters other = parametersOf(operation.rotation.transpose() * conventional);
        if (isLarger(other, best)) best = other;
    }
    return best;
}

/// Primitive cells by the number of framework atoms; 0 unless that is a whole number.
int primitiveCells(const Host& host, const Structure& structure) {
    double perCell = 0.0;
    for (const composition::Sublattice& sublattice : host.sublattices) {
        if (sublattice.kind != composition::Sublattice::Kind::Mobile)
            perCell += host.sitesInPrimitiveCell(sublattice.name);
    }
    const auto ions = structure.atomsOf(host.mobile().species.front().element).size();
    const double cells = static_cast<double>(structure.size() - ions) / perCell;
    return std::abs(cells - std::round(cells)) < 1e-6 ? static_cast<int>(std::lround(cells)) : 0;
}

/// A basis of the lattice that integer vectors span, by integer elimination.
Mat3 integerBasis(std::vector<std::array<std::int64_t, 3>> vectors) {
    Mat3 basis = Mat3::Zero();
    for (std::size_t column = 0; column < 3; ++column) {
        while (true) {
            auto pivot = vectors.end();
            for (auto v = vectors.begin(); v != vectors.end(); ++v) {
                if ((*v)[column] != 0 &&
                    (pivot == vectors.end() || std::abs((*v)[column]) < std::abs((*pivot)[column])))
                    pivot = v;
            }
            bool reduced = false;
            for (auto v = vectors.begin(); v != vectors.end(); ++v) {
                if (v == pivot || (*v)[column] == 0) continue;
                const std::int64_t factor = (*v)[column] / (*pivot)[column];
                for (std::size_t k = column; k < 3; ++k)
                    (*v)[k] -= factor * (*pivot)[k];
                reduced = true;
            }
            if (reduced) continue;
            for (std::size_t k = 0; k < 3; ++k)
                basis(static_cast<Eigen::Index>(column), static_cast<Eigen::Index>(k)) =
                    static_cast<double>((*pivot)[k]);
            vectors.erase(pivot);
            break;
        }
    }
    return basis;
}

/// Rows of the smallest lattice that translates the crystal into itself.
Mat3 primitiveLattice(const Structure& structure) {
    std::vector<Vec3> translations;
    for (const auto& operation : crystal::symmetryOperations(structure)) {
        if (operation.rotation == IntMat3::Identity()) translations.push_back(operation.translation);
    }
    const auto n = static_cast<std::int64_t>(translations.size());
    std::vector<std::array<std::int64_t, 3>> whole = {{n, 0, 0}, {0, n, 0}, {0, 0, n}};
    for (const Vec3& t : translations) {
        std::array<std::int64_t, 3> v{};
        for (std::size_t k = 0; k < 3; ++k)
            v[k] = std::llround(t[static_cast<Eigen::Index>(k)] * static_cast<double>(n));
        whole.push_back(v);
    }
    return integerBasis(std::move(whole)) / static_cast<double>(n) * structure.lattice.rows();
}

}  // namespace

std::optional<CellParameters> standardCell(const Host& host, const Structure& structure) {
    const int cells = primitiveCells(host, structure);
    if (cells < 1) return std::nullopt;
    const Mat3& rows = structure.lattice.rows();
    // Laid on the host at the host's own volume: large and small dopants do not turn a cell.
    const Mat3 hostRows = primitiveRows(host);
    const double volumes = cells * std::abs(hostRows.determinant() / rows.determinant());
    const Mat3 scaled = std::cbrt(volumes) * rows;
    auto matrix = alignedMatrix(scaled, hostRows, cells);
    if (!matrix) matrix = knownMatrix(scaled, host, cells);
    Mat3 primitive;
    if (matrix) {
        primitive = matrix->inverse() * rows;
    } else {
        const auto found = composition::recogniseHost(host, structure);
        if (!found) return std::nullopt;
        primitive = found->primitiveRows;
    }
    return chosenSetting(host, host.primitiveMatrix.inverse() * primitive);
}

CellParameters reducedCell(const Structure& structure) {
    const Mat3 rows = primitiveLattice(structure);
    const Mat3 three = Lattice(rows).reduction().cast<double>() * rows;
    std::array<Vec3, 4> superbase = {three.row(0), three.row(1), three.row(2),
                                     -(three.row(0) + three.row(1) + three.row(2))};
    std::sort(superbase.begin(), superbase.end(),
              [](const Vec3& a, const Vec3& b) { return a.squaredNorm() < b.squaredNorm(); });
    Mat3 reduced;
    reduced << superbase[0].transpose(), superbase[1].transpose(), superbase[2].transpose();
    return parametersOf(reduced);
}

}  // namespace ionscape::surrogate
