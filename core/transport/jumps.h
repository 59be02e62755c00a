// SPDX-License-Identifier: GPL-3.0-or-later
// Jumps of ions between sites, recorded frame by frame.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/transport/sites.h"

namespace ionscape::transport {

/// An ion has gone from the core of one site into the core of another, or of an image of the same.
struct Jump {
    std::int32_t ion = 0;
    std::int32_t from = 0;
    std::int32_t to = 0;
    /// Lattice vectors between the cells of `from` and `to`: the jump leads along
    /// centre(to) + translation − centre(from).
    IntVec3 translation = IntVec3::Zero();
    std::int64_t departure = 0;  ///< last frame in the core of `from`
    std::int64_t arrival = 0;    ///< first frame in the core of `to`
};

/// Where an ion was first seen in a core.
struct FirstSeen {
    std::int32_t site = 0;
    IntVec3 cell = IntVec3::Zero();
    std::int64_t frame = 0;
};

/// All that is needed for rates, residence times and jump diffusion.
struct JumpRecord {
    crystal::Lattice lattice;
    std::vector<Site> sites;
    double frameIntervalFs = 0.0;
    std::int64_t frames = 0;
    /// In order of arrival.
    std::vector<Jump> jumps;
    /// One an ion; empty for an ion that never reached a core.
    std::vector<std::optional<FirstSeen>> firstSeen;
    /// Frames that ions belonged to each site: from arrival to the next arrival elsewhere.
    std::vector<double> ionFrames;

    std::size_t ions() const { return firstSeen.size(); }
    /// Duration of the record, fs: the intervals between its frames.
    double durationFs() const { return frames > 1 ? static_cast<double>(frames - 1) * frameIntervalFs : 0.0; }
    /// Cartesian vector of a jump, Å.
    Vec3 vector(const Jump& jump) const;
};

/// Follows ions through the cores of sites. An ion belongs to a site from the frame in which it enters its
/// core until it enters the core of another one: vibrations across the border between two sites are no jumps
/// (the milestones of Faradjian & Elber, J. Chem. Phys. 120, 10880 (2004); the inner radius of GEMDAT).
class SiteTracker {
  public:
    /// \param lattice  in which distances are measured, normally the mean of the run's \param sites  with
    /// core radii. Throws InputError when there is no site or a core radius is not positive.
    SiteTracker(const crystal::Lattice& lattice, std::vector<Site> sites, double frameIntervalFs);
    ~SiteTracker();
    SiteTracker(SiteTracker&&) noexcept;
    SiteTracker& operator=(SiteTracker&&) noexcept;

    /// The next frame: unwrapped fractional coordinates of the ions, 3 × N (MobileIons makes them). Throws
    /// InputError when N changes.
    void add(const VectorField& fractional);
    /// What was seen so far.
    const JumpRecord& record() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::transport
