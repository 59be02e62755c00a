// SPDX-License-Identifier: GPL-3.0-or-later
// The minimum-energy path of one hop, found on a helper thread and shown while it relaxes.
#pragma once

#include <QElapsedTimer>
#include <functional>
#include <memory>

#include "core/workflow/hop_path.h"
#include "gui/jobs/background_task.h"
#include "gui/jobs/run_data.h"
#include "gui/jobs/transport_result.h"

namespace ionscape::gui {

struct HopRequest {
    QString title;  ///< "Li2 → Li5"
    /// Makes the ends, on the helper thread.
    std::function<workflow::HopEnds()> ends;
    std::string potential;  ///< name or path; empty for the embedded one
    int threads = 0;
    workflow::HopSettings settings;
};

/// A band as it stands.
struct HopResult {
    QString title;
    QString potential;  ///< that gave the energies
    workflow::HopEnds ends;
    dynamics::NebPath path;
    bool finished = false;
};
using HopPtr = std::shared_ptr<const HopResult>;

/// The ends of connection `hop` of an analysis of `data`. Throws InputError when frames of it are gone.
workflow::HopEnds hopEndsOf(const RunData& data, const TransportResult& result, std::size_t hop);

class HopJob final : public QObject {
    Q_OBJECT

  public:
    explicit HopJob(QObject* parent = nullptr);
    /// False while another path is searched for.
    bool start(const HopRequest& request);
    BackgroundTask& task() { return task_; }
    /// The latest band; null before the first step of the first one.
    HopPtr result() const { return result_; }
    void clear();

  signals:
    /// A few times a second, and at the end.
    void changed();
    void problem(const QString& message);

  private:
    HopPtr result_;
    int generation_ = 0;  ///< of what was asked for: late answers to older questions are dropped
    // Last, because its thread posts to the members above.
    BackgroundTask task_;
    void take(int generation, HopPtr result);
};

}  // namespace ionscape::gui
