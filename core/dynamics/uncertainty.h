// SPDX-License-Identifier: GPL-3.0-or-later
// Watching how far the members of a committee disagree while atoms move.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/potential/potential.h"

namespace ionscape::dynamics {

/// What happens when the force on an atom spreads more than the threshold.
enum class SpreadAction { None, Flag, Stop };
/// "none", "flag", "stop"; throws InputError listing the names.
SpreadAction spreadActionFromName(const std::string& name);
std::string spreadActionName(SpreadAction action);

struct UncertaintySettings {
    int every = 10;                ///< steps between evaluations of the spread; 0 for never
    double thresholdEvPerA = 0.0;  ///< eV/Å; 0 takes the committee's own
    SpreadAction action = SpreadAction::Flag;
};
/// Throws InputError naming the first setting that is impossible.
void checkSettings(const UncertaintySettings& settings);
/// The settings with the committee's own threshold put in. For a single model the spread is never evaluated.
/// Throws InputError when a run shall stop at a spread that the potential cannot give or at no threshold.
UncertaintySettings resolvedSettings(const UncertaintySettings& settings,
                                     const potential::PotentialInfo& potential);

/// A moment at which the spread was large.
struct SpreadEvent {
    std::int64_t step = -1;  ///< −1: there was none
    std::int64_t atom = -1;  ///< counted from 0
    double spread = 0.0;     ///< eV/Å
};

/// What a committee said during a relaxation or a run, so far.
struct SpreadRecord {
    /// Largest force spread on each atom, eV/Å; empty before the first evaluation.
    Eigen::VectorXd maximum;
    std::int64_t evaluations = 0;
    std::int64_t exceeded = 0;  ///< evaluations above the threshold
    SpreadEvent first;          ///< the first above the threshold
    SpreadEvent worst;
    // Since the last stored frame:
    std::int64_t pending = 0;
    double pendingMax = 0.0, pendingMeanSum = 0.0;

    /// Takes in the spread of one evaluation, if it has one; `threshold` ≤ 0 is none. True when it exceeds.
    bool add(std::int64_t step, const potential::Evaluation& evaluation, double threshold);
    /// Largest and mean spread since the last call, not a number when there was no evaluation, and starts
    /// anew.
    std::pair<double, double> takePending();

    /// All of it as numbers for a restart state, and back; numbers of another length give an empty record.
    std::vector<double> toNumbers() const;
    static SpreadRecord fromNumbers(const std::vector<double>& numbers);
};

/// The committee disagrees more than the run allows.
class SpreadStop : public Error {
  public:
    using Error::Error;
};

/// The message of SpreadStop: what, where, what to do. \param where  e.g. "MD step 1200"
std::string spreadMessage(const SpreadEvent& event, const crystal::Structure& structure, double threshold,
                          const std::string& where);

}  // namespace ionscape::dynamics
