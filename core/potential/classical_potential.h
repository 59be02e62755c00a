// SPDX-License-Identifier: GPL-3.0-or-later
// Classical potentials: Lennard-Jones and Buckingham pairs with point charges.
#pragma once

#include <map>
#include <utility>

#include "core/potential/pair_function.h"
#include "core/potential/potential.h"

namespace ionscape::potential {

enum class CoulombMethod { None, Ewald, DampedShiftedForce };

/// Everything that defines a classical potential.
struct ClassicalModel {
    PotentialInfo info;
    double cutoff = 10.0;  ///< of the pair terms, Å
    Truncation truncation = Truncation::Shift;
    double fadeWidth = 1.0;  ///< of Truncation::Smooth, Å
    /// e; an element that is missing has none.
    std::map<crystal::Element, double> charges;
    /// Terms of each pair of elements, the lighter element first; a missing pair has none.
    std::map<std::pair<crystal::Element, crystal::Element>, PairTerms> pairs;
    CoulombMethod coulomb = CoulombMethod::None;
    double ewaldAccuracy = 1e-6;  ///< eV/atom
    double dampingPerA = 0.2;     ///< α of the damped shifted force, 1/Å
    double coulombCutoff = 12.0;  ///< of the damped shifted force, Å

    void setPair(crystal::Element first, crystal::Element second, const PairTerms& terms) {
        pairs[std::minmax(first, second)] = terms;
    }
};

/// Reference and teaching potential: sums over a neighbour list, O(N) but for the Ewald sum. Coulomb energies
/// by Ewald summation (core/crystal/ewald.h) or by the damped shifted force of Fennell & Gezelter (J. Chem.
/// Phys. 124, 234104 (2006)), which follows Wolf et al. (J. Chem. Phys. 110, 8254 (1999)):
/// ke q_i q_j [erfc(αr)/r − erfc(αR)/R + (r − R)(erfc(αR)/R² + 2α exp(−α²R²)/(√π R))] within R, and
/// −ke q²(α/√π + erfc(αR)/(2R)) for each charge itself.
class ClassicalPotential final : public Potential {
  public:
    /// Throws InputError for cutoffs, widths or parameters that make no sense.
    explicit ClassicalPotential(ClassicalModel model);

    const PotentialInfo& info() const override { return model_.info; }
    /// Also throws ModelError, naming the atoms, when two of them are closer than the maximum of their
    /// Buckingham energy, and in a cell with a net charge unless the damped shifted force is used.
    Evaluation evaluate(const crystal::Structure& structure, const Request& request) override;

  private:
    const PairFunction* find(crystal::Element first, crystal::Element second) const;
    PairValue dampedCoulomb(double distance) const;

    ClassicalModel model_;
    std::map<std::pair<crystal::Element, crystal::Element>, PairFunction> functions_;
    /// Energy and slope of the screened interaction of unit charges at its cutoff, eV/e².
    PairValue coulombAtCutoff_;
};

}  // namespace ionscape::potential
