// SPDX-License-Identifier: GPL-3.0-or-later
// Several decorations of one composition, drawn or searched for in a way that can be repeated.
#pragma once

#include <memory>

#include "core/builder/energy_objective.h"
#include "core/builder/pair_correlations.h"
#include "core/composition/composition.h"

namespace ionscape::builder {

enum class EnsembleMethod {
    Random,       ///< uniform over all decorations
    Ewald,        ///< of many random ones those of lowest formal-charge energy
    Quasirandom,  ///< pair correlations as near to the random alloy's as annealing brings them
    MonteCarlo,   ///< Metropolis samples at a temperature, with any energy
    Enumeration,  ///< every distinct decoration, the first ones when fewer are asked for
};
/// "random", "ewald", "sqs", "mc", "all" and back; throws InputError listing them.
std::string methodName(EnsembleMethod method);
EnsembleMethod ensembleMethod(const std::string& name);

struct EnsembleSettings {
    EnsembleMethod method = EnsembleMethod::Random;
    std::size_t members = 1;
    /// Member i is drawn with seed + i; the best of Ewald draws keep the seed they were drawn with.
    std::uint64_t seed = 1;
    /// Rows on the primitive cell; empty: the host's MD supercell.
    std::optional<IntMat3> supercell;
    /// Leave out decorations that symmetry makes the same as an earlier one.
    bool distinct = false;
    std::size_t draws = 1000;             ///< Ewald: random decorations to choose from
    std::int64_t exchanges = 0;           ///< Ewald: annealing steps that improve each of the best
    PairSettings pairs{};                 ///< Quasirandom; `sublattices` for Monte Carlo, too
    std::int64_t annealingSteps = 50000;  ///< Quasirandom
    double temperature = 1000.0;          ///< Monte Carlo, K
    std::int64_t samplingSteps = 2000;    ///< Monte Carlo: exchanges proposed before a member is taken
};

struct EnsembleMember {
    std::uint64_t seed = 0;
    crystal::Structure structure;
    Occupation occupation;
    /// Ewald and Monte Carlo: energy of the cell, eV; Quasirandom: PairCorrelations::value(). Lower is
    /// better.
    std::optional<double> score;
    /// Equivalent decorations that this one stands for; 0 where symmetry was not asked.
    std::size_t multiplicity = 0;
};

class SiteSymmetry;
class FormalChargeMatrix;

/// Makes the members of one ensemble; what they share (sites, Ewald matrix, symmetry) is computed once.
class EnsembleBuilder {
  public:
    /// Throws InputError for a composition that does not fit the cell and settings that are impossible.
    EnsembleBuilder(composition::Host host, composition::Composition composition, EnsembleSettings settings,
                    EnergyFunction energy = {});
    ~EnsembleBuilder();
    EnsembleBuilder(const EnsembleBuilder&) = delete;
    EnsembleBuilder& operator=(const EnsembleBuilder&) = delete;

    const CellSites& cell() const { return cell_; }
    const EnsembleSettings& settings() const { return settings_; }
    /// Of the undecorated cell; found when first asked for.
    const SiteSymmetry& symmetry();

    /// As method Quasirandom counts them. Throws InputError when there is nothing to arrange.
    PairCorrelations pairCorrelations(const Occupation& occupation) const;

    /// True when each member can be made alone: member(seed).
    bool membersAreIndependent() const;
    /// The decoration of one seed: random, quasirandom, or the end of a Monte Carlo walk that begins at the
    /// random one. Throws Cancelled, InputError for other methods, and what the energy throws.
    EnsembleMember member(std::uint64_t seed, const std::stop_token& stop, ProgressSink& progress);
    /// All members. Fewer than asked for when there are no more distinct ones (Enumeration) or among the
    /// draws (Ewald); the other methods throw InputError when so many distinct ones cannot be found.
    std::vector<EnsembleMember> build(const std::stop_token& stop, ProgressSink& progress);

  private:
    EnsembleMember randomMember(std::uint64_t seed) const;
    EnsembleMember finished(EnsembleMember member) const;
    std::vector<EnsembleMember> bestByEwald(const std::stop_token& stop, ProgressSink& progress);
    std::vector<EnsembleMember> enumerated();

    composition::Host host_;
    composition::Composition composition_;
    EnsembleSettings settings_;
    EnergyFunction energy_;
    IntMat3 supercell_;
    CellSites cell_;
    std::unique_ptr<SiteSymmetry> symmetry_;
};

}  // namespace ionscape::builder
