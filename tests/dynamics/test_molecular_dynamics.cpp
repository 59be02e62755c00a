// SPDX-License-Identifier: GPL-3.0-or-later
// Molecular dynamics against statistical mechanics, and against itself after a restart.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "analytic_potentials.h"
#include "core/base/units.h"
#include "core/dynamics/molecular_dynamics.h"

using namespace ionscape;
using namespace ionscape::dynamics;
using namespace ionscape::testing;

namespace {

constexpr double epsilonArgon = 0.0104;
constexpr double sigmaArgon = 3.40;
constexpr double cutoffArgon = 7.5;

LennardJones argon() {
    return {epsilonArgon, sigmaArgon, cutoffArgon};
}

MdSettings settings(Thermostat thermostat, double temperature, double timestepFs, std::int64_t steps) {
    MdSettings s;
    s.thermostat = thermostat;
    s.temperature = temperature;
    s.timestepFs = timestepFs;
    s.steps = steps;
    return s;
}

RecordingSink run(MdState& state, potential::Potential& potential, const MdSettings& s,
                  const std::stop_token& stop = {}, const RestartObserver& restart = {}) {
    RecordingSink sink;
    NoProgress progress;
    runMolecularDynamics(state, potential, s, sink, stop, progress, restart);
    return sink;
}

/// Root mean square fluctuation of the total energy of an NVE run of 1 ps, eV.
double energyFluctuation(double timestepFs) {
    auto potential = argon();
    auto state = startState(fccCrystal("Ar", 5.26, 3), 60.0, 5);
    auto s = settings(Thermostat::None, 60.0, timestepFs, std::llround(1000.0 / timestepFs));
    s.frameInterval = 1;
    const auto sink = run(state, potential, s);
    double sum = 0.0, squares = 0.0;
    for (const auto& f : sink.frames)
        sum += f.potentialEnergy + f.kineticEnergy;
    const double mean = sum / static_cast<double>(sink.frames.size());
    for (const auto& f : sink.frames)
        squares += std::pow(f.potentialEnergy + f.kineticEnergy - mean, 2);
    return std::sqrt(squares / static_cast<double>(sink.frames.size()));
}

double meanTemperature(const RecordingSink& sink, std::size_t skip) {
    double sum = 0.0;
    for (std::size_t i = skip; i < sink.frames.size(); ++i)
        sum += sink.frames[i].temperature;
    return sum / static_cast<double>(sink.frames.size() - skip);
}

bool identical(const VectorField& a, const VectorField& b) {
    return a.cols() == b.cols() && std::equal(a.data(), a.data() + a.size(), b.data());
}

}  // namespace

class TestMolecularDynamics : public QObject {
    Q_OBJECT

  private slots:
    void energyErrorIsOfSecondOrder();
    void startHasExactTemperatureAndNoMomentum();
    void startVelocitiesAreMaxwellian();
    void langevinSamplesTheHarmonicOscillator();
    void thermostatsHoldTheTemperature_data();
    void thermostatsHoldTheTemperature();
    void berendsenRelaxesAtItsCouplingTime();
    void restartIsBitwiseExact_data();
    void restartIsBitwiseExact();
    void framesComeAtTheirSteps();
    void cancelActsWithinOneStep();
    void cancelBeforeTheFirstStepWritesNothing();
    void runawayIsAnError();
    void forcesThatAreNotFiniteEndTheRunAtTheLastGoodStep();
    void settingsAreChecked();
    void thermostatNames();
};

void TestMolecularDynamics::energyErrorIsOfSecondOrder() {
    const double coarse = energyFluctuation(8.0);
    const double fine = energyFluctuation(4.0);
    QVERIFY2(coarse / fine > 3.6 && coarse / fine < 4.4, qPrintable(QString::number(coarse / fine)));
}

void TestMolecularDynamics::startHasExactTemperatureAndNoMomentum() {
    auto crystal = fccCrystal("Ar", 5.26, 2);
    for (std::size_t i = 0; i < crystal.size(); i += 3)
        crystal.elements[i] = crystal::Element::fromSymbol("Li");
    RandomStream random(3, "v");
    const auto v = maxwellBoltzmannVelocities(crystal, 300.0, random);
    const auto masses = crystal.masses();
    QVERIFY((v * masses).norm() < 1e-12);
    // ½ Σ m v² in SI units, independent of the program's conversion constant.
    double joule = 0.0;
    for (Eigen::Index i = 0; i < v.cols(); ++i)
        joule += 0.5 * masses[i] * 1.66053906660e-27 * (v.col(i) * 1e5).squaredNorm();
    const double kelvin = 2.0 * joule / ((3.0 * static_cast<double>(crystal.size()) - 3.0) * 1.380649e-23);
    QVERIFY2(std::abs(kelvin - 300.0) < 1e-5, qPrintable(QString::number(kelvin, 'g', 12)));
}

void TestMolecularDynamics::startVelocitiesAreMaxwellian() {
    const auto crystal = fccCrystal("Ar", 5.26, 12);  // 6912 atoms, 20736 components
    RandomStream random(9, "v");
    const auto v = maxwellBoltzmannVelocities(crystal, 500.0, random);
    const double variance = units::boltzmann * 500.0 / (crystal.masses()[0] * units::amuAngstrom2PerFs2InEV);
    const double n = static_cast<double>(v.size());
    const double second = v.array().square().mean() / variance;
    const double fourth = v.array().pow(4).mean() / (variance * variance);
    QVERIFY(std::abs(second - 1.0) < 5.0 * std::sqrt(2.0 / n));
    QVERIFY(std::abs(fourth - 3.0) < 5.0 * std::sqrt(96.0 / n));  // a flat or two-valued distribution has < 2
}

void TestMolecularDynamics::langevinSamplesTheHarmonicOscillator() {
    constexpr int atoms = 100;
    constexpr double temperature = 700.0, stiffness = 2.0;
    crystal::Structure s;
    s.lattice = crystal::Lattice(Mat3(50.0 * Mat3::Identity()));
    for (int i = 0; i < atoms; ++i)
        s.append(crystal::Element::fromSymbol("Li"), Vec3(0.5 * i, 0, 0));
    HarmonicWells wells(stiffness, s.positions);
    auto state = startState(s, temperature, 11);
    auto md = settings(Thermostat::Langevin, temperature, 1.0, 20000);
    md.langevinFrictionPerPs = 20.0;
    md.frameInterval = 100;  // two correlation times
    const auto sink = run(state, wells, md);

    double position = 0.0, velocity = 0.0;
    constexpr std::size_t skip = 20;
    for (std::size_t f = skip; f < sink.frames.size(); ++f) {
        position += (sink.frames[f].positions - s.positions).squaredNorm();
        velocity += sink.frames[f].velocities.squaredNorm();
    }
    // The thermostat leaves the centre of mass at rest: 3N − 3 thermal components.
    const double samples = static_cast<double>(sink.frames.size() - skip) * (3.0 * atoms - 3.0);
    const double kT = units::boltzmann * temperature;
    const double positionRatio = position / samples / (kT / stiffness);
    const double velocityRatio = velocity / samples / (kT / (s.masses()[0] * units::amuAngstrom2PerFs2InEV));
    const double error = std::sqrt(2.0 / samples * 2.0);  // two for the correlation that is left
    QVERIFY2(std::abs(positionRatio - 1.0) < 4.0 * error, qPrintable(QString::number(positionRatio)));
    QVERIFY2(std::abs(velocityRatio - 1.0) < 4.0 * error, qPrintable(QString::number(velocityRatio)));
}

void TestMolecularDynamics::thermostatsHoldTheTemperature_data() {
    QTest::addColumn<int>("thermostat");
    QTest::newRow("langevin") << static_cast<int>(Thermostat::Langevin);
    QTest::newRow("berendsen") << static_cast<int>(Thermostat::Berendsen);
}

void TestMolecularDynamics::thermostatsHoldTheTemperature() {
    QFETCH(int, thermostat);
    auto potential = argon();
    // On the perfect lattice half of the kinetic energy flows into the springs: only a thermostat holds 80 K.
    auto state = startState(fccCrystal("Ar", 5.26, 3), 80.0, 21);
    auto s = settings(static_cast<Thermostat>(thermostat), 80.0, 4.0, 2500);
    const auto sink = run(state, potential, s);
    const double mean = meanTemperature(sink, 100);
    // One standard deviation of one frame is T √(2/(3N−3)) = 6.3 K; 150 frames, about 30 of them independent.
    QVERIFY2(std::abs(mean - 80.0) < 4.5, qPrintable(QString::number(mean)));
    QVERIFY((state.velocities * state.structure.masses()).norm() < 1e-10);
}

void TestMolecularDynamics::berendsenRelaxesAtItsCouplingTime() {
    // Free particles: dT/dt = (T0 − T)/τ exactly, so T(τ) − T0 = (T(0) − T0)/e up to the order of dt/τ.
    const auto crystal = fccCrystal("Ar", 20.0, 2);
    HarmonicWells free(0.0, crystal.positions);
    auto state = startState(crystal, 300.0, 2);
    auto s = settings(Thermostat::Berendsen, 100.0, 0.5, 200);
    s.couplingFs = 100.0;
    const auto sink = run(state, free, s);
    QVERIFY2(std::abs(sink.frames.back().temperature - (100.0 + 200.0 / std::exp(1.0))) < 0.5,
             qPrintable(QString::number(sink.frames.back().temperature)));
}

void TestMolecularDynamics::restartIsBitwiseExact_data() {
    QTest::addColumn<int>("thermostat");
    QTest::addColumn<int>("breakAt");
    for (const int at : {1, 7, 20, 33}) {
        for (const auto t : thermostats()) {
            QTest::addRow("%s at %d", thermostatName(t).c_str(), at) << static_cast<int>(t) << at;
        }
    }
}

void TestMolecularDynamics::restartIsBitwiseExact() {
    QFETCH(int, thermostat);
    QFETCH(int, breakAt);
    auto potential = argon();
    auto s = settings(static_cast<Thermostat>(thermostat), 80.0, 4.0, 50);
    s.frameInterval = 5;
    s.flushInterval = 10;
    const auto start = startState(rattled(fccCrystal("Ar", 5.26, 2), 0.05, 4), 80.0, 8);

    auto whole = start;
    const auto expected = run(whole, potential, s);

    // Stopped by the user after step `breakAt` (evaluation breakAt + 1); continued from the handed-out state
    // alone.
    std::stop_source stop;
    Hooked hooked(potential, [&](int n, potential::Evaluation&) {
        if (n == breakAt + 1) stop.request_stop();
    });
    auto state = start;
    MdState saved;
    RecordingSink first;
    NoProgress progress;
    QVERIFY_EXCEPTION_THROWN(
        runMolecularDynamics(state, hooked, s, first, stop.get_token(), progress,
                             [&](const MdState& m, const trajectory::Frame&) { saved = m; }),
        Cancelled);
    QCOMPARE(saved.step, std::int64_t(breakAt));
    MdState resumed;
    resumed.step = saved.step;
    resumed.structure = saved.structure;
    resumed.velocities = saved.velocities;
    resumed.random = RandomStream(saved.random.state());
    resumed.bath = saved.bath;
    auto fresh = argon();
    const auto second = run(resumed, fresh, s);

    QVERIFY(identical(whole.structure.positions, resumed.structure.positions));
    QVERIFY(identical(whole.velocities, resumed.velocities));
    QCOMPARE(second.begins, 0);
    auto frames = first.frames;
    frames.insert(frames.end(), second.frames.begin(), second.frames.end());
    QCOMPARE(frames.size(), expected.frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
        QCOMPARE(frames[i].step, expected.frames[i].step);
        QVERIFY(identical(frames[i].positions, expected.frames[i].positions));
        QVERIFY(frames[i].potentialEnergy == expected.frames[i].potentialEnergy);
    }
}

void TestMolecularDynamics::framesComeAtTheirSteps() {
    auto potential = argon();
    auto state = startState(fccCrystal("Ar", 5.26, 2), 50.0, 1);
    auto s = settings(Thermostat::Langevin, 50.0, 2.5, 25);
    s.frameInterval = 10;
    s.flushInterval = 10;
    std::vector<std::int64_t> states;
    const auto sink = run(state, potential, s, {}, [&](const MdState& m, const trajectory::Frame& f) {
        states.push_back(m.step);
        QCOMPARE(f.step, m.step);
        QVERIFY(identical(f.velocities, m.velocities));
    });
    QCOMPARE(sink.begins, 1);
    QCOMPARE(sink.frames.size(), std::size_t(3));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(sink.frames[i].step, std::int64_t(10 * i));
        QCOMPARE(sink.frames[i].timeFs, 25.0 * i);
    }
    QCOMPARE(states, (std::vector<std::int64_t>{10, 20, 25}));
    QCOMPARE(sink.flushes, 3);
}

void TestMolecularDynamics::cancelActsWithinOneStep() {
    auto potential = argon();
    for (const int n : {1, 2, 6}) {
        std::stop_source stop;
        Hooked hooked(potential, [&](int evaluation, potential::Evaluation&) {
            if (evaluation == n) stop.request_stop();
        });
        auto state = startState(fccCrystal("Ar", 5.26, 2), 50.0, 1);
        QVERIFY_EXCEPTION_THROWN(
            run(state, hooked, settings(Thermostat::Langevin, 50.0, 2.0, 100), stop.get_token()), Cancelled);
        QVERIFY(hooked.evaluations <= n + 1);
    }
}

void TestMolecularDynamics::cancelBeforeTheFirstStepWritesNothing() {
    auto potential = argon();
    std::stop_source stop;
    stop.request_stop();
    auto state = startState(fccCrystal("Ar", 5.26, 2), 50.0, 1);
    RecordingSink sink;
    NoProgress progress;
    QVERIFY_EXCEPTION_THROWN(
        runMolecularDynamics(state, potential, settings(Thermostat::Langevin, 50.0, 2.0, 100), sink,
                             stop.get_token(), progress),
        Cancelled);
    QCOMPARE(sink.begins, 0);
    QVERIFY(sink.frames.empty());
}

void TestMolecularDynamics::runawayIsAnError() {
    // Atoms far inside each other's core: an explosion.
    auto potential = argon();
    auto state = startState(rattled(fccCrystal("Ar", 5.26, 2), 0.9, 7), 50.0, 1);
    RecordingSink sink;
    NoProgress progress;
    QVERIFY_EXCEPTION_THROWN(
        runMolecularDynamics(state, potential, settings(Thermostat::Langevin, 50.0, 4.0, 1000), sink, {},
                             progress),
        ConvergenceError);
    QVERIFY(sink.flushes >= 1);
    QVERIFY(state.step < 1000);

    auto hot = startState(fccCrystal("Ar", 5.26, 2), 6000.0, 1);
    QVERIFY_EXCEPTION_THROWN(run(hot, potential, settings(Thermostat::None, 300.0, 1.0, 100)),
                             ConvergenceError);
}

void TestMolecularDynamics::forcesThatAreNotFiniteEndTheRunAtTheLastGoodStep() {
    auto potential = argon();
    Hooked hooked(potential, [](int n, potential::Evaluation& e) {
        if (n == 15) e.forces(1, 4) = std::numeric_limits<double>::quiet_NaN();
    });
    auto state = startState(fccCrystal("Ar", 5.26, 2), 50.0, 1);
    RecordingSink sink;
    NoProgress progress;
    std::int64_t savedStep = -1;
    try {
        runMolecularDynamics(state, hooked, settings(Thermostat::Langevin, 50.0, 2.0, 100), sink, {},
                             progress,
                             [&](const MdState& m, const trajectory::Frame&) { savedStep = m.step; });
        QFAIL("a NaN force went through");
    } catch (const ModelError& error) {
        const auto text = QString::fromUtf8(error.what());
        QVERIFY2(text.contains("step 14"), error.what());
        QVERIFY2(text.contains("atom 5"), error.what());
    }
    QCOMPARE(savedStep, std::int64_t(13));
    QCOMPARE(state.step, std::int64_t(13));
    QVERIFY(state.structure.positions.allFinite() && state.velocities.allFinite());
    QCOMPARE(sink.frames.size(), std::size_t(2));
    QVERIFY(sink.flushes >= 1);
}

void TestMolecularDynamics::settingsAreChecked() {
    auto potential = argon();
    auto state = startState(fccCrystal("Ar", 5.26, 2), 50.0, 1);
    const auto refused = [&](auto change) {
        auto s = settings(Thermostat::Berendsen, 50.0, 1.0, 10);
        change(s);
        QVERIFY_EXCEPTION_THROWN(run(state, potential, s), InputError);
    };
    refused([](MdSettings& s) { s.timestepFs = 0.0; });
    refused([](MdSettings& s) { s.temperature = -1.0; });
    refused([](MdSettings& s) { s.steps = -1; });
    refused([](MdSettings& s) { s.frameInterval = 0; });
    refused([](MdSettings& s) { s.couplingFs = 0.1; });
    refused([](MdSettings& s) { s.temperature = std::numeric_limits<double>::infinity(); });
    auto short1 = state;
    short1.velocities = VectorField::Zero(3, 2);
    QVERIFY_EXCEPTION_THROWN(run(short1, potential, settings(Thermostat::None, 50.0, 1.0, 10)), InputError);
}

void TestMolecularDynamics::thermostatNames() {
    for (const auto t : thermostats())
        QVERIFY(thermostatFromName(thermostatName(t)) == t);
    QVERIFY_EXCEPTION_THROWN(thermostatFromName("nose"), InputError);
}

QTEST_APPLESS_MAIN(TestMolecularDynamics)
#include "test_molecular_dynamics.moc"
