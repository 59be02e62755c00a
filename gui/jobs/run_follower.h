// SPDX-License-Identifier: GPL-3.0-or-later
// Takes over what another process adds to run files that are open here.
#pragma once

#include <QDateTime>
#include <QTimer>
#include <vector>

#include "gui/jobs/background_task.h"
#include "gui/jobs/job_controller.h"

namespace ionscape::gui {

class RunFollower final : public QObject {
    Q_OBJECT

  public:
    /// \param controller  lists the runs; must outlive the follower
    explicit RunFollower(JobController& controller, QObject* parent = nullptr);
    /// From now on looks every second whether the file of an opened run has grown. New frames are added to
    /// its data, its summary is made again. \param frames  read so far, all of them
    void follow(int id, std::size_t frames);
    /// Looks at once.
    void look();
    BackgroundTask& task() { return task_; }

  private:
    struct Followed {
        int id = 0;
        std::size_t frames = 0;
        qint64 size = 0;
        QDateTime changed;
    };
    JobController& controller_;
    std::vector<Followed> followed_;
    QTimer timer_;
    // Last, because its thread posts to the members above.
    BackgroundTask task_;
    void read(Followed& one);
};

}  // namespace ionscape::gui
