// SPDX-License-Identifier: GPL-3.0-or-later
// Active learning in a campaign's folder: proposed, simulated and learnt in rounds that may be interrupted.
#pragma once

#include "core/base/file_lock.h"
#include "core/workflow/campaign.h"
#include "core/workflow/learning_task.h"

namespace ionscape::workflow {

class CampaignOracle;

/// The folder of a campaign (dataset.h5, see runCampaign) with the history of its rounds (learning.json) and
/// the model of all that is known (surrogate.json). A proposal is written before it is computed, so whoever
/// opens the folder again goes on with the same picks. One process at a time.
class CampaignLearning {
  public:
    /// Throws InputError for an impossible task and a folder in use, IoError for a damaged history.
    /// \param observer  told of every job that ends, from several threads
    CampaignLearning(LearningTask task, CampaignOptions options, CampaignObserver observer = {});
    ~CampaignLearning();

    /// Features that were measured before, rows of `data`; saves measuring those cells again.
    void remember(const LearningData& data, const FeatureMatrix& features);

    LearningHistory history() const;
    /// These first compute the groups of the task that are missing and list what may be picked. Throw as
    /// ActiveLearner does.
    bool propose(const std::stop_token& stop, ProgressSink& progress);
    bool proposeAnew(const std::stop_token& stop, ProgressSink& progress);
    void compute(const std::stop_token& stop, ProgressSink& progress);
    LearningEnd run(const std::stop_token& stop, ProgressSink& progress,
                    const std::function<void(const LearningRound&)>& told = {});

  private:
    ActiveLearner& learner(const std::stop_token& stop, ProgressSink& progress);
    void keepModel(const std::stop_token& stop, ProgressSink& progress);

    LearningTask task_;
    CampaignOptions options_;
    CampaignObserver observer_;
    std::map<std::string, surrogate::FeatureRow> measured_;
    std::optional<FileLock> lock_;
    LearningHistory stored_;
    std::unique_ptr<CampaignOracle> oracle_;
    std::unique_ptr<ActiveLearner> learner_;
};

/// Where a folder keeps the model of its last finished round.
std::filesystem::path learningModelFile(const std::filesystem::path& folder);

}  // namespace ionscape::workflow
