// SPDX-License-Identifier: GPL-3.0-or-later
// RDF, bonds, Van Hove functions and vibrations against direct sums, crystals and exact distributions.
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/crystal/neighbour_list.h"
#include "core/transport/radial_distribution.h"
#include "core/transport/van_hove.h"
#include "core/transport/vibration.h"
#include "tests/transport/synthetic_motion.h"

using namespace ionscape;
using namespace ionscape::transport;
using crystal::Element;

namespace {

const Element li = Element::fromSymbol("Li");
const Element oxygen = Element::fromSymbol("O");

/// Atoms anywhere in space (unwrapped), in a skewed cell smaller than the radii looked at.
TrajectoryView gasInSkewedCell(RandomStream& random, int atoms, int frames, bool breathing) {
    TrajectoryView view = emptyView(atoms);
    for (int i = 0; i < atoms; i += 2)
        view.elements[static_cast<std::size_t>(i)] = oxygen;
    view.lattices.clear();
    for (int t = 0; t < frames; ++t) {
        VectorField positions(3, atoms);
        for (Eigen::Index k = 0; k < positions.size(); ++k)
            positions.data()[k] = 60.0 * random.uniform() - 30.0;
        view.positions.push_back(positions);
        const double scale = breathing ? 1.0 + 0.01 * t : 1.0;
        if (breathing || t == 0)
            view.lattices.push_back(
                crystal::Lattice::fromParameters(6.07 * scale, 7.03, 8.05, 65.0, 100.0, 110.0));
    }
    return view;
}

/// Histogram from the neighbour list of the program's crystal code.
std::vector<double> directCounts(const TrajectoryView& view, Element a, Element b, double width,
                                 std::size_t bins) {
    std::vector<double> counts(bins, 0.0);
    for (std::size_t t = 0; t < view.positions.size(); ++t) {
        crystal::Structure structure;
        structure.lattice = view.lattice(t);
        structure.elements = view.elements;
        structure.positions = view.positions[t];
        for (const auto& pair : crystal::neighbourPairs(structure, width * static_cast<double>(bins))) {
            if (view.elements[static_cast<std::size_t>(pair.i)] == a &&
                view.elements[static_cast<std::size_t>(pair.j)] == b)
                counts[static_cast<std::size_t>(pair.distance / width)] += 1.0;
        }
    }
    return counts;
}

TrajectoryView rockSalt() {
    TrajectoryView view = emptyView(8);
    view.lattices = {crystal::Lattice(Mat3(4.2 * Mat3::Identity()))};
    VectorField positions(3, 8);
    for (Eigen::Index i = 0; i < 8; ++i) {
        const Vec3 site(static_cast<double>(i & 1), static_cast<double>((i >> 1) & 1),
                        static_cast<double>(i >> 2));
        positions.col(i) = 2.1 * site;
        if (static_cast<int>(site.sum()) % 2 == 1) view.elements[static_cast<std::size_t>(i)] = oxygen;
    }
    view.positions = {positions, positions};
    return view;
}

/// Damped oscillators driven by noise: the exact update over one interval of the position and velocity of a
/// particle of unit mass in a well of angular frequency w with friction, by many small symplectic steps.
TrajectoryView oscillators(RandomStream& random, int ions, int frames, double thz, double rms) {
    TrajectoryView view = emptyView(ions, 5.0);
    const double w = 2.0 * units::pi * thz * 1e-3, friction = 0.004 * w, dt = 0.5;
    VectorField x = VectorField::Zero(3, ions), v = VectorField::Zero(3, ions);
    for (Eigen::Index k = 0; k < x.size(); ++k) {
        x.data()[k] = rms * random.normal();
        v.data()[k] = rms * w * random.normal();
    }
    const double keep = std::exp(-friction * dt), kick = rms * w * std::sqrt(1.0 - keep * keep);
    for (int t = 0; t < frames; ++t) {
        view.positions.push_back(x);
        for (int step = 0; step < 10; ++step) {
            v -= 0.5 * dt * w * w * x;
            x += 0.5 * dt * v;
            for (Eigen::Index k = 0; k < v.size(); ++k)
                v.data()[k] = keep * v.data()[k] + kick * random.normal();
            x += 0.5 * dt * v;
            v -= 0.5 * dt * w * w * x;
        }
    }
    return view;
}

}  // namespace

class TestDistributions : public QObject {
    Q_OBJECT

  private slots:
    void rdfEqualsTheNeighbourList() {
        RandomStream random(41);
        for (const bool breathing : {false, true}) {
            const auto view = gasInSkewedCell(random, 14, 6, breathing);
            RadialSettings settings;
            settings.maxRadius = 9.0;
            settings.binWidth = 0.3;
            for (const auto& [a, b] : {std::pair(li, oxygen), std::pair(li, li)}) {
                const auto rdf = radialDistribution(view, a, b, settings);
                const auto counts = directCounts(view, a, b, 0.3, 30);
                double volume = 0.0, sum = 0.0;
                for (std::size_t t = 0; t < 6; ++t)
                    volume += view.lattice(t).volume() / 6.0;
                QCOMPARE(rdf.g.size(), std::size_t{30});
                for (std::size_t k = 0; k < 30; ++k) {
                    const double inner = 0.3 * static_cast<double>(k);
                    const double shell =
                        4.0 / 3.0 * units::pi * (std::pow(inner + 0.3, 3) - std::pow(inner, 3));
                    sum += counts[k] / (6.0 * 7.0);
                    QVERIFY(std::abs(rdf.g[k] - counts[k] * volume / (6.0 * 7.0 * 7.0 * shell)) < 1e-9);
                    QVERIFY(std::abs(rdf.coordination[k] - sum) < 1e-9);
                }
            }
        }
    }

    void rockSaltHasItsShells() {
        const auto view = rockSalt();
        const auto rdf = radialDistribution(view, li, oxygen, {7.0, 0.05, 1000});
        const auto upTo = [&](double r) { return rdf.coordination[static_cast<std::size_t>(r / 0.05)]; };
        QVERIFY(std::abs(upTo(3.0) - 6.0) < 1e-9);
        QVERIFY(std::abs(upTo(4.0) - 14.0) < 1e-9);
        const auto like = radialDistribution(view, li, li, {5.0, 0.05, 1000});
        QVERIFY(std::abs(like.coordination[65] - 12.0) < 1e-9);
        // 12 + 6: an atom's own images at 4.2 Å count.
        QVERIFY(std::abs(like.coordination[90] - 18.0) < 1e-9);
        const double shell = firstShellRadius(rdf);
        QVERIFY(shell > 2.3 && shell < 3.5);
        const auto bonds = bondStatistics(view, li, oxygen, shell);
        QVERIFY(std::abs(bonds.meanLength - 2.1) < 1e-9 && bonds.spread < 1e-9);
        QCOMPARE(bonds.coordinationShare.size(), std::size_t{7});
        QCOMPARE(bonds.coordinationShare[6], 1.0);
        QCOMPARE(bonds.meanCoordination, 6.0);
        double integral = 0.0;
        for (const double density : bonds.density)
            integral += density * bonds.binWidth;
        QVERIFY(std::abs(integral - 1.0) < 1e-9);
    }

    void idealGasHasNoStructure() {
        RandomStream random(42);
        const auto rdf =
            radialDistribution(gasInSkewedCell(random, 40, 300, false), li, oxygen, {8.0, 0.5, 1000});
        for (std::size_t k = 1; k < rdf.g.size(); ++k)
            QVERIFY2(std::abs(rdf.g[k] - 1.0) < 0.06, qPrintable(QString::number(rdf.g[k])));
        QVERIFY_THROWS_EXCEPTION(
            InputError, firstShellRadius(radialDistribution(rockSalt(), li, oxygen, {2.0, 0.05, 10})));
    }

    void wrongRequestsAreRefused() {
        auto view = rockSalt();
        QVERIFY_THROWS_EXCEPTION(InputError, radialDistribution(view, li, Element::fromSymbol("Zr")));
        QVERIFY_THROWS_EXCEPTION(InputError, radialDistribution(view, li, oxygen, {0.0, 0.05, 10}));
        QVERIFY_THROWS_EXCEPTION(InputError, bondStatistics(view, li, oxygen, -1.0));
        VanHoveSettings settings;
        settings.lagFrames = {2};
        QVERIFY_THROWS_EXCEPTION(InputError, vanHove(view, li, settings));
        view.lattices.clear();
        QVERIFY_THROWS_EXCEPTION(InputError, radialDistribution(view, li, oxygen));
    }

    void vanHoveEqualsTheDirectSums() {
        RandomStream random(43);
        auto view = randomWalk(random, 5, 25, 0.6);
        view.lattices = {crystal::Lattice::fromParameters(6.0, 7.0, 8.0, 65.0, 100.0, 110.0)};
        for (auto& positions : view.positions) {
            for (Eigen::Index i = 0; i < 5; ++i)
                positions.col(i) += 1.3 * static_cast<double>(i) * Vec3(1.0, 0.5, -0.7);
        }
        VanHoveSettings settings;
        settings.lagFrames = {0, 3, 17};
        settings.maxRadius = 5.0;
        settings.binWidth = 0.5;
        const auto result = vanHove(view, li, settings);
        const auto& lattice = view.lattices.front();
        for (Eigen::Index c = 0; c < 3; ++c) {
            const std::size_t lag = settings.lagFrames[static_cast<std::size_t>(c)];
            Eigen::VectorXd self = Eigen::VectorXd::Zero(10), distinct = Eigen::VectorXd::Zero(10);
            const double origins = static_cast<double>(25 - lag);
            for (std::size_t t = 0; t + lag < 25; ++t) {
                for (Eigen::Index i = 0; i < 5; ++i) {
                    for (Eigen::Index j = 0; j < 5; ++j) {
                        const Vec3 move = view.positions[t + lag].col(j) - view.positions[t].col(i);
                        if (i == j && move.norm() < 5.0)
                            self[static_cast<Eigen::Index>(move.norm() / 0.5)] += 1.0;
                        // Any image that could be near, wherever the ions have walked.
                        for (int n = 0; n < 15 * 15 * 15; ++n) {
                            const Vec3 cell(n % 15 - 7, n / 15 % 15 - 7, n / 225 - 7);
                            if (i == j && cell.isZero()) continue;
                            const double r = (move + lattice.toCartesian({cell})).norm();
                            if (r < 5.0) distinct[static_cast<Eigen::Index>(r / 0.5)] += 1.0;
                        }
                    }
                }
            }
            for (Eigen::Index k = 0; k < 10; ++k) {
                const double inner = 0.5 * static_cast<double>(k);
                const double shell = 4.0 / 3.0 * units::pi * (std::pow(inner + 0.5, 3) - std::pow(inner, 3));
                QVERIFY(std::abs(result.self(k, c) - self[k] / (5.0 * origins * 0.5)) < 1e-12);
                QVERIFY(std::abs(result.distinct(k, c) -
                                 distinct[k] * lattice.volume() / (25.0 * origins * shell)) < 1e-9);
            }
        }
    }

    void distinctPartBeginsAsTheRdf() {
        const auto view = rockSalt();
        VanHoveSettings settings;
        settings.lagFrames = {0};
        settings.maxRadius = 6.0;
        settings.binWidth = 0.05;
        const auto result = vanHove(view, li, settings);
        const auto rdf = radialDistribution(view, li, li, {6.0, 0.05, 1000});
        for (std::size_t k = 0; k < rdf.g.size(); ++k)
            QVERIFY(std::abs(result.distinct(static_cast<Eigen::Index>(k), 0) - rdf.g[k]) < 1e-9);
    }

    void gaussianWalkHasNoNonGaussianPart() {
        RandomStream random(44);
        const auto moments = displacementMoments(randomWalk(random, 40, 2000, 0.5), li);
        for (std::size_t i = 0; i < moments.lagFs.size() / 2; ++i) {
            const double expected = 0.75 * moments.lagFs[i] / 10.0;
            QVERIFY(std::abs(moments.second[i] / expected - 1.0) < 0.1);
            QVERIFY(std::abs(moments.nonGaussian[i]) < 0.15);
        }
        // In a plane, too, where the Gaussian's moments are others.
        const auto plane = displacementMoments(randomWalk(random, 40, 2000, 0.5), li, 10, 5000,
                                               Directions::plane(Vec3::UnitX(), Vec3::UnitY()));
        QVERIFY(std::abs(plane.nonGaussian.front()) < 0.05);
    }

    /// Hops of one length, n of them Poisson with mean m, and none in between: ⟨r²⟩ = m a²,
    /// ⟨r⁴⟩ = a⁴ (m + 5 m²/3), so that α₂ = 3/(5 m).
    void rareHopsAreNonGaussian() {
        RandomStream random(45);
        TrajectoryView view = emptyView(200);
        VectorField positions = VectorField::Zero(3, 200);
        for (int t = 0; t < 400; ++t) {
            view.positions.push_back(positions);
            for (Eigen::Index i = 0; i < 200; ++i) {
                if (random.uniform() >= 0.01) continue;
                positions(static_cast<Eigen::Index>(random.below(3)), i) +=
                    random.uniform() < 0.5 ? 2.5 : -2.5;
            }
        }
        const auto moments = displacementMoments(view, li);
        QVERIFY(std::abs(moments.nonGaussian[0] / (3.0 / (5.0 * 0.01)) - 1.0) < 0.06);
        const auto at = std::find(moments.lagFs.begin(), moments.lagFs.end(), 100.0);
        QVERIFY(at != moments.lagFs.end());
        const double mean = 0.01 * 10.0;
        QVERIFY(std::abs(moments.nonGaussian[static_cast<std::size_t>(at - moments.lagFs.begin())] /
                             (3.0 / (5.0 * mean)) -
                         1.0) < 0.12);
    }

    void displacementsOfIons() {
        TrajectoryView view = emptyView(3);
        view.elements[1] = oxygen;
        for (const double x : {0.0, 5.0, 2.0}) {
            VectorField positions = VectorField::Zero(3, 3);
            positions(0, 2) = x;
            view.positions.push_back(positions);
        }
        const auto result = ionDisplacements(view, li);
        QVERIFY(result.atoms == (std::vector<std::size_t>{0, 2}));
        QVERIFY(result.last == (std::vector<double>{0.0, 2.0}));
        QVERIFY(result.largest == (std::vector<double>{0.0, 5.0}));
    }

    void harmonicWells() {
        RandomStream random(46);
        for (const double thz : {3.0, 10.0}) {
            const auto result = vibration(oscillators(random, 60, 6000, thz, 0.15), li);
            qInfo("well of %.1f THz and 0.15 A: %.3f +- %.3f THz, %.4f A", thz, result.attemptFrequencyTHz,
                  result.spreadTHz, result.amplitude);
            QVERIFY(std::abs(result.attemptFrequencyTHz / thz - 1.0) < 0.04);
            QVERIFY(std::abs(result.amplitude / 0.15 - 1.0) < 0.08);
            QVERIFY(result.warning.empty());
            const auto peak = std::max_element(result.spectrum.begin(), result.spectrum.end());
            QVERIFY(
                std::abs(result.frequencyTHz[static_cast<std::size_t>(peak - result.spectrum.begin())] / thz -
                         1.0) < 0.05);
        }
    }

    void jumpsDoNotCountAsVibration() {
        RandomStream random(47);
        auto view = oscillators(random, 40, 6000, 10.0, 0.15);
        for (std::size_t t = 0; t < view.positions.size(); ++t)
            view.positions[t].row(0).array() += 2.5 * static_cast<double>(t / 400 % 7);
        QVERIFY(std::abs(vibration(view, li).amplitude / 0.15 - 1.0) < 0.08);
    }

    void coarseFramesAreSaid() {
        RandomStream random(48);
        auto view = oscillators(random, 4, 2000, 10.0, 0.15);
        TrajectoryView coarse = view;
        coarse.positions.clear();
        coarse.frameIntervalFs = 40.0;
        for (std::size_t t = 0; t < view.positions.size(); t += 8)
            coarse.positions.push_back(view.positions[t]);
        QVERIFY(!vibration(coarse, li).warning.empty());
        coarse.positions.resize(10);
        QVERIFY_THROWS_EXCEPTION(InputError, vibration(coarse, li));
    }
};

QTEST_APPLESS_MAIN(TestDistributions)
#include "test_distributions.moc"
