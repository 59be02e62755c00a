// SPDX-License-Identifier: GPL-3.0-or-later
// Do 95 % intervals hold the truth in 90–99 % of 200 synthetic runs?
#include <QTest>
#include <cmath>
#include <functional>

#include "core/base/units.h"
#include "core/transport/motion_fit.h"
#include "tests/transport/synthetic_motion.h"

using namespace ionscape;
using namespace ionscape::transport;

namespace {

const auto li = crystal::Element::fromSymbol("Li");
constexpr int runs = 200, frames = 1000;

/// How often, over all runs, an interval held the truth.
struct Coverage {
    double tracer = 0.0, collective = 0.0, haven = 0.0, walkers = 0.0, bootstrap = 0.0, blocks = 0.0,
           ions = 0.0;
    double bias = 0.0, spread = 0.0, meanError = 0.0, carriers = 0.0;
};

Coverage coverage(double tracerSlope, double havenRatio, const std::function<TrajectoryView()>& make) {
    Coverage result;
    constexpr double one = 1.0 / runs, z = 1.96;
    for (int run = 0; run < runs; ++run) {
        const auto motion = motionStatistics(make(), li);
        const auto fit = fitMotion(motion, defaultFitWindow(motion.msd));
        const double truth = tracerSlope / (6.0 * motion.msd.lagFs[1]) * units::angstrom2PerFsInCm2PerS;
        const auto within = [&](const Diffusion& d, double value) {
            return d.lower95 <= value && value <= d.upper95 ? one : 0.0;
        };
        const auto& d = fit.tracer;
        const double off = std::abs(d.coefficient - truth);
        result.tracer += within(d, truth);
        result.collective += within(fit.collective, truth / havenRatio);
        result.haven +=
            fit.haven.lower95 <= havenRatio * (1.0 + 1e-9) && havenRatio * (1.0 - 1e-9) <= fit.haven.upper95
                ? one
                : 0.0;
        result.walkers += off < z * d.errorWalkers ? one : 0.0;
        result.bootstrap += off < z * d.errorBootstrap ? one : 0.0;
        result.blocks += off < z * d.errorBlocks ? one : 0.0;
        result.ions += off < z * d.errorIons ? one : 0.0;
        result.bias += one * (d.coefficient / truth - 1.0);
        result.spread += one * std::pow(d.coefficient / truth - 1.0, 2);
        result.meanError += one * d.error / truth;
        result.carriers += one * d.independentCarriers;
    }
    result.spread = std::sqrt(result.spread);
    qInfo(
        "95 %% intervals hold D* %.3f, D_sigma %.3f, H_R %.3f; D* +- 1.96 error of walkers %.3f, bootstrap "
        "%.3f, "
        "blocks %.3f, ions %.3f; bias %.3f, rms %.3f, mean error %.3f, carriers %.1f",
        result.tracer, result.collective, result.haven, result.walkers, result.bootstrap, result.blocks,
        result.ions, result.bias, result.spread, result.meanError, result.carriers);
    return result;
}

void covers(double share) {
    QVERIFY2(share >= 0.90 && share <= 0.99, qPrintable(QString::number(share)));
}

}  // namespace

class TestDiffusionErrors : public QObject {
    Q_OBJECT

  private slots:
    void independentWalkers() {
        RandomStream random(11);
        const auto c = coverage(3.0 * 0.25, 1.0, [&] { return randomWalk(random, 24, frames, 0.5); });
        covers(c.tracer);
        covers(c.collective);
        covers(c.haven);
    }

    void cagesAndHops() {
        RandomStream random(12);
        const auto c = coverage(cageHopSlope(0.02), 1.0, [&] { return cageHops(random, 24, frames, 0.02); });
        covers(c.tracer);
        covers(c.collective);
        covers(c.haven);
    }

    void hopsThatTurnBack() {
        RandomStream random(13);
        const auto c =
            coverage(cageHopSlope(0.03, 0.5), 1.0, [&] { return cageHops(random, 24, frames, 0.03, 0.5); });
        covers(c.tracer);
    }

    void fewHops() {
        RandomStream random(15);
        const auto c =
            coverage(cageHopSlope(0.003), 1.0, [&] { return cageHops(random, 24, frames, 0.003); });
        covers(c.tracer);
    }

    void rigidlyMovingGroups() {
        RandomStream random(14);
        const auto c =
            coverage(3.0 * 0.25, 1.0 / 6.0, [&] { return rigidGroups(random, 4, 6, frames, 0.5, 0.2); });
        covers(c.tracer);
        covers(c.collective);
        covers(c.haven);
    }

    void oneRigidGroup() {
        RandomStream random(16);
        const auto c =
            coverage(3.0 * 0.25, 1.0 / 12.0, [&] { return rigidGroups(random, 1, 12, frames, 0.5, 0.0); });
        covers(c.tracer);
        covers(c.collective);
    }

    void slowRigidGroupsThatVibrate() {
        RandomStream random(17);
        const auto c =
            coverage(3.0 * 0.0025, 1.0 / 6.0, [&] { return rigidGroups(random, 4, 6, frames, 0.05, 0.2); });
        covers(c.tracer);
        covers(c.collective);
    }
};

QTEST_APPLESS_MAIN(TestDiffusionErrors)
#include "test_diffusion_errors.moc"
