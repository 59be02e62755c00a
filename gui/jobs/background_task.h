// SPDX-License-Identifier: GPL-3.0-or-later
// One piece of long work on a thread of its own, with progress and an outcome on the GUI thread.
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <optional>

#include "core/base/progress.h"

namespace ionscape::gui {

enum class TaskOutcome { Completed, Cancelled, Failed };

/// Progress as shown: the latest news of the work.
struct TaskProgress {
    QString stage, detail;
    qint64 done = 0, total = 0;
    std::optional<double> secondsLeft;
};

class BackgroundTask final : public QObject {
    Q_OBJECT

  public:
    /// Runs on the GUI thread when the work has succeeded: carries its result.
    using Deliver = std::function<void()>;
    /// Runs on the worker thread and owns its inputs. Exceptions end the task as Failed with their message,
    /// Cancelled as Cancelled.
    using Work = std::function<Deliver(const std::stop_token&, ProgressSink&)>;

    explicit BackgroundTask(QObject* parent = nullptr);
    /// Stops the work and waits for it.
    ~BackgroundTask() override;

    /// Returns false and does nothing while other work is going on.
    bool start(Work work);
    /// Asks the work to stop; returns at once.
    void cancel();
    bool isBusy() const;
    /// Runs `function` on the GUI thread. To be called by the work; dropped when the task is gone.
    void post(std::function<void()> function);

  signals:
    void started();
    /// At most 30 times a second.
    void progressed(const ionscape::gui::TaskProgress& progress);
    /// After the delivery. `message` says why it failed.
    void ended(ionscape::gui::TaskOutcome outcome, const QString& message);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    void poll();
    void finish(TaskOutcome outcome, const QString& message, const Deliver& deliver);
};

}  // namespace ionscape::gui
