// SPDX-License-Identifier: GPL-3.0-or-later
// Trajectories whose diffusion coefficient, Haven ratio and rates are known exactly.
#pragma once

#include "core/base/random.h"
#include "core/transport/msd.h"

namespace ionscape::transport {

/// Lithium ions without a framework, frames `intervalFs` apart, in a cubic cell of 20 Å.
TrajectoryView emptyView(int ions, double intervalFs = 10.0);

/// Independent Gaussian walkers; each step has standard deviation `sigma` along each axis.
TrajectoryView randomWalk(RandomStream& random, int ions, int frames, double sigma, double intervalFs = 10.0);

/// Ions in cages 2.5 Å apart (simple cubic): each rattles between two places 1 Å apart, vibrates by 0.2 Å
/// along each axis, and leaves for a neighbouring cage with probability `hop` a frame; with probability
/// `back` a hop reverses the one before it (1/6 for a walk without memory). D = hop a²/6 (1 + c)/(1 − c) Å² a
/// frame with c = (1 − 6 back)/5 the mean cosine between successive hops.
TrajectoryView cageHops(RandomStream& random, int ions, int frames, double hop, double back = 1.0 / 6.0);
double cageHopSlope(double hop, double back = 1.0 / 6.0);  ///< MSD a frame, Å²

/// Groups of ions that take the same Gaussian steps, each ion vibrating for itself: H_R = 1/groupSize. \param
/// vibration  standard deviation along each axis, Å
TrajectoryView rigidGroups(RandomStream& random, int groups, int groupSize, int frames, double sigma,
                           double vibration);

}  // namespace ionscape::transport
