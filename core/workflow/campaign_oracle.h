// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of active learning from simulations: picks become groups of a campaign. Internal to core/workflow.
#pragma once

#include "core/workflow/campaign.h"
#include "core/workflow/learning_task.h"

namespace ionscape::workflow {

/// Features of rows that were measured already, by CampaignJob::id().
using MeasuredRows = std::map<std::string, surrogate::FeatureRow>;

class CampaignOracle final : public LearningOracle {
  public:
    CampaignOracle(LearningTask task, CampaignOptions options, CampaignObserver observer,
                   MeasuredRows measured);

    /// Computes the groups of the task and lists the candidates; to be called once, before anything else.
    /// Throws InputError where there are none, Cancelled.
    void prepare(const LearningHistory& history, const std::stop_token& stop, ProgressSink& progress);

    const CandidatePool& pool() const override { return pool_; }
    KnownRows known(const LearningHistory& history) const override;
    std::vector<PickOutcome> compute(const LearningHistory& history, const std::stop_token& stop,
                                     ProgressSink& progress) override;

  private:
    struct Answers;
    Answers answers() const;
    CampaignSpec specWith(const LearningHistory& history) const;
    std::string idOf(const std::string& formula, int member) const;
    std::set<std::string> idsOf(const LearningRound& round) const;
    void runJobs(const LearningHistory& history, const std::set<std::string>& ids,
                 const std::stop_token& stop, ProgressSink& progress) const;
    void listSpace(const std::stop_token& stop, ProgressSink& progress);
    void listCells(const std::stop_token& stop, ProgressSink& progress);
    void addCandidate(const std::string& formula, const surrogate::FeatureRow& row);
    void setTarget();
    const surrogate::FeatureRow& features(const LearningRow& row) const;

    LearningTask task_;
    CampaignOptions options_;
    CampaignObserver observer_;
    composition::Host host_;
    Featuriser featuriser_;
    CandidatePool pool_;
    mutable MeasuredRows measured_;
};

}  // namespace ionscape::workflow
