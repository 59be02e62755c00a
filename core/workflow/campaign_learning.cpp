// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/campaign_learning.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/workflow/campaign_oracle.h"

namespace ionscape::workflow {

namespace fs = std::filesystem;

fs::path learningModelFile(const fs::path& folder) {
    return folder / "surrogate.json";
}

CampaignLearning::CampaignLearning(LearningTask task, CampaignOptions options, CampaignObserver observer)
    : task_(std::move(task)), options_(std::move(options)), observer_(std::move(observer)) {
    checkSettings(task_);
    std::error_code failure;
    fs::create_directories(options_.folder, failure);
    if (failure) throw OutputError(fmt::format("{}: {}", options_.folder.string(), failure.message()));
    lock_ = FileLock::tryLock(options_.folder / "learning.lock");
    if (!lock_) {
        throw InputError(fmt::format("{}: another process is learning in this folder; wait for it or end it",
                                     options_.folder.string()));
    }
    stored_ = readLearningHistory(learningFile(options_.folder));
}

CampaignLearning::~CampaignLearning() = default;

void CampaignLearning::remember(const LearningData& data, const FeatureMatrix& features) {
    // Those of another kind are of no use.
    const Featuriser wanted(composition::findHost(task_.campaign.protocol.host), task_.features);
    if (features.features != wanted.features()) return;
    for (std::size_t i = 0; i < data.rows.size(); ++i) {
        if (!features.problems[i].empty()) continue;
        CampaignJob job;
        job.formula = data.rows[i].formula;
        job.seed = data.rows[i].seed;
        measured_[job.id()] = features.rows[i];
    }
}

ActiveLearner& CampaignLearning::learner(const std::stop_token& stop, ProgressSink& progress) {
    if (learner_) return *learner_;
    auto oracle = std::make_unique<CampaignOracle>(task_, options_, observer_, measured_);
    oracle->prepare(stored_, stop, progress);
    oracle_ = std::move(oracle);
    learner_ = std::make_unique<ActiveLearner>(
        *oracle_, task_.learning, stored_,
        [file = learningFile(options_.folder)](const auto& history) { writeLearningHistory(file, history); });
    return *learner_;
}

LearningHistory CampaignLearning::history() const {
    return learner_ ? learner_->history() : stored_;
}

bool CampaignLearning::propose(const std::stop_token& stop, ProgressSink& progress) {
    return learner(stop, progress).propose(stop, progress);
}

bool CampaignLearning::proposeAnew(const std::stop_token& stop, ProgressSink& progress) {
    return learner(stop, progress).proposeAnew(stop, progress);
}

void CampaignLearning::compute(const std::stop_token& stop, ProgressSink& progress) {
    learner(stop, progress).compute(stop, progress);
    keepModel(stop, progress);
}

LearningEnd CampaignLearning::run(const std::stop_token& stop, ProgressSink& progress,
                                  const std::function<void(const LearningRound&)>& told) {
    const auto end = learner(stop, progress).run(stop, progress, [&](const LearningRound& round) {
        keepModel(stop, progress);
        if (told) told(round);
    });
    keepModel(stop, progress);
    return end;
}

void CampaignLearning::keepModel(const std::stop_token& stop, ProgressSink& progress) {
    const auto model = learner_->model(stop, progress);
    if (!model) return;
    try {
        model->save(learningModelFile(options_.folder));
    } catch (const IoError& error) {
        throw OutputError(error.what());
    }
}

}  // namespace ionscape::workflow
