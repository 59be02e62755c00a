// SPDX-License-Identifier: GPL-3.0-or-later
// Sites as the basins of a periodic watershed.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/transport/grid_neighbours.h"
#include "core/transport/sites.h"

namespace ionscape::transport {

namespace {

constexpr std::int32_t none = -1;

/// A peak of the density, and the peak that absorbed it.
struct Peak {
    std::uint32_t voxel = 0;
    double height = 0.0;
    double mass = 0.0;  ///< sum of the values flooded so far
    int merged = 1;
    std::int32_t parent = none;
    /// From the parent's voxel to this one's, in grid steps.
    IntVec3 toParent = IntVec3::Zero();
};

class Watershed {
  public:
    Watershed(const DensityGrid& density, const SiteSettings& settings)
        : density_(density),
          neighbours_(density),
          ratio_(std::exp(settings.prominence)),
          minimumMass_(settings.minimumOccupancy / density.voxelVolume()),
          label_(density.size(), none),
          offset_(density.size(), IntVec3::Zero()) {
        for (const std::uint32_t voxel : floodingOrder())
            flood(voxel);
    }

    /// A voxel's final basin.
    struct Place {
        std::int32_t peak = none;
        /// From the peak to the voxel, in grid steps.
        IntVec3 offset = IntVec3::Zero();
    };
    Place place(std::size_t voxel) const {
        Place place{label_[voxel], offset_[voxel]};
        while (place.peak != none && peak(place.peak).parent != none) {
            place.offset += peak(place.peak).toParent;
            place.peak = peak(place.peak).parent;
        }
        return place;
    }
    const std::vector<Peak>& peaks() const { return peaks_; }

  private:
    const Peak& peak(std::int32_t i) const { return peaks_[static_cast<std::size_t>(i)]; }
    Peak& peak(std::int32_t i) { return peaks_[static_cast<std::size_t>(i)]; }

    std::vector<std::uint32_t> floodingOrder() const {
        std::vector<std::uint32_t> order;
        for (std::size_t i = 0; i < density_.size(); ++i) {
            if (density_.values[i] > 0.0) order.push_back(static_cast<std::uint32_t>(i));
        }
        std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return density_.values[a] > density_.values[b];
        });
        return order;
    }

    void flood(std::uint32_t voxel) {
        const IntVec3 point = density_.point(voxel);
        const double value = density_.values[voxel];
        int best = none;
        double highest = -1.0;
        for (int d = 0; d < GridNeighbours::count; ++d) {
            const auto next = neighbours_.from(point, d).index;
            if (label_[next] == none || density_.values[next] <= highest) continue;
            highest = density_.values[next];
            best = d;
        }
        if (best == none) {
            label_[voxel] = static_cast<std::int32_t>(peaks_.size());
            peaks_.push_back({voxel, value, value, 1, none, IntVec3::Zero()});
            return;
        }
        const auto upward = neighbours_.from(point, best).index;
        label_[voxel] = label_[upward];
        offset_[voxel] = offset_[upward] - neighbours_.step(best);
        peak(place(voxel).peak).mass += value;
        for (int d = 0; d < GridNeighbours::count; ++d) {
            const auto next = neighbours_.from(point, d).index;
            // Only flooded voxels, and seldom another basin: the labels tell without a search.
            if (label_[next] != none && label_[next] != label_[voxel]) meet(voxel, next, neighbours_.step(d));
        }
    }

    /// The basins of two neighbours meet at the level of `voxel`.
    void meet(std::uint32_t voxel, std::uint32_t next, const IntVec3& step) {
        const Place here = place(voxel), there = place(next);
        if (here.peak == there.peak) return;
        // Seen from `voxel` the peaks lie at −here.offset and at step − there.offset.
        const IntVec3 hereToThere = step - there.offset + here.offset;
        const bool thereIsLower =
            peak(there.peak).height < peak(here.peak).height ||
            (peak(there.peak).height == peak(here.peak).height && there.peak > here.peak);
        Peak& lower = peak(thereIsLower ? there.peak : here.peak);
        Peak& higher = peak(thereIsLower ? here.peak : there.peak);
        const bool stands = lower.height >= ratio_ * density_.values[voxel] && lower.mass >= minimumMass_;
        if (stands) return;
        lower.parent = thereIsLower ? here.peak : there.peak;
        lower.toParent = thereIsLower ? hereToThere : IntVec3(-hereToThere);
        higher.mass += lower.mass;
        higher.merged += lower.merged;
    }

    const DensityGrid& density_;
    GridNeighbours neighbours_;
    double ratio_, minimumMass_;
    std::vector<std::int32_t> label_;
    std::vector<IntVec3> offset_;
    std::vector<Peak> peaks_;
};

/// Sums over the voxels of one basin.
struct Moments {
    double mass = 0.0, squares = 0.0;
    Vec3 first = Vec3::Zero();  ///< Å from the peak
    std::size_t voxels = 0;
};

Vec3 inCells(const IntVec3& steps, const GridShape& shape) {
    return {steps[0] / static_cast<double>(shape[0]), steps[1] / static_cast<double>(shape[1]),
            steps[2] / static_cast<double>(shape[2])};
}

Site siteOf(const Peak& peak, const Moments& m, const DensityGrid& density, double smoothing) {
    Site site;
    const Vec3 mean = m.first / m.mass;
    Vec3 f = density.fractional(peak.voxel).v + density.lattice.toFractional(mean).v;
    for (double& x : f) {
        x -= std::floor(x);
        if (x >= 1.0) x = 0.0;
    }
    site.centre = {f};
    site.merged = peak.merged;
    site.volume = static_cast<double>(m.voxels) * density.voxelVolume();
    site.occupancy = m.mass * density.voxelVolume();
    site.peakDensity = peak.height;
    site.amplitude =
        std::sqrt(std::max(0.0, m.squares / m.mass - mean.squaredNorm() - 3.0 * smoothing * smoothing));
    return site;
}

void check(const DensityGrid& density, const SiteSettings& settings) {
    density.validate();
    if (!(settings.prominence >= 0.0 && settings.prominence < 100.0)) {
        throw InputError(
            fmt::format("the prominence of a site is {} kT; take 0 to 100", settings.prominence));
    }
    if (!(settings.minimumOccupancy >= 0.0))
        throw InputError("the smallest occupancy of a site must not be negative");
    if (!(settings.smoothing >= 0.0)) throw InputError("the smoothing of a density cannot be negative");
    for (const double value : density.values) {
        if (!(value >= 0.0)) throw InputError("a density has a value that is negative or not a number");
    }
    if (!(density.integral() > 0.0)) throw InputError("the density is zero everywhere: it has no sites");
}

}  // namespace

SiteMap findSites(const DensityGrid& density, const SiteSettings& settings) {
    check(density, settings);
    const Watershed flooded(density, settings);
    std::vector<Moments> moments(flooded.peaks().size());
    std::vector<std::int32_t> peakOf(density.size(), none);
    for (std::size_t i = 0; i < density.size(); ++i) {
        const auto place = flooded.place(i);
        peakOf[i] = place.peak;
        if (place.peak == none) continue;
        Moments& m = moments[static_cast<std::size_t>(place.peak)];
        const Vec3 r = density.lattice.toCartesian({inCells(place.offset, density.shape)});
        m.mass += density.values[i];
        m.first += density.values[i] * r;
        m.squares += density.values[i] * r.squaredNorm();
        ++m.voxels;
    }

    std::vector<std::size_t> kept;
    for (std::size_t p = 0; p < moments.size(); ++p) {
        if (moments[p].mass > 0.0 && moments[p].mass * density.voxelVolume() >= settings.minimumOccupancy)
            kept.push_back(p);
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [&](std::size_t a, std::size_t b) { return moments[a].mass > moments[b].mass; });
    SiteMap map;
    std::vector<std::int32_t> siteOfPeak(moments.size(), none);
    for (const std::size_t p : kept) {
        siteOfPeak[p] = static_cast<std::int32_t>(map.sites.size());
        map.sites.push_back(siteOf(flooded.peaks()[p], moments[p], density, settings.smoothing));
        map.sites.back().label = std::to_string(map.sites.size());
    }
    map.basin.assign(density.size(), none);
    map.unassigned = density.integral();
    for (std::size_t i = 0; i < density.size(); ++i) {
        if (peakOf[i] != none) map.basin[i] = siteOfPeak[static_cast<std::size_t>(peakOf[i])];
    }
    for (const Site& site : map.sites)
        map.unassigned -= site.occupancy;
    map.unassigned = std::max(0.0, map.unassigned);
    setCoreRadii(map.sites, density.lattice);
    groupSites(map.sites, density.lattice);
    return map;
}

}  // namespace ionscape::transport
