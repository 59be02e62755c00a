// SPDX-License-Identifier: GPL-3.0-or-later
// Classical potentials against lattice sums, a brute-force twin, their own derivatives, and each other.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/random.h"
#include "core/base/units.h"
#include "core/crystal/ewald.h"
#include "core/potential/classical_potential.h"
#include "core/potential/json_model.h"
#include "core/potential/model_formats.h"

using namespace ionscape;
using crystal::Element;
using crystal::Structure;
using potential::ClassicalModel;
using potential::ClassicalPotential;
using potential::CoulombMethod;
using potential::PairTerms;
using potential::Truncation;

namespace {

Element element(const char* symbol) {
    return Element::fromSymbol(symbol);
}

Structure fccPrimitive(const char* symbol, double a) {
    Structure s;
    Mat3 rows;
    rows << 0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0;
    s.lattice = crystal::Lattice(Mat3(a * rows));
    s.append(element(symbol), Vec3::Zero());
    return s;
}

/// Conventional rocksalt cell with every atom moved a little.
Structure rattledRocksalt(double a, double width, std::uint64_t seed) {
    Structure s;
    s.lattice = crystal::Lattice(Mat3(a * Mat3::Identity()));
    const Vec3 corners[4] = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
    for (const Vec3& corner : corners)
        s.append(element("Na"), a * corner);
    for (const Vec3& corner : corners)
        s.append(element("Cl"), a * (corner + Vec3::Constant(0.5)));
    RandomStream random(seed, "rattle");
    for (auto& x : s.positions.reshaped())
        x += width * random.normal();
    return s;
}

/// Made-up ions of about the size of sodium and chlorine, with every kind of term.
ClassicalModel ionicModel(CoulombMethod coulomb) {
    ClassicalModel m;
    m.info.name = "ions";
    m.cutoff = 7.0;
    m.truncation = Truncation::Smooth;
    m.fadeWidth = 1.5;
    m.charges = {{element("Na"), 1.0}, {element("Cl"), -1.0}};
    m.setPair(element("Na"), element("Cl"), {0, 0, 2000.0, 0.31, 10.0});
    m.setPair(element("Cl"), element("Cl"), {0.01, 3.4, 3000.0, 0.32, 50.0});
    m.setPair(element("Na"), element("Na"), {0.005, 2.5, 0, 0, 0});
    m.coulomb = coulomb;
    m.ewaldAccuracy = 1e-11;
    m.dampingPerA = 0.25;
    m.coulombCutoff = 9.0;
    return m;
}

/// The same energy by its definition: every image of every pair, no neighbour list, Coulomb energy handed in.
double bruteForce(const Structure& s, const ClassicalModel& m, double coulombEnergy) {
    double energy = coulombEnergy;
    const int n = static_cast<int>(s.size());
    const int reach = 4;
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < n; ++j) {
            for (int x = -reach; x <= reach; ++x)
                for (int y = -reach; y <= reach; ++y)
                    for (int z = -reach; z <= reach; ++z) {
                        if (i == j && x == 0 && y == 0 && z == 0) continue;
                        const double r = (s.positions.col(j) - s.positions.col(i) +
                                          s.lattice.rows().transpose() * Vec3(x, y, z))
                                             .norm();
                        if (r >= m.cutoff) continue;
                        const auto found = m.pairs.find(std::minmax(s.elements[static_cast<std::size_t>(i)],
                                                                    s.elements[static_cast<std::size_t>(j)]));
                        const PairTerms t = found->second;
                        double u = t.a * std::exp(-r / std::max(t.rho, 1e-9)) - t.c / std::pow(r, 6);
                        u += 4.0 * t.epsilon * (std::pow(t.sigma / r, 12) - std::pow(t.sigma / r, 6));
                        const double f = std::max(0.0, (r - (m.cutoff - m.fadeWidth)) / m.fadeWidth);
                        energy +=
                            0.5 * u * (1 - 10 * std::pow(f, 3) + 15 * std::pow(f, 4) - 6 * std::pow(f, 5));
                    }
        }
    }
    return energy;
}

/// "" or the message of the Error thrown.
template <class Action>
std::string errorOf(Action&& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

}  // namespace

class TestClassical : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string write(const char* name, const std::string& text) {
        const std::string path = folder_.filePath(name).toStdString();
        std::ofstream(path) << text;
        return path;
    }

  private slots:
    /// E/N = 2ε[A12 (σ/d)¹² − A6 (σ/d)⁶] with A12 = 12.13188, A6 = 14.45392 (Kittel, Introduction to Solid
    /// State Physics, chapter 3): at the minimum d = 1.0902 σ and E/N = −8.610 ε.
    void fccLatticeSums() {
        constexpr double epsilon = 0.0104, sigma = 3.4, cutoff = 50.0;
        ClassicalModel m;
        m.cutoff = cutoff;
        m.truncation = Truncation::None;
        m.setPair(element("Ar"), element("Ar"), {epsilon, sigma});
        ClassicalPotential potential(m);
        const double d = 1.0902 * sigma, a = d * std::sqrt(2.0);
        const auto result = potential.evaluate(fccPrimitive("Ar", a), {.stress = true});
        // Atoms beyond the cutoff, smeared out.
        const double density = 4.0 / (a * a * a);
        const double tail =
            -8.0 / 3.0 * units::pi * density * epsilon * std::pow(sigma, 6) / std::pow(cutoff, 3);
        const double expected =
            2.0 * epsilon * (12.13188 * std::pow(sigma / d, 12) - 14.45392 * std::pow(sigma / d, 6));
        QVERIFY2(
            std::abs(result.energy + tail - expected) < 2e-6 * epsilon * 10,
            qPrintable(QString("%1 %2").arg(result.energy + tail, 0, 'g', 12).arg(expected, 0, 'g', 12)));
        QVERIFY(std::abs(expected / epsilon + 8.610) < 1e-3);
        QVERIFY(std::abs((*result.stressGPa)(0, 0)) < 5e-4);
    }

    void pairTermsHaveTheirTextbookMinimum() {
        const PairTerms lj{0.01, 3.0};
        const potential::PairFunction function(lj, Truncation::None, 10.0, 1.0);
        const auto value = function.at(3.0 * std::pow(2.0, 1.0 / 6.0));
        QVERIFY(std::abs(value.energy + 0.01) < 1e-15 && std::abs(value.slope) < 1e-14);
    }

    void truncationsEndAtZero() {
        const PairTerms lj{0.01, 3.0};
        const potential::PairFunction shift(lj, Truncation::Shift, 8.0, 1.0);
        QVERIFY(std::abs(shift.at(8.0 - 1e-9).energy) < 1e-12);
        const potential::PairFunction smooth(lj, Truncation::Smooth, 8.0, 1.5);
        QVERIFY(std::abs(smooth.at(8.0 - 1e-6).energy) < 1e-15);
        QVERIFY(std::abs(smooth.at(8.0 - 1e-6).slope) < 1e-12);
        const potential::PairFunction bare(lj, Truncation::None, 8.0, 1.5);
        QCOMPARE(smooth.at(6.4).energy, bare.at(6.4).energy);
        for (double r = 2.5; r < 8.2; r += 0.0371) {
            constexpr double h = 1e-6;
            const double slope = (smooth.at(r + h).energy - smooth.at(r - h).energy) / (2.0 * h);
            QVERIFY(std::abs(smooth.at(r).slope - slope) < 1e-7);
        }
    }

    void mixingRules() {
        const PairTerms a{0.01, 3.0}, b{0.04, 4.0};
        using potential::Mixing;
        const auto berthelot = potential::mixed(a, b, Mixing::LorentzBerthelot);
        QVERIFY(std::abs(berthelot.sigma - 3.5) < 1e-14 && std::abs(berthelot.epsilon - 0.02) < 1e-14);
        const auto geometric = potential::mixed(a, b, Mixing::Geometric);
        QVERIFY(std::abs(geometric.sigma - std::sqrt(12.0)) < 1e-14);
        const auto hagler = potential::mixed(a, b, Mixing::WaldmanHagler);
        QVERIFY(std::abs(std::pow(hagler.sigma, 6) - 0.5 * (729.0 + 4096.0)) < 1e-9);
        QVERIFY(std::abs(hagler.epsilon * std::pow(hagler.sigma, 6) -
                         std::sqrt(0.01 * 729.0 * 0.04 * 4096.0)) < 1e-10);
        for (const auto rule : {Mixing::LorentzBerthelot, Mixing::Geometric, Mixing::WaldmanHagler}) {
            const auto like = potential::mixed(a, a, rule);
            QVERIFY(std::abs(like.epsilon - a.epsilon) < 1e-15 && std::abs(like.sigma - a.sigma) < 1e-14);
        }
    }

    void agreesWithABruteForceTwin() {
        const auto model = ionicModel(CoulombMethod::Ewald);
        ClassicalPotential potential(model);
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const Structure s = rattledRocksalt(5.6, 0.15, seed);
            Eigen::VectorXd charges(8);
            charges << 1, 1, 1, 1, -1, -1, -1, -1;
            const double coulomb = crystal::ewaldSum(s, charges, 1e-12).energy;
            const double expected = bruteForce(s, model, coulomb);
            QVERIFY(std::abs(potential.evaluate(s, {}).energy - expected) < 1e-9);
        }
    }

    void forcesAndStressAreDerivatives_data() {
        QTest::addColumn<int>("method");
        QTest::newRow("Ewald") << int(CoulombMethod::Ewald);
        QTest::newRow("damped shifted force") << int(CoulombMethod::DampedShiftedForce);
        QTest::newRow("no Coulomb") << int(CoulombMethod::None);
    }
    void forcesAndStressAreDerivatives() {
        QFETCH(int, method);
        ClassicalPotential potential(ionicModel(static_cast<CoulombMethod>(method)));
        const Structure s = rattledRocksalt(5.6, 0.2, 4);
        const auto result = potential.evaluate(s, {.stress = true});
        const auto energy = [&](const Structure& at) { return potential.evaluate(at, {}).energy; };
        constexpr double h = 1e-4;
        for (Eigen::Index atom = 0; atom < 8; ++atom) {
            for (int axis = 0; axis < 3; ++axis) {
                Structure up = s, down = s;
                up.positions(axis, atom) += h;
                down.positions(axis, atom) -= h;
                const double slope = (energy(up) - energy(down)) / (2.0 * h);
                QVERIFY(std::abs(result.forces(axis, atom) + slope) < 2e-6);
            }
        }
        for (int i = 0; i < 3; ++i) {
            for (int j = i; j < 3; ++j) {
                Mat3 strain = Mat3::Zero();
                strain(i, j) += 0.5 * h;
                strain(j, i) += 0.5 * h;
                const double up = energy(crystal::deformed(s, Mat3::Identity() + strain));
                const double down = energy(crystal::deformed(s, Mat3::Identity() - strain));
                const double expected =
                    (up - down) / (2.0 * h) / s.lattice.volume() * units::eVPerAngstrom3InGPa;
                QVERIFY(std::abs((*result.stressGPa)(i, j) - expected) < 1e-4);
            }
        }
    }

    /// The damped shifted force is an approximation: its errors are those its authors report, some tenths of
    /// a per cent of the lattice energy and a few hundredths of the forces.
    void dampedShiftedForceFollowsEwald() {
        ClassicalModel ewald, damped;
        for (ClassicalModel* m : {&ewald, &damped})
            m->charges = {{element("Na"), 1.0}, {element("Cl"), -1.0}};
        ewald.coulomb = CoulombMethod::Ewald;
        damped.coulomb = CoulombMethod::DampedShiftedForce;
        damped.dampingPerA = 0.2;
        damped.coulombCutoff = 15.0;
        ClassicalPotential exact(ewald), approximate(damped);
        const Structure s = rattledRocksalt(5.64, 0.2, 9);
        const auto reference = exact.evaluate(s, {});
        const auto other = approximate.evaluate(s, {});
        const double relative = std::abs(other.energy / reference.energy - 1.0);
        QVERIFY2(relative < 5e-3, qPrintable(QString::number(relative)));
        const double forceError = (other.forces - reference.forces).norm() / reference.forces.norm();
        QVERIFY2(forceError < 0.03, qPrintable(QString::number(forceError)));
    }

    void shippedArgonIsReadInItsUnits() {
        const std::string file = IONSCAPE_RESOURCES "/potentials/argon-lj.json";
        const auto potential = potential::openPotential(file);
        QCOMPARE(potential->info().architecture, std::string("Lennard-Jones"));
        QCOMPARE(potential->info().elements, std::vector<Element>{element("Ar")});
        QCOMPARE(potential->info().checksum.size(), std::size_t(64));
        QCOMPARE(potential::describePotential(file).info.name, potential->info().name);
        Structure dimer;
        dimer.lattice = crystal::Lattice(Mat3(40.0 * Mat3::Identity()));
        dimer.append(element("Ar"), Vec3::Zero());
        dimer.append(element("Ar"), Vec3(3.4 * std::pow(2.0, 1.0 / 6.0), 0, 0));
        const double depth = -potential->evaluate(dimer, {}).energy / units::boltzmann;
        QVERIFY2(std::abs(depth - 120.0) < 1e-9, qPrintable(QString::number(depth, 'g', 12)));
        // Another element is refused by name.
        dimer.elements[1] = element("Kr");
        QVERIFY(errorOf([&] { potential->evaluate(dimer, {}); }).find("krypton") != std::string::npos);
    }

    void readsEveryPart() {
        const std::string file = write("ions.json", R"({
            "architecture": "classical", "name": "ions", "origin": "made up", "licence": "CC0",
            "units": {"energy": "kJ/mol", "length": "nm"},
            "cutoff": 0.8, "truncation": "smooth", "smoothing_width": 0.1,
            "charges": {"Na": 1, "Cl": -1},
            "lennard_jones": {"mixing": "geometric",
              "elements": {"Na": {"epsilon": 1, "sigma": 0.2}, "Cl": {"epsilon": 4, "sigma": 0.45}}},
            "buckingham": {"pairs": [{"elements": ["Cl", "Cl"], "A": 1e5, "rho": 0.03, "C": 1e-3}]},
            "coulomb": {"method": "dsf", "damping": 2, "cutoff": 1.2}})");
        const auto model = potential::readClassicalModel(file, potential::readPotentialJson(file));
        constexpr double kilojoule = 0.010364269656;  // eV per molecule
        QCOMPARE(model.cutoff, 8.0);
        QCOMPARE(model.fadeWidth, 1.0);
        QCOMPARE(model.coulombCutoff, 12.0);
        QVERIFY(std::abs(model.dampingPerA - 0.2) < 1e-15);
        const auto mixed = model.pairs.at({element("Na"), element("Cl")});
        QVERIFY(std::abs(mixed.epsilon - 2.0 * kilojoule) < 1e-10);
        QVERIFY(std::abs(mixed.sigma - 3.0) < 1e-12);
        const auto like = model.pairs.at({element("Cl"), element("Cl")});
        QVERIFY(std::abs(like.sigma - 4.5) < 1e-12 && std::abs(like.rho - 0.3) < 1e-12);
        QVERIFY(std::abs(like.c - 1e3 * kilojoule) < 1e-7);
        QCOMPARE(model.info.architecture,
                 std::string("Lennard-Jones + Buckingham + Coulomb (damped shifted force)"));
    }

    void faultyFilesAreRefused_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        const QString start = R"({"architecture": "classical", "name": "x", "cutoff": 8, )";
        QTest::newRow("not JSON") << "{\"architecture\""
                                  << "JSON";
        QTest::newRow("huge number") << R"({"architecture": "classical", "cutoff": 1e999})"
                                     << "cannot be read";
        QTest::newRow("architecture") << R"({"architecture": "magic"})"
                                      << "architecture";
        QTest::newRow("no name") << R"({"architecture": "classical"})"
                                 << "name";
        QTest::newRow("unknown field") << start + R"("colour": "red", "charges": {}})"
                                       << "colour";
        QTest::newRow("no element") << start + R"("truncation": "none"})"
                                    << "element";
        QTest::newRow("element") << start + R"("charges": {"Qq": 1}, "coulomb": {"method": "ewald"}})"
                                 << "Qq";
        QTest::newRow("charges alone") << start + R"("charges": {"Na": 1}})"
                                       << "coulomb";
        QTest::newRow("method") << start + R"("charges": {"Na": 1}, "coulomb": {"method": "pme"}})"
                                << "pme";
        QTest::newRow("cutoff") << R"({"architecture": "classical", "name": "x", "cutoff": 1e6})"
                                << "cutoff";
        QTest::newRow("unit") << start + R"("units": {"energy": "cal"}})"
                              << "cal";
        QTest::newRow("sigma") << start + R"("lennard_jones": {"elements": {"Ar": {"epsilon": 1}}}})"
                               << "sigma";
        QTest::newRow("sign") << start +
                                     R"("lennard_jones": {"elements": {"Ar": {"epsilon": -1, "sigma": 3}}}})"
                              << "negative";
        QTest::newRow("rule") << start + R"("lennard_jones": {"mixing": "x", "elements": {}}})"
                              << "mixing";
        QTest::newRow("twice")
            << start + R"("buckingham": {"pairs": [{"elements": ["O", "Zr"], "A": 1, "rho": 0.3},
                                                  {"elements": ["Zr", "O"], "A": 1, "rho": 0.3}]}})"
            << "twice";
    }
    void faultyFilesAreRefused() {
        QFETCH(QString, text);
        QFETCH(QString, named);
        const std::string file = write("faulty.json", text.toStdString());
        const std::string message = errorOf([&] { potential::openJsonModel(file); });
        QVERIFY2(message.find(named.toStdString()) != std::string::npos && message.find(file) == 0,
                 message.c_str());
    }

    void atomsInsideTheBuckinghamMaximumAreNamed() {
        ClassicalPotential potential(ionicModel(CoulombMethod::Ewald));
        Structure s = rattledRocksalt(5.6, 0.0, 1);
        s.positions.col(4) = Vec3(0.35, 0, 0);
        const std::string message = errorOf([&] { potential.evaluate(s, {}); });
        QVERIFY2(message.find("atoms 1 (Na) and 5 (Cl)") != std::string::npos, message.c_str());
    }

    void aChargedCellIsRefusedByEwald() {
        ClassicalPotential potential(ionicModel(CoulombMethod::Ewald));
        Structure s = rattledRocksalt(5.6, 0.0, 1);
        s.elements[0] = element("Cl");
        QVERIFY(errorOf([&] { potential.evaluate(s, {}); }).find("-2 e") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestClassical)
#include "test_classical.moc"
