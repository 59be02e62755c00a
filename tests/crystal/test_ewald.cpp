// SPDX-License-Identifier: GPL-3.0-or-later
// Ewald sums against Madelung constants, a direct sum over shells without net moments, and their own
// derivatives.
#include <QTest>
#include <cmath>

#include "core/crystal/ewald.h"
#include "core/crystal/supercell.h"
#include "tests/crystal/crystal_test_support.h"

using namespace ionscape;
using crystal::EwaldParameters;
using crystal::Structure;

namespace {

constexpr double gigapascal = 160.2176634;

Structure caesiumChloride() {
    Structure s;
    s.lattice = crystal::Lattice(Mat3(4.12 * Mat3::Identity()));
    s.append(crystal::Element::fromSymbol("Cs"), Vec3::Zero());
    s.append(crystal::Element::fromSymbol("Cl"), Vec3::Constant(2.06));
    return s;
}

/// +q on the first half of the atoms, −q on the second.
Eigen::VectorXd halves(const Structure& s, double q) {
    Eigen::VectorXd charges(static_cast<Eigen::Index>(s.size()));
    charges << Eigen::VectorXd::Constant(charges.size() / 2, q),
        Eigen::VectorXd::Constant(charges.size() / 2, -q);
    return charges;
}

struct Sample {
    Structure structure;
    Eigen::VectorXd charges;
};

/// Atoms at random in a skewed cell with random charges of the given sum.
Sample randomSample(std::uint64_t seed, int atoms, double netCharge) {
    RandomStream random(seed, "ewald");
    Sample sample;
    sample.structure.lattice = crystal::Lattice(testing::compactBasis(random, 5.0, 8.0));
    sample.charges.resize(atoms);
    while (static_cast<int>(sample.structure.size()) < atoms) {
        const Vec3 f = Vec3::NullaryExpr([&] { return random.uniform(); });
        const Vec3 at = sample.structure.lattice.toCartesian({f});
        bool clear = true;
        for (std::size_t i = 0; i < sample.structure.size(); ++i)
            clear &= sample.structure.lattice.minimumImage(at - sample.structure.position(i)).norm() > 1.2;
        if (clear) sample.structure.append(crystal::Element::fromSymbol("O"), at);
    }
    for (auto& q : sample.charges)
        q = testing::uniform(random, -2.0, 2.0);
    sample.charges.array() += netCharge / atoms - sample.charges.mean();
    return sample;
}

double energyOf(const Structure& s, const Eigen::VectorXd& charges, const EwaldParameters& p) {
    return crystal::ewaldSum(s, charges, p).energy;
}

}  // namespace

class TestEwald : public QObject {
    Q_OBJECT

  private slots:
    /// Energies of ion pairs: −M ke/d with d the shortest distance (constants to twelve digits: Borwein,
    /// Glasser et al., Lattice Sums Then and Now, 2013).
    void madelungConstants_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<double>("constant");
        QTest::newRow("rocksalt") << 0 << 1.747564594633;
        QTest::newRow("caesium chloride") << 1 << 1.762674773070;
        QTest::newRow("zinc blende") << 2 << 1.638055053389;
    }
    void madelungConstants() {
        QFETCH(int, which);
        QFETCH(double, constant);
        const Structure s = which == 0   ? testing::rocksalt()
                            : which == 1 ? caesiumChloride()
                                         : testing::cubic("Zn", "S", 5.41, Vec3::Constant(0.25));
        const double shortest = which == 0   ? 2.82
                                : which == 1 ? 2.06 * std::sqrt(3.0)
                                             : 5.41 * std::sqrt(3.0) / 4.0;
        const auto result = crystal::ewaldSum(s, halves(s, 1.0), 1e-10);
        const double pairs = static_cast<double>(s.size()) / 2.0;
        const double found = -result.energy / pairs * shortest / crystal::coulombConstant;
        QVERIFY2(std::abs(found - constant) < 1e-8, qPrintable(QString::number(found, 'g', 14)));
        // The potential at an ion is the same number seen from its site, and nothing pulls at the ions.
        const double potential = -result.potentials[0] * shortest / crystal::coulombConstant;
        QVERIFY(std::abs(potential - constant) < 1e-8);
        QVERIFY(result.forces.cwiseAbs().maxCoeff() < 1e-8);
        // E is proportional to 1/length: the stress of a cubic crystal is isotropic and E/(3V), negated.
        const Mat3 expected = -result.energy / 3.0 / s.lattice.volume() * gigapascal * Mat3::Identity();
        QVERIFY((result.stressGPa - expected).cwiseAbs().maxCoeff() < 1e-6);
    }

    void doesNotDependOnTheSplitting() {
        for (const double net : {0.0, 1.5}) {
            const auto [s, q] = randomSample(7, 12, net);
            const auto reference = crystal::ewaldSum(s, q, 1e-11);
            for (const double splitting : {0.25, 0.4, 0.7, 1.0}) {
                const auto p = crystal::ewaldParameters(s, q, 1e-11, splitting);
                const auto other = crystal::ewaldSum(s, q, p);
                QVERIFY2(std::abs(other.energy - reference.energy) < 1e-8,
                         qPrintable(QString::number(splitting)));
                QVERIFY((other.forces - reference.forces).cwiseAbs().maxCoeff() < 1e-8);
                QVERIFY((other.stressGPa - reference.stressGPa).cwiseAbs().maxCoeff() < 1e-6);
                QVERIFY((other.potentials - reference.potentials).cwiseAbs().maxCoeff() < 1e-8);
            }
        }
    }

    void keepsTheAccuracyAskedFor() {
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const auto [s, q] = randomSample(seed, 16, 0.0);
            const double exact = crystal::ewaldSum(s, q, 1e-13).energy;
            for (const double accuracy : {1e-3, 1e-6, 1e-9}) {
                const double error = std::abs(crystal::ewaldSum(s, q, accuracy).energy - exact) / 16.0;
                QVERIFY2(error < accuracy, qPrintable(QString::number(error)));
            }
        }
    }

    void forcesAreMinusTheGradient() {
        const auto [s, q] = randomSample(3, 10, 0.0);
        const auto p = crystal::ewaldParameters(s, q, 1e-12);
        const auto result = crystal::ewaldSum(s, q, p);
        constexpr double h = 1e-4;
        for (Eigen::Index atom = 0; atom < 10; ++atom) {
            for (int axis = 0; axis < 3; ++axis) {
                Structure up = s, down = s;
                up.positions(axis, atom) += h;
                down.positions(axis, atom) -= h;
                const double slope = (energyOf(up, q, p) - energyOf(down, q, p)) / (2.0 * h);
                QVERIFY(std::abs(result.forces(axis, atom) + slope) < 1e-5);
            }
        }
        QVERIFY(result.forces.rowwise().sum().norm() < 1e-8);
    }

    /// With a net charge too: the background pulls at the cell.
    void stressIsTheStrainDerivative() {
        for (const double net : {0.0, 2.0}) {
            const auto [s, q] = randomSample(5, 9, net);
            const auto p = crystal::ewaldParameters(s, q, 1e-12);
            const Mat3 stress = crystal::ewaldSum(s, q, p).stressGPa;
            constexpr double h = 1e-4;
            for (int i = 0; i < 3; ++i) {
                for (int j = i; j < 3; ++j) {
                    Mat3 strain = Mat3::Zero();
                    strain(i, j) += 0.5 * h;
                    strain(j, i) += 0.5 * h;
                    const double up = energyOf(crystal::deformed(s, Mat3::Identity() + strain), q, p);
                    const double down = energyOf(crystal::deformed(s, Mat3::Identity() - strain), q, p);
                    const double expected = (up - down) / (2.0 * h) / s.lattice.volume() * gigapascal;
                    QVERIFY2(std::abs(stress(i, j) - expected) < 1e-3,
                             qPrintable(QString("%1 %2").arg(stress(i, j)).arg(expected)));
                }
            }
        }
    }

    /// A direct sum over cubic blocks of cells of Evjen's kind: boundary charges count with the share that
    /// lies inside, so that the blocks are neutral and without dipole.
    void agreesWithADirectSum() {
        const double d = 2.82;
        double potential = 0.0;
        constexpr int reach = 40;
        for (int x = -reach; x <= reach; ++x) {
            for (int y = -reach; y <= reach; ++y) {
                for (int z = -reach; z <= reach; ++z) {
                    if (x == 0 && y == 0 && z == 0) continue;
                    const int faces =
                        (std::abs(x) == reach) + (std::abs(y) == reach) + (std::abs(z) == reach);
                    const double sign = (x + y + z) % 2 == 0 ? 1.0 : -1.0;
                    potential += sign / (1 << faces) / std::sqrt(x * x + y * y + z * z);
                }
            }
        }
        const Structure s = testing::rocksalt();
        const auto result = crystal::ewaldSum(s, halves(s, 1.0), 1e-10);
        QVERIFY(std::abs(result.potentials[0] - crystal::coulombConstant / d * potential) < 1e-4);
    }

    void matrixGivesTheEnergyOfAnyDecoration() {
        const auto [s, q] = randomSample(11, 14, 1.0);
        const auto p = crystal::ewaldParameters(s, q, 1e-11);
        const Eigen::MatrixXd matrix = crystal::ewaldMatrix(s, p);
        QVERIFY((matrix - matrix.transpose()).cwiseAbs().maxCoeff() == 0.0);
        Eigen::VectorXd charges = q;
        for (int shuffle = 0; shuffle < 5; ++shuffle) {
            std::swap(charges[shuffle], charges[13 - shuffle]);
            const double expected = energyOf(s, charges, p);
            QVERIFY(std::abs(0.5 * charges.dot(matrix * charges) - expected) < 1e-9);
        }
    }

    void supercellsAndTranslationsChangeNothing() {
        const auto [s, q] = randomSample(13, 8, 0.0);
        const double energy = crystal::ewaldSum(s, q, 1e-10).energy;
        Structure moved = s;
        moved.positions.colwise() += Vec3(17.3, -40.1, 5.2);
        QVERIFY(std::abs(crystal::ewaldSum(moved, q, 1e-10).energy - energy) < 1e-7);
        Structure doubled = s;
        Mat3 rows = s.lattice.rows();
        rows.row(2) *= 2.0;
        doubled.lattice = crystal::Lattice(rows);
        for (std::size_t i = 0; i < s.size(); ++i)
            doubled.append(s.elements[i], s.position(i) + s.lattice.vector(2));
        Eigen::VectorXd twice(16);
        twice << q, q;
        QVERIFY(std::abs(crystal::ewaldSum(doubled, twice, 1e-10).energy - 2.0 * energy) < 1e-7);
    }

    void refusesWhatMakesNoSense() {
        const Structure s = testing::rocksalt();
        const Eigen::VectorXd q = halves(s, 1.0);
        const auto fails = [](auto&& action) { return !testing::inputErrorOf(action).empty(); };
        QVERIFY(fails([&] { crystal::ewaldSum(s, Eigen::VectorXd::Ones(3)); }));
        QVERIFY(fails([&] { crystal::ewaldSum(s, q * std::nan("")); }));
        QVERIFY(fails([&] { crystal::ewaldSum(s, q, 0.0); }));
        QVERIFY(fails([&] { crystal::ewaldParameters(s, q, 1e-6, -1.0); }));
        QVERIFY(fails([&] { crystal::ewaldSum(Structure{}, Eigen::VectorXd(0)); }));
    }
};

QTEST_APPLESS_MAIN(TestEwald)
#include "test_ewald.moc"
