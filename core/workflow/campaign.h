// SPDX-License-Identifier: GPL-3.0-or-later
// Running a campaign: a queue of relaxations and simulations that may be stopped, killed and shared.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "core/workflow/campaign_data.h"

namespace ionscape::workflow {

struct CampaignProgress {
    std::size_t jobs = 0;
    std::size_t relaxed = 0;    ///< finished without dynamics
    std::size_t simulated = 0;  ///< finished with dynamics
    std::size_t problems = 0;   ///< finished of those, with a problem
    std::size_t waiting = 0;    ///< neither finished nor in work
    std::size_t inWork = 0;
    double secondsPerRelaxation = 0.0;  ///< mean; 0 before the first
    double secondsPerSimulation = 0.0;
};

/// Told of every finished job; calls do not overlap but come from several threads.
using CampaignObserver = std::function<void(const CampaignRecord&)>;

struct CampaignOptions {
    /// Holds dataset.h5, the run files of dynamics in work and the claims of workers.
    std::filesystem::path folder = "campaign";
    /// Jobs at once in this process, each with protocol.threads (0: its share of the cores). More processes
    /// may work in the same folder.
    int workers = 1;
    /// Run files are removed once their numbers are in the dataset, unless this.
    bool keepRuns = false;
    /// Ends after so many jobs; 0: when none is left.
    std::size_t maximumJobs = 0;
    /// Only the jobs with these names (CampaignJob::id()); empty: all.
    std::set<std::string> only;
};

std::filesystem::path campaignFile(const std::filesystem::path& folder);

/// Does every job that the dataset does not hold and nobody else is doing. A job is claimed by a lock that
/// dies with its holder and is appended in one piece: a kill loses nothing finished, and dynamics in work go
/// on from their last flush. A job that fails or does not converge is recorded with its reason. Throws
/// Cancelled (what was computed is kept), InputError for a spec that is impossible or a folder of another
/// campaign, OutputError when nothing can be written.
CampaignProgress runCampaign(const CampaignSpec& spec, const CampaignOptions& options,
                             const std::stop_token& stop, ProgressSink& progress,
                             const CampaignObserver& observer = {});

/// How many of the jobs with these names the dataset does not hold.
std::size_t campaignJobsLeft(const CampaignSpec& spec, const std::filesystem::path& folder,
                             const std::set<std::string>& ids);

/// Where a campaign stands, also while others work on it.
CampaignProgress campaignProgress(const CampaignSpec& spec, const std::filesystem::path& folder);

}  // namespace ionscape::workflow
