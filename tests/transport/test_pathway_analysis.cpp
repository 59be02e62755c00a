// SPDX-License-Identifier: GPL-3.0-or-later
// The whole analysis on a chain of sites with known places, rates, diffusivity and free energy.
#include <QTest>
#include <cmath>

#include "core/base/units.h"
#include "core/transport/pathways.h"
#include "tests/transport/channel_run.h"

using namespace ionscape;
using namespace ionscape::transport;

namespace {

double distanceFrom(const Pathways& p, const Site& site, const Vec3& place) {
    const auto& cell = p.density.lattice;
    return cell.minimumImage(cell.toCartesian({site.centre.v - place})).norm();
}

Pathways analyse(const testing::ChannelRun& run, const PathwaySettings& settings = {}) {
    NoProgress progress;
    return analysePathways(sourceOf(run.initial, run.frames), settings, {}, progress);
}

}  // namespace

class TestPathwayAnalysis : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        run_ = testing::channelRun(1, 8, 6000);
        result_ = analyse(run_);
    }

    void sitesAreThoseOfTheModel() {
        const auto model = testing::chain();
        QCOMPARE(result_.siteMap.sites.size(), std::size_t(2));
        for (const Vec3& place : model.sites) {
            const bool found =
                std::any_of(result_.siteMap.sites.begin(), result_.siteMap.sites.end(),
                            [&](const Site& site) { return distanceFrom(result_, site, place) < 0.1; });
            QVERIFY(found);
        }
        for (const Site& site : result_.siteMap.sites) {
            QVERIFY(std::abs(site.occupancy - 4.0) < 0.3);
            QVERIFY(std::abs(site.amplitude - 0.4 * std::sqrt(3.0)) < 0.05);
            QCOMPARE(site.group, 0);
        }
        QVERIFY(std::abs(result_.density.integral() - 8.0) < 1e-9);
        QVERIFY(result_.siteMap.unassigned < 0.01);
        QCOMPARE(result_.temperature, 800.0);
    }

    void ratesAndDiffusivity() {
        // Every site is left in two directions with 0.5/ps each: D = 2 Γ a²/(2 · 3) = 2 · 0.5 · 6.25/6 Å²/ps.
        QCOMPARE(result_.types.size() >= 1, true);
        const auto& busiest =
            *std::max_element(result_.types.begin(), result_.types.end(),
                              [](const auto& a, const auto& b) { return a.count < b.count; });
        // A hop that turns back before the ion is seen in the core goes unnoticed: a few per cent.
        QVERIFY(std::abs(busiest.rate - 1.0) < 4.0 * busiest.error + 0.05);
        QVERIFY(std::abs(busiest.distance - 2.5) < 0.1);
        const double exact = 1e-4 * 2.0 * 0.5 * 6.25 / 6.0;
        const auto& jumps = result_.jumpDiffusivity;
        QVERIFY(std::abs(jumps.coefficient - exact) < 4.0 * jumps.error + 0.05 * exact);
        QVERIFY(jumps.tensor(1, 1) < 0.02 * jumps.tensor(0, 0));
        QVERIFY(result_.correlation.has_value());
        QVERIFY(std::abs(result_.correlation->factor - 1.0) < 4.0 * result_.correlation->error);
        QVERIFY(std::abs(result_.concerted.fraction - result_.concerted.chance) < 0.1);
    }

    void pathFollowsTheChain() {
        QCOMPARE(result_.levels.dimensionAt(10.0), 1);
        QVERIFY(!result_.paths[1].has_value());
        QVERIFY(!result_.paths[2].has_value());
        const auto& path = result_.paths[0];
        QVERIFY(path.has_value());
        QCOMPARE(path->period, IntVec3(1, 0, 0));
        // Half way two Gaussians overlap, which voxel, smoothing and breathing have widened.
        const double variance = 0.16 + 0.0625 + 0.04 / 12.0;
        const double kT = units::boltzmann * 800.0;
        const double barrier = kT * (1.25 * 1.25 / (2.0 * variance) - std::log(2.0));
        QVERIFY2(std::abs(path->barrier() - barrier) < 0.12 * kT,
                 qPrintable(QString("%1 %2").arg(path->barrier()).arg(barrier)));
        QVERIFY(!result_.hopPaths.empty());
        for (const HopPath& way : result_.hopPaths) {
            const double difference = std::abs(way.barrier - barrier);
            if (result_.hops[way.hop].distance < 3.0) QVERIFY(difference < 0.2 * kT);
        }
    }

    void knownSitesGiveTheSameJumps() {
        PathwaySettings settings;
        for (const Vec3& place : testing::chain().sites)
            settings.knownSites.push_back({"Li1", {place}});
        settings.coreRadius = 0.6;
        const auto known = analyse(run_, settings);
        QCOMPARE(known.siteMap.sites.size(), std::size_t(2));
        QCOMPARE(known.siteMap.sites[1].group, 0);
        const auto jumps = static_cast<double>(result_.record.jumps.size());
        QVERIFY(std::abs(static_cast<double>(known.record.jumps.size()) - jumps) < 0.05 * jumps);
    }

    void cannotDoWithout() {
        NoProgress progress;
        auto broken = run_;
        broken.frames.resize(1);
        QVERIFY_EXCEPTION_THROWN(analyse(broken), InputError);
        broken.frames = {run_.frames.begin(), run_.frames.begin() + 50};
        broken.frames[30].timeFs += 5.0;
        QVERIFY_EXCEPTION_THROWN(analyse(broken), InputError);
        broken.frames[30].timeFs -= 5.0;
        for (auto& frame : broken.frames)
            frame.temperature = 0.0;
        QVERIFY_EXCEPTION_THROWN(analyse(broken), InputError);
        PathwaySettings settings;
        settings.temperature = 500.0;
        settings.attemptTHz = 8.0;
        QCOMPARE(analyse(broken, settings).temperature, 500.0);
        QCOMPARE(analyse(broken, settings).attemptTHz, 8.0);
        settings.mobile = crystal::Element::fromSymbol("Na");
        QVERIFY_EXCEPTION_THROWN(analyse(broken, settings), InputError);
        settings.mobile = crystal::Element::fromSymbol("Li");
        settings.minimumOccupancy = 100.0;
        QVERIFY_EXCEPTION_THROWN(analyse(broken, settings), InputError);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(
            analysePathways(sourceOf(run_.initial, run_.frames), {}, stop.get_token(), progress), Cancelled);
    }

    void ionsThatNeverJump() {
        auto still = run_;
        still.frames.resize(400);
        for (auto& frame : still.frames) {
            for (int i = 0; i < 8; ++i) {
                const Vec3 place =
                    frame.lattice.toFractional(frame.positions.col(8)).v - Vec3(0.25, -0.4, 0.48);
                frame.positions.col(i) = frame.lattice.toCartesian({place});
            }
        }
        const auto result = analyse(still);
        QCOMPARE(result.siteMap.sites.size(), std::size_t(1));
        QCOMPARE(result.record.jumps.size(), std::size_t(0));
        QVERIFY(!result.correlation.has_value());
        QVERIFY(!result.paths[0].has_value());
    }

  private:
    testing::ChannelRun run_;
    Pathways result_;
};

QTEST_APPLESS_MAIN(TestPathwayAnalysis)
#include "test_pathway_analysis.moc"
