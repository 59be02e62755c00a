// SPDX-License-Identifier: GPL-3.0-or-later
// Tracer diffusion coefficient from the slope of the MSD in a fit window, and the conductivity it implies.
#pragma once

#include <string>

#include "core/transport/msd.h"

namespace ionscape::transport {

struct FitWindow {
    double beginFs = 0.0;
    double endFs = 0.0;
};

struct Diffusion {
    double coefficient = 0.0;  ///< D*, cm²/s
    double error = 0.0;        ///< one standard deviation, cm²/s
    double intercept = 0.0;    ///< Å²
    FitWindow window;
    /// d ln MSD / d ln Δt over the window: 1 when diffusive.
    double logLogSlope = 0.0;
    /// Why the number should not be trusted, in words; empty when it may be.
    std::string warning;
};

/// The window used unless the user drags it: 10 % to 70 % of the trajectory's length (the curve's last lag).
FitWindow defaultFitWindow(const MsdCurve& curve);

/// D* = slope/(2d), d = 3, from generalised least squares of slope and intercept over `window`, with the
/// exact covariance that the MSD of independent Gaussian random walkers has over overlapping time origins and
/// between lags (Bulerjahn, von Bülow & Hummer, J. Chem. Phys. 153, 024116 (2020), without their localisation
/// noise; McCluskey, Coles & Morgan, J. Chem. Theory Comput. 20 (2024) fit the same way with a covariance
/// estimated from the data). Ions count as independent: concerted motion makes the true error larger. At most
/// 60 evenly spread lags are used. \param frames  frames of the trajectory, from which the number of time
/// origins follows Throws InputError when the window holds fewer than three lags.
Diffusion tracerDiffusion(const MsdCurve& curve, const FitWindow& window, std::size_t frames);

/// Nernst–Einstein conductivity, mS/cm: N q² D / (V k_B T). D in cm²/s, volume in Å³, charge in e.
double nernstEinsteinConductivity(double diffusion, std::size_t ions, double charge, double volume,
                                  double temperature);

/// The published summary value of one run: the mean of MSD(Δt) over Δt in 20–80 % of the run's length (Å²).
double meanMsdValue(const MsdCurve& curve);

}  // namespace ionscape::transport
