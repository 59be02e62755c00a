// SPDX-License-Identifier: GPL-3.0-or-later
// Pair correlations of a decoration, shell by shell, and their distance from a random alloy.
#pragma once

#include "core/builder/swap_search.h"

namespace ionscape::builder {

/// Pairs of sites of two sublattices (or one) at about the same distance.
struct PairShell {
    std::size_t firstSublattice = 0, secondSublattice = 0;
    int number = 1;         ///< from 1, the nearest, for this pair of sublattices
    double distance = 0.0;  ///< Å, mean
    double weight = 1.0;    ///< in the objective: 1 / number
    /// Directed pairs from the first to the second sublattice in one cell, periodic images included.
    long pairs = 0;
};

struct PairSettings {
    /// Those whose arrangement counts; empty: all that hold different occupants (EnsembleBuilder: the mixed
    /// ones among these).
    std::vector<std::string> sublattices;
    int shells = 6;               ///< of each pair of sublattices
    double shellTolerance = 0.3;  ///< Å: distances that follow each other closer than this are one shell
};

/// How often species A and B are neighbours, compared with chance.
struct PairCorrelation {
    std::uint16_t first = 0, second = 0;  ///< indices into CellSites::species
    double probability = 0.0;             ///< share of the shell's pairs that are A–B, p_AB
    double random = 0.0;                  ///< x_A x_B of the infinite random alloy
    /// Warren–Cowley short-range order parameter 1 − p_AB/(x_A x_B): 0 for a random alloy, positive where A
    /// and B avoid each other (Cowley, Phys. Rev. 77, 669 (1950)).
    double warrenCowley = 0.0;
};

/// Counts of unlike and like neighbours, kept up to date over exchanges. The objective is
///     Q = Σ_shells w_s Σ_AB x_A x_B α_AB(s)² = Σ_s w_s Σ_AB (p_AB − x_A x_B)² / (x_A x_B),
/// for small correlations twice the mutual information of neighbouring occupants: 0 for pairs as in the
/// infinite random alloy, which a special quasirandom structure imitates in a small cell (Zunger, Wei,
/// Ferreira & Bernard, Phys. Rev. Lett. 65, 353 (1990); for many components through occupation
/// probabilities as in van de Walle et al., Calphad 42, 13 (2013) and Gehringer, Friák & Holec, Comput. Phys.
/// Commun. 286, 108664 (2023)).
class PairCorrelations final : public SwapObjective {
  public:
    /// Throws InputError for settings that are impossible and sublattices with a single species.
    PairCorrelations(const CellSites& cell, Occupation occupation, const PairSettings& settings);

    const Occupation& occupation() const override { return occupation_; }
    double value() const override { return value_; }
    double change(std::size_t a, std::size_t b) override;
    void swap(std::size_t a, std::size_t b) override;

    const std::vector<PairShell>& shells() const { return shells_; }
    /// Of every two species of a shell's sublattices that are present (of one sublattice: A ≤ B).
    std::vector<PairCorrelation> correlations(std::size_t shell) const;
    /// The share of a shell in the objective, without its weight.
    double deviation(std::size_t shell) const;
    /// Sites that take part, as exchangeableSites gives them.
    const std::vector<std::vector<std::size_t>>& groups() const { return groups_; }

  private:
    struct Neighbour {
        std::uint32_t site, shell;
        std::int32_t images;  ///< how many images of the site lie in this shell
    };
    void collectPairs(const CellSites& cell, const PairSettings& settings);
    void count(std::size_t site, int sign);
    void place(std::size_t site, std::uint16_t species);
    std::int32_t& pairCount(std::size_t shell, std::uint16_t a, std::uint16_t b) {
        return counts_[(shell * species_ + a) * species_ + b];
    }
    double total() const;

    Occupation occupation_;
    std::vector<std::vector<std::size_t>> groups_;
    std::vector<PairShell> shells_;
    std::vector<std::vector<Neighbour>> neighbours_;
    std::size_t species_ = 0;
    std::vector<std::vector<std::pair<std::uint16_t, double>>> fractions_;  ///< by sublattice: those present
    std::vector<std::int32_t> counts_;                                      ///< shell × species × species
    double value_ = 0.0;
};

}  // namespace ionscape::builder
