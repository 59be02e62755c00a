// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/builder/formal_charges.h"

#include <algorithm>
#include <cmath>

#include "core/crystal/ewald.h"

namespace ionscape::builder {

namespace {

Eigen::Index index(std::size_t i) {
    return static_cast<Eigen::Index>(i);
}

/// The largest charge that each site may carry: an upper bound for the errors of every decoration.
Eigen::VectorXd largestCharges(const CellSites& cell) {
    Eigen::VectorXd largest = Eigen::VectorXd::Zero(index(cell.size()));
    for (std::size_t i = 0; i < cell.size(); ++i) {
        for (const SiteSpecies& species : cell.species) {
            if (species.sublattice == cell.sublatticeOf[i])
                largest[index(i)] = std::max(largest[index(i)], std::abs(species.charge));
        }
    }
    return largest;
}

}  // namespace

FormalChargeMatrix::FormalChargeMatrix(const CellSites& cell, double accuracy)
    : matrix_(crystal::ewaldMatrix(cell.sites,
                                   crystal::ewaldParameters(cell.sites, largestCharges(cell), accuracy))) {}

double FormalChargeMatrix::energy(const CellSites& cell, const Occupation& occupation) const {
    const Eigen::VectorXd charges = cell.charges(occupation);
    return 0.5 * charges.dot(matrix_ * charges);
}

FormalChargeObjective::FormalChargeObjective(const CellSites& cell, const FormalChargeMatrix& matrix,
                                             Occupation occupation)
    : cell_(cell), matrix_(matrix.matrix()), occupation_(std::move(occupation)) {
    const Eigen::VectorXd charges = cell.charges(occupation_);
    potentials_ = matrix_ * charges;
    energy_ = 0.5 * charges.dot(potentials_);
}

double FormalChargeObjective::change(std::size_t a, std::size_t b) {
    // With d moved from b to a: d (φ_a − φ_b) + d²/2 (M_aa + M_bb − 2 M_ab).
    const double d = cell_.species[occupation_[b]].charge - cell_.species[occupation_[a]].charge;
    const Eigen::Index i = index(a), j = index(b);
    return d * (potentials_[i] - potentials_[j]) +
           0.5 * d * d * (matrix_(i, i) + matrix_(j, j) - 2.0 * matrix_(i, j));
}

void FormalChargeObjective::swap(std::size_t a, std::size_t b) {
    const double d = cell_.species[occupation_[b]].charge - cell_.species[occupation_[a]].charge;
    energy_ += change(a, b);
    potentials_ += d * (matrix_.col(index(a)) - matrix_.col(index(b)));
    std::swap(occupation_[a], occupation_[b]);
}

}  // namespace ionscape::builder
