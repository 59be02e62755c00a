// SPDX-License-Identifier: GPL-3.0-or-later
// Active learning: a model proposes what to compute next, an oracle computes it, the model learns it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>

#include "core/composition/composition.h"
#include "core/surrogate/acquisition.h"
#include "core/surrogate/surrogate_model.h"
#include "core/workflow/learning_history.h"

namespace ionscape::workflow {

/// How a batch is chosen: by an acquisition, or at random as the control.
enum class PickRule { ExpectedImprovement, UpperConfidenceBound, MaximumVariance, Thompson, Random };
/// "ei", "ucb", "variance", "thompson", "random"; throws InputError listing the names.
PickRule pickRuleFromName(const std::string& name);
std::string pickRuleName(PickRule rule);

struct LearningSettings {
    bool maximise = true;                    ///< large targets are sought
    std::string model = "gaussian-process";  ///< as surrogate::makeRegressor takes it
    std::vector<std::string> modelSettings;  ///< "trees=300"
    PickRule rule = PickRule::ExpectedImprovement;
    double margin = 0.0;  ///< improvements count from here on (ei), unit of the target
    double kappa = 2.0;   ///< standard deviations of the confidence bound (ucb)
    int initial = 10;     ///< outcomes that must be known before the first round
    int batch = 5;        ///< picks of a round
    int rounds = 5;       ///< after the first batch
    int patience = 0;     ///< ends after so many rounds without a better outcome; 0: never
    int folds = 5;        ///< of the cross-validation that calibrates the errors; 0: none
    std::uint64_t seed = 1;
};

/// Throws InputError naming the first setting that is impossible.
void checkSettings(const LearningSettings& settings);
/// The model with its settings. Throws InputError.
std::unique_ptr<surrogate::Regressor> regressorOf(const LearningSettings& settings);

/// Everything that may be picked; the same in every round.
struct CandidatePool {
    std::vector<surrogate::Feature> features;
    std::vector<std::string> names;  ///< no two alike
    std::vector<surrogate::FeatureRow> rows;
    /// Mobile content and composition of each, for a first batch that is a fair sample; empty: at random.
    std::vector<double> mobile;
    std::vector<composition::Composition> compositions;
    surrogate::TargetDefinition target;
};

/// What has been answered, by candidates or others, in an order that depends on nothing else.
struct KnownRows {
    std::vector<std::string> names;
    std::vector<surrogate::FeatureRow> rows;
    std::vector<double> y;
    std::vector<double> yError;      ///< NaN where it is not known
    std::set<std::string> answered;  ///< these, and names that failed: not to be picked any more
};

struct PickOutcome {
    std::optional<double> value, error;
    std::string problem;  ///< set where there is no value
};

/// Who knows the answers.
class LearningOracle {
  public:
    virtual ~LearningOracle() = default;
    virtual const CandidatePool& pool() const = 0;
    virtual KnownRows known(const LearningHistory& history) const = 0;
    /// One for each pick of the open round; what an interrupted call computed is kept. Throws Cancelled.
    virtual std::vector<PickOutcome> compute(const LearningHistory& history, const std::stop_token& stop,
                                             ProgressSink& progress) = 0;
    /// For studies after the fact: what a candidate would give.
    virtual std::optional<double> truth(std::size_t /*candidate*/) const { return std::nullopt; }
};

enum class LearningEnd { Rounds, Patience, Exhausted };

/// Takes a history forward, round by round. Called when it has changed; the change must be kept before the
/// call returns.
using KeepHistory = std::function<void(const LearningHistory&)>;

class ActiveLearner {
  public:
    /// `oracle` must outlive it. Throws InputError for impossible settings and for a history of another
    /// target.
    ActiveLearner(LearningOracle& oracle, LearningSettings settings, LearningHistory history,
                  KeepHistory keep = {});

    const LearningHistory& history() const { return history_; }
    /// Chooses the next batch unless one is open. False when no candidate is left. Throws Cancelled.
    bool propose(const std::stop_token& stop, ProgressSink& progress);
    /// The same in place of the open round, which stays where no other one is found or something is thrown.
    /// What was computed of it stays known.
    bool proposeAnew(const std::stop_token& stop, ProgressSink& progress);
    /// Computes the open round, closes it and learns from it. Throws Cancelled: the round stays open.
    void compute(const std::stop_token& stop, ProgressSink& progress);
    /// All rounds that are left. \param told  of every round that was finished
    LearningEnd run(const std::stop_token& stop, ProgressSink& progress,
                    const std::function<void(const LearningRound&)>& told = {});
    /// Of all that is known after the last finished round; null where there are too few rows.
    std::shared_ptr<const surrogate::SurrogateModel> model(const std::stop_token& stop,
                                                           ProgressSink& progress);

  private:
    struct Trained {
        KnownRows known;
        std::shared_ptr<const surrogate::SurrogateModel> model;  ///< null with too few rows
        LearningState state;
        std::vector<std::size_t> free;    ///< candidates without an answer
        surrogate::SurrogateTable table;  ///< of those, as the model takes it
        surrogate::Prediction predicted;  ///< of those, calibrated
    };
    const Trained& trained(const std::stop_token& stop, ProgressSink& progress);
    void predictFree(Trained& t) const;
    std::vector<LearningPick> sampled(const Trained& t, int count) const;
    std::vector<LearningPick> chosen(const Trained& t, int count, double best) const;
    std::optional<LearningEnd> ended() const;
    std::optional<double> optimum() const;
    std::uint64_t roundSeed() const;
    void keep() const;

    LearningOracle& oracle_;
    LearningSettings settings_;
    LearningHistory history_;
    KeepHistory keep_;
    std::optional<Trained> trained_;  ///< of the rows known now
};

}  // namespace ionscape::workflow
