// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/sites.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/crystal/neighbour_list.h"
#include "core/transport/site_lookup.h"

namespace ionscape::transport {

namespace {

constexpr double smallestCore = 0.3;
constexpr double coreShare = 0.45;
constexpr double closestKnownSites = 0.1;
constexpr std::size_t comparedDistances = 12;

crystal::Structure structureOf(const std::vector<Site>& sites, const crystal::Lattice& lattice) {
    crystal::Structure structure;
    structure.lattice = lattice;
    for (const Site& site : sites)
        structure.append(crystal::Element(), lattice.toCartesian(site.centre));
    return structure;
}

/// At least the `wanted` smallest distances of each site to others and to images, sorted.
std::vector<std::vector<double>> sortedDistances(const std::vector<Site>& sites,
                                                 const crystal::Lattice& lattice, std::size_t wanted) {
    if (sites.empty()) return {};
    const auto structure = structureOf(sites, lattice);
    // A sphere that should hold as many sites, and more where they are spread unevenly.
    double cutoff =
        std::cbrt(static_cast<double>(wanted + 1) * lattice.volume() / static_cast<double>(sites.size()));
    for (;; cutoff *= 1.4) {
        std::vector<std::vector<double>> distances(sites.size());
        for (const auto& pair : crystal::neighbourPairs(structure, cutoff))
            distances[static_cast<std::size_t>(pair.i)].push_back(pair.distance);
        const bool enough = std::all_of(distances.begin(), distances.end(),
                                        [&](const auto& list) { return list.size() >= wanted; });
        if (!enough) continue;
        for (auto& list : distances)
            std::sort(list.begin(), list.end());
        return distances;
    }
}

bool alike(const std::vector<double>& a, const std::vector<double>& b, double tolerance) {
    for (std::size_t i = 0; i < comparedDistances; ++i) {
        if (std::abs(a[i] - b[i]) > tolerance) return false;
    }
    return true;
}

/// Numbers equal labels alike, in order of appearance.
void groupByLabel(std::vector<Site>& sites) {
    std::map<std::string, int> numbers;
    for (Site& site : sites)
        site.group = numbers.try_emplace(site.label, static_cast<int>(numbers.size())).first->second;
}

void checkKnown(const std::vector<Site>& sites, const crystal::Lattice& lattice) {
    for (std::size_t i = 0; i < sites.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double distance =
                lattice.minimumImage(lattice.toCartesian({sites[i].centre.v - sites[j].centre.v})).norm();
            if (distance < closestKnownSites) {
                throw InputError(
                    fmt::format("the sites {} ({}) and {} ({}) are {:.3f} Å apart; give each once", j + 1,
                                sites[j].label, i + 1, sites[i].label, distance));
            }
        }
    }
}

}  // namespace

SiteMap measureSites(const DensityGrid& density, const std::vector<KnownSite>& known, double reach) {
    density.validate();
    if (known.empty()) throw InputError("no sites were given");
    if (!(reach > 0.0 && std::isfinite(reach)))
        throw InputError(fmt::format("the reach of a site is {} Å; it must be positive", reach));
    SiteMap map;
    std::vector<Vec3> centres;
    for (const KnownSite& place : known) {
        if (!place.position.v.allFinite())
            throw InputError(fmt::format("the position of site {} is not a number", place.label));
        Site site;
        site.label = place.label;
        site.centre = density.lattice.toFractional(
            density.lattice.wrapped(density.lattice.toCartesian(place.position)));
        centres.push_back(site.centre.v);
        map.sites.push_back(site);
    }
    checkKnown(map.sites, density.lattice);

    const SiteLookup lookup(density.lattice, centres, std::vector<double>(centres.size(), reach));
    map.basin.assign(density.size(), -1);
    std::vector<double> squares(known.size(), 0.0);
    const double voxel = density.voxelVolume();
    map.unassigned = density.integral();
    for (std::size_t i = 0; i < density.size(); ++i) {
        const auto hit = lookup.find(density.fractional(i).v);
        if (!hit) continue;
        map.basin[i] = hit->site;
        Site& site = map.sites[static_cast<std::size_t>(hit->site)];
        site.volume += voxel;
        site.occupancy += density.values[i] * voxel;
        site.peakDensity = std::max(site.peakDensity, density.values[i]);
        squares[static_cast<std::size_t>(hit->site)] += density.values[i] * voxel * hit->squaredDistance;
    }
    for (std::size_t s = 0; s < map.sites.size(); ++s) {
        Site& site = map.sites[s];
        if (site.occupancy > 0.0) site.amplitude = std::sqrt(squares[s] / site.occupancy);
        map.unassigned -= site.occupancy;
    }
    map.unassigned = std::max(0.0, map.unassigned);
    setCoreRadii(map.sites, density.lattice);
    groupByLabel(map.sites);
    return map;
}

void groupSites(std::vector<Site>& sites, const crystal::Lattice& lattice, double distanceTolerance,
                double occupancyTolerance) {
    const auto distances = sortedDistances(sites, lattice, comparedDistances);
    std::vector<std::size_t> first;  // of each group
    for (std::size_t s = 0; s < sites.size(); ++s) {
        const auto found = std::find_if(first.begin(), first.end(), [&](std::size_t other) {
            const double a = sites[s].occupancy, b = sites[other].occupancy;
            return std::abs(a - b) < occupancyTolerance * std::max(1.0, 0.5 * (a + b)) &&
                   alike(distances[s], distances[other], distanceTolerance);
        });
        sites[s].group = static_cast<int>(found - first.begin());
        if (found == first.end()) first.push_back(s);
    }
}

std::vector<double> nearestSiteDistances(const std::vector<Site>& sites, const crystal::Lattice& lattice) {
    std::vector<double> nearest;
    for (const auto& list : sortedDistances(sites, lattice, 1))
        nearest.push_back(list.front());
    return nearest;
}

void setCoreRadii(std::vector<Site>& sites, const crystal::Lattice& lattice, double radius) {
    const auto nearest = nearestSiteDistances(sites, lattice);
    for (std::size_t s = 0; s < sites.size(); ++s) {
        const double wanted = radius > 0.0 ? radius : std::max(sites[s].amplitude, smallestCore);
        sites[s].coreRadius = std::min(wanted, coreShare * nearest[s]);
    }
}

}  // namespace ionscape::transport
