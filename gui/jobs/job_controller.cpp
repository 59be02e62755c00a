// SPDX-License-Identifier: GPL-3.0-or-later
// The worker thread, its mailbox, and the timer that turns its news into signals on the GUI thread.
#include "gui/jobs/job_controller.h"

#include <QTimer>
#include <algorithm>
#include <cmath>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "gui/jobs/time_left.h"

namespace ionscape::gui {
namespace job_controller_detail {

constexpr int pollIntervalMs = 33;

/// Where the worker leaves its latest progress; older news are overwritten, never queued.
class Mailbox final : public ProgressSink, public workflow::RunObserver {
  public:
    struct News {
        JobState state = JobState::Relaxing;
        std::string stage, detail;
        std::int64_t done = 0, total = 0;
        std::uint64_t version = 0;
        std::optional<double> spread, spreadExceeded;
    };

    Mailbox(std::shared_ptr<RunData> data, bool relaxes) : data_(std::move(data)) {
        if (!relaxes) news_.state = JobState::Running;
    }

    void report(std::string_view stage, std::int64_t done, std::int64_t total,
                std::string_view detail) override {
        const std::lock_guard lock(mutex_);
        news_.stage = stage;
        news_.detail = detail;
        news_.done = done;
        news_.total = total;
        ++news_.version;
    }
    void potentialOpened(const potential::PotentialInfo&,
                         const dynamics::UncertaintySettings& watch) override {
        threshold_ = watch.thresholdEvPerA;
        data_->setSpreadThreshold(threshold_);
    }
    void structureBuilt(const crystal::Structure& structure) override { data_->setStructure(structure); }
    void relaxStep(const dynamics::RelaxStep& step) override {
        if (step.structure == nullptr) return;
        const double atoms = static_cast<double>(std::max<std::size_t>(step.structure->size(), 1));
        data_->setStructure(*step.structure);
        data_->appendRelaxStep(step.step, step.energy / atoms, step.maxForce, step.forceSpreadMax);
        noteSpread(step.forceSpreadMax);
    }
    void relaxed(const dynamics::RelaxResult& result) override { data_->setStructure(result.structure); }
    void frame(const trajectory::Frame& frame) override {
        data_->append(frame);
        noteSpread(frame.forceSpreadMax);
        const std::lock_guard lock(mutex_);
        if (news_.state == JobState::Running) return;
        news_.state = JobState::Running;
        ++news_.version;
    }

    News news() const {
        const std::lock_guard lock(mutex_);
        return news_;
    }

  private:
    void noteSpread(double spread) {
        if (!std::isfinite(spread)) return;
        const std::lock_guard lock(mutex_);
        news_.spread = spread;
        if (threshold_ > 0.0 && spread > threshold_ && !news_.spreadExceeded) news_.spreadExceeded = spread;
        ++news_.version;
    }

    std::shared_ptr<RunData> data_;
    double threshold_ = 0.0;  ///< of the working thread
    mutable std::mutex mutex_;
    News news_;
};

}  // namespace job_controller_detail

using job_controller_detail::Mailbox;

bool isFinal(JobState state) {
    return state == JobState::Completed || state == JobState::Cancelled || state == JobState::Failed ||
           state == JobState::Stopped || state == JobState::Opened;
}

struct JobController::Impl {
    RunFunction run;
    QTimer timer;
    std::vector<std::unique_ptr<JobRecord>> records;
    std::deque<int> queue;
    int nextId = 1;

    int running = 0;
    std::shared_ptr<Mailbox> mailbox;
    std::uint64_t seenNews = 0;
    std::uint64_t seenData = 0;
    TimeLeft timeLeft;
    std::jthread worker;

    JobRecord* find(int id) {
        const auto it = std::find_if(records.begin(), records.end(),
                                     [id](const auto& record) { return record->id == id; });
        return it == records.end() ? nullptr : it->get();
    }
    JobRecord& add(const workflow::RunSpec& spec, const QString& title, std::shared_ptr<RunData> data) {
        records.push_back(std::make_unique<JobRecord>());
        JobRecord& record = *records.back();
        record.id = nextId++;
        record.title = title;
        record.spec = spec;
        record.data = std::move(data);
        return record;
    }
};

JobController::JobController(RunFunction run, QObject* parent)
    : QObject(parent), impl_(std::make_unique<Impl>()) {
    impl_->run = std::move(run);
    impl_->timer.setInterval(job_controller_detail::pollIntervalMs);
    connect(&impl_->timer, &QTimer::timeout, this, [this] { poll(); });
}

JobController::~JobController() {
    impl_->queue.clear();
    impl_->worker.request_stop();
    if (impl_->worker.joinable()) impl_->worker.join();
}

int JobController::enqueue(const workflow::RunSpec& spec, const QString& title) {
    const int id = impl_->add(spec, title, std::make_shared<RunData>()).id;
    impl_->queue.push_back(id);
    emit added(id);
    startNext();
    return id;
}

int JobController::addOpened(const workflow::RunSpec& spec, const QString& title,
                             std::shared_ptr<RunData> data, std::optional<workflow::RunSummary> summary,
                             bool foreign) {
    JobRecord& record = impl_->add(spec, title, std::move(data));
    record.state = JobState::Opened;
    record.foreign = foreign;
    record.summary = std::move(summary);
    const int id = record.id;
    emit added(id);
    return id;
}

int JobController::addExternal(const workflow::RunSpec& spec, const QString& title,
                               std::shared_ptr<RunData> data) {
    JobRecord& record = impl_->add(spec, title, std::move(data));
    record.external = true;
    const int id = record.id;
    emit added(id);
    return id;
}

void JobController::updateExternal(int id, JobState state, std::optional<workflow::RunSummary> summary,
                                   const QString& message) {
    JobRecord* record = impl_->find(id);
    if (record == nullptr) return;
    const bool ends = isFinal(state) && !isFinal(record->state);
    if (state == JobState::Running && record->state != state)
        record->startedAt = QDateTime::currentDateTime();
    record->state = state;
    record->message = message;
    record->stopping = record->stopping && !isFinal(state);
    const bool news = summary.has_value();
    if (news) record->summary = std::move(summary);
    emit changed(id);
    if (news) emit summaryChanged(id);
    if (ends) emit finished(id);
}

void JobController::cancel(int id) {
    JobRecord* record = impl_->find(id);
    if (record == nullptr || isFinal(record->state)) return;
    if (record->external) {
        record->stopping = true;
        emit changed(id);
        emit cancelRequested(id);
        return;
    }
    if (id == impl_->running) {
        record->stopping = true;
        impl_->worker.request_stop();
        emit changed(id);
        return;
    }
    std::erase(impl_->queue, id);
    record->state = JobState::Cancelled;
    emit changed(id);
    emit finished(id);
}

void JobController::cancelAll() {
    const std::vector<int> waiting(impl_->queue.begin(), impl_->queue.end());
    for (const int id : waiting)
        cancel(id);
    if (impl_->running != 0) cancel(impl_->running);
}

bool JobController::isBusy() const {
    return impl_->running != 0 || !impl_->queue.empty();
}

int JobController::runningId() const {
    return impl_->running;
}

const JobRecord* JobController::find(int id) const {
    return impl_->find(id);
}

std::vector<int> JobController::ids() const {
    std::vector<int> all;
    for (const auto& record : impl_->records)
        all.push_back(record->id);
    return all;
}

void JobController::startNext() {
    if (impl_->running != 0 || impl_->queue.empty()) return;
    const int id = impl_->queue.front();
    impl_->queue.pop_front();
    JobRecord& record = *impl_->find(id);
    record.state = record.spec.relax ? JobState::Relaxing : JobState::Running;
    record.startedAt = QDateTime::currentDateTime();
    impl_->running = id;
    impl_->seenNews = 0;
    impl_->seenData = 0;
    impl_->timeLeft = {};
    impl_->mailbox = std::make_shared<Mailbox>(record.data, record.spec.relax);
    emit changed(id);

    impl_->worker = std::jthread([this, id, spec = record.spec, mailbox = impl_->mailbox,
                                  run = impl_->run](const std::stop_token& stop) {
        JobState state = JobState::Completed;
        QString message;
        std::optional<workflow::RunSummary> summary;
        try {
            summary = run(spec, stop, *mailbox, *mailbox);
        } catch (const Cancelled&) {
            state = JobState::Cancelled;
        } catch (const dynamics::SpreadStop& reason) {
            state = JobState::Stopped;
            message = QString::fromUtf8(reason.what());
        } catch (const std::exception& error) {
            state = JobState::Failed;
            message = QString::fromUtf8(error.what());
        }
        // The destructor joins this thread, so the controller outlives the call; a posted event dies with it.
        QMetaObject::invokeMethod(
            this,
            [this, id, state, message, summary = std::move(summary)] { finish(id, state, message, summary); },
            Qt::QueuedConnection);
    });
    impl_->timer.start();
}

void JobController::poll() {
    JobRecord* record = impl_->find(impl_->running);
    if (record == nullptr) return;
    const Mailbox::News news = impl_->mailbox->news();
    if (news.version != impl_->seenNews) {
        impl_->seenNews = news.version;
        record->state = news.state;
        record->stage = QString::fromStdString(news.stage);
        record->detail = QString::fromStdString(news.detail);
        record->done = news.done;
        record->total = news.total;
        record->secondsLeft = impl_->timeLeft.update(news.stage, news.done, news.total);
        record->spread = news.spread;
        const bool exceeds = news.spreadExceeded && !record->spreadExceeded;
        record->spreadExceeded = news.spreadExceeded;
        emit changed(record->id);
        if (exceeds) emit spreadExceeded(record->id);
    }
    const std::uint64_t version = record->data->version();
    if (version != impl_->seenData) {
        impl_->seenData = version;
        emit dataChanged(record->id);
    }
}

void JobController::finish(int id, JobState state, const QString& message,
                           std::optional<workflow::RunSummary> summary) {
    poll();
    impl_->timer.stop();
    impl_->worker.join();  // its function has returned: this takes microseconds
    impl_->mailbox.reset();
    impl_->running = 0;
    JobRecord& record = *impl_->find(id);
    record.state = state;
    record.message = message;
    record.summary = std::move(summary);
    record.secondsLeft.reset();
    record.stopping = false;
    emit changed(id);
    emit finished(id);
    startNext();
    if (!isBusy()) emit idle();
}

}  // namespace ionscape::gui
