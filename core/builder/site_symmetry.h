// SPDX-License-Identifier: GPL-3.0-or-later
// Which decorations of a cell are the same crystal, and how many different ones there are.
#pragma once

#include "core/builder/cell_sites.h"

namespace ionscape::builder {

/// The space group of the undecorated cell as permutations of its sites.
class SiteSymmetry {
  public:
    /// \param tolerance  Å, of the host's coordinates. Throws InputError when an operation that spglib found
    /// does not map the sites onto each other.
    explicit SiteSymmetry(const CellSites& cell, double tolerance = 0.01);

    /// Number of operations that act differently on the sites.
    std::size_t order() const { return permutations_.size(); }
    /// permutation[i] is where the occupant of site i goes.
    const std::vector<std::vector<std::uint32_t>>& permutations() const { return permutations_; }

    /// The first of all equivalent occupations in lexicographic order: equal for two decorations exactly when
    /// they are the same crystal.
    Occupation canonical(const Occupation& occupation) const;
    /// True for an occupation that is its own canonical form.
    bool isCanonical(const Occupation& occupation) const;
    /// Number of different occupations that are equivalent to this one.
    std::size_t multiplicity(const Occupation& occupation) const;

  private:
    std::vector<std::vector<std::uint32_t>> permutations_;
};

/// Whole numbers, exact up to 2⁶⁴ and rounded to 19 digits beyond.
struct DecorationCount {
    long double all = 0.0L;
    long double distinct = 0.0L;
};

/// How many decorations have the species counts of `occupation` on each sublattice, and how many of them are
/// different crystals, whether or not the host allows ions that near each other (Burnside's lemma: the mean
/// over all operations of the number of decorations that an operation leaves as they are; Hart & Forcade,
/// Phys. Rev. B 77, 224115 (2008) for the use).
DecorationCount countDecorations(const CellSites& cell, const SiteSymmetry& symmetry,
                                 const Occupation& occupation);

struct DistinctDecoration {
    Occupation occupation;
    std::size_t multiplicity = 1;
};

/// Every distinct decoration with these species counts, once, in lexicographic order; the multiplicities add
/// up to all. Those with ions too near each other are left out. Throws InputError when there are more than
/// `limit` decorations to look through.
std::vector<DistinctDecoration> enumerateDecorations(const CellSites& cell, const SiteSymmetry& symmetry,
                                                     const Occupation& occupation, double limit = 2e6);

}  // namespace ionscape::builder
