// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/ladder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>
#include <thread>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/trajectory/h5md.h"
#include "core/workflow/continued_run.h"

namespace ionscape::workflow {

namespace {

namespace fs = std::filesystem;

RunSpec specOf(const LadderSpec& ladder, const Rung& rung, int threads) {
    RunSpec spec = ladder.run;
    spec.md.temperature = rung.temperature;
    spec.seed = rung.seed;
    spec.output = rung.file;
    spec.overwrite = false;
    spec.threads = threads;
    return spec;
}

/// The rungs' progress as one, told by several threads.
class Overview {
  public:
    Overview(const std::vector<Rung>& rungs, std::int64_t stepsEach, ProgressSink& sink,
             const LadderObserver& observer)
        : steps_(rungs.size(), 0), stepsEach_(stepsEach), sink_(sink), observer_(observer) {}

    void advance(std::size_t rung, std::int64_t step, const std::string& detail) {
        const std::lock_guard lock(mutex_);
        steps_[rung] = std::max(steps_[rung], step);
        const auto done = std::accumulate(steps_.begin(), steps_.end(), std::int64_t(0));
        sink_.report("ladder", done, stepsEach_ * static_cast<std::int64_t>(steps_.size()), detail);
    }
    void tell(const Rung& rung) {
        const std::lock_guard lock(mutex_);
        if (observer_) observer_(rung);
    }

  private:
    std::mutex mutex_;
    std::vector<std::int64_t> steps_;
    std::int64_t stepsEach_;
    ProgressSink& sink_;
    const LadderObserver& observer_;
};

class RungProgress final : public ProgressSink {
  public:
    RungProgress(Overview& overview, std::size_t index, double temperature)
        : overview_(overview), index_(index), temperature_(temperature) {}
    void report(std::string_view stage, std::int64_t done, std::int64_t, std::string_view detail) override {
        overview_.advance(index_, stage == "md" ? done : 0,
                          fmt::format("{:g} K: {} {}", temperature_, stage, detail));
    }

  private:
    Overview& overview_;
    std::size_t index_;
    double temperature_;
};

class Climber {
  public:
    Climber(const LadderSpec& spec, int threads, Overview& overview, const RungWatch& watch,
            const std::stop_token& stop)
        : spec_(spec), threads_(threads), overview_(overview), watch_(watch), stop_(stop) {}

    /// One rung to its end. Only Cancelled gets out.
    void climb(Rung& rung, std::size_t index) {
        rung.state = RungState::Running;
        overview_.tell(rung);
        try {
            extend(rung, index);
            rung.state = RungState::Finished;
        } catch (const Cancelled&) {
            throw;
        } catch (const std::exception& error) {
            rung.state = RungState::Failed;
            rung.failure = error.what();
        }
        overview_.advance(index, spec_.run.md.steps, fmt::format("{:g} K", rung.temperature));
        overview_.tell(rung);
    }

  private:
    void extend(Rung& rung, std::size_t index) {
        RungProgress progress(overview_, index, rung.temperature);
        RunObserver nobody;
        RunObserver* told = watch_ ? watch_(rung) : nullptr;
        RunObserver& watcher = told != nullptr ? *told : nobody;
        RunSpec run = specOf(spec_, rung, threads_);
        const double totalPs = 1e-3 * static_cast<double>(run.md.steps) * run.md.timestepFs;
        const bool looks = spec_.targetRelativeError > 0.0 || spec_.alwaysCheck;
        const double part = looks ? std::min(spec_.checkEveryPs, totalPs) : totalPs;
        double ps = part, storedPs = 0.0;
        if (holdsRun(rung.file)) {
            // A longer file is taken as it is: the first look comes at its end.
            const auto restart = trajectory::H5mdReader(rung.file).restart();
            if (restart) storedPs = 1e-3 * restart->frame.timeFs;
            ps = std::max(part, part * std::ceil(storedPs / part - 1e-9));
        } else {
            run.overwrite = fs::exists(rung.file);
            run.md.steps = std::llround(1e3 * std::min(ps, totalPs) / run.md.timestepFs);
            rung.summary = runJob(run, stop_, progress, watcher);
        }
        for (;; ps += part) {
            if (!rung.summary) {
                const double until = std::max(std::min(ps, totalPs), storedPs);
                rung.summary = resumeJob(rung.file, until, stop_, progress, watcher);
            }
            overview_.tell(rung);
            if (ps >= totalPs - 1e-9) return;
            const auto error = rung.relativeError();
            rung.endedEarly = spec_.targetRelativeError > 0.0 && error &&
                              *error <= spec_.targetRelativeError && rung.summary->diffusion->warning.empty();
            if (rung.endedEarly) return;
            rung.summary.reset();
        }
    }

    const LadderSpec& spec_;
    int threads_;
    Overview& overview_;
    const RungWatch& watch_;
    const std::stop_token& stop_;
};

}  // namespace

std::string rungStateName(RungState state) {
    switch (state) {
        case RungState::Waiting:
            return "waiting";
        case RungState::Running:
            return "running";
        case RungState::Finished:
            return "finished";
        case RungState::Failed:
            break;
    }
    return "failed";
}

std::optional<double> Rung::relativeError() const {
    if (!summary || !summary->diffusion || !(summary->diffusion->coefficient > 0.0)) return std::nullopt;
    return summary->diffusion->error / summary->diffusion->coefficient;
}

void checkSettings(const LadderSpec& spec) {
    const auto require = [](bool ok, const char* what) {
        if (!ok) throw InputError(std::string("temperature ladder: ") + what);
    };
    require(!spec.temperatures.empty(), "name at least one temperature");
    for (const double t : spec.temperatures)
        require(std::isfinite(t) && t > 0.0, "temperatures must be positive, K");
    std::vector<double> sorted = spec.temperatures;
    std::sort(sorted.begin(), sorted.end());
    require(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(), "a temperature is named twice");
    require(spec.replicas >= 1, "there must be at least one replica");
    require(spec.jobs >= 1, "at least one rung must run at a time");
    require(spec.targetRelativeError >= 0.0 && std::isfinite(spec.targetRelativeError),
            "the error aimed at must not be negative");
    require((spec.targetRelativeError == 0.0 && !spec.alwaysCheck) || spec.checkEveryPs > 0.0,
            "the time between looks at the error must be positive, ps");
    require(spec.run.md.steps > 0, "the rungs need a length above zero");
    dynamics::checkSettings(spec.run.md);
    dynamics::checkSettings(spec.run.relaxSettings);
}

std::vector<Rung> ladderRungs(const LadderSpec& spec) {
    std::vector<double> temperatures = spec.temperatures;
    std::sort(temperatures.rbegin(), temperatures.rend());
    std::vector<Rung> rungs;
    for (int replica = 0; replica < spec.replicas; ++replica) {
        for (const double temperature : temperatures) {
            Rung rung;
            rung.temperature = temperature;
            rung.seed = spec.run.seed + static_cast<std::uint64_t>(replica);
            rung.file = spec.folder / fmt::format("{:g}K-{}.h5", temperature, rung.seed);
            rungs.push_back(std::move(rung));
        }
    }
    return rungs;
}

std::vector<Rung> runLadder(const LadderSpec& spec, const std::stop_token& stop, ProgressSink& progress,
                            const LadderObserver& observer, const RungWatch& watch) {
    checkSettings(spec);
    std::error_code failure;
    fs::create_directories(spec.folder, failure);
    if (failure) throw OutputError(fmt::format("{}: {}", spec.folder.string(), failure.message()));
    auto rungs = ladderRungs(spec);
    for (const auto& rung : rungs)
        if (holdsRun(rung.file)) requireSameRun(specOf(spec, rung, 0));

    const auto all = spec.run.threads > 0
                         ? spec.run.threads
                         : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const int jobs = std::min(spec.jobs, static_cast<int>(rungs.size()));
    Overview overview(rungs, spec.run.md.steps, progress, observer);
    Climber climber(spec, std::max(1, all / jobs), overview, watch, stop);
    const auto climb = [&](std::ptrdiff_t i) {
        throwIfStopped(stop);
        const auto index = static_cast<std::size_t>(i);
        climber.climb(rungs[index], index);
    };
    forEachInParallel(std::ssize(rungs), climb, jobs);
    throwIfStopped(stop);
    return rungs;
}

}  // namespace ionscape::workflow
