// SPDX-License-Identifier: GPL-3.0-or-later
// A committee: several models of the same thing, whose disagreement says how far to trust them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/potential/potential.h"

namespace ionscape::potential {

/// Which forces a committee gives.
enum class CommitteeDriver {
    /// The mean of all members; the spread comes with every evaluation.
    Mean,
    /// The first member's; the others are asked only when the spread is requested, so that dynamics costs one
    /// model and a share.
    First
};

/// "mean", "first"; throws InputError listing the names.
CommitteeDriver committeeDriverFromName(const std::string& name);

/// A committee as its file describes it.
struct CommitteeManifest {
    std::string name, origin, licence;
    std::vector<std::filesystem::path> members;
    CommitteeDriver driver = CommitteeDriver::Mean;
    double spreadThreshold = 0.0;  ///< eV/Å; 0 where none is given
};

/// What a committee of models with these properties is: covers the elements that all members know; its
/// checksum covers those of the members. Throws ModelError for fewer than two members or none in common.
PotentialInfo committeeInfo(const CommitteeManifest& manifest, const std::vector<PotentialInfo>& members);

/// Mean (or first) energy, forces and stress of its members, and per atom the spread of the forces,
/// √(mean over members of |F_k − mean F|²) (Schran, Brezina & Marsalek, J. Chem. Phys. 153, 104105 (2020)).
/// Results do not depend on the number of threads: every member answers for itself, and the answers are added
/// in order.
class CommitteePotential final : public Potential {
  public:
    /// \param workers  threads that members are evaluated on at the same time; 1 evaluates them one after the
    /// other on the caller's thread. Each member stays on one thread.
    CommitteePotential(const CommitteeManifest& manifest, std::vector<std::unique_ptr<Potential>> members,
                       int workers = 1);
    ~CommitteePotential() override;

    const PotentialInfo& info() const override { return info_; }
    Evaluation evaluate(const crystal::Structure& structure, const Request& request) override;

  private:
    class Workers;

    PotentialInfo info_;
    CommitteeDriver driver_;
    std::vector<std::unique_ptr<Potential>> members_;
    std::unique_ptr<Workers> workers_;
};

/// How many workers a committee gets of `threads` compute threads: one for each member where there are enough
/// threads or they divide the members evenly, else one, so that no thread idles.
int committeeWorkers(std::size_t members, int threads);

}  // namespace ionscape::potential
