// SPDX-License-Identifier: GPL-3.0-or-later
// Thermostats and barostats against the distributions that they shall sample.
#include <QTest>
#include <cmath>

#include "analytic_potentials.h"
#include "core/base/units.h"
#include "core/dynamics/molecular_dynamics.h"

using namespace ionscape;
using namespace ionscape::dynamics;
using namespace ionscape::testing;

namespace {

struct Moments {
    double mean = 0.0, variance = 0.0;
};

Moments moments(const std::vector<double>& values) {
    Moments m;
    for (const double x : values)
        m.mean += x / static_cast<double>(values.size());
    for (const double x : values)
        m.variance += (x - m.mean) * (x - m.mean) / static_cast<double>(values.size());
    return m;
}

std::vector<trajectory::Frame> run(MdState& state, potential::Potential& potential,
                                   const MdSettings& settings) {
    RecordingSink sink;
    NoProgress progress;
    runMolecularDynamics(state, potential, settings, sink, {}, progress);
    return sink.frames;
}

LennardJones argon() {
    return {0.0104, 3.40, 7.5};
}

/// Mean pressure of the frames, GPa.
double meanPressure(potential::Potential& potential, const crystal::Structure& crystal,
                    const std::vector<trajectory::Frame>& frames) {
    double sum = 0.0;
    crystal::Structure at = crystal;
    for (const auto& frame : frames) {
        at.lattice = frame.lattice;
        at.positions = frame.positions;
        const double volume = at.lattice.volume();
        const Mat3 stress = *potential.evaluate(at, {.stress = true}).stressGPa;
        sum += pressureTensorGPa(stress, at.masses(), frame.velocities, volume).trace() / 3.0;
    }
    return sum / static_cast<double>(frames.size());
}

bool close(double value, double expected, double relative) {
    if (std::abs(value - expected) <= relative * std::abs(expected)) return true;
    qWarning("%g is not within %g of %g", value, relative * std::abs(expected), expected);
    return false;
}

}  // namespace

class TestThermostat : public QObject {
    Q_OBJECT

  private slots:
    void bussiSamplesTheKineticEnergy_data();
    void bussiSamplesTheKineticEnergy();
    void bussiRelaxesAtItsCouplingTime();
    void chainConservesItsQuantityToSecondOrder();
    void chainIsReversible();
    void canonicalFluctuationOfTheKineticEnergy_data();
    void canonicalFluctuationOfTheKineticEnergy();
    void idealGasHasItsVolumeDistribution();
    void pressureOfAnIdealGas();
    void solidFindsItsVolume_data();
    void solidFindsItsVolume();
    void flexibleCellLosesItsShear();
    void impossibleBarostatsAreRefused();
    void equilibrationIsNotStored();
    void equilibrationOfAnIsolatedRunIsThermostatted();
};

void TestThermostat::bussiSamplesTheKineticEnergy_data() {
    QTest::addColumn<double>("degrees");
    for (const double degrees : {1.0, 2.0, 3.0, 9.0, 117.0})
        QTest::addRow("%g degrees of freedom", degrees) << degrees;
}

void TestThermostat::bussiSamplesTheKineticEnergy() {
    QFETCH(double, degrees);
    // ½ N_f kT with kT = 2: mean N_f, variance N_f²·2/N_f = 2 N_f (a gamma distribution).
    RandomStream random(7, "bussi");
    double kinetic = degrees;
    std::vector<double> values;
    constexpr int samples = 40000;
    for (int i = 0; i < samples; ++i) {
        // Three coupling times between samples: hardly correlated.
        const double factor = bussiFactor(kinetic, degrees, degrees, 300.0, 100.0, random);
        kinetic *= factor * factor;
        values.push_back(kinetic);
    }
    const auto m = moments(values);
    QVERIFY(std::abs(m.mean - degrees) < 5.0 * std::sqrt(2.0 * degrees * 1.1 / samples));
    // The variance of a sample variance: κ₄ + 2σ⁴ with the excess kurtosis 12/N_f.
    QVERIFY(close(m.variance, 2.0 * degrees, 5.0 * std::sqrt((12.0 / degrees + 2.0) * 1.1 / samples)));
}

void TestThermostat::bussiRelaxesAtItsCouplingTime() {
    RandomStream random(3, "bussi");
    constexpr int runs = 4000;
    double sum = 0.0;
    for (int i = 0; i < runs; ++i) {
        double kinetic = 300.0;
        for (int step = 0; step < 50; ++step) {
            const double factor = bussiFactor(kinetic, 100.0, 60.0, 1.0, 50.0, random);
            kinetic *= factor * factor;
        }
        sum += kinetic / runs;
    }
    QVERIFY(close(sum, 100.0 + 200.0 * std::exp(-1.0), 0.01));
}

void TestThermostat::chainConservesItsQuantityToSecondOrder() {
    const auto fluctuation = [](double timestepFs) {
        auto potential = argon();
        auto state = startState(fccCrystal("Ar", 5.26, 2), 80.0, 5);
        const auto masses = state.structure.masses();
        const double degrees = 3.0 * 32 - 3.0;
        MdSettings s;
        s.thermostat = Thermostat::NoseHoover;
        s.temperature = 80.0;
        s.couplingFs = 400.0;
        s.timestepFs = timestepFs;
        const NoseHooverChain chain(degrees, units::boltzmann * 80.0, s.couplingFs);
        std::vector<double> values;
        for (int i = 0; i < std::lround(1600.0 / timestepFs); ++i) {
            s.steps = state.step + 1;
            const auto frames = run(state, potential, s);
            const double energy = potential.evaluate(state.structure, {}).energy;
            values.push_back(energy + kineticEnergy(masses, state.velocities) + chain.energy(state.bath));
        }
        return std::sqrt(moments(values).variance);
    };
    const double coarse = fluctuation(8.0), fine = fluctuation(4.0);
    QVERIFY2(coarse / fine > 3.3 && coarse / fine < 4.7, qPrintable(QString::number(coarse / fine)));
    QVERIFY(coarse < 0.01);  // of a kinetic energy of 0.32 eV
}

void TestThermostat::chainIsReversible() {
    const NoseHooverChain chain(30.0, 0.05, 100.0);
    std::vector<double> bath{0.1, -0.2, 0.3, 0.004, -0.003, 0.002};
    const auto before = bath;
    const double kinetic = 1.1;
    const double there = chain.halfStep(bath, kinetic, 2.0);
    QVERIFY(std::abs(there - 1.0) > 1e-4);
    const double back = chain.halfStep(bath, kinetic * there * there, -2.0);
    QVERIFY(std::abs(there * back - 1.0) < 1e-14);
    for (std::size_t i = 0; i < bath.size(); ++i)
        QVERIFY(std::abs(bath[i] - before[i]) < 1e-14);
}

void TestThermostat::canonicalFluctuationOfTheKineticEnergy_data() {
    QTest::addColumn<int>("thermostat");
    for (const auto t : {Thermostat::Bussi, Thermostat::NoseHoover, Thermostat::Langevin})
        QTest::addRow("%s", thermostatName(t).c_str()) << static_cast<int>(t);
}

void TestThermostat::canonicalFluctuationOfTheKineticEnergy() {
    QFETCH(int, thermostat);
    auto potential = argon();
    MdSettings s;
    s.thermostat = static_cast<Thermostat>(thermostat);
    s.temperature = 60.0;
    s.timestepFs = 5.0;
    s.couplingFs = 200.0;
    s.equilibrationSteps = 600;
    s.steps = 12000;
    s.frameInterval = 10;
    auto state = startState(fccCrystal("Ar", 5.26, 2), s, 21);
    std::vector<double> kelvin;
    for (const auto& frame : run(state, potential, s))
        kelvin.push_back(frame.temperature);
    const auto m = moments(kelvin);
    const double degrees = 3.0 * 32 - 3.0;
    QVERIFY(close(m.mean, 60.0, 0.02));
    // Berendsen's is far below; a microcanonical crystal has half of it. About 200 independent ones.
    QVERIFY(close(m.variance, 2.0 * 60.0 * 60.0 / degrees, 0.35));
}

void TestThermostat::idealGasHasItsVolumeDistribution() {
    constexpr double temperature = 400.0;
    constexpr int atoms = 256;
    const auto gas = fccCrystal("Ar", 30.0, 4);
    QCOMPARE(gas.size(), std::size_t(atoms));
    HarmonicWells free(0.0, gas.positions);
    MdSettings s;
    s.temperature = temperature;
    s.timestepFs = 4.0;
    s.couplingFs = 40.0;
    s.barostat.kind = Barostat::StochasticCellRescaling;
    const double kT = units::boltzmann * temperature;
    const double volume = gas.lattice.volume();
    s.barostat.pressureGPa = atoms * kT / volume * units::eVPerAngstrom3InGPa;
    s.barostat.compressibilityPerGPa = 1.0 / s.barostat.pressureGPa;
    s.barostat.couplingFs = 100.0;
    s.equilibrationSteps = 500;
    s.steps = 30000;
    s.frameInterval = 25;
    auto state = startState(gas, s, 17);
    std::vector<double> volumes;
    for (const auto& frame : run(state, free, s))
        volumes.push_back(frame.lattice.volume());
    // p(V) ∝ V^(N−1) exp(−PV/kT), the centre of mass at rest: mean N kT/P, variance N (kT/P)². The volume is
    // correlated over 100 fs, so that 1,200 frames are about 600 independent ones.
    const auto m = moments(volumes);
    QVERIFY(close(m.mean, volume, 5.0 / std::sqrt(atoms * 600.0)));
    QVERIFY(close(m.variance, volume * volume / atoms, 5.0 * std::sqrt(2.0 / 600.0)));
}

void TestThermostat::pressureOfAnIdealGas() {
    const auto gas = fccCrystal("Ar", 30.0, 2);
    const auto state = startState(gas, 300.0, 1);
    const Mat3 pressure =
        pressureTensorGPa(Mat3::Zero(), gas.masses(), state.velocities, gas.lattice.volume());
    // (3N − 3)/3 kT / V in SI units.
    const double pascal = 31.0 * 1.380649e-23 * 300.0 / (gas.lattice.volume() * 1e-30);
    QVERIFY(close(pressure.trace() / 3.0, pascal * 1e-9, 1e-6));
}

void TestThermostat::solidFindsItsVolume_data() {
    QTest::addColumn<int>("barostat");
    QTest::addColumn<bool>("isotropic");
    QTest::newRow("berendsen") << static_cast<int>(Barostat::Berendsen) << true;
    QTest::newRow("berendsen, flexible") << static_cast<int>(Barostat::Berendsen) << false;
    QTest::newRow("c-rescale") << static_cast<int>(Barostat::StochasticCellRescaling) << true;
}

void TestThermostat::solidFindsItsVolume() {
    QFETCH(int, barostat);
    QFETCH(bool, isotropic);
    auto potential = argon();
    MdSettings s;
    s.temperature = 40.0;
    s.timestepFs = 5.0;
    s.equilibrationSteps = 500;
    s.steps = 1000;
    // Where the pressure at fixed volume vanishes, from two runs that know no barostat.
    const double small = 5.43, large = 5.47;
    const auto pressureAt = [&](double constant) {
        auto state = startState(fccCrystal("Ar", constant, 3), s, 9);
        const auto frames = run(state, potential, s);
        return meanPressure(potential, state.structure, frames);
    };
    const double pSmall = pressureAt(small), pLarge = pressureAt(large);
    QVERIFY(pSmall > pLarge);
    const double expected = small + (large - small) * pSmall / (pSmall - pLarge);

    s.barostat.kind = static_cast<Barostat>(barostat);
    s.barostat.isotropic = isotropic;
    s.barostat.compressibilityPerGPa = 0.4;
    s.equilibrationSteps = 800;
    s.steps = 1500;
    auto state = startState(fccCrystal("Ar", 5.6, 3), s, 4);
    double volume = 0.0;
    const auto frames = run(state, potential, s);
    for (const auto& frame : frames)
        volume += frame.lattice.volume() / static_cast<double>(frames.size());
    const double constant = std::cbrt(volume / 27.0);
    QVERIFY2(std::abs(constant - expected) < 0.015, qPrintable(QString("%1 %2").arg(constant).arg(expected)));
}

void TestThermostat::flexibleCellLosesItsShear() {
    auto potential = argon();
    MdSettings s;
    s.temperature = 5.0;
    s.timestepFs = 5.0;
    s.barostat.kind = Barostat::Berendsen;
    s.barostat.isotropic = false;
    s.barostat.compressibilityPerGPa = 0.4;
    s.steps = 2000;
    auto crystal = fccCrystal("Ar", 5.28, 3);
    Mat3 strain = Mat3::Identity();
    strain(0, 0) = 1.03;
    strain(2, 2) = 0.97;
    strain(0, 1) = strain(1, 0) = 0.02;
    crystal.lattice = crystal::Lattice(crystal.lattice.rows() * strain);
    crystal.positions = strain * crystal.positions;
    auto state = startState(crystal, s, 4);
    run(state, potential, s);
    const Mat3 rows = state.structure.lattice.rows();
    const Mat3 metric = rows * rows.transpose();
    const double mean = metric.trace() / 3.0;
    QVERIFY2((metric / mean - Mat3::Identity()).cwiseAbs().maxCoeff() < 0.02,
             qPrintable(QString::number((metric / mean - Mat3::Identity()).cwiseAbs().maxCoeff())));
}

void TestThermostat::impossibleBarostatsAreRefused() {
    MdSettings s;
    s.barostat.kind = Barostat::StochasticCellRescaling;
    checkSettings(s);
    const auto refused = [&](auto change) {
        auto changed = s;
        change(changed);
        QVERIFY_EXCEPTION_THROWN(checkSettings(changed), InputError);
    };
    refused([](MdSettings& m) { m.barostat.couplingFs = 0.0; });
    refused([](MdSettings& m) { m.barostat.compressibilityPerGPa = -1.0; });
    refused([](MdSettings& m) { m.barostat.pressureGPa = std::nan(""); });
    refused([](MdSettings& m) { m.barostat.isotropic = false; });
    refused([](MdSettings& m) { m.thermostat = Thermostat::None; });
    refused([](MdSettings& m) { m.equilibrationSteps = -1; });
    for (const auto b : barostats())
        QVERIFY(barostatFromName(barostatName(b)) == b);
    QVERIFY_EXCEPTION_THROWN(barostatFromName("mtk"), InputError);
}

void TestThermostat::equilibrationIsNotStored() {
    MdSettings s;
    s.temperature = 50.0;
    s.timestepFs = 4.0;
    s.steps = 50;
    s.frameInterval = 5;
    const auto crystal = rattled(fccCrystal("Ar", 5.26, 2), 0.05, 4);
    auto potential = argon();
    auto whole = startState(crystal, s, 3);
    const auto all = run(whole, potential, s);
    s.equilibrationSteps = 20;
    s.steps = 30;
    auto state = startState(crystal, s, 3);
    QCOMPARE(state.step, std::int64_t(-20));
    const auto frames = run(state, potential, s);
    QCOMPARE(frames.size(), std::size_t(7));
    for (std::size_t i = 0; i < frames.size(); ++i) {
        QCOMPARE(frames[i].step, static_cast<std::int64_t>(5 * i));
        QCOMPARE(frames[i].timeFs, 20.0 * static_cast<double>(i));
        QVERIFY(frames[i].positions == all[i + 4].positions);
    }
}

void TestThermostat::equilibrationOfAnIsolatedRunIsThermostatted() {
    MdSettings s;
    s.thermostat = Thermostat::None;
    s.temperature = 60.0;
    s.timestepFs = 4.0;
    s.equilibrationSteps = 1500;
    s.steps = 500;
    auto potential = argon();
    // On the perfect lattice half of the kinetic energy flows into the springs.
    auto state = startState(fccCrystal("Ar", 5.26, 3), s, 3);
    const auto frames = run(state, potential, s);
    double mean = 0.0;
    std::vector<double> energies;
    for (const auto& frame : frames) {
        mean += frame.temperature / static_cast<double>(frames.size());
        energies.push_back(frame.potentialEnergy + frame.kineticEnergy);
    }
    QVERIFY2(std::abs(mean - 60.0) < 10.0, qPrintable(QString::number(mean)));
    QVERIFY(std::sqrt(moments(energies).variance) < 1e-3);  // no bath any more
}

QTEST_APPLESS_MAIN(TestThermostat)
#include "test_thermostat.moc"
