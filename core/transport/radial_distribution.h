// SPDX-License-Identifier: GPL-3.0-or-later
// Radial distribution functions, bond lengths and coordination numbers along a trajectory.
#pragma once

#include <vector>

#include "core/transport/msd.h"

namespace ionscape::transport {

struct RadialSettings {
    double maxRadius = 8.0;  ///< Å; may exceed half the cell: images are counted
    double binWidth = 0.05;  ///< Å
    /// Evenly spread over the trajectory; all if it has fewer.
    std::size_t mostFrames = 1000;
};

struct RadialDistribution {
    double binWidth = 0.0;       ///< Å
    std::vector<double> radius;  ///< middles of the bins, Å
    /// Density of b about an a over its mean density, 1 where nothing is ordered; an atom's own images count.
    std::vector<double> g;
    /// Number of b about an a up to the outer edge of the bin.
    std::vector<double> coordination;
};

/// g(r) of elements a about b; the same either way but for `coordination`. Throws InputError when there is no
/// such atom or cell, and for a radius or width that is not above zero.
RadialDistribution radialDistribution(const TrajectoryView& view, crystal::Element a, crystal::Element b,
                                      const RadialSettings& settings = {});

/// Radius of the first minimum behind the first maximum of g(r), smoothed over 0.15 Å: the end of the first
/// shell, Å. Throws InputError when there is none within the range.
double firstShellRadius(const RadialDistribution& distribution);

struct BondStatistics {
    double cutoff = 0.0;                    ///< Å
    double meanLength = 0.0, spread = 0.0;  ///< mean and standard deviation of the lengths, Å
    double binWidth = 0.0;
    std::vector<double> length;   ///< middles of the bins, Å
    std::vector<double> density;  ///< probability density, 1/Å
    /// Entry n: share of atoms a with n neighbours b.
    std::vector<double> coordinationShare;
    double meanCoordination = 0.0;
};

/// Of pairs a–b closer than `cutoff`, Å. Throws as radialDistribution() does.
BondStatistics bondStatistics(const TrajectoryView& view, crystal::Element a, crystal::Element b,
                              double cutoff, const RadialSettings& settings = {});

}  // namespace ionscape::transport
