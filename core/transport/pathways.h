// SPDX-License-Identifier: GPL-3.0-or-later
// Everything about where ions of one trajectory are and how they get on: density, sites, jumps and paths.
#pragma once

#include <functional>

#include "core/base/progress.h"
#include "core/transport/concerted_jumps.h"
#include "core/transport/diffusion.h"
#include "core/transport/jump_rates.h"
#include "core/transport/migration_path.h"
#include "core/transport/vibration.h"

namespace ionscape::transport {

/// A trajectory that can be gone through more than once, so that it need not be held in memory.
struct PathwaySource {
    /// Elements of all atoms; the positions and the cell of the first frame.
    crystal::Structure initial;
    /// Calls the given function with each frame in order (unwrapped positions), the same ones every time.
    std::function<void(const std::function<void(const trajectory::Frame&)>&)> eachFrame;
    std::size_t frames = 0;  ///< for the progress; 0 when it is not known
};

/// Frames held in memory, which must outlive the source.
PathwaySource sourceOf(const crystal::Structure& initial, const std::vector<trajectory::Frame>& frames);

/// These defaults are those of the command line and of the window.
struct PathwaySettings {
    crystal::Element mobile = crystal::Element::fromAtomicNumber(3);
    bool removeDrift = true;
    double resolution = 0.2;  ///< widest spacing of the grid, Å
    double smoothing = 0.25;  ///< standard deviation of the Gaussian, Å
    /// K; 0 takes the mean of the frames.
    double temperature = 0.0;
    /// When not empty, sites are not searched for.
    std::vector<KnownSite> knownSites;
    double siteReach = 2.0;   ///< of known sites, Å
    double prominence = 1.0;  ///< of found sites, see SiteSettings
    double minimumOccupancy = 0.02;
    /// Without: where nothing counts as a site, density and paths are all there is.
    bool sitesNeeded = true;
    double coreRadius = 0.0;  ///< Å; 0: from the amplitude of each site
    /// ν0 for the barriers that rates stand for, THz; 0 takes that of the run's vibrations (vibration.h).
    double attemptTHz = 0.0;
    ConcertSettings concert;
    /// Most connections for which the free energy along the way is worked out, the busiest first.
    std::size_t mostHopPaths = 200;
};

/// The way of a connection through the free energy.
struct HopPath {
    std::size_t hop = 0;  ///< index into Pathways::hops
    MigrationPath path;
    /// Highest energy on the way minus the lowest in the basin of the first site, eV ...
    double barrier = 0.0;
    /// ... and minus the lowest in that of the second one.
    double reverseBarrier = 0.0;
};

struct Pathways {
    double temperature = 0.0;  ///< K
    double attemptTHz = 0.0;   ///< ν0 that was used
    /// ν0 was measured in this run, not given and no guess.
    bool attemptMeasured = false;
    /// Empty, or why ν0 is a guess (10 THz, the order of Li and Na in solids) or doubtful.
    std::string attemptWarning;
    /// Of the first 4096 frames; absent in runs too short to see any.
    std::optional<Vibration> vibrations;
    DensityGrid density;  ///< smoothed; its lattice is the mean cell
    FreeEnergyGrid energy;
    SiteMap siteMap;
    JumpRecord record;
    std::vector<SiteResidence> residences;  ///< one a site
    std::vector<HopRate> hops;
    std::vector<ActivationEnergy> barriers;  ///< one a hop, from its rate
    std::vector<HopPath> hopPaths;           ///< one for both directions
    std::vector<JumpType> types;
    std::vector<ActivationEnergy> typeBarriers;
    JumpDiffusivity jumpDiffusivity;
    /// D* of ions that stand on their sites, and f = D*/D_J; absent in runs that are too short for a fit or
    /// without a jump.
    std::optional<Diffusion> siteDiffusion;
    std::optional<CorrelationFactor> correlation;
    ConcertedJumps concerted;
    PercolationLevels levels;
    /// Along a, b, c; absent where visited points do not connect.
    std::array<std::optional<MigrationPath>, 3> paths;
};

/// Two passes over the frames: density and sites, then jumps. Frames must be evenly spaced in time. Throws
/// InputError for fewer than two frames, uneven spacing (naming the frame), no ion of the element, or an
/// unknown temperature; Cancelled.
Pathways analysePathways(const PathwaySource& source, const PathwaySettings& settings,
                         const std::stop_token& stop, ProgressSink& progress);

}  // namespace ionscape::transport
