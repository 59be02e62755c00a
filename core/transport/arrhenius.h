// SPDX-License-Identifier: GPL-3.0-or-later
// Activation energy from diffusion coefficients or conductivities at several temperatures, and extrapolation
// with its uncertainty.
#pragma once

#include <Eigen/Core>
#include <limits>
#include <string>
#include <vector>

namespace ionscape::transport {

struct ArrheniusPoint {
    double temperature = 0.0;  ///< K
    double value = 0.0;        ///< D, cm²/s, or σ, mS/cm
    double error = 0.0;        ///< one standard deviation; 0 where it is not known
    /// Runs it is the mean of.
    int replicas = 1;
    /// Their standard deviation; not a number for one.
    double spread = std::numeric_limits<double>::quiet_NaN();
};

/// Points within half a kelvin joined to their mean, in order of temperature. Weights are (value/error)²: the
/// relative error tells the length of a run, the absolute one would favour values that came out low. The
/// error of a mean is the larger one of those that follow from the points' errors and from their spread.
/// Throws InputError for a temperature or value that is not above zero, naming it.
std::vector<ArrheniusPoint> joinReplicas(const std::vector<ArrheniusPoint>& points);

/// What is exponential in 1/T: D itself, or σT for conductivities (Nernst–Einstein).
enum class Activated { Diffusion, Conductivity };

/// At one temperature; the interval holds 95 %.
struct Extrapolation {
    double value = 0.0;
    double lower95 = std::numeric_limits<double>::quiet_NaN();
    double upper95 = std::numeric_limits<double>::quiet_NaN();
};

struct ArrheniusFit {
    Activated quantity = Activated::Diffusion;
    std::vector<ArrheniusPoint> points;  ///< joined
    double activationEnergy = 0.0;       ///< eV
    /// Not a number for two temperatures.
    double activationEnergyError = 0.0;
    /// Of D (cm²/s) or σT (mS K/cm), and the standard deviation of its logarithm.
    double logPrefactor = 0.0, logPrefactorError = 0.0;
    /// Σ ((ln y − fit)/error)² and points − 2; χ² is not a number where an error is not known.
    double chiSquared = 0.0;
    int degrees = 0;
    /// What there is to say about the fit, in words; empty when nothing.
    std::string note;
    /// Monte Carlo over the errors of the points: (ln prefactor, E_a) of each draw; empty for two
    /// temperatures.
    Eigen::Matrix2Xd draws;

    double prefactor() const;
    /// D or σ on the line at `temperature` (K) with the band of the draws.
    Extrapolation at(double temperature) const;
};

/// Line through ln D or ln σT against 1/(k_B T), weighted by the relative errors of the points; unweighted
/// when one of them is not known, the scatter then being the error. Where the points scatter more than their
/// errors explain, these are enlarged by √(χ²/degrees) (Birge, Phys. Rev. 40, 207 (1932)). Two temperatures
/// give a line without error, which `note` says. Throws InputError for fewer.
ArrheniusFit fitArrhenius(const std::vector<ArrheniusPoint>& points, Activated quantity);

}  // namespace ionscape::transport
