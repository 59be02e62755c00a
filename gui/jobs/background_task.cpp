// SPDX-License-Identifier: GPL-3.0-or-later
// The worker thread of a task and the timer that turns its news into signals.
#include "gui/jobs/background_task.h"

#include <QTimer>
#include <mutex>
#include <thread>

#include "gui/jobs/time_left.h"

namespace ionscape::gui {
namespace background_task_detail {

constexpr int pollIntervalMs = 33;

/// Keeps the latest news; older ones are overwritten.
class News final : public ProgressSink {
  public:
    struct Latest {
        std::string stage, detail;
        std::int64_t done = 0, total = 0;
        std::uint64_t version = 0;
    };
    void report(std::string_view stage, std::int64_t done, std::int64_t total,
                std::string_view detail) override {
        const std::lock_guard lock(mutex_);
        latest_ = {std::string(stage), std::string(detail), done, total, latest_.version + 1};
    }
    Latest latest() const {
        const std::lock_guard lock(mutex_);
        return latest_;
    }

  private:
    mutable std::mutex mutex_;
    Latest latest_;
};

}  // namespace background_task_detail

struct BackgroundTask::Impl {
    QTimer timer;
    std::shared_ptr<background_task_detail::News> news;
    std::uint64_t seen = 0;
    TimeLeft timeLeft;
    bool busy = false;
    std::jthread worker;
};

BackgroundTask::BackgroundTask(QObject* parent) : QObject(parent), impl_(std::make_unique<Impl>()) {
    impl_->timer.setInterval(background_task_detail::pollIntervalMs);
    connect(&impl_->timer, &QTimer::timeout, this, [this] { poll(); });
}

BackgroundTask::~BackgroundTask() = default;

bool BackgroundTask::isBusy() const {
    return impl_->busy;
}

void BackgroundTask::cancel() {
    impl_->worker.request_stop();
}

void BackgroundTask::post(std::function<void()> function) {
    QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
}

bool BackgroundTask::start(Work work) {
    if (impl_->busy) return false;
    impl_->busy = true;
    impl_->seen = 0;
    impl_->timeLeft = {};
    impl_->news = std::make_shared<background_task_detail::News>();
    emit started();
    impl_->worker = std::jthread([this, work = std::move(work),
                                  news = impl_->news](const std::stop_token& stop) {
        TaskOutcome outcome = TaskOutcome::Completed;
        QString message;
        Deliver deliver;
        try {
            deliver = work(stop, *news);
        } catch (const Cancelled&) {
            outcome = TaskOutcome::Cancelled;
        } catch (const std::exception& error) {
            outcome = TaskOutcome::Failed;
            message = QString::fromUtf8(error.what());
        }
        // The destructor joins this thread, so the task outlives the call; a posted event dies with it.
        post([this, outcome, message, deliver = std::move(deliver)] { finish(outcome, message, deliver); });
    });
    impl_->timer.start();
    return true;
}

void BackgroundTask::poll() {
    const auto news = impl_->news->latest();
    if (news.version == impl_->seen) return;
    impl_->seen = news.version;
    emit progressed({QString::fromStdString(news.stage), QString::fromStdString(news.detail), news.done,
                     news.total, impl_->timeLeft.update(news.stage, news.done, news.total)});
}

void BackgroundTask::finish(TaskOutcome outcome, const QString& message, const Deliver& deliver) {
    poll();
    impl_->timer.stop();
    impl_->worker.join();  // its function has returned: this takes microseconds
    impl_->busy = false;
    if (outcome == TaskOutcome::Completed && deliver) deliver();
    emit ended(outcome, message);
}

}  // namespace ionscape::gui
