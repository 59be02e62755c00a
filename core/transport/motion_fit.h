// SPDX-License-Identifier: GPL-3.0-or-later
// Tracer and collective diffusion, Haven ratio and conductivities for a fit window, in milliseconds.
#pragma once

#include "core/transport/motion_statistics.h"

namespace ionscape::transport {

/// H_R = D*/D_σ: 1 for independent ions, 1/N for N that move as one.
struct HavenRatio {
    double value = 0.0;
    /// One standard deviation of ln H_R times H_R, and a 95 % interval, from both coefficients drawn
    /// together; not a number where D_σ cannot be told from zero.
    double error = std::numeric_limits<double>::quiet_NaN();
    double lower95 = std::numeric_limits<double>::quiet_NaN();
    double upper95 = std::numeric_limits<double>::quiet_NaN();
};

struct MotionFit {
    Diffusion tracer;      ///< D*
    Diffusion collective;  ///< D_σ, from the displacement of the centre of charge times √N
    HavenRatio haven;
};

/// Both coefficients with errors from the covariance measured in the trajectory (tracerDiffusion() with
/// StepStatistics) and the cross-checks beside them. Costs some ten milliseconds whatever the trajectory's
/// length. Throws InputError when the window holds fewer than three lags.
MotionFit fitMotion(const MotionStatistics& motion, const FitWindow& window);

/// mS/cm, with one standard deviation.
struct Conductivity {
    double nernstEinstein = 0.0, nernstEinsteinError = 0.0;
    /// With all correlations between ions.
    double collective = 0.0, collectiveError = 0.0;
};

/// \param charge  of the mobile ion, e \param temperature  K. Throws InputError for no volume or temperature.
Conductivity conductivity(const MotionFit& fit, const MotionStatistics& motion, double charge,
                          double temperature);

/// What the finite cell does to these numbers, in a sentence with its length (the cube root of the volume,
/// Å).
std::string finiteSizeNote(double volume, std::size_t ions);

}  // namespace ionscape::transport
