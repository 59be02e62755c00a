// SPDX-License-Identifier: GPL-3.0-or-later
// What holds the pressure: how far the cell is strained in one time step.
#pragma once

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/crystal/structure.h"

namespace ionscape::dynamics {

enum class Barostat { None, Berendsen, StochasticCellRescaling };

/// "none", "berendsen", "c-rescale"; throws InputError listing the names.
Barostat barostatFromName(const std::string& name);
std::string barostatName(Barostat barostat);
const std::vector<Barostat>& barostats();

struct BarostatSettings {
    Barostat kind = Barostat::None;
    double pressureGPa = 0.0;    ///< GPa, positive in compression
    double couplingFs = 1000.0;  ///< fs
    /// Isothermal compressibility, 1/GPa. It only sets the pace: an oxide has about 0.01.
    double compressibilityPerGPa = 0.01;
    /// All lengths change alike. Otherwise (Berendsen only) every component of the cell follows its stress.
    bool isotropic = true;
};
/// Throws InputError naming the first setting that is impossible.
void checkSettings(const BarostatSettings& settings);

/// Pressure tensor, GPa, positive in compression: minus the stress (positive in tension) plus Σ m v vᵀ / V.
Mat3 pressureTensorGPa(const Mat3& stressGPa, const Eigen::VectorXd& masses, const VectorField& velocities,
                       double volume);

/// Symmetric strain ε of the cell over one time step: rows L ← L(1 + ε), positions r ← (1 + ε) r, velocities
/// v ← (1 + ε)⁻¹ v. Berendsen et al., J. Chem. Phys. 81, 3684 (1984): right mean volume, too little
/// fluctuation. Stochastic cell rescaling, Bernetti & Bussi, J. Chem. Phys. 153, 114107 (2020): dln V =
/// −(β/τ)(P₀ − P) dt + √(2 kT β/(V τ)) dW, which samples the isothermal–isobaric ensemble.
/// \param volume  Å³  \param kT  eV, used by stochastic cell rescaling only
Mat3 barostatStrain(const BarostatSettings& settings, const Mat3& pressureGPa, double volume, double kT,
                    double timestepFs, RandomStream& random);

}  // namespace ionscape::dynamics
