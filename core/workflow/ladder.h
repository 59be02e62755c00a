// SPDX-License-Identifier: GPL-3.0-or-later
// One composition at several temperatures and in several decorations: the runs behind an Arrhenius plot.
#pragma once

#include <functional>
#include <vector>

#include "core/workflow/run.h"

namespace ionscape::workflow {

struct LadderSpec {
    /// What all rungs share. Its md.steps is the longest a rung may become, its seed that of the first
    /// replica (the seed decides decoration, velocities and noise); temperature and output are set for every
    /// rung.
    RunSpec run;
    std::vector<double> temperatures;  ///< K
    int replicas = 1;                  ///< seeds from run.seed on
    /// A rung ends early when the error of D* is below this part of it and nothing speaks against the fit; 0:
    /// all go to the end.
    double targetRelativeError = 0.0;
    double checkEveryPs = 10.0;  ///< ps of production between looks at the error
    /// Looks, and tells the observer, this often without a target as well.
    bool alwaysCheck = false;
    /// Rungs that run at once; they share run.threads.
    int jobs = 1;
    /// Holds one run file a rung, named by temperature and seed.
    std::filesystem::path folder = "ladder";
};
/// Throws InputError naming the first setting that is impossible.
void checkSettings(const LadderSpec& spec);

enum class RungState { Waiting, Running, Finished, Failed };
std::string rungStateName(RungState state);

struct Rung {
    double temperature = 0.0;  ///< K
    std::uint64_t seed = 0;
    std::filesystem::path file;
    RungState state = RungState::Waiting;
    /// Of what there is so far.
    std::optional<RunSummary> summary;
    /// The error was small enough before the end.
    bool endedEarly = false;
    std::string failure;  ///< why it failed

    /// Error of D* over D*; absent without a D* above zero.
    std::optional<double> relativeError() const;
};

/// Told of every change of a rung; calls do not overlap but come from several threads.
using LadderObserver = std::function<void(const Rung&)>;
/// Gives who watches the run of a rung, or null; called once a rung, from several threads. The run is told in
/// parts, each of which begins with what the file holds already (see resumeJob).
using RungWatch = std::function<RunObserver*(const Rung&)>;

/// The rungs in the order they are run: hottest first, since they tell most soonest.
std::vector<Rung> ladderRungs(const LadderSpec& spec);

/// Runs every rung to its end, continuing the files that are there already: the same call after an
/// interruption or a crash goes on where it was. A rung that fails is recorded with its reason, and the
/// others go on. Throws Cancelled after everything computed is safe in the run files, and InputError for a
/// spec that is impossible or a file in the folder that is of another run (naming what differs).
std::vector<Rung> runLadder(const LadderSpec& spec, const std::stop_token& stop, ProgressSink& progress,
                            const LadderObserver& observer = {}, const RungWatch& watch = {});

}  // namespace ionscape::workflow
