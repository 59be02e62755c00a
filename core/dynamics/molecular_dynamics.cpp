// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/molecular_dynamics.h"

#include <fmt/format.h>

#include <cmath>
#include <tuple>

#include "core/base/units.h"

namespace ionscape::dynamics {

namespace {

constexpr double hottestWithoutThermostat = 5000.0;  // K

}  // namespace

void checkSettings(const MdSettings& s) {
    const auto require = [](bool ok, const char* what) {
        if (!ok) throw InputError(std::string("molecular dynamics: ") + what);
    };
    const bool thermostatted = s.thermostat != Thermostat::None;
    require(std::isfinite(s.temperature) && (thermostatted ? s.temperature > 0.0 : s.temperature >= 0.0),
            "the temperature must be positive, K");
    require(std::isfinite(s.timestepFs) && s.timestepFs > 0.0, "the time step must be positive, fs");
    require(s.steps >= 0, "the number of steps must not be negative");
    require(s.frameInterval > 0 && s.flushInterval > 0,
            "the frame and flush intervals must be at least one step");
    require(s.thermostat != Thermostat::Berendsen || s.berendsenTauFs >= s.timestepFs,
            "the Berendsen coupling time must not be shorter than the time step");
    require(s.thermostat != Thermostat::Langevin ||
                (std::isfinite(s.langevinFrictionPerPs) && s.langevinFrictionPerPs > 0.0),
            "the Langevin friction must be positive, 1/ps");
    require(s.runawayFactor > 1.0, "the runaway factor must exceed one");
    checkSettings(s.uncertainty);
}

namespace {

/// One run: the state at the last complete step, with its energy and forces.
class Run {
  public:
    Run(MdState& state, potential::Potential& potential, const MdSettings& settings,
        trajectory::FrameSink& sink, ProgressSink& progress, const RestartObserver& restart)
        : state_(state),
          potential_(potential),
          settings_(settings),
          sink_(sink),
          progress_(progress),
          restart_(restart),
          masses_(state.structure.masses()) {}

    void run(const std::stop_token& stop) {
        throwIfStopped(stop);
        // A state that was continued from has been recorded already.
        const bool fresh = state_.step == 0 && state_.spread.evaluations == 0;
        now_ = evaluate(state_.structure, fresh && wantsSpread(0));
        const bool doubtful = fresh && recordSpread();
        if (state_.step == 0) {
            throwIfStopped(stop);
            sink_.begin(state_.structure);
            write();
        }
        if (doubtful) stopAtSpread();
        while (state_.step < settings_.steps) {
            try {
                step();
            } catch (const ModelError& error) {
                checkpoint();
                throw ModelError(fmt::format("{} (in MD step {}, at {:g} fs; the run is kept up to there)",
                                             error.what(), state_.step + 1,
                                             static_cast<double>(state_.step) * settings_.timestepFs));
            } catch (...) {
                checkpoint();
                throw;
            }
            requireNoRunaway();
            const bool tooFar = recordSpread();
            if (state_.step % settings_.frameInterval == 0) write();
            report();
            if (tooFar) stopAtSpread();
            if (stop.stop_requested() && state_.step < settings_.steps) {
                checkpoint();
                throw Cancelled();
            }
            if (state_.step % settings_.flushInterval == 0 && state_.step < settings_.steps) checkpoint();
        }
        checkpoint();
    }

  private:
    potential::Evaluation evaluate(const crystal::Structure& structure, bool spread) {
        auto e = potential_.evaluate(structure, {.spread = spread});
        potential::requireFinite(e, structure);
        return e;
    }

    /// Velocity Verlet (kick, drift, kick); with Langevin the drift is split around the exact
    /// Ornstein–Uhlenbeck step (BAOAB). The state changes only when the new forces are there, so that a
    /// failure leaves the last good step.
    void step() {
        const double dt = settings_.timestepFs;
        crystal::Structure next = state_.structure;
        VectorField v = state_.velocities;
        RandomStream random = state_.random;

        kick(v, now_.forces, 0.5 * dt);
        if (settings_.thermostat == Thermostat::Langevin) {
            next.positions += 0.5 * dt * v;
            rub(v, random);
            next.positions += 0.5 * dt * v;
        } else {
            next.positions += dt * v;
        }
        now_ = evaluate(next, wantsSpread(state_.step + 1));
        kick(v, now_.forces, 0.5 * dt);
        if (settings_.thermostat == Thermostat::Berendsen) couple(v);

        state_.structure.positions = next.positions;
        state_.velocities = v;
        state_.random = random;
        ++state_.step;
    }

    void kick(VectorField& v, const VectorField& forces, double dt) const {
        for (Eigen::Index i = 0; i < v.cols(); ++i) {
            v.col(i) += dt / (masses_[i] * units::amuAngstrom2PerFs2InEV) * forces.col(i);
        }
    }

    void removeMomentum(VectorField& v) const {
        const Vec3 drift = v * masses_ / masses_.sum();
        v.colwise() -= drift;
    }

    /// Friction and noise over one time step. The noise carries no total momentum: its covariance is that of
    /// thermal velocities with the centre of mass at rest, hence 3N − 3 degrees of freedom.
    void rub(VectorField& v, RandomStream& random) const {
        const double keep = std::exp(-settings_.langevinFrictionPerPs * 1e-3 * settings_.timestepFs);
        const double kT = units::boltzmann * settings_.temperature / units::amuAngstrom2PerFs2InEV;
        VectorField noise(3, v.cols());
        for (Eigen::Index i = 0; i < v.cols(); ++i) {
            const double width = std::sqrt((1.0 - keep * keep) * kT / masses_[i]);
            for (int k = 0; k < 3; ++k)
                noise(k, i) = width * random.normal();
        }
        removeMomentum(noise);
        v = keep * v + noise;
    }

    /// Berendsen's scaling towards the bath. It favours slow collective motion, so the drift of the whole
    /// cell that rounding of the forces starts is taken out at every step.
    void couple(VectorField& v) const {
        removeMomentum(v);
        const double present = temperature(kineticEnergy(masses_, v));
        if (present <= 0.0) return;
        const double rate = settings_.timestepFs / settings_.berendsenTauFs;
        v *= std::sqrt(1.0 + rate * (settings_.temperature / present - 1.0));
    }

    double temperature(double kinetic) const {
        return instantaneousTemperature(kinetic, state_.structure.size());
    }

    void requireNoRunaway() {
        const double limit = settings_.thermostat == Thermostat::None
                                 ? hottestWithoutThermostat
                                 : settings_.runawayFactor * settings_.temperature;
        const double present = temperature(kineticEnergy(masses_, state_.velocities));
        if (present <= limit) return;
        checkpoint();
        throw ConvergenceError(
            fmt::format("the temperature ran away: {:.0f} K in MD step {} (limit {:.0f} K); relax the cell "
                        "first, use a shorter "
                        "time step, or a potential that knows this composition",
                        present, state_.step, limit));
    }

    bool wantsSpread(std::int64_t step) const {
        const int every = settings_.uncertainty.every;
        return every > 0 && step % every == 0;
    }

    /// True when the run shall end at this step.
    bool recordSpread() {
        const auto& limits = settings_.uncertainty;
        return state_.spread.add(state_.step, now_, limits.thresholdEvPerA) &&
               limits.action == SpreadAction::Stop;
    }

    [[noreturn]] void stopAtSpread() {
        checkpoint();
        Eigen::Index atom = 0;
        const double spread = now_.forceSpread->maxCoeff(&atom);
        throw SpreadStop(spreadMessage(
            {state_.step, atom, spread}, state_.structure, settings_.uncertainty.thresholdEvPerA,
            fmt::format("MD step {} ({:g} fs); the run is kept up to there", state_.step,
                        static_cast<double>(state_.step) * settings_.timestepFs)));
    }

    void write() {
        trajectory::Frame f = frame();
        std::tie(f.forceSpreadMax, f.forceSpreadMean) = state_.spread.takePending();
        sink_.write(f);
    }

    trajectory::Frame frame() const {
        trajectory::Frame f;
        f.step = state_.step;
        f.timeFs = static_cast<double>(state_.step) * settings_.timestepFs;
        f.lattice = state_.structure.lattice;
        f.positions = state_.structure.positions;
        f.velocities = state_.velocities;
        f.potentialEnergy = now_.energy;
        f.kineticEnergy = kineticEnergy(masses_, state_.velocities);
        f.temperature = temperature(f.kineticEnergy);
        return f;
    }

    /// The state first, the flush behind it: one flush then makes both safe.
    void checkpoint() {
        if (restart_) restart_(state_, frame());
        sink_.flush();
    }

    void report() {
        const double present = temperature(kineticEnergy(masses_, state_.velocities));
        progress_.report(
            "md", state_.step, settings_.steps,
            fmt::format("{:.2f} ps, {:.0f} K", 1e-3 * static_cast<double>(state_.step) * settings_.timestepFs,
                        present));
    }

    MdState& state_;
    potential::Potential& potential_;
    const MdSettings& settings_;
    trajectory::FrameSink& sink_;
    ProgressSink& progress_;
    const RestartObserver& restart_;
    Eigen::VectorXd masses_;
    potential::Evaluation now_;
};

}  // namespace

void runMolecularDynamics(MdState& state, potential::Potential& potential, const MdSettings& settings,
                          trajectory::FrameSink& sink, const std::stop_token& stop, ProgressSink& progress,
                          const RestartObserver& restart) {
    checkSettings(settings);
    if (state.velocities.cols() != state.structure.positions.cols()) {
        throw InputError("molecular dynamics: the state needs one velocity for every atom");
    }
    Run(state, potential, settings, sink, progress, restart).run(stop);
}

}  // namespace ionscape::dynamics
