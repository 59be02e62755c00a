// SPDX-License-Identifier: GPL-3.0-or-later
// Molecular dynamics at fixed cell: velocity Verlet, NVE or thermostatted.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/dynamics/uncertainty.h"
#include "core/potential/potential.h"
#include "core/trajectory/frame.h"
#include "core/trajectory/frame_sink.h"

namespace ionscape::dynamics {

enum class Thermostat { None, Berendsen, Langevin };

/// "none", "berendsen", "langevin"; throws InputError listing the names.
Thermostat thermostatFromName(const std::string& name);
std::string thermostatName(Thermostat thermostat);

struct MdSettings {
    Thermostat thermostat = Thermostat::Langevin;
    double temperature = 1000.0;    ///< K
    double timestepFs = 1.0;        ///< fs
    std::int64_t steps = 10000;     ///< total steps of the run, those before a resume included
    double berendsenTauFs = 100.0;  ///< coupling time, fs
    double langevinFrictionPerPs = 10.0;
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
    std::int64_t step = 0;
    crystal::Structure structure;  ///< unwrapped positions
    VectorField velocities;        ///< Å/fs
    RandomStream random{0, "md"};
    SpreadRecord spread;  ///< of a committee; empty with a single model
};

/// Maxwell–Boltzmann velocities at `temperature` (K), total momentum removed, scaled to the exact
/// temperature.
VectorField maxwellBoltzmannVelocities(const crystal::Structure& structure, double temperature,
                                       RandomStream& random);

/// ½ Σ m v², eV.
double kineticEnergy(const Eigen::VectorXd& masses, const VectorField& velocities);
/// Instantaneous temperature, K, for 3N − 3 degrees of freedom.
double instantaneousTemperature(double kineticEnergyEV, std::size_t atoms);

/// A fresh state: velocities drawn with `seed`.
MdState startState(const crystal::Structure& structure, double temperature, std::uint64_t seed);

/// Called right before every flush of the sink with a state from which the run continues bit for bit, so that
/// one flush makes frames and state safe together.
using RestartObserver = std::function<void(const MdState&, const trajectory::Frame&)>;

/// Runs from `state` to settings.steps, advancing `state` in place. Writes a frame every frameInterval steps
/// (the first of a fresh run included) to `sink`; velocities are in the frames. Velocity Verlet; Langevin by
/// BAOAB (Leimkuhler & Matthews 2013); Berendsen by velocity scaling. The stop token acts within one step:
/// the sink is flushed, a restart state is handed out, and Cancelled is thrown. Throws ModelError for forces
/// that are not finite, ConvergenceError for a temperature runaway, and SpreadStop when a committee disagrees
/// more than settings.uncertainty allows, all after a flush.
void runMolecularDynamics(MdState& state, potential::Potential& potential, const MdSettings& settings,
                          trajectory::FrameSink& sink, const std::stop_token& stop, ProgressSink& progress,
                          const RestartObserver& restart = {});

}  // namespace ionscape::dynamics
