// SPDX-License-Identifier: GPL-3.0-or-later
// Rounds of active learning in a campaign's folder, each step on a thread of its own.
#pragma once

#include <QObject>
#include <functional>

#include "core/workflow/campaign_learning.h"
#include "gui/jobs/background_task.h"
#include "gui/jobs/learning_job.h"

namespace ionscape::gui {

class RoundsJob final : public QObject {
    Q_OBJECT

  public:
    explicit RoundsJob(QObject* parent = nullptr);

    BackgroundTask& task() { return task_; }
    bool isSimulating() const { return simulating_; }
    const workflow::LearningHistory& history() const { return history_; }
    /// What has happened in the folder so far; an empty one where there is none. Damaged files are a problem.
    void read(const QString& folder);
    void clear();

    /// These do nothing while another step is going on.
    /// \param measured  cells of `opened` that need not be measured again; may be null
    void propose(const workflow::LearningTask& task, const QString& folder, const LearningDataPtr& opened,
                 const FeaturesPtr& measured);
    /// Of the round that is open; goes on where a simulation was stopped.
    void simulate(const workflow::LearningTask& task, const QString& folder, int workers,
                  const LearningDataPtr& opened, const FeaturesPtr& measured);

  signals:
    void changed();
    /// The open round is finished; its results are in the dataset.
    void simulated();
    /// The same of a folder that is not the one read any more.
    void simulatedElsewhere(const QString& folder);
    /// There is nothing left to propose.
    void exhausted();
    void problem(const QString& message);

  private:
    using Step = std::function<bool(workflow::CampaignLearning&, const std::stop_token&, ProgressSink&)>;
    workflow::LearningHistory history_;
    QString folder_;  ///< of the history
    bool simulating_ = false;
    // Last, because its thread posts to what is above.
    BackgroundTask task_;
    void start(const workflow::LearningTask& task, const workflow::CampaignOptions& options,
               const LearningDataPtr& opened, const FeaturesPtr& measured, Step step,
               std::function<void(bool)> after);
};

}  // namespace ionscape::gui
