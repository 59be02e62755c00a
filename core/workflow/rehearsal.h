// SPDX-License-Identifier: GPL-3.0-or-later
// Active learning played on a table whose targets are all known, to see which way of picking pays.
#pragma once

#include "core/workflow/active_learning.h"
#include "core/workflow/featuriser.h"

namespace ionscape::workflow {

/// Reveals targets that are there already.
class TableOracle final : public LearningOracle {
  public:
    /// \param y  one for each candidate; NaN fails when it is asked for
    /// Throws InputError for lengths that differ and two candidates of one name.
    TableOracle(CandidatePool pool, std::vector<double> y);

    const CandidatePool& pool() const override { return pool_; }
    KnownRows known(const LearningHistory& history) const override;
    std::vector<PickOutcome> compute(const LearningHistory& history, const std::stop_token& stop,
                                     ProgressSink& progress) override;
    std::optional<double> truth(std::size_t candidate) const override;

  private:
    CandidatePool pool_;
    std::vector<double> y_;
    std::map<std::string, std::size_t> index_;
};

/// Candidates with all their targets.
struct KnownPool {
    CandidatePool pool;
    std::vector<double> y;
};
/// The compositions of data that have the target, each with the means over its cells. Throws InputError for
/// an unknown target.
KnownPool knownPool(const LearningData& data, const FeatureMatrix& features, const std::string& target);
/// The rows of a table; those of one label become different by their number.
KnownPool knownPool(const surrogate::SurrogateTable& table);

/// A study: every rule from the same first batches.
struct RehearsalSpec {
    LearningSettings learning;  ///< its rule and patience are not used; its seed is that of the first repeat
    std::vector<PickRule> rules = {PickRule::ExpectedImprovement, PickRule::Random};
    int repeats = 10;  ///< first batches, each drawn with a seed of its own
    int workers = 1;   ///< repeats at once
};

/// Mean and standard deviation over repeats.
struct Spread {
    double mean = 0.0, deviation = 0.0;
};

/// After a round; 0 is the first batch.
struct RehearsalPoint {
    int round = 0;
    double known = 0.0;  ///< outcomes, mean over repeats
    Spread best, regret;
    Spread rmse;  ///< of the model of all that is known on candidates that are not; where any are left
    std::optional<Spread> prospective;  ///< RMSE of the round's picks as predicted before
};

struct RehearsalCurve {
    PickRule rule = PickRule::Random;
    std::vector<RehearsalPoint> points;
    int found = 0;  ///< repeats that had the best candidate at the end
};

/// One curve for each rule. Throws InputError, Cancelled.
std::vector<RehearsalCurve> rehearse(const CandidatePool& pool, const std::vector<double>& y,
                                     const RehearsalSpec& spec, const std::stop_token& stop,
                                     ProgressSink& progress);

}  // namespace ionscape::workflow
