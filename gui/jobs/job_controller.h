// SPDX-License-Identifier: GPL-3.0-or-later
// Queue of runs, worked off one after the other on a thread of its own; the GUI thread only looks at
// snapshots.
#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/workflow/run.h"
#include "gui/jobs/run_data.h"

namespace ionscape::gui {

/// Stopped: by its committee, which no longer vouched for it.
enum class JobState { Queued, Relaxing, Running, Completed, Cancelled, Stopped, Failed, Opened };

/// True for a state that will not change any more.
bool isFinal(JobState state);

/// What the GUI shows of a run: a copy that belongs to the GUI thread.
struct JobRecord {
    int id = 0;
    QString title;  ///< chosen by who enqueued it, e.g. "LZHSTNSP · 1000 K"
    workflow::RunSpec spec;
    JobState state = JobState::Queued;
    QString message;        ///< reason of a failure or of a stop by the committee
    QString stage, detail;  ///< as the engine reports them
    qint64 done = 0, total = 0;
    std::optional<double> secondsLeft;
    QDateTime startedAt;
    bool stopping = false;  ///< a stop was asked for and has not acted yet
    bool foreign = false;   ///< opened from a file of another program: its settings are not known
    bool external = false;  ///< worked off by somebody else, e.g. as a rung of a ladder
    std::optional<workflow::RunSummary> summary;
    std::shared_ptr<RunData> data;
    /// Latest force spread of a committee, eV/Å, and the first one above its threshold.
    std::optional<double> spread, spreadExceeded;
};

/// The engine's entry point; workflow::runJob in the program, a fake in the tests.
using RunFunction = std::function<workflow::RunSummary(const workflow::RunSpec&, const std::stop_token&,
                                                       ProgressSink&, workflow::RunObserver&)>;

class JobController final : public QObject {
    Q_OBJECT

  public:
    explicit JobController(RunFunction run, QObject* parent = nullptr);
    /// Stops the run in progress (acts within one MD step) and waits for its thread.
    ~JobController() override;

    /// Appends a run; it starts when those before it have ended. Returns its id.
    int enqueue(const workflow::RunSpec& spec, const QString& title);
    /// Enters a run read from a file, in the state Opened. `spec.output` is the file.
    int addOpened(const workflow::RunSpec& spec, const QString& title, std::shared_ptr<RunData> data,
                  std::optional<workflow::RunSummary> summary, bool foreign = false);
    /// Enters a run that somebody else works off, in the state Queued.
    int addExternal(const workflow::RunSpec& spec, const QString& title, std::shared_ptr<RunData> data);
    /// News of such a run; a summary that is absent leaves the former one.
    void updateExternal(int id, JobState state, std::optional<workflow::RunSummary> summary,
                        const QString& message);
    /// Its data have grown.
    void noteData(int id) { emit dataChanged(id); }
    /// Takes a waiting run out of the queue or asks the running one to stop. Returns at once.
    void cancel(int id);
    void cancelAll();

    bool isBusy() const;
    /// Id of the run in progress; 0 for none.
    int runningId() const;
    /// Null when there is no such run.
    const JobRecord* find(int id) const;
    /// In the order they were added.
    std::vector<int> ids() const;

  signals:
    void added(int id);
    /// State, progress or summary changed; at most 30 times a second.
    void changed(int id);
    /// The run's data grew; at most 30 times a second, however fast the engine is.
    void dataChanged(int id);
    /// A run that somebody else works off is to be stopped.
    void cancelRequested(int id);
    /// It has a summary, or a newer one.
    void summaryChanged(int id);
    /// Entered a final state.
    void finished(int id);
    /// The committee's force spread in the run in progress exceeded its threshold for the first time.
    void spreadExceeded(int id);
    /// Nothing runs and nothing waits any more.
    void idle();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    void startNext();
    void poll();
    void finish(int id, JobState state, const QString& message, std::optional<workflow::RunSummary> summary);
};

}  // namespace ionscape::gui
