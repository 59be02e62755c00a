// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/jobs/ladder_job.h"

#include <algorithm>

#include "core/base/error.h"

namespace ionscape::gui {
namespace ladder_job_detail {

constexpr int pollIntervalMs = 100;

JobState stateOf(workflow::RungState state) {
    switch (state) {
        case workflow::RungState::Waiting:
            return JobState::Queued;
        case workflow::RungState::Running:
            return JobState::Running;
        case workflow::RungState::Finished:
            return JobState::Completed;
        case workflow::RungState::Failed:
            break;
    }
    return JobState::Failed;
}

}  // namespace ladder_job_detail

/// Fills the data of a rung. Every part of a run tells what the file held before: that is known already.
class LadderJob::Watcher final : public workflow::RunObserver {
  public:
    explicit Watcher(std::shared_ptr<RunData> data) : data_(std::move(data)) {}
    RunData& data() { return *data_; }

    void structureBuilt(const crystal::Structure& structure) override {
        if (data_->frameCount() == 0) data_->setStructure(structure);
    }
    void relaxStep(const dynamics::RelaxStep& step) override {
        if (step.structure == nullptr || data_->frameCount() > 0) return;
        data_->setStructure(*step.structure);
        const double atoms = static_cast<double>(std::max<std::size_t>(step.structure->size(), 1));
        data_->appendRelaxStep(step.step, step.energy / atoms, step.maxForce, step.forceSpreadMax);
    }
    void relaxed(const dynamics::RelaxResult& result) override {
        if (data_->frameCount() == 0) data_->setStructure(result.structure);
    }
    void frame(const trajectory::Frame& frame) override {
        const auto latest = data_->latest();
        if (!latest || frame.timeFs > latest->timeFs) data_->append(frame);
    }

  private:
    std::shared_ptr<RunData> data_;
};

LadderJob::LadderJob(LadderFunction run, JobController& controller, QObject* parent)
    : QObject(parent), run_(std::move(run)), controller_(controller) {
    timer_.setInterval(ladder_job_detail::pollIntervalMs);
    connect(&timer_, &QTimer::timeout, this, &LadderJob::poll);
    connect(&task_, &BackgroundTask::ended, this, &LadderJob::end);
    connect(&controller_, &JobController::cancelRequested, this, [this](int id) {
        if (std::find(order_.begin(), order_.end(), id) != order_.end()) cancel();
    });
}

LadderJob::~LadderJob() = default;

std::vector<int> LadderJob::runs() const {
    return order_;
}

int LadderJob::rowFor(const workflow::RunSpec& spec, const QString& title) {
    const std::string file = spec.output.string();
    if (const auto known = rows_.find(file); known != rows_.end()) {
        controller_.updateExternal(known->second.id, JobState::Queued, std::nullopt, {});
        return known->second.id;
    }
    auto data = std::make_shared<RunData>();
    const int id = controller_.addExternal(spec, title, data);
    rows_[file] = {id, std::make_shared<Watcher>(data), 0};
    return id;
}

bool LadderJob::start(const workflow::LadderSpec& spec,
                      const std::function<QString(const workflow::RunSpec&)>& title) {
    if (task_.isBusy()) return false;
    workflow::checkSettings(spec);
    order_.clear();
    for (const auto& rung : workflow::ladderRungs(spec)) {
        workflow::RunSpec run = spec.run;
        run.md.temperature = rung.temperature;
        run.seed = rung.seed;
        run.output = rung.file;
        order_.push_back(rowFor(run, title(run)));
    }
    timer_.start();
    std::map<std::string, std::shared_ptr<Watcher>> watchers;
    for (const auto& [file, row] : rows_)
        watchers[file] = row.watcher;
    return task_.start([this, spec, run = run_, watchers](const std::stop_token& stop,
                                                          ProgressSink& progress) -> BackgroundTask::Deliver {
        const auto observe = [this](const workflow::Rung& rung) { task_.post([this, rung] { take(rung); }); };
        const auto watch = [&watchers](const workflow::Rung& rung) -> workflow::RunObserver* {
            const auto found = watchers.find(rung.file.string());
            return found == watchers.end() ? nullptr : found->second.get();
        };
        auto rungs = run(spec, stop, progress, observe, watch);
        return [this, rungs = std::move(rungs)] {
            for (const auto& rung : rungs)
                take(rung);
        };
    });
}

void LadderJob::cancel() {
    task_.cancel();
}

void LadderJob::take(const workflow::Rung& rung) {
    const auto row = rows_.find(rung.file.string());
    if (row == rows_.end()) return;
    controller_.updateExternal(row->second.id, ladder_job_detail::stateOf(rung.state), rung.summary,
                               QString::fromStdString(rung.failure));
}

void LadderJob::poll() {
    for (auto& [file, row] : rows_) {
        const auto version = row.watcher->data().version();
        if (version == row.seen) continue;
        row.seen = version;
        controller_.noteData(row.id);
    }
}

void LadderJob::end(TaskOutcome outcome, const QString& message) {
    timer_.stop();
    poll();
    for (const int id : order_) {
        const JobRecord* record = controller_.find(id);
        if (record != nullptr && !isFinal(record->state))
            controller_.updateExternal(id, JobState::Cancelled, std::nullopt, {});
    }
    if (outcome == TaskOutcome::Failed) emit problem(message);
    if (outcome == TaskOutcome::Completed) emit completed();
}

}  // namespace ionscape::gui
