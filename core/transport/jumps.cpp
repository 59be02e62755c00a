// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/jumps.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/transport/site_lookup.h"

namespace ionscape::transport {

namespace {

std::vector<Vec3> centresOf(const std::vector<Site>& sites) {
    std::vector<Vec3> centres;
    for (const Site& site : sites)
        centres.push_back(site.centre.v);
    return centres;
}

std::vector<double> coresOf(const std::vector<Site>& sites) {
    std::vector<double> radii;
    for (const Site& site : sites) {
        if (!(site.coreRadius > 0.0))
            throw InputError(fmt::format("site {} has no core for ions to arrive in", site.label));
        radii.push_back(site.coreRadius);
    }
    return radii;
}

/// Which image of a site an ion belongs to.
struct Place {
    std::int32_t site = -1;
    IntVec3 cell = IntVec3::Zero();
    std::int64_t lastInCore = 0;
};

}  // namespace

Vec3 JumpRecord::vector(const Jump& jump) const {
    return lattice.toCartesian({sites[static_cast<std::size_t>(jump.to)].centre.v +
                                jump.translation.cast<double>() -
                                sites[static_cast<std::size_t>(jump.from)].centre.v});
}

struct SiteTracker::Impl {
    Impl(const crystal::Lattice& lattice, std::vector<Site> sites, double frameIntervalFs)
        : lookup(lattice, centresOf(sites), coresOf(sites)) {
        record.lattice = lattice;
        record.ionFrames.assign(sites.size(), 0.0);
        record.sites = std::move(sites);
        record.frameIntervalFs = frameIntervalFs;
    }

    bool stillInCore(const Place& place, const Vec3& fractional) const {
        const Site& site = record.sites[static_cast<std::size_t>(place.site)];
        const Vec3 d = record.lattice.toCartesian({fractional - site.centre.v - place.cell.cast<double>()});
        return d.squaredNorm() <= site.coreRadius * site.coreRadius;
    }

    void follow(std::int32_t ion, Place& place, const Vec3& fractional) {
        const std::int64_t frame = record.frames;
        if (place.site >= 0) {
            record.ionFrames[static_cast<std::size_t>(place.site)] += 1.0;
            if (stillInCore(place, fractional)) {
                place.lastInCore = frame;
                return;
            }
        }
        const auto hit = lookup.find(fractional);
        if (!hit) return;
        if (place.site < 0) {
            record.firstSeen[static_cast<std::size_t>(ion)] = FirstSeen{hit->site, hit->cell, frame};
        } else if (hit->site != place.site || hit->cell != place.cell) {
            record.jumps.push_back(
                {ion, place.site, hit->site, IntVec3(hit->cell - place.cell), place.lastInCore, frame});
        }
        place = {hit->site, hit->cell, frame};
    }

    SiteLookup lookup;
    JumpRecord record;
    std::vector<Place> places;
};

SiteTracker::SiteTracker(const crystal::Lattice& lattice, std::vector<Site> sites, double frameIntervalFs) {
    if (sites.empty()) throw InputError("there is no site between which ions could jump");
    if (!(frameIntervalFs > 0.0))
        throw InputError(
            fmt::format("the time between frames is {} fs; it must be positive", frameIntervalFs));
    impl_ = std::make_unique<Impl>(lattice, std::move(sites), frameIntervalFs);
}

SiteTracker::~SiteTracker() = default;
SiteTracker::SiteTracker(SiteTracker&&) noexcept = default;
SiteTracker& SiteTracker::operator=(SiteTracker&&) noexcept = default;

void SiteTracker::add(const VectorField& fractional) {
    auto& record = impl_->record;
    const auto ions = static_cast<std::size_t>(fractional.cols());
    if (record.frames == 0) {
        impl_->places.resize(ions);
        record.firstSeen.resize(ions);
    }
    if (ions != impl_->places.size()) {
        throw InputError(fmt::format("frame {} has {} mobile ions, the frames before it {}", record.frames,
                                     ions, impl_->places.size()));
    }
    for (std::size_t ion = 0; ion < ions; ++ion) {
        impl_->follow(static_cast<std::int32_t>(ion), impl_->places[ion],
                      fractional.col(static_cast<Eigen::Index>(ion)));
    }
    ++record.frames;
}

const JumpRecord& SiteTracker::record() const {
    return impl_->record;
}

}  // namespace ionscape::transport
