// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/jobs/hop_job.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/workflow/open_potential.h"

namespace ionscape::gui {
namespace hop_job_detail {

constexpr qint64 showEveryMs = 250;

}  // namespace hop_job_detail

workflow::HopEnds hopEndsOf(const RunData& data, const TransportResult& result, std::size_t hop) {
    if (!result.pathways || hop >= result.pathways->found.hops.size())
        throw InputError(QCoreApplication::translate("ionscape::gui::HopJob",
                                                     "This jump is no longer there: select it again.")
                             .toStdString());
    const auto frames = data.frames();
    const auto frameAt = [&](std::int64_t index) {
        const double wanted = result.beginFs + static_cast<double>(index) * result.frameIntervalFs;
        const auto found = std::lower_bound(
            frames.begin(), frames.end(), wanted - 0.5 * result.frameIntervalFs,
            [](const RunData::FramePtr& frame, double time) { return frame->timeFs < time; });
        if (found == frames.end())
            throw InputError(QCoreApplication::translate("ionscape::gui::HopJob",
                                                         "The frames of this jump are gone: select it again.")
                                 .toStdString());
        return **found;
    };
    const auto& found = result.pathways->found;
    return workflow::hopEnds(found, found.hops[hop], data.structure(), frameAt, result.settings.mobile,
                             result.settings.removeDrift);
}

HopJob::HopJob(QObject* parent) : QObject(parent) {
    connect(&task_, &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
        if (outcome == TaskOutcome::Failed) emit problem(message);
        emit changed();
    });
}

void HopJob::take(int generation, HopPtr result) {
    if (generation != generation_) return;
    result_ = std::move(result);
    emit changed();
}

void HopJob::clear() {
    ++generation_;
    task_.cancel();
    result_.reset();
    emit changed();
}

bool HopJob::start(const HopRequest& request) {
    if (task_.isBusy()) return false;
    const int generation = ++generation_;
    result_.reset();
    return task_.start([this, request, generation](const std::stop_token& stop,
                                                   ProgressSink& progress) -> BackgroundTask::Deliver {
        HopResult base;
        base.title = request.title;
        base.ends = request.ends();
        throwIfStopped(stop);
        const auto potential =
            workflow::openPotentialFor(base.ends.start, request.potential, request.threads);
        base.potential = QString::fromStdString(potential->info().name);
        QElapsedTimer sinceShown;
        const auto observe = [&](const dynamics::NebPath& path) {
            if (sinceShown.isValid() && sinceShown.elapsed() < hop_job_detail::showEveryMs) return;
            sinceShown.start();
            auto now = std::make_shared<HopResult>(base);
            now->path = path;
            task_.post([this, generation, now] { take(generation, now); });
        };
        auto last = std::make_shared<HopResult>(base);
        last->path = workflow::findHopPath(base.ends.start, base.ends.end, *potential, request.settings, stop,
                                           progress, observe);
        last->finished = true;
        return [this, generation, last] { take(generation, last); };
    });
}

}  // namespace ionscape::gui
