// SPDX-License-Identifier: GPL-3.0-or-later
// Molecular dynamics: velocity Verlet with a thermostat and a barostat, after a time to equilibrate.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/dynamics/barostat.h"
#include "core/dynamics/thermostat.h"
#include "core/dynamics/uncertainty.h"
#include "core/potential/potential.h"
#include "core/trajectory/frame.h"
#include "core/trajectory/frame_sink.h"

namespace ionscape::dynamics {

struct MdSettings {
    Thermostat thermostat = Thermostat::Bussi;
    double temperature = 1000.0;  ///< K
    double timestepFs = 1.0;      ///< fs
    std::int64_t steps = 10000;   ///< steps of the run's production, those before a resume included
    /// Steps before production, of which no frame is stored. They are thermostatted in any case: with
    /// stochastic velocity rescaling where production is not.
    std::int64_t equilibrationSteps = 0;
    double couplingFs = 100.0;  ///< of the Berendsen, Bussi and Nosé–Hoover thermostats, fs
    double langevinFrictionPerPs = 10.0;
    BarostatSettings barostat{};
    int frameInterval = 10;   ///< steps between stored frames
    int flushInterval = 200;  ///< steps between flushes of the sink and restart states
    /// The run fails when the instantaneous temperature exceeds this multiple of the set one (or 5000 K in
    /// NVE).
    double runawayFactor = 4.0;
    /// How far the members of a committee may disagree; see resolvedSettings().
    UncertaintySettings uncertainty{};
};

/// Throws InputError naming the first setting that is impossible.
void checkSettings(const MdSettings& settings);

/// Dynamic state of a run; enough, with the settings, to continue it exactly.
struct MdState {
    /// Negative while the run equilibrates; production begins at 0.
    std::int64_t step = 0;
    crystal::Structure structure;  ///< unwrapped positions
    VectorField velocities;        ///< Å/fs
    RandomStream random{0, "md"};
    std::vector<double> bath;  ///< of a Nosé–Hoover chain; empty before its first step
    SpreadRecord spread;       ///< of a committee; empty with a single model
};

/// Maxwell–Boltzmann velocities at `temperature` (K), total momentum removed, scaled to the exact
/// temperature.
VectorField maxwellBoltzmannVelocities(const crystal::Structure& structure, double temperature,
                                       RandomStream& random);

/// ½ Σ m v², eV.
double kineticEnergy(const Eigen::VectorXd& masses, const VectorField& velocities);
/// Instantaneous temperature, K, for 3N − 3 degrees of freedom.
double instantaneousTemperature(double kineticEnergyEV, std::size_t atoms);

/// A fresh state at step 0: velocities drawn with `seed`.
MdState startState(const crystal::Structure& structure, double temperature, std::uint64_t seed);
/// The same for a run that equilibrates first, as the settings say.
MdState startState(const crystal::Structure& structure, const MdSettings& settings, std::uint64_t seed);

/// Called right before every flush of the sink with a state from which the run continues bit for bit, so that
/// one flush makes frames and state safe together.
using RestartObserver = std::function<void(const MdState&, const trajectory::Frame&)>;

/// Runs from `state` to settings.steps, advancing `state` in place. Writes a frame every frameInterval steps
/// of production (step 0 included) to `sink`; velocities are in the frames. Velocity Verlet; Langevin by
/// BAOAB (Leimkuhler & Matthews 2013), the other thermostats scale all velocities (thermostat.h). A barostat
/// strains cell and atoms in the middle of the drift. The total momentum of thermostatted runs stays zero.
/// The stop token acts within one step: the sink is flushed, a restart state is handed out, and Cancelled is
/// thrown. Throws ModelError for forces that are not finite, ConvergenceError for a temperature or a volume
/// that runs away, and SpreadStop when a committee disagrees more than settings.uncertainty allows, all after
/// a flush.
void runMolecularDynamics(MdState& state, potential::Potential& potential, const MdSettings& settings,
                          trajectory::FrameSink& sink, const std::stop_token& stop, ProgressSink& progress,
                          const RestartObserver& restart = {});

}  // namespace ionscape::dynamics
