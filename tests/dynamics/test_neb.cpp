// SPDX-License-Identifier: GPL-3.0-or-later
// Minimum-energy paths whose saddles are known on paper or by symmetry.
#include <QTest>
#include <cmath>

#include "analytic_potentials.h"
#include "core/dynamics/neb.h"
#include "core/dynamics/relaxer.h"

using namespace ionscape;
using namespace ionscape::dynamics;
using namespace ionscape::testing;

namespace {

/// One particle in a curved valley: h((x/a)² − 1)² + ½k(y − c cos(πx/2a))² + ½kz² about the middle of its
/// box. Wells at (±a, 0, 0), saddle at (0, c, 0) with energy h.
class CurvedValley final : public potential::Potential {
  public:
    static constexpr double h = 0.35, a = 1.3, c = 0.6, k = 4.0;
    const potential::PotentialInfo& info() const override { return info_; }
    potential::Evaluation evaluate(const crystal::Structure& s, const potential::Request&) override {
        potential::Evaluation e;
        const Vec3 r = Vec3(s.positions.col(0)) - Vec3::Constant(10.0);
        const double u = r.x() / a, bend = 0.5 * M_PI / a;
        const double off = r.y() - c * std::cos(bend * r.x());
        e.energy = h * std::pow(u * u - 1.0, 2) + 0.5 * k * (off * off + r.z() * r.z());
        e.forces.resize(3, 1);
        e.forces.col(0) = -Vec3(4.0 * h * u * (u * u - 1.0) / a + k * off * c * bend * std::sin(bend * r.x()),
                                k * off, k * r.z());
        return e;
    }

  private:
    potential::PotentialInfo info_;
};

crystal::Structure particle(double x) {
    crystal::Structure s;
    s.lattice = crystal::Lattice(Mat3(20.0 * Mat3::Identity()));
    s.append(crystal::Element::fromSymbol("Li"), Vec3(10.0 + x, 10.0, 10.0));
    return s;
}

NebSettings tight(int images) {
    NebSettings s;
    s.images = images;
    s.forceTolerance = 2e-3;
    s.maxSteps = 2000;
    return s;
}

NebPath band(const std::vector<crystal::Structure>& images, potential::Potential& potential,
             const NebSettings& settings, const NebObserver& observer = {}) {
    NoProgress progress;
    return nudgedElasticBand(images, potential, settings, {}, progress, observer);
}

crystal::Structure relaxedAt(const crystal::Structure& start, potential::Potential& potential,
                             double& energy) {
    RelaxSettings s;
    s.cell = CellFilter::Fixed;
    s.forceTolerance = 1e-4;
    s.maxSteps = 2000;
    NoProgress progress;
    const auto result = relax(start, potential, s, {}, progress);
    if (!result.converged) qFatal("an end state did not relax");
    energy = result.energy;
    return result.structure;
}

}  // namespace

class TestNeb : public QObject {
    Q_OBJECT

  private slots:
    void climbingImageFindsTheSaddle_data();
    void climbingImageFindsTheSaddle();
    void interpolationFindsTheSaddleBetweenImages();
    void imagesStayEvenlySpaced();
    void vacancyHopHasTheSymmetricSaddle();
    void pathGoesThroughTheBoundary();
    void pairObjectiveAvoidsTheCollision();
    void observerSeesEveryStepAndCancelWorks();
    void badEndsAreRefused();
};

void TestNeb::climbingImageFindsTheSaddle_data() {
    QTest::addColumn<int>("images");
    for (const int images : {3, 4, 7})
        QTest::addRow("%d images", images) << images;
}

void TestNeb::climbingImageFindsTheSaddle() {
    QFETCH(int, images);
    CurvedValley valley;
    const auto start = particle(-CurvedValley::a), end = particle(CurvedValley::a);
    const auto path = band(interpolatedPath(start, end, images), valley, tight(images));
    QVERIFY(path.converged && path.climbed);
    QVERIFY2(std::abs(path.forwardBarrier() - CurvedValley::h) < 1e-4,
             qPrintable(QString::number(path.forwardBarrier())));
    QVERIFY(std::abs(path.backwardBarrier() - CurvedValley::h) < 1e-4);
    const Vec3 saddle = path.images[path.highest()].positions.col(0);
    QVERIFY((saddle - Vec3(10.0, 10.0 + CurvedValley::c, 10.0)).norm() < 5e-3);
    QVERIFY(std::abs(path.slopes[path.highest()]) < 5e-3);
}

void TestNeb::interpolationFindsTheSaddleBetweenImages() {
    // Four images: none on the saddle unless it climbs.
    CurvedValley valley;
    auto s = tight(4);
    s.climb = false;
    const auto path =
        band(interpolatedPath(particle(-CurvedValley::a), particle(CurvedValley::a), 4), valley, s);
    QVERIFY(path.converged && !path.climbed);
    QVERIFY(path.energies[path.highest()] < CurvedValley::h - 0.01);
    QVERIFY2(std::abs(path.forwardBarrier() - CurvedValley::h) < 0.01,
             qPrintable(QString::number(path.forwardBarrier())));
    const auto points = interpolated(path, 10);
    QCOMPARE(points.size(), std::size_t(51));
    QCOMPARE(points[20].energy, path.energies[2]);
}

void TestNeb::imagesStayEvenlySpaced() {
    CurvedValley valley;
    auto s = tight(6);
    s.climb = false;
    auto images = interpolatedPath(particle(-CurvedValley::a), particle(CurvedValley::a), 6);
    images[3].positions.col(0).x() -= 0.2;  // the springs have to pull it back
    const auto path = band(images, valley, s);
    QVERIFY(path.converged);
    const double mean = path.distances.back() / 7.0;
    for (std::size_t i = 1; i < path.distances.size(); ++i)
        QVERIFY(std::abs(path.distances[i] - path.distances[i - 1] - mean) < 0.03 * mean);
}

void TestNeb::vacancyHopHasTheSymmetricSaddle() {
    LennardJones potential(0.0104, 3.40, 7.5);
    const auto full = fccCrystal("Ar", 5.35, 3);
    // The vacancy is where atom 0 was; atom 1 of the full crystal, a nearest neighbour, hops into it.
    crystal::Structure holed;
    holed.lattice = full.lattice;
    for (std::size_t i = 1; i < full.size(); ++i)
        holed.append(full.elements[i], full.positions.col(static_cast<Eigen::Index>(i)));
    double startEnergy = 0.0, endEnergy = 0.0, saddleEnergy = 0.0;
    const auto start = relaxedAt(holed, potential, startEnergy);
    const auto end = relaxedAt(hopped(holed, 0, full.positions.col(0)), potential, endEnergy);
    QVERIFY(std::abs(startEnergy - endEnergy) < 1e-5);
    // Half way the hopping atom feels no force along the hop, by symmetry: an ordinary relaxation finds the
    // saddle.
    const Vec3 middle = 0.5 * (full.positions.col(0) + full.positions.col(1));
    relaxedAt(hopped(holed, 0, middle), potential, saddleEnergy);
    const double barrier = saddleEnergy - startEnergy;
    QVERIFY(barrier > 0.02);

    auto s = tight(3);
    s.forceTolerance = 3e-4;  // argon is soft: a force of 2e-3 on every atom still costs 1 meV
    const auto path = band(interpolatedPath(start, end, 3), potential, s);
    QVERIFY(path.converged);
    QVERIFY2(std::abs(path.forwardBarrier() - barrier) < 2e-4,
             qPrintable(QString("%1 %2").arg(path.forwardBarrier()).arg(barrier)));
    QCOMPARE(path.highest(), std::size_t(2));
}

void TestNeb::pathGoesThroughTheBoundary() {
    auto start = particle(0.0), end = particle(0.0);
    start.positions.col(0) = Vec3(19.5, 3.0, 3.0);
    end.positions.col(0) = Vec3(0.5, 3.0, 3.0);
    const auto path = interpolatedPath(start, end, 1);
    QVERIFY((Vec3(path[1].positions.col(0)) - Vec3(20.0, 3.0, 3.0)).norm() < 1e-6);
    QVERIFY((Vec3(path[2].positions.col(0)) - Vec3(20.5, 3.0, 3.0)).norm() < 1e-12);
    const auto hop = hopped(start, 0, Vec3(0.5, 3.0, 3.0));
    QVERIFY((Vec3(hop.positions.col(0)) - Vec3(20.5, 3.0, 3.0)).norm() < 1e-12);
}

void TestNeb::pairObjectiveAvoidsTheCollision() {
    // An atom whose straight way leads nearly through another one.
    crystal::Structure start;
    start.lattice = crystal::Lattice(Mat3(12.0 * Mat3::Identity()));
    start.append(crystal::Element::fromSymbol("Li"), Vec3(3.0, 6.0, 6.0));
    start.append(crystal::Element::fromSymbol("O"), Vec3(6.0, 6.2, 6.0));
    start.append(crystal::Element::fromSymbol("O"), Vec3(6.0, 10.0, 6.0));
    const auto end = hopped(start, 0, Vec3(9.0, 6.0, 6.0));
    const auto path = interpolatedPath(start, end, 3);
    const double d = (path[2].positions.col(0) - path[2].positions.col(1)).norm();
    QVERIFY2(d > 2.0, qPrintable(QString::number(d)));  // the straight way comes within 0.2 Å
}

void TestNeb::observerSeesEveryStepAndCancelWorks() {
    CurvedValley valley;
    const auto images = interpolatedPath(particle(-CurvedValley::a), particle(CurvedValley::a), 3);
    int expected = 0;
    std::stop_source stop;
    NoProgress progress;
    QVERIFY_EXCEPTION_THROWN(nudgedElasticBand(images, valley, tight(3), stop.get_token(), progress,
                                               [&](const NebPath& path) {
                                                   QCOMPARE(path.steps, expected++);
                                                   if (expected == 4) stop.request_stop();
                                               }),
                             Cancelled);
    QCOMPARE(expected, 4);
    auto few = tight(3);
    few.maxSteps = 2;
    QVERIFY(!band(images, valley, few).converged);
}

void TestNeb::badEndsAreRefused() {
    const auto start = particle(0.0);
    auto other = particle(1.0);
    QVERIFY_EXCEPTION_THROWN(interpolatedPath(start, start, 3), InputError);
    QVERIFY_EXCEPTION_THROWN(interpolatedPath(start, other, 0), InputError);
    other.elements[0] = crystal::Element::fromSymbol("Na");
    QVERIFY_EXCEPTION_THROWN(interpolatedPath(start, other, 3), InputError);
    other = particle(1.0);
    other.lattice = crystal::Lattice(Mat3(21.0 * Mat3::Identity()));
    QVERIFY_EXCEPTION_THROWN(interpolatedPath(start, other, 3), InputError);
    other = particle(1.0);
    other.append(crystal::Element::fromSymbol("Li"), Vec3::Zero());
    QVERIFY_EXCEPTION_THROWN(interpolatedPath(start, other, 3), InputError);
    QVERIFY_EXCEPTION_THROWN(hopped(start, 1, Vec3::Zero()), InputError);
    NebSettings s;
    s.images = 0;
    QVERIFY_EXCEPTION_THROWN(checkSettings(s), InputError);
}

QTEST_APPLESS_MAIN(TestNeb)
#include "test_neb.moc"
