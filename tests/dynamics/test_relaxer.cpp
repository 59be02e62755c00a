// SPDX-License-Identifier: GPL-3.0-or-later
// Relaxation against the analytic equation of state of the Lennard-Jones crystal.
#include <Eigen/LU>
#include <QTest>
#include <cmath>
#include <numbers>

#include "analytic_potentials.h"
#include "core/base/units.h"
#include "core/crystal/supercell.h"
#include "core/dynamics/relaxer.h"
#include "core/dynamics/stiffness_model.h"

using namespace ionscape;
using namespace ionscape::dynamics;
using namespace ionscape::testing;

namespace {

LennardJones argon() {
    return {0.0104, 3.40, 8.5};
}

/// Energy per atom of perfect fcc by an explicit sum over lattice points: the twin of the relaxer's answer.
double fccEnergy(const LennardJones& potential, double a, double cutoff) {
    double energy = 0.0;
    for (int i = -8; i <= 8; ++i)
        for (int j = -8; j <= 8; ++j)
            for (int k = -8; k <= 8; ++k) {
                if ((i + j + k) % 2 != 0 || (i == 0 && j == 0 && k == 0)) continue;
                const double r = 0.5 * a * std::sqrt(static_cast<double>(i * i + j * j + k * k));
                if (r < cutoff) energy += 0.5 * potential.pair(r).first;
            }
    return energy;
}

/// Minimum of fccEnergy by golden-section search.
double fccLatticeConstant(const LennardJones& potential, double cutoff) {
    double low = 5.0, high = 5.5;
    const double ratio = 0.5 * (std::sqrt(5.0) - 1.0);
    while (high - low > 1e-8) {
        const double x = high - ratio * (high - low), y = low + ratio * (high - low);
        (fccEnergy(potential, x, cutoff) < fccEnergy(potential, y, cutoff) ? high : low) =
            fccEnergy(potential, x, cutoff) < fccEnergy(potential, y, cutoff) ? y : x;
    }
    return 0.5 * (low + high);
}

RelaxSettings tight(bool cell) {
    RelaxSettings s;
    s.cell = cell ? CellFilter::Full : CellFilter::Fixed;
    s.maxSteps = 2000;
    s.forceTolerance = 1e-5;
    s.stressToleranceGPa = 1e-5;
    return s;
}

RelaxResult relaxed(const crystal::Structure& start, potential::Potential& potential, const RelaxSettings& s,
                    const RelaxObserver& observer = {}) {
    NoProgress progress;
    return relax(start, potential, s, {}, progress, observer);
}

}  // namespace

class TestRelaxer : public QObject {
    Q_OBJECT

  private slots:
    void stressIsTheStrainDerivative();
    void crystalFindsItsLatticeConstant_data();
    void crystalFindsItsLatticeConstant();
    void cellIsNotRotated();
    void isotropicCellKeepsItsShape();
    void lbfgsNeedsFewerSteps();
    void stiffnessOfABond();
    void longCellsNeedFewStepsToo();
    void rattledCrystalReturnsInAFixedCell();
    void noAtomsAreRefused();
    void tooFewStepsAreNotConverged();
    void observerSeesEveryStep();
    void noMoveExceedsTheLimit();
    void cancelActsWithinOneStep();
    void forcesThatAreNotFiniteAreAnError();
    void unboundCellIsAnError();
};

void TestRelaxer::stressIsTheStrainDerivative() {
    // Fixes the sign convention on which the cell filter relies: σ = (1/V) dE/dε, positive in tension.
    auto potential = argon();
    const auto s = rattled(fccCrystal("Ar", 5.6, 2), 0.05, 3);
    const Mat3 stress = *potential.evaluate(s, {.stress = true}).stressGPa;
    QVERIFY(stress(0, 0) > 0.0);  // the crystal is stretched beyond 5.26 Å
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            Mat3 strain = Mat3::Zero();
            strain(i, j) = 1e-5;
            const double up = potential.evaluate(crystal::deformed(s, Mat3::Identity() + strain), {}).energy;
            const double down =
                potential.evaluate(crystal::deformed(s, Mat3::Identity() - strain), {}).energy;
            const double expected = (up - down) / 2e-5 / s.lattice.volume() * units::eVPerAngstrom3InGPa;
            QVERIFY(std::abs(stress(i, j) - expected) < 1e-6);
        }
    }
}

void TestRelaxer::crystalFindsItsLatticeConstant_data() {
    QTest::addColumn<double>("start");
    QTest::addColumn<int>("repeats");
    QTest::addColumn<int>("minimiser");
    for (const auto kind : minimisers()) {
        const auto row = [&](const char* name) -> QTestData& {
            return QTest::addRow("%s, %s", name, minimiserName(kind).c_str());
        };
        row("compressed") << 5.05 << 2 << static_cast<int>(kind);
        row("stretched") << 5.50 << 2 << static_cast<int>(kind);
        row("larger cell") << 5.45 << 3 << static_cast<int>(kind);
    }
}

void TestRelaxer::crystalFindsItsLatticeConstant() {
    QFETCH(double, start);
    QFETCH(int, repeats);
    QFETCH(int, minimiser);
    auto settings = tight(true);
    settings.minimiser = static_cast<MinimiserKind>(minimiser);
    auto potential = argon();
    // Sheared and rattled, so that all of cell and atoms have to move.
    Mat3 shear = Mat3::Identity();
    shear(0, 1) = 0.04;
    shear(2, 2) = 0.97;
    const auto crystal = rattled(crystal::deformed(fccCrystal("Ar", start, repeats), shear), 0.08, 17);
    const auto result = relaxed(crystal, potential, settings);
    QVERIFY2(result.converged, qPrintable(QString::number(result.maxForce)));
    const double a = fccLatticeConstant(potential, 8.5);
    const Vec3 lengths = result.structure.lattice.lengths() / repeats;
    for (int k = 0; k < 3; ++k) {
        QVERIFY2(std::abs(lengths[k] - a) < 2e-4, qPrintable(QString::number(lengths[k] - a)));
        QVERIFY(std::abs(result.structure.lattice.angles()[k] - 90.0) < 5e-3);
    }
    QVERIFY(result.maxStressGPa <= 1e-5);
    QVERIFY(std::abs(result.energy / static_cast<double>(crystal.size()) - fccEnergy(potential, a, 8.5)) <
            1e-7);
    QVERIFY(result.steps < 600);
}

void TestRelaxer::cellIsNotRotated() {
    auto potential = argon();
    Mat3 shear = Mat3::Identity();
    shear(0, 1) = 0.06;
    shear(1, 2) = -0.03;
    const auto crystal = rattled(crystal::deformed(fccCrystal("Ar", 5.3, 2), shear), 0.08, 2);
    const auto result = relaxed(crystal, potential, tight(true));
    QVERIFY(result.converged);
    const Mat3 gradient = crystal.lattice.rows().inverse() * result.structure.lattice.rows();
    QVERIFY((gradient - gradient.transpose()).norm() < 1e-12);
    QVERIFY((gradient - Mat3::Identity()).norm() > 1e-2);
}

void TestRelaxer::isotropicCellKeepsItsShape() {
    auto potential = argon();
    Mat3 stretch = Mat3::Identity();
    stretch(2, 2) = 1.02;
    const auto crystal = rattled(crystal::deformed(fccCrystal("Ar", 5.4, 2), stretch), 0.05, 2);
    auto s = tight(true);
    s.cell = CellFilter::Isotropic;
    const auto result = relaxed(crystal, potential, s);
    QVERIFY(result.converged);
    const Mat3 gradient = crystal.lattice.rows().inverse() * result.structure.lattice.rows();
    QVERIFY((gradient - gradient(0, 0) * Mat3::Identity()).norm() < 1e-12);
    const Mat3 stress = *potential.evaluate(result.structure, {.stress = true}).stressGPa;
    QVERIFY(std::abs(stress.trace()) < 3.1e-5);
    QVERIFY(stress(2, 2) > 0.01);  // the shape is held
    QVERIFY(cellFilterFromName(cellFilterName(s.cell)) == s.cell);
    QVERIFY_EXCEPTION_THROWN(cellFilterFromName("none"), InputError);
}

void TestRelaxer::lbfgsNeedsFewerSteps() {
    auto potential = argon();
    const auto crystal = rattled(fccCrystal("Ar", 5.4, 3), 0.1, 8);
    auto s = tight(true);
    s.minimiser = MinimiserKind::Fire;
    const int fire = relaxed(crystal, potential, s).steps;
    s.minimiser = MinimiserKind::Lbfgs;
    const auto result = relaxed(crystal, potential, s);
    QVERIFY(result.converged);
    QVERIFY2(result.steps < 0.7 * fire, qPrintable(QString("%1 of %2").arg(result.steps).arg(fire)));
}

void TestRelaxer::stiffnessOfABond() {
    // Two atoms far from their images: a stretch is resisted by twice the spring of the bond, a turn by the
    // part that acts in all directions, a translation by the ground alone.
    crystal::Structure pair;
    pair.lattice = crystal::Lattice(Mat3(20.0 * Mat3::Identity()));
    pair.elements = {crystal::Element::fromSymbol("P"), crystal::Element::fromSymbol("O")};
    pair.positions.resize(3, 2);
    pair.positions << 0.0, 1.5, 0.0, 0.0, 0.0, 0.0;
    const StiffnessModel model(pair, 9);
    const auto moved = [&](const Vec3& onFirst, const Vec3& onSecond) {
        Eigen::VectorXd gradient = Eigen::VectorXd::Zero(15);
        gradient.head<3>() = onFirst;
        gradient.segment<3>(3) = onSecond;
        gradient[6] = 6.0;
        const Eigen::VectorXd move = model.solve(gradient);
        // The cell is apart from the atoms.
        if (std::abs(move[6] - 0.5) > 1e-12 || move.tail<8>().norm() > 0.0) return Vec3(Vec3::Constant(1e9));
        return Vec3(move.head<3>());
    };
    const Vec3 x(1.0, 0.0, 0.0), y(0.0, 1.0, 0.0);
    QVERIFY((moved(x, -x) - x / (2.0 * 20.0 * (0.7 + 0.1) + 0.2)).norm() < 1e-5);
    QVERIFY((moved(y, -y) - y / (2.0 * 20.0 * 0.1 + 0.2)).norm() < 1e-5);
    QVERIFY((moved(x, x) - x / 0.2).norm() < 1e-5);

    pair.positions.col(1) = pair.positions.col(0);
    QVERIFY_EXCEPTION_THROWN(StiffnessModel(pair, 9), InputError);
}

void TestRelaxer::longCellsNeedFewStepsToo() {
    // A sound wave is the softer the longer it is; without a model of the stiffness the steps grow with it.
    auto potential = argon();
    auto s = tight(false);
    s.forceTolerance = 1e-4;
    const auto steps = [&](int cells) {
        auto crystal =
            crystal::makeSupercell(fccCrystal("Ar", 5.26, 2), Eigen::Vector3i(1, 1, cells).asDiagonal());
        const double length = crystal.lattice.lengths()[2];
        for (auto atom : crystal.positions.colwise())
            atom[2] += 0.15 * std::sin(2.0 * std::numbers::pi * atom[2] / length);
        const auto result = relaxed(crystal, potential, s);
        return result.converged ? result.steps : s.maxSteps;
    };
    const int one = steps(1), eight = steps(8);
    QVERIFY2(eight < 2 * one, qPrintable(QString("%1 against %2").arg(eight).arg(one)));
}

void TestRelaxer::rattledCrystalReturnsInAFixedCell() {
    auto potential = argon();
    const auto perfect = fccCrystal("Ar", 5.20, 2);
    auto crystal = rattled(perfect, 0.15, 5);
    crystal.siteLabels.assign(crystal.size(), "M");
    const auto result = relaxed(crystal, potential, tight(false));
    QVERIFY(result.converged);
    QCOMPARE(result.maxStressGPa, 0.0);
    QCOMPARE(result.structure.siteLabels, crystal.siteLabels);
    QVERIFY(result.structure.lattice.rows() == crystal.lattice.rows());
    // The same crystal up to a translation as a whole.
    VectorField difference = result.structure.positions - perfect.positions;
    const Vec3 shift = difference.rowwise().mean();
    difference.colwise() -= shift;
    QVERIFY2(difference.cwiseAbs().maxCoeff() < 1e-3, qPrintable(QString::number(difference.norm())));
    QVERIFY(std::abs(result.energy / 32.0 - fccEnergy(potential, 5.20, 8.5)) < 1e-7);
}

void TestRelaxer::noAtomsAreRefused() {
    auto potential = argon();
    crystal::Structure empty;
    empty.lattice = crystal::Lattice(Mat3(5.0 * Mat3::Identity()));
    for (const auto kind : minimisers()) {
        auto s = tight(true);
        s.minimiser = kind;
        QVERIFY_EXCEPTION_THROWN(relaxed(empty, potential, s), InputError);
    }
}

void TestRelaxer::tooFewStepsAreNotConverged() {
    auto potential = argon();
    auto s = tight(true);
    s.maxSteps = 5;
    Hooked hooked(potential, [](int, potential::Evaluation&) {});
    const auto result = relaxed(rattled(fccCrystal("Ar", 5.4, 2), 0.1, 5), hooked, s);
    QVERIFY(!result.converged);
    QCOMPARE(result.steps, 5);
    QCOMPARE(hooked.evaluations, 6);
}

void TestRelaxer::observerSeesEveryStep() {
    auto potential = argon();
    int expected = 0;
    double last = 0.0;
    const auto result = relaxed(rattled(fccCrystal("Ar", 5.4, 2), 0.1, 5), potential, tight(true),
                                [&](const RelaxStep& step) {
                                    QCOMPARE(step.step, expected++);
                                    QVERIFY(step.structure != nullptr);
                                    last = step.energy;
                                });
    QCOMPARE(expected, result.steps + 1);
    QCOMPARE(last, result.energy);
}

void TestRelaxer::noMoveExceedsTheLimit() {
    auto potential = argon();
    auto s = tight(false);
    s.maxStep = 0.05;
    VectorField before;
    double largest = 0.0;
    relaxed(rattled(fccCrystal("Ar", 5.2, 2), 0.35, 5), potential, s, [&](const RelaxStep& step) {
        if (before.cols() > 0)
            largest = std::max(largest, (step.structure->positions - before).colwise().norm().maxCoeff());
        before = step.structure->positions;
    });
    QVERIFY2(largest <= 0.05 + 1e-9 && largest > 0.03, qPrintable(QString::number(largest)));
}

void TestRelaxer::cancelActsWithinOneStep() {
    auto potential = argon();
    std::stop_source stop;
    Hooked hooked(potential, [&](int n, potential::Evaluation&) {
        if (n == 4) stop.request_stop();
    });
    NoProgress progress;
    QVERIFY_EXCEPTION_THROWN(
        relax(rattled(fccCrystal("Ar", 5.4, 2), 0.1, 5), hooked, tight(true), stop.get_token(), progress),
        Cancelled);
    QVERIFY(hooked.evaluations <= 5);
}

void TestRelaxer::forcesThatAreNotFiniteAreAnError() {
    auto potential = argon();
    Hooked hooked(potential, [](int n, potential::Evaluation& e) {
        if (n == 3) e.forces(0, 0) = std::numeric_limits<double>::infinity();
    });
    QVERIFY_EXCEPTION_THROWN(relaxed(rattled(fccCrystal("Ar", 5.4, 2), 0.1, 5), hooked, tight(true)),
                             ModelError);
}

void TestRelaxer::unboundCellIsAnError() {
    // A constant push outwards: no cell is large enough.
    auto potential = argon();
    Hooked hooked(potential, [](int, potential::Evaluation& e) { e.stressGPa = -5.0 * Mat3::Identity(); });
    QVERIFY_EXCEPTION_THROWN(relaxed(fccCrystal("Ar", 5.3, 2), hooked, tight(true)), ConvergenceError);
}

QTEST_APPLESS_MAIN(TestRelaxer)
#include "test_relaxer.moc"
