// SPDX-License-Identifier: GPL-3.0-or-later
// What a fit needs of a trajectory whatever its window: computed once, kept while the user drags the window.
#pragma once

#include "core/transport/diffusion.h"

namespace ionscape::transport {

/// The motion cut into at most 128 blocks of equal duration: what the errors are estimated from. u_i(b) is
/// the displacement of ion i in block b.
struct BlockMotion {
    std::size_t blockFrames = 0;
    /// (b, c): mean over ions of u_i(b) · u_i(c), Å²; blocks × blocks. Every MSD of the blocked trajectory is
    /// a sum of its entries.
    Eigen::MatrixXd tracer;
    /// (b, c): Σ_i u_i(b) · Σ_j u_j(c) / N, Å².
    Eigen::MatrixXd collective;
    /// (k, i): MSD of ion i over k blocks, Å²; k = 0..blocks.
    Eigen::MatrixXd ionMsd;
};

struct MotionStatistics {
    crystal::Element element;
    int dimensions = 3;
    std::size_t frames = 0;
    double volume = 0.0;       ///< Å³
    double temperature = 0.0;  ///< K
    MsdCurve msd;
    MsdCurve collective;
    BlockMotion blocks;
    StepStatistics tracerSteps, collectiveSteps;
};

/// Of the ions of one element in a trajectory whose drift has been removed; O(F log F) per ion. Throws
/// InputError as meanSquaredDisplacement() does.
MotionStatistics motionStatistics(const TrajectoryView& view, crystal::Element element,
                                  const Directions& directions = Directions::all());

}  // namespace ionscape::transport
