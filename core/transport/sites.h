// SPDX-License-Identifier: GPL-3.0-or-later
// Sites of mobile ions: found as peaks of their density, or known beforehand and measured on it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/transport/density.h"

namespace ionscape::transport {

struct Site {
    std::string label;
    /// Inside the cell. Of found sites the mean position of the ions in the site.
    crystal::Fractional centre;
    /// Peaks of the density that were too weakly divided to count as sites of their own, this one included.
    int merged = 1;
    double volume = 0.0;       ///< of the voxels that belong to the site, Å³
    double occupancy = 0.0;    ///< mean number of ions in that volume
    double peakDensity = 0.0;  ///< Å⁻³
    /// Root mean square distance of its ions from the centre, Å.
    double amplitude = 0.0;
    /// An ion has arrived once it is this near to the centre, Å.
    double coreRadius = 0.0;
    /// Sites that look alike share a number (see groupSites).
    int group = 0;
};

struct SiteMap {
    std::vector<Site> sites;
    /// For each voxel the site it belongs to, −1 for none; in the order of PeriodicGrid.
    std::vector<std::int32_t> basin;
    /// Mean number of ions that are in no site.
    double unassigned = 0.0;
};

struct SiteSettings {
    /// How deep the valley between two peaks must be so that they are two sites, in k_B T: the density on the
    /// way between them falls below exp(−prominence) of the lower peak.
    double prominence = 1.0;
    /// Ions that a site must hold; the speckles of rare visits hold fewer.
    double minimumOccupancy = 0.02;
    /// Standard deviation that the density was smoothed with, Å: its share is taken out of the amplitudes.
    double smoothing = 0.0;
};

/// Periodic watershed of a smoothed density (Meyer, Signal Process. 38, 113 (1994)), in which basins are
/// joined by persistence (Edelsbrunner, Letscher & Zomorodian, Discrete Comput. Geom. 28, 511 (2002)): voxels
/// are flooded from the densest down, each joins the basin of its densest neighbour of 26; where two basins
/// meet, the one with the lower peak is absorbed unless it stands out as SiteSettings asks. Sites are sorted
/// by occupancy and labelled "1", "2", … Throws InputError for an empty density or settings that make no
/// sense.
SiteMap findSites(const DensityGrid& density, const SiteSettings& settings = {});

/// A place given by the user or a crystal structure.
struct KnownSite {
    std::string label;
    crystal::Fractional position;
};

/// Each voxel belongs to the nearest of the given positions (periodic Voronoi cells) if that is within
/// `reach` (Å). Positions stay as given; sites with the same label are one group. Throws InputError when
/// there is none or two lie closer than 0.1 Å.
SiteMap measureSites(const DensityGrid& density, const std::vector<KnownSite>& known, double reach = 2.0);

/// Numbers as one group the sites whose occupancies differ by less than `occupancyTolerance` (that part of
/// their mean where it is above one ion) and whose
/// distances to the nearest twelve sites differ by less than `distanceTolerance` (Å): a stand-in for
/// symmetry, which a disordered cell only has on average. Groups are numbered in order of the sites.
void groupSites(std::vector<Site>& sites, const crystal::Lattice& lattice, double distanceTolerance = 0.3,
                double occupancyTolerance = 0.15);

/// Distance to the nearest other site or image of the site itself, Å, one a site.
std::vector<double> nearestSiteDistances(const std::vector<Site>& sites, const crystal::Lattice& lattice);

/// Sets the core of each site to its amplitude, at least 0.3 Å, but never beyond 45 % of the way to the
/// nearest site, so that no two cores overlap. \param radius  overrides the amplitude where positive, Å.
void setCoreRadii(std::vector<Site>& sites, const crystal::Lattice& lattice, double radius = 0.0);

}  // namespace ionscape::transport
