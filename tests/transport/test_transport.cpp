// SPDX-License-Identifier: GPL-3.0-or-later
// MSD against the direct double sum, D against simulated random walks with a known answer.
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/transport/diffusion.h"

using namespace ionscape;
using namespace ionscape::transport;
using crystal::Element;

namespace {

const Element li = Element::fromSymbol("Li");
const Element oxygen = Element::fromSymbol("O");

/// Independent Gaussian walkers; each step has standard deviation `sigma` along each axis.
TrajectoryView randomWalk(RandomStream& random, int ions, int frames, double sigma,
                          double intervalFs = 10.0) {
    TrajectoryView view;
    view.elements.assign(static_cast<std::size_t>(ions), li);
    view.masses = Eigen::VectorXd::Constant(ions, li.mass());
    view.frameIntervalFs = intervalFs;
    VectorField positions = VectorField::Zero(3, ions);
    for (int t = 0; t < frames; ++t) {
        view.positions.push_back(positions);
        for (Eigen::Index k = 0; k < positions.size(); ++k)
            positions.data()[k] += sigma * random.normal();
    }
    return view;
}

std::vector<double> directMsd(const TrajectoryView& view, Element element) {
    const std::size_t frames = view.positions.size();
    std::vector<double> msd(frames, 0.0);
    double atoms = 0.0;
    for (const auto e : view.elements)
        atoms += e == element ? 1.0 : 0.0;
    for (std::size_t m = 0; m < frames; ++m) {
        for (std::size_t t = 0; t + m < frames; ++t) {
            for (std::size_t i = 0; i < view.elements.size(); ++i) {
                if (view.elements[i] != element) continue;
                const auto column = static_cast<Eigen::Index>(i);
                msd[m] += (view.positions[t + m].col(column) - view.positions[t].col(column)).squaredNorm();
            }
        }
        msd[m] /= atoms * static_cast<double>(frames - m);
    }
    return msd;
}

double largestDeviation(const std::vector<double>& a, const std::vector<double>& b) {
    double worst = a.size() == b.size() ? 0.0 : 1e300;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        worst = std::max(worst, std::abs(a[i] - b[i]) / std::max(1.0, std::abs(b[i])));
    }
    return worst;
}

std::vector<trajectory::Frame> threeFrames() {
    std::vector<trajectory::Frame> frames(3);
    for (int i = 0; i < 3; ++i) {
        auto& frame = frames[static_cast<std::size_t>(i)];
        frame.step = 10 * i;
        frame.timeFs = 20.0 * i;
        frame.lattice = crystal::Lattice(Mat3(Mat3::Identity() * (10.0 + i)));
        frame.positions = VectorField::Constant(3, 2, i);
        frame.temperature = 900.0 + 100.0 * i;
    }
    return frames;
}

crystal::Structure pairOfAtoms() {
    crystal::Structure structure;
    structure.append(li, Vec3(0, 0, 0));
    structure.append(oxygen, Vec3(2, 2, 2));
    return structure;
}

}  // namespace

class TestTransport : public QObject {
    Q_OBJECT

  private slots:
    void msdEqualsTheDoubleSum() {
        RandomStream random(1);
        for (const int frames : {2, 3, 64, 257}) {
            auto view = randomWalk(random, 5, frames, 0.4);
            view.elements[2] = oxygen;
            const auto curve = meanSquaredDisplacement(view, li);
            QCOMPARE(curve.ions, std::size_t{4});
            QVERIFY(largestDeviation(curve.msd, directMsd(view, li)) < 1e-9);
            QCOMPARE(curve.lagFs.back(), 10.0 * (frames - 1));
            QCOMPARE(meanSquaredDisplacement(view, oxygen).ions, std::size_t{1});
        }
    }

    void msdStaysPreciseFarAway() {
        RandomStream random(2);
        auto view = randomWalk(random, 4, 300, 0.1);
        for (std::size_t t = 0; t < view.positions.size(); ++t) {
            // Hundreds of ångströms of drift, and a start 10^4 Å from the origin.
            view.positions[t].array() += 1.0e4 + static_cast<double>(t);
        }
        QVERIFY(largestDeviation(meanSquaredDisplacement(view, li).msd, directMsd(view, li)) < 1e-9);
    }

    void msdCanBeCutShort() {
        RandomStream random(3);
        const auto view = randomWalk(random, 3, 100, 0.4);
        const auto full = meanSquaredDisplacement(view, li);
        const auto part = meanSquaredDisplacement(view, li, 20);
        QCOMPARE(part.msd.size(), std::size_t{21});
        for (std::size_t i = 0; i < part.msd.size(); ++i)
            QCOMPARE(part.msd[i], full.msd[i]);
        QCOMPARE(meanSquaredDisplacement(view, li, 5000).msd.size(), std::size_t{100});
    }

    void msdRefusesWhatIsNotThere() {
        RandomStream random(3);
        QVERIFY_THROWS_EXCEPTION(InputError, meanSquaredDisplacement(randomWalk(random, 3, 10, 1), oxygen));
        QVERIFY_THROWS_EXCEPTION(InputError, meanSquaredDisplacement(randomWalk(random, 3, 1, 1), li));
    }

    void driftOfTheFrameworkIsRemoved() {
        RandomStream random(4);
        auto still = randomWalk(random, 6, 50, 0.3);
        for (const std::size_t atom : {1u, 4u}) {
            still.elements[atom] = oxygen;
            still.masses[static_cast<Eigen::Index>(atom)] = atom == 1 ? 16.0 : 48.0;
        }
        auto reference = still;
        removeFrameworkDrift(reference, li);
        auto moving = still;
        for (std::size_t t = 0; t < moving.positions.size(); ++t) {
            moving.positions[t].colwise() += Vec3(0.5, -0.1, 2.0) * static_cast<double>(t);
        }
        removeFrameworkDrift(moving, li);
        for (std::size_t t = 0; t < 50; ++t) {
            QVERIFY((moving.positions[t] - reference.positions[t]).cwiseAbs().maxCoeff() < 1e-11);
            const Vec3 centre =
                (moving.positions[t].col(1) * 16.0 + moving.positions[t].col(4) * 48.0) / 64.0;
            const Vec3 start = (moving.positions[0].col(1) * 16.0 + moving.positions[0].col(4) * 48.0) / 64.0;
            QVERIFY((centre - start).norm() < 1e-11);
        }
        auto onlyLi = randomWalk(random, 2, 5, 1.0);
        QVERIFY_THROWS_EXCEPTION(InputError, removeFrameworkDrift(onlyLi, li));
    }

    void viewNeedsEvenSpacing() {
        auto frames = threeFrames();
        const auto view = makeTrajectoryView(pairOfAtoms(), frames);
        QCOMPARE(view.frameIntervalFs, 20.0);
        QCOMPARE(view.temperature, 1000.0);
        QVERIFY(std::abs(view.volume - (1000.0 + 1331.0 + 1728.0) / 3.0) < 1e-9);
        frames[1].timeFs = 25.0;
        try {
            makeTrajectoryView(pairOfAtoms(), frames);
            QFAIL("uneven spacing was accepted");
        } catch (const InputError& error) {
            QVERIFY(std::string(error.what()).find("frame 1") != std::string::npos);
        }
        frames = threeFrames();
        frames[2].positions = VectorField::Zero(3, 5);
        QVERIFY_THROWS_EXCEPTION(InputError, makeTrajectoryView(pairOfAtoms(), frames));
        QVERIFY_THROWS_EXCEPTION(InputError, makeTrajectoryView(pairOfAtoms(), {frames[0]}));
    }

    /// The error bar must mean what it says: 400 walks, D known exactly.
    void errorBarIsCalibrated() {
        RandomStream random(5);
        constexpr int walks = 400, frames = 500;
        const double sigma = 0.5, interval = 10.0;
        const double truth = sigma * sigma / (2.0 * interval) * units::angstrom2PerFsInCm2PerS;
        double sum = 0.0, squares = 0.0;
        int within1 = 0, within2 = 0;
        for (int i = 0; i < walks; ++i) {
            const auto curve = meanSquaredDisplacement(randomWalk(random, 20, frames, sigma, interval), li);
            const auto fit = tracerDiffusion(curve, defaultFitWindow(curve), frames);
            sum += fit.coefficient;
            squares += fit.coefficient * fit.coefficient;
            const double deviation = std::abs(fit.coefficient - truth) / fit.error;
            within1 += deviation < 1.0;
            within2 += deviation < 2.0;
        }
        const double mean = sum / walks;
        const double standardError = std::sqrt((squares / walks - mean * mean) / walks);
        qInfo("D/truth %.4f +- %.4f, within 1 sigma %.3f, within 2 sigma %.3f, spread/truth %.3f",
              mean / truth, standardError / truth, within1 / double(walks), within2 / double(walks),
              standardError * std::sqrt(double(walks)) / truth);
        QVERIFY(std::abs(mean - truth) < std::max(0.01 * truth, 3.0 * standardError));
        QVERIFY(within1 > 0.58 * walks && within1 < 0.78 * walks);
        QVERIFY(within2 > 0.90 * walks && within2 < 0.99 * walks);
    }

    void fitOfAnExactLine() {
        MsdCurve curve;
        curve.ions = 10;
        for (int n = 0; n <= 200; ++n) {
            curve.lagFs.push_back(5.0 * n);
            curve.msd.push_back(n == 0 ? 0.0 : 0.8 + 0.06 * 5.0 * n);
        }
        const auto fit = tracerDiffusion(curve, {100.0, 700.0}, 201);
        // 0.06 Å²/fs / 6 = 0.01 Å²/fs = 1e-3 cm²/s.
        QVERIFY(std::abs(fit.coefficient - 1e-3) < 1e-10);
        QVERIFY(std::abs(fit.intercept - 0.8) < 1e-6);
        QVERIFY(fit.error > 0.0);
        QVERIFY(fit.warning.empty());
        QVERIFY(std::abs(fit.logLogSlope - 1.0) < 0.1);
        // More ions, smaller error: exactly by the square root.
        curve.ions = 40;
        QVERIFY(std::abs(tracerDiffusion(curve, {100.0, 700.0}, 201).error / fit.error - 0.5) < 1e-9);
        QVERIFY_THROWS_EXCEPTION(InputError, tracerDiffusion(curve, {100.0, 107.0}, 201));
        QVERIFY(tracerDiffusion(curve, {100.0, 120.0}, 201).warning.find("5 lags") != std::string::npos);
    }

    void vibrationIsNotDiffusion() {
        RandomStream random(6);
        TrajectoryView view = randomWalk(random, 20, 1, 0.0);
        view.positions.clear();
        for (int t = 0; t < 400; ++t) {
            VectorField positions(3, 20);
            for (Eigen::Index k = 0; k < positions.size(); ++k)
                positions.data()[k] = 0.2 * random.normal();
            view.positions.push_back(positions);
        }
        const auto curve = meanSquaredDisplacement(view, li);
        const auto fit = tracerDiffusion(curve, defaultFitWindow(curve), 400);
        QVERIFY(fit.warning.find("vibrate") != std::string::npos);
        QVERIFY(fit.warning.find("not diffusive") != std::string::npos);
    }

    void conductivityByHand() {
        // 8 Li in 1000 Å³ at 1000 K, D = 1e-5 cm²/s: 8e21 cm⁻³ · 1.602176634e-19 C · e/(kT) = 1/0.08617333262
        // V · 1e-5 cm²/s = 0.148740 S/cm.
        const double sigma = nernstEinsteinConductivity(1e-5, 8, 1.0, 1000.0, 1000.0);
        QVERIFY(std::abs(sigma - 148.7398) < 1e-3);
        QVERIFY(std::abs(nernstEinsteinConductivity(1e-5, 8, 2.0, 1000.0, 1000.0) / sigma - 4.0) < 1e-12);
        QVERIFY_THROWS_EXCEPTION(InputError, nernstEinsteinConductivity(1e-5, 8, 1.0, 0.0, 300.0));
        QVERIFY_THROWS_EXCEPTION(InputError, nernstEinsteinConductivity(1e-5, 8, 1.0, 1000.0, 0.0));
    }

    void meanMsdOverTheMiddle() {
        MsdCurve curve;
        for (int n = 0; n <= 100; ++n) {
            curve.lagFs.push_back(n * 1000.0);
            curve.msd.push_back(n < 20 || n > 80 ? 1e6 : 2.0 * n);
        }
        QCOMPARE(meanMsdValue(curve), 100.0);
        QVERIFY_THROWS_EXCEPTION(InputError, meanMsdValue(MsdCurve{}));
        const auto window = defaultFitWindow(curve);
        QCOMPARE(window.beginFs, 10000.0);
        QCOMPARE(window.endFs, 70000.0);
    }
};

QTEST_APPLESS_MAIN(TestTransport)
#include "test_transport.moc"
