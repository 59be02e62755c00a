// SPDX-License-Identifier: GPL-3.0-or-later
// Analyses the run that is shown, again and again while it grows, on a helper thread.
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include "gui/jobs/background_task.h"
#include "gui/jobs/run_data.h"
#include "gui/jobs/transport_result.h"

namespace ionscape::gui {

/// The whole analysis of what `data` holds now. `partial` is told after each part, with what there is by
/// then. Throws InputError when there are too few frames or no such ion. Synchronous; any thread.
TransportResult analyseTransport(const RunData& data, const TransportSettings& settings,
                                 const std::stop_token& stop, ProgressSink& progress,
                                 const std::function<void(const TransportResult&)>& partial = {});

class TransportJob final : public QObject {
    Q_OBJECT

  public:
    explicit TransportJob(QObject* parent = nullptr);

    /// Another run, or none. Results of the former one are dropped.
    void setRun(std::shared_ptr<RunData> data);
    /// Analyses anew when they differ from the present ones.
    void setSettings(const TransportSettings& settings);
    const TransportSettings& settings() const { return settings_; }
    /// Whether results are wanted at all: nothing is computed for a stage that nobody sees.
    void setActive(bool active);
    /// Null before the first one.
    TransportPtr result() const { return result_; }
    BackgroundTask& task() { return task_; }

  signals:
    /// A new result; of a part of the analysis first, of all of it at the end.
    void resultReady(const ionscape::gui::TransportPtr& result);
    /// Why there is none.
    void problem(const QString& message);

  private:
    std::shared_ptr<RunData> data_;
    TransportSettings settings_;
    TransportPtr result_;
    bool active_ = false;
    std::uint64_t analysed_ = 0;  ///< version of the data
    int generation_ = 0;          ///< counts runs and settings: answers to older questions are dropped
    int answered_ = -1;
    QTimer timer_;
    QElapsedTimer sinceStart_, sinceEnd_;
    qint64 lastDurationMs_ = 0;
    BackgroundTask task_;
    void tick();
    void start();
};

}  // namespace ionscape::gui
