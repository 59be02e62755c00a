// SPDX-License-Identifier: GPL-3.0-or-later
// Relaxing every member of an ensemble of decorations, in a file that grows and can be continued.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "core/base/mean_spread.h"
#include "core/builder/ensemble.h"
#include "core/dynamics/relaxer.h"

namespace ionscape::workflow {

struct EnsembleSpec {
    /// A formula of the host's composition space.
    std::string formula;
    std::string host = "lzsp";
    builder::EnsembleSettings ensemble;
    bool relax = true;
    dynamics::RelaxSettings relaxSettings;
    /// A name of the registry or a path; empty: the embedded potential.
    std::string potential;
    int threads = 0;  ///< compute threads; 0 = all cores
    /// One JSON object a line: what the ensemble is, then its members as they are finished.
    std::filesystem::path output = "ensemble.jsonl";
    /// Extended XYZ of the relaxed cells, in the order of the members; empty: none.
    std::filesystem::path structures;
};

/// One finished member.
struct MemberRecord {
    std::size_t index = 0;
    std::uint64_t seed = 0;
    std::optional<double> score;      ///< as in builder::EnsembleMember
    std::size_t multiplicity = 0;     ///< as in builder::EnsembleMember
    double builtEnergyPerAtom = 0.0;  ///< eV, of the cell as built
    double energyPerAtom = 0.0;       ///< eV
    double volume = 0.0;              ///< Å³, of the cell
    Vec3 lengths = Vec3::Zero();      ///< Å
    Vec3 angles = Vec3::Zero();       ///< degrees
    double maxForce = 0.0;            ///< eV/Å
    double maxStressGPa = 0.0;
    int steps = 0;
    bool converged = false;
    std::string failure;  ///< why there are no numbers; empty when there are
};

struct EnsembleSummary {
    std::string formula;
    std::size_t atoms = 0;
    std::string potential;
    std::vector<MemberRecord> members;
    /// Of the members whose relaxation converged; absent when none did.
    std::optional<MeanSpread> energyPerAtom, volume;
    std::size_t failed = 0;      ///< members without numbers
    std::size_t unfinished = 0;  ///< relaxations that did not converge: left out of the averages
    std::size_t skipped = 0;     ///< found in the file
};

using EnsembleObserver = std::function<void(const MemberRecord&)>;

/// Builds and relaxes the members that `spec.output` does not hold yet and appends each as it is done. A
/// member whose relaxation fails is recorded with its reason and the others go on. Throws InputError when the
/// file is of another ensemble or potential (naming the difference) or another process writes it, for what
/// builder::EnsembleBuilder refuses, and Cancelled after the members finished so far have been written;
/// IoError and OutputError.
EnsembleSummary runEnsemble(const EnsembleSpec& spec, const std::stop_token& stop, ProgressSink& progress,
                            const EnsembleObserver& observer = {});

/// The averages over these members.
void summarise(EnsembleSummary& summary);

}  // namespace ionscape::workflow
