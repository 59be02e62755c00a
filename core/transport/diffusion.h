// SPDX-License-Identifier: GPL-3.0-or-later
// Diffusion coefficient from the slope of a mean squared displacement in a fit window, and the conductivity
// it implies.
#pragma once

#include <limits>
#include <string>

#include "core/transport/msd.h"

namespace ionscape::transport {

struct FitWindow {
    double beginFs = 0.0;
    double endFs = 0.0;
};

/// How the steps of ions differ from those of independent Gaussian walkers; measured in a trajectory by
/// motionStatistics(). The default is such walkers.
struct StepStatistics {
    /// ⟨(u(t)·u(t'))²⟩ at different times, u·u meaning the mean over ions, relative to independent walkers
    /// without a preferred direction: 1 for those, g for ions that move in rigid groups of g. N/concert is
    /// the number of independent carriers.
    double concert = 1.0;
    /// Variance of the mean squared step beyond a Gaussian's, relative to its square and for a step of one
    /// frame: jumps are rare events. It shrinks with the inverse of the step's duration.
    double burst = 0.0;
};

struct Diffusion {
    double coefficient = 0.0;  ///< D, cm²/s
    double error = 0.0;        ///< one standard deviation, cm²/s
    double intercept = 0.0;    ///< Å²
    FitWindow window;
    /// d ln MSD / d ln Δt over the window: 1 when diffusive.
    double logLogSlope = 0.0;
    /// Why the number should not be trusted, in words; empty when it may be.
    std::string warning;

    int dimensions = 3;
    /// 95 % interval, cm²/s: of a scaled χ² distribution with the same relative variance, which is what sums
    /// of squared displacements follow; D ± 1.96 error where that is small.
    double lower95 = 0.0, upper95 = 0.0;
    /// The error if the ions were independent Gaussian walkers, cm²/s.
    double errorWalkers = 0.0;
    /// Cross-checks, cm²/s; not a number where the trajectory is too short or only a curve was known. From
    /// random order and signs of the displacements of all ions in short blocks of time …
    double errorBootstrap = std::numeric_limits<double>::quiet_NaN();
    /// … from the spread of eight parts of the run, each fitted over the same fractions of its length …
    double errorBlocks = std::numeric_limits<double>::quiet_NaN();
    /// … and from the spread over ions, as if they were independent.
    double errorIons = std::numeric_limits<double>::quiet_NaN();
    /// Carriers that move independently of each other.
    double independentCarriers = 0.0;
    /// About how many jumps over a site distance of 2.5 Å the displacements amount to, over all ions and the
    /// whole run.
    double jumps = 0.0;
};

/// The window used unless the user drags it: 10 % to 70 % of the trajectory's length (the curve's last lag).
FitWindow defaultFitWindow(const MsdCurve& curve);

/// D = slope/(2d) from generalised least squares of slope and intercept over `window`. Weights and errors
/// come from the covariance that the MSD of random walkers has over overlapping time origins and between lags
/// (Bulerjahn, von Bülow & Hummer, J. Chem. Phys. 153, 024116 (2020), without their localisation noise);
/// `steps` corrects it for concerted and rare motion. With measured ones the covariance is estimated from the
/// data, as McCluskey, Coles & Morgan (J. Chem. Theory Comput. 21, 79 (2025)) do from the variance over ions;
/// with the default `steps` ions count as independent and the error is too small where they are not. At most
/// 40 evenly spread lags are used. \param frames  frames of the trajectory, from which the number of time
/// origins follows \param dimensions  d, of the directions the curve was made with. Throws InputError when
/// the window holds fewer than three lags.
Diffusion tracerDiffusion(const MsdCurve& curve, const FitWindow& window, std::size_t frames,
                          const StepStatistics& steps = {}, int dimensions = 3);

/// Sets `error` and the 95 % interval that goes with it.
void setError(Diffusion& fit, double error);

/// Nernst–Einstein conductivity, mS/cm: N q² D / (V k_B T). D in cm²/s, volume in Å³, charge in e. The
/// collective D gives the conductivity with all correlations.
double nernstEinsteinConductivity(double diffusion, std::size_t ions, double charge, double volume,
                                  double temperature);

/// The published summary value of one run: the mean of MSD(Δt) over Δt in 20–80 % of the run's length (Å²).
double meanMsdValue(const MsdCurve& curve);

}  // namespace ionscape::transport
