// SPDX-License-Identifier: GPL-3.0-or-later
// Starting states and temperatures of molecular dynamics.
#include <cmath>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/dynamics/molecular_dynamics.h"

namespace ionscape::dynamics {

double kineticEnergy(const Eigen::VectorXd& masses, const VectorField& velocities) {
    return 0.5 * units::amuAngstrom2PerFs2InEV * velocities.colwise().squaredNorm().dot(masses.transpose());
}

double instantaneousTemperature(double kineticEnergyEV, std::size_t atoms) {
    if (atoms < 2) return 0.0;  // the centre of mass is at rest, so one atom has no thermal motion
    return 2.0 * kineticEnergyEV / (static_cast<double>(3 * atoms - 3) * units::boltzmann);
}

VectorField maxwellBoltzmannVelocities(const crystal::Structure& structure, double temperature,
                                       RandomStream& random) {
    if (!(temperature >= 0.0) || !std::isfinite(temperature)) {
        throw InputError("the temperature of the starting velocities must be zero or more, K");
    }
    const Eigen::VectorXd masses = structure.masses();
    VectorField v(3, masses.size());
    for (Eigen::Index i = 0; i < v.cols(); ++i) {
        const double width =
            std::sqrt(units::boltzmann * temperature / (masses[i] * units::amuAngstrom2PerFs2InEV));
        for (int k = 0; k < 3; ++k)
            v(k, i) = width * random.normal();
    }
    const Vec3 drift = v * masses / masses.sum();
    v.colwise() -= drift;
    const double drawn = instantaneousTemperature(kineticEnergy(masses, v), structure.size());
    if (drawn > 0.0) v *= std::sqrt(temperature / drawn);
    return v;
}

MdState startState(const crystal::Structure& structure, double temperature, std::uint64_t seed) {
    MdState state;
    state.structure = structure;
    RandomStream velocities(seed, "velocities");
    state.velocities = maxwellBoltzmannVelocities(structure, temperature, velocities);
    state.random = RandomStream(seed, "md");
    return state;
}

MdState startState(const crystal::Structure& structure, const MdSettings& settings, std::uint64_t seed) {
    MdState state = startState(structure, settings.temperature, seed);
    state.step = -settings.equilibrationSteps;
    return state;
}

}  // namespace ionscape::dynamics
