// SPDX-License-Identifier: GPL-3.0-or-later
// Directions, collective displacement and window-independent statistics against direct sums and exact cases.
#include <Eigen/Geometry>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/transport/line_fit.h"
#include "core/transport/motion_fit.h"
#include "tests/transport/synthetic_motion.h"

using namespace ionscape;
using namespace ionscape::transport;
using crystal::Element;

namespace {

const Element li = Element::fromSymbol("Li");
const Element oxygen = Element::fromSymbol("O");

/// ⟨|Σ_i q_i P Δr_i|²⟩ over origins, term by term.
double directCollective(const TrajectoryView& view, const Eigen::VectorXd& charges, const Mat3& projector,
                        std::size_t lag) {
    double sum = 0.0;
    for (std::size_t t = 0; t + lag < view.positions.size(); ++t) {
        Vec3 total = Vec3::Zero();
        for (Eigen::Index i = 0; i < charges.size(); ++i)
            total += charges[i] * (projector * (view.positions[t + lag].col(i) - view.positions[t].col(i)));
        sum += total.squaredNorm();
    }
    return sum / static_cast<double>(view.positions.size() - lag);
}

double directShared(std::size_t n, std::size_t m, std::size_t frames, int power) {
    double sum = 0.0;
    for (std::size_t a = 0; a + n < frames; ++a) {
        for (std::size_t b = 0; b + m < frames; ++b) {
            const auto begin = std::max(a, b), end = std::min(a + n, b + m);
            if (end > begin) sum += std::pow(static_cast<double>(end - begin), power);
        }
    }
    return sum;
}

Mat3 projectorOf(const Directions& directions) {
    return directions.basis() * directions.basis().transpose();
}

}  // namespace

class TestMotion : public QObject {
    Q_OBJECT

  private slots:
    void sharedStepsInClosedForm() {
        for (const std::size_t frames : {5u, 12u, 31u}) {
            for (std::size_t n = 1; n < frames; ++n) {
                for (std::size_t m = 1; m < frames; ++m) {
                    for (const int power : {1, 2}) {
                        const double direct = directShared(n, m, frames, power);
                        QVERIFY(std::abs(sharedSteps(n, m, frames, power) - direct) <= 1e-9 * direct);
                    }
                }
            }
        }
    }

    void directionsByName() {
        const auto lattice = crystal::Lattice::fromParameters(8.0, 9.0, 10.0, 80.0, 100.0, 75.0);
        QCOMPARE(Directions::fromName("xyz", lattice).dimensions(), 3);
        QVERIFY((Directions::fromName("y", lattice).basis().col(0) - Vec3::UnitY()).norm() < 1e-14);
        const auto c = Directions::fromName("c", lattice);
        QCOMPARE(c.dimensions(), 1);
        QVERIFY((c.basis().col(0) - lattice.vector(2).normalized()).norm() < 1e-14);
        // The plane of a and b holds both and nothing at right angles to them.
        const Mat3 plane = projectorOf(Directions::fromName("ab", lattice));
        const Vec3 normal = lattice.vector(0).cross(lattice.vector(1));
        QVERIFY((plane * lattice.vector(0) - lattice.vector(0)).norm() < 1e-12);
        QVERIFY((plane * lattice.vector(1) - lattice.vector(1)).norm() < 1e-12);
        QVERIFY((plane * normal).norm() < 1e-12);
        for (const char* name : {"", "d", "ax", "xx", "abca"})
            QVERIFY_THROWS_EXCEPTION(InputError, Directions::fromName(name, lattice));
        QVERIFY_THROWS_EXCEPTION(InputError, Directions::plane(Vec3(1, 1, 0), Vec3(2, 2, 0)));
        QVERIFY_THROWS_EXCEPTION(InputError, Directions::axis(Vec3::Zero()));
    }

    void msdAlongDirectionsAddsUp() {
        RandomStream random(21);
        auto view = randomWalk(random, 19, 70, 0.3);
        const auto lattice = crystal::Lattice::fromParameters(8.0, 9.0, 10.0, 80.0, 100.0, 75.0);
        const auto whole = meanSquaredDisplacement(view, li);
        const auto plane = meanSquaredDisplacement(view, li, -1, Directions::fromName("ab", lattice));
        const auto normal = meanSquaredDisplacement(
            view, li, -1, Directions::axis(lattice.vector(0).cross(lattice.vector(1))));
        for (std::size_t m = 0; m < whole.msd.size(); ++m)
            QVERIFY(std::abs(plane.msd[m] + normal.msd[m] - whole.msd[m]) < 1e-9);
        double direct = 0.0;
        const Vec3 c = lattice.vector(2).normalized();
        for (std::size_t t = 0; t + 7 < 70; ++t) {
            for (Eigen::Index i = 0; i < 19; ++i)
                direct += std::pow(c.dot(view.positions[t + 7].col(i) - view.positions[t].col(i)), 2) /
                          (19.0 * 63.0);
        }
        QVERIFY(std::abs(meanSquaredDisplacement(view, li, 10, Directions::fromName("c", lattice)).msd[7] -
                         direct) < 1e-10);
    }

    void collectiveEqualsTheDirectSum() {
        RandomStream random(22);
        auto view = randomWalk(random, 6, 40, 0.5);
        Eigen::VectorXd charges(6);
        charges << 1.0, 1.0, 2.0, 0.0, -1.0, 1.0;
        const auto plane = Directions::plane(Vec3(1, 1, 0), Vec3(0, 0, 1));
        const auto all = collectiveDisplacement(view, charges);
        const auto flat = collectiveDisplacement(view, charges, 20, plane);
        QCOMPARE(all.ions, std::size_t{5});
        QCOMPARE(flat.msd.size(), std::size_t{21});
        for (const std::size_t lag : {0u, 1u, 5u, 20u}) {
            const double scale = charges.squaredNorm();
            QVERIFY(std::abs(all.msd[lag] - directCollective(view, charges, Mat3::Identity(), lag) / scale) <
                    1e-9);
            QVERIFY(std::abs(flat.msd[lag] -
                             directCollective(view, charges, projectorOf(plane), lag) / scale) < 1e-9);
        }
        QVERIFY_THROWS_EXCEPTION(InputError, collectiveDisplacement(view, Eigen::VectorXd::Zero(6)));
        QVERIFY_THROWS_EXCEPTION(InputError, collectiveDisplacement(view, Eigen::VectorXd::Ones(5)));
    }

    void driftOfChosenElements() {
        RandomStream random(23);
        auto view = randomWalk(random, 4, 30, 0.3);
        view.elements[1] = oxygen;
        view.elements[2] = Element::fromSymbol("P");
        for (std::size_t t = 0; t < 30; ++t)
            view.positions[t].colwise() += Vec3(0.1, 0.2, -0.3) * static_cast<double>(t);
        removeDrift(view, {oxygen});
        for (const auto& positions : view.positions)
            QVERIFY((positions.col(1) - view.positions.front().col(1)).norm() < 1e-11);
        QVERIFY_THROWS_EXCEPTION(InputError, removeDrift(view, {Element::fromSymbol("Zr")}));
    }

    /// N ions that move as one: H_R = 1/N exactly, and the error of D* is that of one carrier.
    void rigidIonsHaveHavenRatioOneOverN() {
        RandomStream random(24);
        const auto motion = motionStatistics(rigidGroups(random, 1, 10, 800, 0.4, 0.0), li);
        const auto fit = fitMotion(motion, defaultFitWindow(motion.msd));
        QVERIFY(std::abs(fit.haven.value - 0.1) < 1e-9);
        QVERIFY(fit.haven.error < 1e-9);
        QVERIFY(std::abs(fit.tracer.error / fit.tracer.errorWalkers - std::sqrt(10.0)) <
                0.35 * std::sqrt(10.0));
        QVERIFY(fit.tracer.independentCarriers < 2.0);
    }

    /// Blocks are the trajectory at their ends: what their products say of the MSD must be so.
    void blockProductsGiveTheMsd() {
        RandomStream random(25);
        const auto view = randomWalk(random, 7, 257, 0.4);
        const auto motion = motionStatistics(view, li);
        const auto& blocks = motion.blocks;
        QCOMPARE(blocks.blockFrames, std::size_t{2});
        QCOMPARE(blocks.tracer.rows(), Eigen::Index{128});
        const double whole = (view.positions[256] - view.positions[0]).squaredNorm() / 7.0;
        QVERIFY(std::abs(blocks.tracer.sum() - whole) < 1e-9);
        const Vec3 together = (view.positions[256] - view.positions[0]).rowwise().sum();
        QVERIFY(std::abs(blocks.collective.sum() - together.squaredNorm() / 7.0) < 1e-9);
        const double ion = (view.positions[256].col(3) - view.positions[0].col(3)).squaredNorm();
        QVERIFY(std::abs(blocks.ionMsd(128, 3) - ion) < 1e-9);
    }

    void motionAlongOneAxis() {
        RandomStream random(26);
        auto view = randomWalk(random, 20, 1000, 0.5);
        for (auto& positions : view.positions)
            positions.topRows(2).setZero();
        const auto axis = motionStatistics(view, li, Directions::axis(Vec3::UnitZ()));
        const auto fit = fitMotion(axis, defaultFitWindow(axis.msd));
        const double truth = 0.25 / (2.0 * 10.0) * units::angstrom2PerFsInCm2PerS;
        QCOMPARE(fit.tracer.dimensions, 1);
        QVERIFY(std::abs(fit.tracer.coefficient - truth) < 4.0 * fit.tracer.error);
        // Seen in three dimensions D is a third, and the error must know that there is but one direction.
        const auto space = motionStatistics(view, li);
        const auto wide = fitMotion(space, defaultFitWindow(space.msd));
        QVERIFY(std::abs(3.0 * wide.tracer.coefficient - fit.tracer.coefficient) <
                1e-9 * fit.tracer.coefficient);
        QVERIFY(std::abs(3.0 * wide.tracer.error / fit.tracer.error - 1.0) < 0.1);
        QVERIFY(3.0 * wide.tracer.errorWalkers < 0.7 * fit.tracer.errorWalkers);
    }

    void trappedIonsAreSeen() {
        RandomStream random(27);
        auto view = randomWalk(random, 24, 1000, 0.5);
        for (auto& positions : view.positions)
            positions.leftCols(12).setZero();
        const auto motion = motionStatistics(view, li);
        const auto fit = fitMotion(motion, defaultFitWindow(motion.msd));
        QVERIFY(fit.tracer.warning.find("trapped") != std::string::npos);
        QCOMPARE(fit.tracer.error, fit.tracer.errorIons);
    }

    void fewJumpsAreSaid() {
        RandomStream random(28);
        const auto view = cageHops(random, 8, 1000, 0.002);
        const auto motion = motionStatistics(view, li);
        const auto fit = fitMotion(motion, defaultFitWindow(motion.msd));
        QVERIFY(fit.tracer.jumps < 40.0);
        QVERIFY(!fit.tracer.warning.empty());
    }

    void conductivitiesFollow() {
        RandomStream random(29);
        const auto motion = motionStatistics(randomWalk(random, 16, 500, 0.5), li);
        const auto fit = fitMotion(motion, defaultFitWindow(motion.msd));
        const auto sigma = conductivity(fit, motion, 2.0, 900.0);
        QVERIFY(std::abs(sigma.nernstEinstein -
                         nernstEinsteinConductivity(fit.tracer.coefficient, 16, 2.0, 8000.0, 900.0)) <
                1e-9 * sigma.nernstEinstein);
        QVERIFY(std::abs(sigma.nernstEinstein / sigma.collective - fit.haven.value) < 1e-9);
        QVERIFY(std::abs(sigma.collectiveError / sigma.collective -
                         fit.collective.error / fit.collective.coefficient) < 1e-9);
        QVERIFY(finiteSizeNote(8000.0, 16).find("20.0 Å") != std::string::npos);
    }

    void shortRunsGetAsFarAsTheyCan() {
        RandomStream random(30);
        const auto motion = motionStatistics(randomWalk(random, 4, 7, 0.5), li);
        const auto fit = fitMotion(motion, {10.0, 60.0});
        QVERIFY(fit.tracer.error > 0.0);
        QVERIFY(std::isnan(fit.tracer.errorBootstrap));
        QVERIFY_THROWS_EXCEPTION(InputError, fitMotion(motion, {10.0, 20.0}));
    }
};

QTEST_APPLESS_MAIN(TestMotion)
#include "test_motion.moc"
