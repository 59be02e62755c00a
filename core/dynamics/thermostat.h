// SPDX-License-Identifier: GPL-3.0-or-later
// What holds the temperature: factors on the velocities, each known from its paper.
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"

namespace ionscape::dynamics {

enum class Thermostat { None, Berendsen, Langevin, Bussi, NoseHoover };

/// "none", "berendsen", "langevin", "bussi", "nose-hoover"; throws InputError listing the names.
Thermostat thermostatFromName(const std::string& name);
std::string thermostatName(Thermostat thermostat);
/// All of them, those that sample the canonical ensemble first.
const std::vector<Thermostat>& thermostats();

/// Factor on all velocities over one time step by weak coupling to a bath (Berendsen et al., J. Chem. Phys.
/// 81, 3684 (1984)): right mean, too little fluctuation. Temperatures in K, times in fs.
double berendsenFactor(double temperature, double bathTemperature, double timestepFs, double tauFs);

/// Factor on all velocities over one time step by stochastic velocity rescaling (Bussi, Donadio & Parrinello,
/// J. Chem. Phys. 126, 014101 (2007), eq. A7): canonical, and gentle on diffusion.
/// \param kinetic  eV, above zero  \param meanKinetic  ½ N_f kT, eV
double bussiFactor(double kinetic, double meanKinetic, double degreesOfFreedom, double timestepFs,
                   double tauFs, RandomStream& random);

/// A chain of three Nosé–Hoover thermostats on the whole system (Martyna, Klein & Tuckerman, J. Chem. Phys.
/// 97, 2635 (1992)), integrated by the scheme of Martyna et al., Mol. Phys. 87, 1117 (1996), with third-order
/// Suzuki–Yoshida weights. Canonical and deterministic.
class NoseHooverChain {
  public:
    static constexpr std::size_t length = 3;

    /// \param kT  eV  \param tauFs  period of the bath, fs
    NoseHooverChain(double degreesOfFreedom, double kT, double tauFs);

    /// Moves the bath by half a time step and returns the factor on all velocities. `bath` holds the chain's
    /// `length` positions and then its velocities (1/fs); an empty one is a bath at rest.
    double halfStep(std::vector<double>& bath, double kinetic, double timestepFs) const;
    /// What the bath adds to the conserved quantity, eV.
    double energy(const std::vector<double>& bath) const;

  private:
    double mass(std::size_t link) const;
    double degrees_, kT_, tauFs_;
};

}  // namespace ionscape::dynamics
