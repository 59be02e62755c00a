// SPDX-License-Identifier: GPL-3.0-or-later
// A temperature ladder in the background, whose rungs are runs of the list like all others.
#pragma once

#include <QTimer>
#include <map>
#include <memory>

#include "core/workflow/ladder.h"
#include "gui/jobs/background_task.h"
#include "gui/jobs/job_controller.h"

namespace ionscape::gui {

/// workflow::runLadder in the program, a fake in the tests.
using LadderFunction = std::function<std::vector<workflow::Rung>(
    const workflow::LadderSpec&, const std::stop_token&, ProgressSink&, const workflow::LadderObserver&,
    const workflow::RungWatch&)>;

class LadderJob final : public QObject {
    Q_OBJECT

  public:
    /// \param controller  lists the rungs; must outlive the job
    LadderJob(LadderFunction run, JobController& controller, QObject* parent = nullptr);
    ~LadderJob() override;

    /// Enters the rungs into the list and runs them, continuing the files of the folder. Rungs that are in
    /// the list from before go on in their rows. Returns false while a ladder is running. Throws InputError
    /// for a spec that is impossible.
    bool start(const workflow::LadderSpec& spec,
               const std::function<QString(const workflow::RunSpec&)>& title);
    void cancel();
    bool isBusy() const { return task_.isBusy(); }
    BackgroundTask& task() { return task_; }
    /// Of the rungs of the last ladder, hottest first.
    std::vector<int> runs() const;

  signals:
    void problem(const QString& message);
    /// All rungs have come to their end.
    void completed();

  private:
    class Watcher;
    struct Row {
        int id = 0;
        std::shared_ptr<Watcher> watcher;
        std::uint64_t seen = 0;
    };
    LadderFunction run_;
    JobController& controller_;
    std::map<std::string, Row> rows_;  ///< by file
    std::vector<int> order_;
    QTimer timer_;
    // Last, because its thread posts to the members above.
    BackgroundTask task_;
    int rowFor(const workflow::RunSpec& spec, const QString& title);
    void take(const workflow::Rung& rung);
    void poll();
    void end(TaskOutcome outcome, const QString& message);
};

}  // namespace ionscape::gui
