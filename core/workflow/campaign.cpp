// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/campaign.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <mutex>
#include <set>
#include <thread>

#include "core/base/error.h"
#include "core/base/file_lock.h"
#include "core/builder/decorate.h"
#include "core/potential/model_registry.h"
#include "core/trajectory/h5md.h"
#include "core/trajectory/open_trajectory.h"
#include "core/transport/stream_view.h"
#include "core/workflow/continued_run.h"
#include "core/workflow/manifest.h"
#include "core/workflow/open_potential.h"
#include "core/workflow/run_cell.h"

namespace ionscape::workflow {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

fs::path runFile(const fs::path& folder, const CampaignJob& job) {
    return folder / "runs" / (job.id() + ".h5");
}

fs::path claimFile(const fs::path& folder, const CampaignJob& job) {
    return folder / "claims" / job.id();
}

void makeFolders(const fs::path& folder) {
    for (const char* name : {"runs", "claims"}) {
        std::error_code failure;
        fs::create_directories(folder / name, failure);
        if (failure) throw OutputError(fmt::format("{}: {}", (folder / name).string(), failure.message()));
    }
}

/// What a dataset holds, by job.
struct Finished {
    std::set<std::string> relaxed, simulated;

    explicit Finished(const CampaignData& data) {
        for (const auto& record : data.summaries())
            (record.job.dynamics ? simulated : relaxed).insert(record.job.id());
    }
    bool has(const CampaignJob& job) const {
        return simulated.count(job.id()) > 0 || (!job.dynamics && relaxed.count(job.id()) > 0);
    }
};

RunSpec runSpecOf(const CampaignSpec& spec, const CampaignJob& job, const fs::path& folder, int threads) {
    RunSpec run = spec.protocol;
    run.formula = job.formula;
    run.seed = job.seed;
    run.output = runFile(folder, job);
    run.threads = threads;
    return run;
}

void setRelaxation(CampaignRecord& record, const crystal::Structure& relaxed, const Relaxation& result) {
    record.relaxed = relaxed;
    record.converged = result.converged;
    record.relaxSteps = result.steps;
    record.energyPerAtom = result.energy / static_cast<double>(relaxed.size());
    record.maxForce = result.maxForce;
    record.maxStressGPa = result.maxStressGPa;
    record.problem = problemOf(result);
}

void relaxOnly(const RunSpec& run, CampaignRecord& record, const std::stop_token& stop,
               ProgressSink& progress) {
    const auto built = builtCell(run);
    const auto potential = openPotentialFor(built, run.potential, run.threads);
    const auto result = dynamics::relax(built, *potential, run.relaxSettings, stop, progress);
    setRelaxation(record, result.structure,
                  {result.converged, result.steps, result.energy, result.maxForce, result.maxStressGPa});
}

/// MSD at the lags of the campaign; none where the run is too short for them.
std::vector<float> msdAtLags(const fs::path& file, const RunSpec& run) {
    const auto mobile = crystal::Element::fromSymbol(run.mobileElement);
    const auto source = trajectory::openTrajectory(file, {});
    transport::StreamOptions options;
    options.mobile = mobile;
    NoProgress silent;
    const auto motion = transport::streamView(*source, options, {}, silent);
    const auto curve = transport::meanSquaredDisplacement(motion.view, mobile);
    std::vector<float> values;
    for (int k = 1; k <= campaignLags; ++k) {
        const auto index =
            static_cast<std::size_t>(std::llround(k * campaignLagFs(run) / motion.view.frameIntervalFs));
        if (index >= curve.msd.size()) return {};
        values.push_back(static_cast<float>(curve.msd[index]));
    }
    return values;
}

SimulatedTransport transportOf(const RunSummary& summary, double targetLagPs) {
    SimulatedTransport t;
    t.ps = summary.simulatedPs;
    t.meanTemperature = summary.meanTemperature;
    t.volume = summary.volume;
    t.brokenPolyhedra = summary.brokenPolyhedra;
    const auto& fit = *summary.diffusion;
    // 1 cm²/s is 10⁴ Å²/ps.
    const double perDiffusion = 6.0e4 * targetLagPs;
    t.msdTarget = fit.intercept + perDiffusion * fit.coefficient;
    t.msdTargetError = perDiffusion * fit.error;
    t.diffusion = fit.coefficient;
    t.diffusionError = fit.error;
    t.diffusionLower = fit.lower95;
    t.diffusionUpper = fit.upper95;
    t.collective = summary.collective->coefficient;
    t.collectiveError = summary.collective->error;
    t.haven = summary.haven->value;
    t.warning = fit.warning;
    return t;
}

void relaxAndSimulate(const RunSpec& run, double targetLagPs, CampaignRecord& record,
                      const std::stop_token& stop, ProgressSink& progress) {
    RunObserver nobody;
    const auto keepRelaxation = [&] {
        const trajectory::H5mdReader reader(run.output);
        const auto manifest = manifestFromJson(reader.manifest(), run.output);
        const auto relaxed = reader.structure("relaxed");
        if (manifest.relaxation && relaxed) setRelaxation(record, *relaxed, *manifest.relaxation);
    };
    try {
        const auto summary = runOrResume(run, stop, progress, nobody);
        keepRelaxation();
        if (summary.diffusion && summary.collective && summary.haven) {
            record.transport = transportOf(summary, targetLagPs);
            record.transport->msd = msdAtLags(run.output, run);
        } else {
            record.problem = "the dynamics are too short for a diffusion coefficient";
        }
        if (summary.brokenPolyhedra > 0 && record.problem.empty())
            record.problem = fmt::format("{} PO4 or SiO4 broke in the dynamics", summary.brokenPolyhedra);
    } catch (const Cancelled&) {
        throw;
    } catch (const OutputError&) {
        throw;
    } catch (const Error&) {
        // What was reached before the failure belongs to its record.
        if (holdsRun(run.output)) keepRelaxation();
        throw;
    }
}

class Workers {
  public:
    Workers(const CampaignSpec& spec, const CampaignOptions& options, CampaignData data,
            const std::stop_token& stop, ProgressSink& progress, const CampaignObserver& observer)
        : spec_(spec),
          options_(options),
          data_(std::move(data)),
          jobs_(campaignJobs(spec)),
          stop_(stop),
          progress_(progress),
          observer_(observer) {
        if (!options.only.empty())
            std::erase_if(jobs_, [&](const CampaignJob& job) { return options.only.count(job.id()) == 0; });
        const Finished finished(data_);
        for (std::size_t i = 0; i < jobs_.size(); ++i)
            if (!finished.has(jobs_[i])) left_.push_back(i);
        done_ = jobs_.size() - left_.size();
        const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        threads_ = spec.protocol.threads > 0 ? spec.protocol.threads : std::max(1, cores / options.workers);
    }

    /// Runs until nothing is left to claim. Any error but a job's own ends all workers.
    void work() {
        try {
            for (;;) {
                if (stop_.stop_requested() || failed_) return;
                if (options_.maximumJobs > 0 && begun_ >= options_.maximumJobs) return;
                const auto job = nextJob();
                if (!job) return;
                tryJob(*job);
            }
        } catch (const Cancelled&) {
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!failed_.exchange(true)) failure_ = std::current_exception();
        }
    }

    void finish() const {
        if (failure_) std::rethrow_exception(failure_);
        throwIfStopped(stop_);
    }

  private:
    /// Several workers' reports under one heading.
    class JobProgress final : public ProgressSink {
      public:
        JobProgress(Workers& workers, const CampaignJob& job) : workers_(workers), job_(job) {}
        void report(std::string_view stage, std::int64_t done, std::int64_t total,
                    std::string_view detail) override {
            const std::lock_guard lock(workers_.mutex_);
            const auto share = total > 0 ? fmt::format(" {} %", 100 * done / total) : std::string();
            workers_.progress_.report("campaign", static_cast<std::int64_t>(workers_.done_),
                                      static_cast<std::int64_t>(workers_.jobs_.size()),
                                      fmt::format("{}: {}{} {}", job_.formula, stage, share, detail));
        }

      private:
        Workers& workers_;
        const CampaignJob& job_;
    };

    /// What somebody else has claimed is tried a second time at the end: it may only have been looked at.
    const CampaignJob* nextJob() {
        const std::lock_guard lock(mutex_);
        if (next_ == left_.size()) {
            left_.insert(left_.end(), claimed_.begin(), claimed_.end());
            claimed_.clear();
            secondPass_ = true;
        }
        return next_ < left_.size() ? &jobs_[left_[next_++]] : nullptr;
    }

    void leaveToOthers(const CampaignJob& job) {
        const std::lock_guard lock(mutex_);
        if (!secondPass_) claimed_.push_back(static_cast<std::size_t>(&job - jobs_.data()));
    }

    void tryJob(const CampaignJob& job) {
        const auto claim = FileLock::tryLock(claimFile(options_.folder, job));
        if (!claim) {
            leaveToOthers(job);
            return;
        }
        // Another process may have finished it between our look at the file and the claim.
        if (Finished(data_).has(job)) {
            ++done_;
            return;
        }
        ++begun_;
        const auto start = Clock::now();
        CampaignRecord record;
        record.job = job;
        JobProgress progress(*this, job);
        try {
            const auto run = runSpecOf(spec_, job, options_.folder, threads_);
            if (job.dynamics) {
                relaxAndSimulate(run, spec_.targetLagPs, record, stop_, progress);
            } else {
                relaxOnly(run, record, stop_, progress);
            }
        } catch (const OutputError&) {
            throw;
        } catch (const Error& error) {
            record.problem = error.what();
        }
        record.seconds = std::chrono::duration<double>(Clock::now() - start).count();
        data_.append(record);
        std::error_code ignored;
        if (!options_.keepRuns && job.dynamics) fs::remove(runFile(options_.folder, job), ignored);
        fs::remove(claimFile(options_.folder, job), ignored);
        const std::lock_guard lock(mutex_);
        ++done_;
        if (observer_) observer_(record);
    }

    const CampaignSpec& spec_;
    const CampaignOptions& options_;
    CampaignData data_;
    std::vector<CampaignJob> jobs_;
    const std::stop_token& stop_;
    ProgressSink& progress_;
    const CampaignObserver& observer_;
    /// Jobs to do, and those of them that others had claimed.
    std::vector<std::size_t> left_, claimed_;
    std::size_t next_ = 0;
    bool secondPass_ = false;
    int threads_ = 1;
    std::atomic<std::size_t> begun_ = 0, done_ = 0;
    std::mutex mutex_;
    std::atomic<bool> failed_ = false;
    std::exception_ptr failure_;
};

}  // namespace

fs::path campaignFile(const fs::path& folder) {
    return folder / "dataset.h5";
}

std::size_t campaignJobsLeft(const CampaignSpec& spec, const fs::path& folder,
                             const std::set<std::string>& ids) {
    const CampaignData data(campaignFile(folder));
    const Finished finished(data);
    const auto jobs = campaignJobs(spec);
    return static_cast<std::size_t>(std::count_if(jobs.begin(), jobs.end(), [&](const CampaignJob& job) {
        return ids.count(job.id()) > 0 && !finished.has(job);
    }));
}

CampaignProgress campaignProgress(const CampaignSpec& spec, const fs::path& folder) {
    CampaignProgress p;
    const auto jobs = campaignJobs(spec);
    p.jobs = jobs.size();
    const CampaignData data(campaignFile(folder));
    const Finished finished(data);
    for (const auto& record : data.summaries()) {
        const bool simulated = record.job.dynamics;
        ++(simulated ? p.simulated : p.relaxed);
        (simulated ? p.secondsPerSimulation : p.secondsPerRelaxation) += record.seconds;
        p.problems += !record.problem.empty();
    }
    p.secondsPerRelaxation /= static_cast<double>(std::max<std::size_t>(1, p.relaxed));
    p.secondsPerSimulation /= static_cast<double>(std::max<std::size_t>(1, p.simulated));
    for (const auto& job : jobs) {
        if (finished.has(job)) continue;
        ++(FileLock::isHeld(claimFile(folder, job)) ? p.inWork : p.waiting);
    }
    return p;
}

CampaignProgress runCampaign(const CampaignSpec& spec, const CampaignOptions& options,
                             const std::stop_token& stop, ProgressSink& progress,
                             const CampaignObserver& observer) {
    checkSettings(spec);
    if (options.workers < 1) throw InputError("campaign: at least one job must run at a time");
    makeFolders(options.folder);
    const auto any = builder::decoratedSupercell(
        composition::findHost(spec.protocol.host),
        composition::defaultComposition(composition::findHost(spec.protocol.host)), spec.protocol.seed);
    const auto info = openPotentialFor(any, spec.protocol.potential, 1)->info();
    Workers workers(spec, options,
                    CampaignData::open(campaignFile(options.folder), spec, info.name, info.checksum), stop,
                    progress, observer);
    {
        std::vector<std::jthread> others;
        for (int i = 1; i < options.workers; ++i)
            others.emplace_back([&] { workers.work(); });
        workers.work();
    }
    workers.finish();
    return campaignProgress(spec, options.folder);
}

}  // namespace ionscape::workflow
