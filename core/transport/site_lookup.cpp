// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/site_lookup.h"

#include <algorithm>
#include <cmath>

namespace ionscape::transport {

namespace {

/// Wished-for size of a bin, Å, and the most bins along an axis.
constexpr double binSize = 0.6;
constexpr double mostBins = 128.0;

int wrap(int i, int n) {
    const int rest = i % n;
    return rest < 0 ? rest + n : rest;
}

}  // namespace

SiteLookup::SiteLookup(const crystal::Lattice& lattice, std::vector<Vec3> fractionalCentres,
                       std::vector<double> radii)
    : lattice_(lattice), centres_(std::move(fractionalCentres)) {
    const Vec3 lengths = lattice.lengths();
    std::size_t bins = 1;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        shape_[axis] =
            static_cast<int>(std::clamp(lengths[static_cast<Eigen::Index>(axis)] / binSize, 1.0, mostBins));
        bins *= static_cast<std::size_t>(shape_[axis]);
    }
    bins_.resize(bins);
    // Half the longest diagonal of a bin: how far its points are from its middle at most.
    double diagonal = 0.0;
    for (int corner = 0; corner < 4; ++corner) {
        const Vec3 f(1.0 / shape_[0], (corner & 1 ? 1.0 : -1.0) / shape_[1],
                     (corner & 2 ? 1.0 : -1.0) / shape_[2]);
        diagonal = std::max(diagonal, 0.5 * lattice.toCartesian({f}).norm());
    }
    for (std::size_t i = 0; i < centres_.size(); ++i) {
        squaredRadii_.push_back(radii[i] * radii[i]);
        enter(static_cast<std::int32_t>(i), radii[i] + diagonal);
    }
}

void SiteLookup::enter(std::int32_t site, double reach) {
    const Vec3& centre = centres_[static_cast<std::size_t>(site)];
    const Vec3 faces = lattice_.faceDistances();
    IntVec3 low, high;
    for (int axis = 0; axis < 3; ++axis) {
        const double n = shape_[static_cast<std::size_t>(axis)];
        const double extent = reach / faces[axis];
        low[axis] = static_cast<int>(std::floor((centre[axis] - extent) * n - 0.5));
        high[axis] = static_cast<int>(std::ceil((centre[axis] + extent) * n));
    }
    for (int k = low[2]; k <= high[2]; ++k) {
        for (int j = low[1]; j <= high[1]; ++j) {
            for (int i = low[0]; i <= high[0]; ++i) {
                const Vec3 middle((i + 0.5) / shape_[0], (j + 0.5) / shape_[1], (k + 0.5) / shape_[2]);
                if (lattice_.toCartesian({middle - centre}).squaredNorm() > reach * reach) continue;
                auto& bin = bins_[static_cast<std::size_t>(
                    wrap(i, shape_[0]) + shape_[0] * (wrap(j, shape_[1]) + shape_[1] * wrap(k, shape_[2])))];
                // A sphere that meets its own image enters a bin once.
                if (bin.empty() || bin.back() != site) bin.push_back(site);
            }
        }
    }
}

std::optional<SiteLookup::Hit> SiteLookup::find(const Vec3& fractional) const {
    std::size_t bin = 0, stride = 1;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double f = fractional[static_cast<Eigen::Index>(axis)];
        const int i = static_cast<int>((f - std::floor(f)) * shape_[axis]);
        bin += stride * static_cast<std::size_t>(i == shape_[axis] ? 0 : i);
        stride *= static_cast<std::size_t>(shape_[axis]);
    }
    std::optional<Hit> nearest;
    Vec3 vector = Vec3::Zero();
    for (const std::int32_t site : bins_[bin]) {
        const auto s = static_cast<std::size_t>(site);
        const Vec3 d = lattice_.minimumImage(lattice_.toCartesian({fractional - centres_[s]}));
        const double squared = d.squaredNorm();
        if (squared > squaredRadii_[s] || (nearest && squared >= nearest->squaredDistance)) continue;
        nearest = Hit{site, IntVec3::Zero(), squared};
        vector = d;
    }
    if (nearest) {
        const Vec3 cell =
            fractional - centres_[static_cast<std::size_t>(nearest->site)] - lattice_.toFractional(vector).v;
        for (int axis = 0; axis < 3; ++axis)
            nearest->cell[axis] = static_cast<int>(std::lround(cell[axis]));
    }
    return nearest;
}

}  // namespace ionscape::transport
