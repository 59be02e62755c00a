// SPDX-License-Identifier: GPL-3.0-or-later
// How far ions have come after a time, and where the others are then: Van Hove functions and their moments.
#pragma once

#include <vector>

#include "core/transport/msd.h"

namespace ionscape::transport {

struct VanHoveSettings {
    /// Frames; empty takes about `lags` of them with even ratios up to half the trajectory.
    std::vector<std::size_t> lagFrames;
    std::size_t lags = 25;
    double maxRadius = 8.0;  ///< Å
    double binWidth = 0.1;   ///< Å
    /// Time origins of each lag, evenly spread; all if there are fewer.
    std::size_t mostOrigins = 500;
    bool distinct = true;  ///< the distinct part needs a cell
};

struct VanHove {
    double binWidth = 0.0;       ///< Å
    std::vector<double> radius;  ///< middles of the bins, Å
    std::vector<double> lagFs;
    /// bins × lags: 4π r² G_s(r, Δt), 1/Å: the probability density of the distance an ion has come;
    /// integrates to 1 less what came farther than the range.
    Eigen::MatrixXd self;
    /// bins × lags: G_d(r, Δt) over the density of the ions: 1 where nothing is ordered; g(r) at Δt = 0. No
    /// columns without the distinct part.
    Eigen::MatrixXd distinct;
};

/// Self and distinct part (Van Hove, Phys. Rev. 95, 249 (1954)) of the ions of one element. Throws InputError
/// when there is no such ion, for a lag that the trajectory does not have, and for a range that makes no
/// bins.
VanHove vanHove(const TrajectoryView& view, crystal::Element element, const VanHoveSettings& settings = {});

struct DisplacementMoments {
    std::vector<double> lagFs;
    std::vector<double> second, fourth;  ///< ⟨Δr²⟩, Å², and ⟨Δr⁴⟩, Å⁴
    /// α₂ = d ⟨Δr⁴⟩ / ((d + 2) ⟨Δr²⟩²) − 1 (Rahman, Phys. Rev. 136, A405 (1964)): 0 for Gaussian
    /// displacements; its maximum marks the time at which some ions have jumped and others not.
    std::vector<double> nonGaussian;
};

/// At about `lags` lags with even ratios up to half the trajectory, over at most `mostOrigins` origins each.
/// Throws as meanSquaredDisplacement() does.
DisplacementMoments displacementMoments(const TrajectoryView& view, crystal::Element element,
                                        std::size_t lags = 60, std::size_t mostOrigins = 5000,
                                        const Directions& directions = Directions::all());

/// How far each ion of an element is from where it started.
struct IonDisplacements {
    std::vector<std::size_t> atoms;  ///< indices among all atoms
    std::vector<double> last;        ///< in the last frame, Å
    std::vector<double> largest;     ///< in any frame, Å
};

IonDisplacements ionDisplacements(const TrajectoryView& view, crystal::Element element);

}  // namespace ionscape::transport
