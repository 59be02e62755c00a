// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/stiffness_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/crystal/neighbour_list.h"

namespace ionscape::dynamics {

namespace {

using crystal::Structure;
using Triplets = std::vector<Eigen::Triplet<double>>;

// Found by counting the steps of cells of LZSP with 2 to 7 metals (docs/dynamics.md); all are flat optima.
/// eV/Å², of a bond as long as the typical shortest one.
constexpr double bondStiffness = 20.0;
/// Decay with the relative lengthening of a bond.
constexpr double decay = 4.0;
/// Bonds longer than this multiple of the typical shortest one are left out.
constexpr double reach = 2.0;
/// Share of a bond's stiffness along it; the rest resists in all directions and stands for the angles.
constexpr double alongBond = 0.7;
/// eV/Å², of every atom against its place: no move is free.
constexpr double groundStiffness = 0.2;
/// eV/Å² per coordinate of the cell, which the caller has scaled to be like a bond.
constexpr double cellStiffness = 12.0;

/// Å: half of the atoms have a neighbour that close.
double typicalBond(const Structure& structure) {
    const auto atoms = structure.size();
    for (double cutoff = 4.0;; cutoff *= 2.0) {
        std::vector<double> nearest(atoms, std::numeric_limits<double>::infinity());
        for (const auto& pair : crystal::neighbourPairs(structure, cutoff)) {
            auto& best = nearest[static_cast<std::size_t>(pair.i)];
            best = std::min(best, pair.distance);
        }
        const auto middle = nearest.begin() + static_cast<std::ptrdiff_t>(atoms / 2);
        std::nth_element(nearest.begin(), middle, nearest.end());
        if (std::isfinite(*middle)) return *middle;
    }
}

void addBlock(Triplets& entries, Eigen::Index row, Eigen::Index column, const Mat3& block) {
    for (Eigen::Index a = 0; a < 3; ++a)
        for (Eigen::Index b = 0; b < 3; ++b)
            entries.emplace_back(3 * row + a, 3 * column + b, block(a, b));
}

Eigen::SparseMatrix<double> springs(const Structure& structure) {
    Triplets entries;
    const double bond = typicalBond(structure);
    for (const auto& pair : crystal::neighbourPairs(structure, reach * bond)) {
        // An image of the atom itself moves with it.
        if (pair.i == pair.j) continue;
        const Vec3 direction = pair.vector / pair.distance;
        const double stiffness = bondStiffness * std::exp(-decay * (pair.distance / bond - 1.0));
        const Mat3 block = stiffness * (alongBond * direction * direction.transpose() +
                                        (1.0 - alongBond) / 3.0 * Mat3::Identity());
        // The other direction of the pair fills the other row.
        addBlock(entries, pair.i, pair.i, block);
        addBlock(entries, pair.i, pair.j, -block);
    }
    const auto size = 3 * static_cast<Eigen::Index>(structure.size());
    for (Eigen::Index k = 0; k < size; ++k)
        entries.emplace_back(k, k, groundStiffness);
    Eigen::SparseMatrix<double> matrix(size, size);
    matrix.setFromTriplets(entries.begin(), entries.end());
    return matrix;
}

}  // namespace

StiffnessModel::StiffnessModel(const Structure& structure, Eigen::Index cellCoordinates)
    : atomCoordinates_(3 * static_cast<Eigen::Index>(structure.size())),
      cellCoordinates_(cellCoordinates),
      springs_(springs(structure)) {
    solver_.setTolerance(1e-6);
    solver_.compute(springs_);
}

Eigen::VectorXd StiffnessModel::solve(const Eigen::VectorXd& gradient) const {
    Eigen::VectorXd move(atomCoordinates_ + cellCoordinates_);
    move.head(atomCoordinates_) = solver_.solve(gradient.head(atomCoordinates_));
    move.tail(cellCoordinates_) = gradient.tail(cellCoordinates_) / cellStiffness;
    return move;
}

}  // namespace ionscape::dynamics
