// SPDX-License-Identifier: GPL-3.0-or-later
// The electrostatic energy of a decoration with formal charges on the ideal sites.
#pragma once

#include "core/builder/swap_search.h"

namespace ionscape::builder {

/// The pair matrix of all sites of a cell, vacancies included: one Ewald sum serves every decoration. The
/// cell is not relaxed, ions of equal charge are the same to it, and formal charges exaggerate: good for
/// ranking, not for energies.
class FormalChargeMatrix {
  public:
    /// \param accuracy  eV a site, as in crystal::ewaldParameters
    explicit FormalChargeMatrix(const CellSites& cell, double accuracy = 1e-8);
    /// eV of the cell.
    double energy(const CellSites& cell, const Occupation& occupation) const;
    const Eigen::MatrixXd& matrix() const { return matrix_; }

  private:
    Eigen::MatrixXd matrix_;
};

/// The energy (eV) over exchanges, each at the price of one row of the matrix.
class FormalChargeObjective final : public SwapObjective {
  public:
    /// Keeps references to both.
    FormalChargeObjective(const CellSites& cell, const FormalChargeMatrix& matrix, Occupation occupation);

    const Occupation& occupation() const override { return occupation_; }
    double value() const override { return energy_; }
    double change(std::size_t a, std::size_t b) override;
    void swap(std::size_t a, std::size_t b) override;

  private:
    const CellSites& cell_;
    const Eigen::MatrixXd& matrix_;
    Occupation occupation_;
    Eigen::VectorXd potentials_;  ///< M q
    double energy_ = 0.0;
};

}  // namespace ionscape::builder
