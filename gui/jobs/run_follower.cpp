// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/jobs/run_follower.h"

#include <QFileInfo>

#include "core/base/error.h"
#include "core/trajectory/h5md.h"

namespace ionscape::gui {
namespace run_follower_detail {

constexpr int lookEveryMs = 1000;

/// Frames from `begin` on that are later than all in `data`; their number in the file.
std::size_t appendNew(RunData& data, const std::filesystem::path& file, std::size_t begin,
                      const std::stop_token& stop) {
    const trajectory::H5mdReader reader(file);
    const std::size_t count = reader.frameCount();
    for (std::size_t i = begin; i < count; ++i) {
        throwIfStopped(stop);
        const auto frame = reader.readFrame(i);
        const auto latest = data.latest();
        if (!latest || frame.timeFs > latest->timeFs) data.append(frame);
    }
    return count;
}

}  // namespace run_follower_detail

RunFollower::RunFollower(JobController& controller, QObject* parent)
    : QObject(parent), controller_(controller) {
    timer_.setInterval(run_follower_detail::lookEveryMs);
    connect(&timer_, &QTimer::timeout, this, &RunFollower::look);
}

void RunFollower::follow(int id, std::size_t frames) {
    const JobRecord* record = controller_.find(id);
    if (record == nullptr) return;
    const QFileInfo file(QString::fromStdString(record->spec.output.string()));
    followed_.push_back({id, frames, file.size(), file.lastModified()});
    timer_.start();
}

void RunFollower::look() {
    if (task_.isBusy()) return;
    for (Followed& one : followed_) {
        const JobRecord* record = controller_.find(one.id);
        if (record == nullptr) continue;
        const QFileInfo file(QString::fromStdString(record->spec.output.string()));
        if (!file.exists() || (file.size() == one.size && file.lastModified() == one.changed)) continue;
        one.size = file.size();
        one.changed = file.lastModified();
        read(one);
        return;
    }
}

void RunFollower::read(Followed& one) {
    const JobRecord* record = controller_.find(one.id);
    task_.start([this, id = one.id, begin = one.frames, data = record->data, file = record->spec.output,
                 mobile = record->spec.mobileElement](const std::stop_token& stop,
                                                      ProgressSink&) -> BackgroundTask::Deliver {
        // A file that cannot be read at this moment is looked at again when it changes next.
        const std::size_t count = run_follower_detail::appendNew(*data, file, begin, stop);
        std::optional<workflow::RunSummary> summary;
        if (count > begin) {
            try {
                summary = workflow::analyzeRun(file, mobile, std::nullopt, {{}, 1, stop, nullptr});
            } catch (const InputError&) {
                summary.reset();  // too short yet
            }
        }
        return [this, id, begin, count, summary] {
            if (count <= begin) return;
            for (Followed& other : followed_)
                if (other.id == id) other.frames = count;
            controller_.noteData(id);
            if (summary) controller_.updateExternal(id, controller_.find(id)->state, summary, {});
        };
    });
}

}  // namespace ionscape::gui
