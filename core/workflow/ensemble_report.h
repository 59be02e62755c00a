// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of an ensemble while its members are relaxed: what is in the file, averages, thermal weights.
#pragma once

#include "core/workflow/ensemble_run.h"

namespace ionscape::workflow {

/// The members that runEnsemble has finished so far in `file`; none when it does not exist. A line that was
/// torn off in writing is left out. Throws IoError for a file of something else.
std::vector<MemberRecord> storedMembers(const std::filesystem::path& file);

/// Averages with the Boltzmann weights of the members.
struct ThermalMean {
    double energyPerAtom = 0.0;   ///< eV
    double volume = 0.0;          ///< Å³
    std::vector<double> weights;  ///< one a member; 0 for those without a converged relaxation
};

/// Weights exp(−E/kT) of whole cells, of an enumeration times the multiplicity (a random draw meets a
/// decoration as often as it has equivalents already). Absent when no member converged, and for quasirandom
/// structures: they are made to look like the random alloy, not drawn from it. Throws InputError for T ≤ 0.
std::optional<ThermalMean> thermalMean(const std::vector<MemberRecord>& members, std::size_t atoms,
                                       builder::EnsembleMethod method, double temperature);

}  // namespace ionscape::workflow
