// SPDX-License-Identifier: GPL-3.0-or-later
// When to analyse: at once for a new question, at a bounded rate for a run that grows.
#include "gui/jobs/transport_job.h"

namespace ionscape::gui {
namespace transport_job_detail {

constexpr int intervalMs = 500;
/// A growing run is analysed during this share of the time at most, so that the engine keeps the processor.
constexpr double dutyCycle = 0.2;
constexpr std::size_t fewestFrames = 8;

}  // namespace transport_job_detail

TransportJob::TransportJob(QObject* parent) : QObject(parent) {
    timer_.setInterval(transport_job_detail::intervalMs);
    connect(&timer_, &QTimer::timeout, this, &TransportJob::tick);
    connect(&task_, &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
        lastDurationMs_ = sinceStart_.elapsed();
        sinceEnd_.start();
        if (outcome == TaskOutcome::Failed && answered_ == generation_) emit problem(message);
        tick();
    });
}

void TransportJob::setRun(std::shared_ptr<RunData> data) {
    if (data == data_) return;
    data_ = std::move(data);
    result_.reset();
    ++generation_;
    task_.cancel();
    tick();
}

void TransportJob::setSettings(const TransportSettings& settings) {
    if (settings == settings_) return;
    settings_ = settings;
    ++generation_;
    task_.cancel();
    tick();
}

void TransportJob::setActive(bool active) {
    active_ = active;
    if (!active) {
        timer_.stop();
        return;
    }
    timer_.start();
    tick();
}

void TransportJob::tick() {
    if (!active_ || !data_ || task_.isBusy()) return;
    if (data_->frameCount() < transport_job_detail::fewestFrames) return;
    if (answered_ == generation_) {
        if (data_->version() == analysed_) return;
        const double rest =
            static_cast<double>(lastDurationMs_) * (1.0 / transport_job_detail::dutyCycle - 1.0);
        if (static_cast<double>(sinceEnd_.elapsed()) < rest) return;
    }
    start();
}

void TransportJob::start() {
    analysed_ = data_->version();
    answered_ = generation_;
    sinceStart_.start();
    const bool first = result_ == nullptr;
    task_.start([this, data = data_, settings = settings_, generation = generation_, first](
                    const std::stop_token& stop, ProgressSink& progress) -> BackgroundTask::Deliver {
        const auto show = [this, generation](TransportPtr result) {
            if (generation != generation_) return;
            result_ = std::move(result);
            emit resultReady(result_);
        };
        // Parts are shown as they come only when there is nothing yet: a run that grows keeps its last
        // picture until the new one is whole.
        const auto partial = [&](const TransportResult& part) {
            if (first)
                task_.post([show, copy = std::make_shared<const TransportResult>(part)] { show(copy); });
        };
        auto result = std::make_shared<const TransportResult>(
            analyseTransport(*data, settings, stop, progress, partial));
        return [show, result] { show(result); };
    });
}

}  // namespace ionscape::gui
