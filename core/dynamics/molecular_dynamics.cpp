// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/molecular_dynamics.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <cmath>
#include <tuple>

#include "core/base/units.h"

namespace ionscape::dynamics {

namespace {

constexpr double hottestWithoutThermostat = 5000.0;  // K
/// Volume ratios beyond which a cell is no longer the crystal that the dynamics began with.
constexpr double smallestVolumeRatio = 0.5;
constexpr double largestVolumeRatio = 2.0;

}  // namespace

void checkSettings(const MdSettings& s) {
    const auto require = [](bool ok, const char* what) {
        if (!ok) throw InputError(std::string("molecular dynamics: ") + what);
    };
    const bool thermostatted = s.thermostat != Thermostat::None;
    require(std::isfinite(s.temperature) && (thermostatted ? s.temperature > 0.0 : s.temperature >= 0.0),
            "the temperature must be positive, K");
    require(std::isfinite(s.timestepFs) && s.timestepFs > 0.0, "the time step must be positive, fs");
    require(s.steps >= 0 && s.equilibrationSteps >= 0, "the number of steps must not be negative");
    require(s.frameInterval > 0 && s.flushInterval > 0,
            "the frame and flush intervals must be at least one step");
    require(!thermostatted || s.thermostat == Thermostat::Langevin || s.couplingFs >= s.timestepFs,
            "the coupling time of the thermostat must not be shorter than the time step");
    require(s.equilibrationSteps == 0 || s.temperature > 0.0,
            "a run can equilibrate only at a temperature above zero, K");
    require(thermostatted || s.barostat.kind == Barostat::None,
            "a barostat needs a thermostat beside it: straining the cell changes the temperature");
    checkSettings(s.barostat);
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
          masses_(state.structure.masses()),
          firstVolume_(state.structure.lattice.volume()),
          firstStep_(state.step) {}

    void run(const std::stop_token& stop) {
        throwIfStopped(stop);
        // A state that was continued from has been recorded already.
        const bool first = state_.step == -settings_.equilibrationSteps;
        const bool fresh = first && state_.spread.evaluations == 0;
        now_ = evaluate(state_.structure, fresh && wantsSpread(state_.step));
        const bool doubtful = fresh && recordSpread();
        if (first) {
            throwIfStopped(stop);
            sink_.begin(state_.structure);
            writeIfDue();
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
            writeIfDue();
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
        auto e = potential_.evaluate(structure,
                                     {.stress = settings_.barostat.kind != Barostat::None, .spread = spread});
        potential::requireFinite(e, structure);
        return e;
    }

    /// Velocity Verlet (kick, drift, kick) between the two halves of a Nosé–Hoover chain; what else acts (the
    /// exact Ornstein–Uhlenbeck step of Langevin dynamics, BAOAB, and the strain of the cell) does so in the
    /// middle of the drift. The state changes only when the new forces are there, so that a failure leaves
    /// the last good step.
    void step() {
        const double dt = settings_.timestepFs;
        const Thermostat thermostat = present();
        MdState next = state_;
        VectorField& v = next.velocities;

        const Mat3 strain = strainOfCell(next);
        if (thermostat == Thermostat::NoseHoover) chain(next);
        kick(v, now_.forces, 0.5 * dt);
        next.structure.positions += 0.5 * dt * v;
        if (thermostat == Thermostat::Langevin) rub(v, next.random);
        if (settings_.barostat.kind != Barostat::None) deform(next, strain);
        next.structure.positions += 0.5 * dt * v;
        auto forces = evaluate(next.structure, wantsSpread(state_.step + 1));
        kick(v, forces.forces, 0.5 * dt);
        if (thermostat == Thermostat::NoseHoover) chain(next);
        if (thermostat == Thermostat::Berendsen || thermostat == Thermostat::Bussi) couple(thermostat, next);

        ++next.step;
        now_ = std::move(forces);
        state_ = std::move(next);
    }

    /// What holds the temperature at this step.
    Thermostat present() const {
        const bool equilibrates = state_.step < 0 && settings_.thermostat == Thermostat::None;
        return equilibrates ? Thermostat::Bussi : settings_.thermostat;
    }

    double degreesOfFreedom() const { return 3.0 * static_cast<double>(masses_.size()) - 3.0; }
    double kT() const { return units::boltzmann * settings_.temperature; }

    Mat3 strainOfCell(MdState& next) const {
        if (settings_.barostat.kind == Barostat::None) return Mat3::Zero();
        const double volume = next.structure.lattice.volume();
        const Mat3 pressure = pressureTensorGPa(now_.stressGPa.value(), masses_, next.velocities, volume);
        return barostatStrain(settings_.barostat, pressure, volume, kT(), settings_.timestepFs, next.random);
    }

    void deform(MdState& next, const Mat3& strain) {
        const Mat3 gradient = Mat3::Identity() + strain;
        next.structure.lattice = crystal::Lattice(next.structure.lattice.rows() * gradient);
        next.structure.positions = gradient * next.structure.positions;
        next.velocities = gradient.inverse() * next.velocities;
        const double ratio = next.structure.lattice.volume() / firstVolume_;
        if (ratio > smallestVolumeRatio && ratio < largestVolumeRatio) return;
        throw ConvergenceError(fmt::format(
            "the volume ran away: {:.2f} times what it was {} steps ago; relax the cell first, use a "
            "longer coupling time of the barostat, or keep the cell fixed",
            ratio, state_.step - firstStep_ + 1));
    }

    void chain(MdState& next) const {
        removeMomentum(next.velocities);
        const NoseHooverChain chain(degreesOfFreedom(), kT(), settings_.couplingFs);
        next.velocities *=
            chain.halfStep(next.bath, kineticEnergy(masses_, next.velocities), settings_.timestepFs);
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

    /// Scaling towards the bath. It would keep alive the drift of the whole cell that rounding of the forces
    /// starts, which is therefore taken out at every step.
    void couple(Thermostat thermostat, MdState& next) const {
        removeMomentum(next.velocities);
        const double kinetic = kineticEnergy(masses_, next.velocities);
        const double dt = settings_.timestepFs, tau = settings_.couplingFs;
        next.velocities *= thermostat == Thermostat::Berendsen
                               ? berendsenFactor(temperature(kinetic), settings_.temperature, dt, tau)
                               : bussiFactor(kinetic, 0.5 * degreesOfFreedom() * kT(), degreesOfFreedom(), dt,
                                             tau, next.random);
    }

    double temperature(double kinetic) const {
        return instantaneousTemperature(kinetic, state_.structure.size());
    }

    void requireNoRunaway() {
        const double limit = present() == Thermostat::None ? hottestWithoutThermostat
                                                           : settings_.runawayFactor * settings_.temperature;
        const double kelvin = temperature(kineticEnergy(masses_, state_.velocities));
        if (kelvin <= limit) return;
        checkpoint();
        throw ConvergenceError(
            fmt::format("the temperature ran away: {:.0f} K in MD step {} (limit {:.0f} K); relax the cell "
                        "first, use a shorter "
                        "time step, or a potential that knows this composition",
                        kelvin, state_.step, limit));
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

    void writeIfDue() {
        if (state_.step < 0 || state_.step % settings_.frameInterval != 0) return;
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
        const double kelvin = temperature(kineticEnergy(masses_, state_.velocities));
        const bool equilibrates = state_.step < 0;
        const std::int64_t total = equilibrates ? settings_.equilibrationSteps : settings_.steps;
        const std::int64_t done = equilibrates ? state_.step + total : state_.step;
        progress_.report(equilibrates ? "equilibrate" : "md", done, total,
                         fmt::format("{:.2f} ps, {:.0f} K",
                                     1e-3 * static_cast<double>(done) * settings_.timestepFs, kelvin));
    }

    MdState& state_;
    potential::Potential& potential_;
    const MdSettings& settings_;
    trajectory::FrameSink& sink_;
    ProgressSink& progress_;
    const RestartObserver& restart_;
    Eigen::VectorXd masses_;
    double firstVolume_;
    std::int64_t firstStep_;
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
