// SPDX-License-Identifier: GPL-3.0-or-later
// Phase stability: formation energies, the lower convex hull over any number of components, and
// decomposition.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

#include "core/composition/formula.h"

namespace ionscape::composition {

/// A phase with its energy. All energies of one hull must come from the same potential (or the same level of
/// theory): the differences are meV.
struct PhaseEntry {
    std::string label;  ///< may be empty
    Formula formula;
    double energyPerAtom = 0.0;  ///< eV
};

/// Atoms in the formula as written.
double atomsIn(const Formula& formula);

struct PhaseAmount {
    std::size_t entry = 0;      ///< index of the phase
    double atomFraction = 0.0;  ///< share of the atoms that go into it
    /// Formula units of the phase, as its formula is written, for one formula unit of what decomposes.
    double formulaUnits = 0.0;
};

/// The mixture of lowest energy at one composition.
struct HullPoint {
    double energyPerAtom = 0.0;  ///< eV
    std::vector<PhaseAmount> products;
};

/// The lower convex hull of energy against composition. Each point of it is the linear program
/// min Σ w_i e_i, Σ w_i x_i = x, w ≥ 0 over the phases (fractions of atoms), which needs no full-dimensional
/// set of points and gives the decomposition with the energy (Ong, Wang, Kang & Ceder, Chem. Mater. 20, 1798
/// (2008); Akbarzadeh, Ozoliņš & Wolverton, Adv. Mater. 19, 3233 (2007)).
class ConvexHull {
  public:
    /// Throws InputError for no entry and for energies that are not finite (naming the entry).
    explicit ConvexHull(std::vector<PhaseEntry> entries);

    const std::vector<PhaseEntry>& entries() const { return entries_; }
    const std::vector<crystal::Element>& elements() const { return elements_; }

    /// Throws InputError when no mixture of the entries has this composition.
    HullPoint at(const Formula& formula) const;
    /// How far an entry lies above the hull of all entries, eV/atom: 0 for a stable one.
    double energyAboveHull(std::size_t entry) const;
    /// The best mixture of the *other* entries at this entry's composition; absent when they cannot make it.
    std::optional<HullPoint> competition(std::size_t entry) const;
    /// energyPerAtom − competition, eV/atom: negative by how much a stable phase is stable, positive and
    /// equal to the energy above the hull for another; absent with the competition.
    std::optional<double> decompositionEnergy(std::size_t entry) const;

  private:
    std::optional<HullPoint> lowest(const Formula& formula, std::optional<std::size_t> without) const;

    std::vector<PhaseEntry> entries_;
    std::vector<crystal::Element> elements_;
    Eigen::MatrixXd fractions_;  ///< elements × entries, atoms
};

/// Formula units of each end member (their formulas as written) that together make one formula unit of
/// `formula`; negative where something must be taken away. Throws InputError when the end members depend on
/// each other or cannot make it.
std::vector<double> endMemberAmounts(const Formula& formula, const std::vector<PhaseEntry>& endMembers);

/// Energy of formation from the end members, eV/atom of `entry`. Throws as endMemberAmounts.
double formationEnergy(const PhaseEntry& entry, const std::vector<PhaseEntry>& endMembers);

/// "Li3PS4 → 0.5 Li4P2S7 + 0.5 Li2S"; just the phase for one that is its own product.
std::string decompositionText(const Formula& formula, const HullPoint& point,
                              const std::vector<PhaseEntry>& entries);

}  // namespace ionscape::composition
