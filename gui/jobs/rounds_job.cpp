// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/jobs/rounds_job.h"

#include "core/base/error.h"

namespace ionscape::gui {

RoundsJob::RoundsJob(QObject* parent) : QObject(parent) {
    connect(&task_, &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
        simulating_ = false;
        emit changed();
        if (outcome == TaskOutcome::Failed) emit problem(message);
    });
}

void RoundsJob::read(const QString& folder) {
    history_ = {};
    folder_ = folder;
    try {
        history_ = workflow::readLearningHistory(
            workflow::learningFile(std::filesystem::path(folder.toStdString())));
    } catch (const Error& error) {
        emit problem(QString::fromUtf8(error.what()));
    }
    emit changed();
}

void RoundsJob::clear() {
    history_ = {};
    folder_.clear();
    emit changed();
}

void RoundsJob::start(const workflow::LearningTask& task, const workflow::CampaignOptions& options,
                      const LearningDataPtr& opened, const FeaturesPtr& measured, Step step,
                      std::function<void(bool)> after) {
    const auto folder = QString::fromStdString(options.folder.string());
    task_.start([this, folder, task, options, opened, measured, step = std::move(step),
                 after = std::move(after)](const std::stop_token& stop, ProgressSink& progress) {
        workflow::CampaignLearning learning(task, options);
        if (opened && measured) learning.remember(*opened, *measured);
        const bool done = step(learning, stop, progress);
        return [this, folder, history = learning.history(), done, after] {
            if (folder_ != folder) {
                if (simulating_) emit simulatedElsewhere(folder);
                return;
            }
            history_ = history;
            after(done);
        };
    });
}

void RoundsJob::propose(const workflow::LearningTask& task, const QString& folder,
                        const LearningDataPtr& opened, const FeaturesPtr& measured) {
    workflow::CampaignOptions options;
    options.folder = folder.toStdString();
    start(
        task, options, opened, measured,
        [](workflow::CampaignLearning& learning, const std::stop_token& stop, ProgressSink& progress) {
            return learning.proposeAnew(stop, progress);
        },
        [this](bool proposed) {
            if (!proposed) emit exhausted();
        });
}

void RoundsJob::simulate(const workflow::LearningTask& task, const QString& folder, int workers,
                         const LearningDataPtr& opened, const FeaturesPtr& measured) {
    if (task_.isBusy() || !history_.open()) return;
    workflow::CampaignOptions options;
    options.folder = folder.toStdString();
    options.workers = workers;
    simulating_ = true;
    start(
        task, options, opened, measured,
        [](workflow::CampaignLearning& learning, const std::stop_token& stop, ProgressSink& progress) {
            learning.compute(stop, progress);
            return true;
        },
        [this](bool) { emit simulated(); });
}

}  // namespace ionscape::gui
