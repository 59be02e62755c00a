// SPDX-License-Identifier: GPL-3.0-or-later
// Jumps of ions by hand, then statistics of hopping models whose rates, barriers and diffusivities are known.
#include <QTest>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/transport/diffusion.h"
#include "core/transport/jump_rates.h"
#include "tests/transport/hopping_model.h"

using namespace ionscape;
using namespace ionscape::transport;
using crystal::Lattice;

namespace {

const auto li = crystal::Element::fromSymbol("Li");

/// Two sites in a cell of 5 Å, joined inside the cell and through its face.
HoppingModel twoSites(double forward, double back) {
    HoppingModel model;
    model.lattice = Lattice(Mat3(Mat3::Identity() * 5.0));
    model.sites = {Vec3(0.1, 0.5, 0.5), Vec3(0.6, 0.5, 0.5)};
    model.exits = {{{1, IntVec3::Zero(), forward}, {1, IntVec3(-1, 0, 0), 0.5 * forward}},
                   {{0, IntVec3::Zero(), back}, {0, IntVec3(1, 0, 0), 0.5 * back}}};
    return model;
}

/// One site in a cubic cell of 4 Å with six ways out: a random walk on a simple cubic lattice.
HoppingModel cubicWalk(double ratePerWay) {
    HoppingModel model;
    model.lattice = Lattice(Mat3(Mat3::Identity() * 4.0));
    model.sites = {Vec3(0.9, 0.1, 0.5)};
    model.exits.resize(1);
    for (int axis = 0; axis < 3; ++axis) {
        for (const int sign : {-1, 1})
            model.exits[0].push_back({0, IntVec3(sign * IntVec3::Unit(axis)), ratePerWay});
    }
    return model;
}

const HopRate& find(const std::vector<HopRate>& hops, int from, int to, const IntVec3& translation) {
    for (const HopRate& hop : hops) {
        if (hop.from == from && hop.to == to && hop.translation == translation) return hop;
    }
    throw InputError("no such hop");
}

/// One ion along x, given as multiples of the cell, at y = z = 0.5.
JumpRecord follow(const std::vector<double>& x, const HoppingModel& model) {
    SiteTracker tracker(model.lattice, model.asSites(), model.frameIntervalFs);
    for (const double value : x)
        tracker.add(VectorField(Vec3(value, 0.5, 0.5)));
    return tracker.record();
}

}  // namespace

class TestJumps : public QObject {
    Q_OBJECT

  private slots:
    void jumpsByHand() {
        const auto model = twoSites(1.0, 1.0);  // cores of 0.1 in units of the cell
        //                       between  A    A     out   B    B    B      B′ through the face: A of the next
        //                       cell
        const auto record = follow({0.35, 0.12, 0.05, 0.30, 0.6, 0.65, 0.75, 1.05, 1.10, 0.62}, model);
        QCOMPARE(record.frames, 10);
        QCOMPARE(record.firstSeen[0]->site, 0);
        QCOMPARE(record.firstSeen[0]->frame, 1);
        QCOMPARE(record.jumps.size(), std::size_t(3));
        const Jump& first = record.jumps[0];
        QCOMPARE(first.from, 0);
        QCOMPARE(first.to, 1);
        QCOMPARE(first.translation, IntVec3(0, 0, 0));
        QCOMPARE(first.departure, 2);
        QCOMPARE(first.arrival, 4);
        QVERIFY((record.vector(first) - Vec3(2.5, 0, 0)).norm() < 1e-12);
        const Jump& second = record.jumps[1];
        QCOMPARE(second.to, 0);
        QCOMPARE(second.translation, IntVec3(1, 0, 0));
        QCOMPARE(second.departure, 5);
        QCOMPARE(second.arrival, 7);
        QVERIFY((record.vector(second) - Vec3(2.5, 0, 0)).norm() < 1e-12);
        QCOMPARE(record.jumps[2].translation, IntVec3(-1, 0, 0));
        // Intervals that the ion belonged to A: 1→4 and 7→9; to B: 4→7.
        QCOMPARE(record.ionFrames, (std::vector<double>{5.0, 3.0}));
        QCOMPARE(completeStaysPs(record, 1), std::vector<double>{0.03});
        QCOMPARE(completeStaysPs(record, 0), std::vector<double>{0.02});
        const auto matrix = jumpMatrix(record);
        QCOMPARE(matrix(0, 1), 2);
        QCOMPARE(matrix(1, 0), 1);
        QCOMPARE(matrix(0, 0), 0);
        const auto residences = siteResidences(record);
        QCOMPARE(residences[0].occupancy, 5.0 / 9.0);
        QCOMPARE(residences[0].departures, 2);
        QCOMPARE(residences[0].meanTimePs, 0.025);
        // Three jumps of 2.5 Å in 90 fs: Σ l²/(2 d t) = 18.75/(6 · 90) Å²/fs.
        QVERIFY(std::abs(jumpDiffusivity(record).coefficient - 0.1 * 18.75 / 540.0) < 1e-12);
        QVERIFY(std::abs(jumpDiffusivity(record).tensor(0, 0) - 0.1 * 18.75 / 180.0) < 1e-12);
        QCOMPARE(jumpDiffusivity(record).tensor(1, 1), 0.0);
    }

    void vibrationAcrossTheBorderIsNoJump() {
        const auto record = follow({0.1, 0.3, 0.38, 0.33, 0.40, 0.2, 0.41, 0.1}, twoSites(1.0, 1.0));
        QCOMPARE(record.jumps.size(), std::size_t(0));
        QCOMPARE(record.ionFrames, (std::vector<double>{7.0, 0.0}));
        QVERIFY(std::isinf(siteResidences(record)[0].meanTimePs));
        QVERIFY(hopRates(record).empty());
        QCOMPARE(jumpDiffusivity(record).coefficient, 0.0);
        QVERIFY_EXCEPTION_THROWN(correlationFactor(1.0, 0.1, jumpDiffusivity(record)), InputError);
    }

    void jumpsToImagesInASkewedCell() {
        HoppingModel model = cubicWalk(1.0);
        model.lattice = Lattice::fromParameters(4.0, 4.5, 5.0, 70.0, 80.0, 110.0);
        RandomStream random(3);
        SiteTracker tracker(model.lattice, model.asSites(), 10.0);
        std::vector<IntVec3> cells;
        for (int t = 0; t < 200; ++t) {
            cells.emplace_back(static_cast<int>(random.below(21)) - 10,
                               static_cast<int>(random.below(21)) - 10,
                               static_cast<int>(random.below(21)) - 10);
            tracker.add(VectorField(model.sites[0] + cells.back().cast<double>()));
        }
        IntVec3 cell = tracker.record().firstSeen[0]->cell;
        QCOMPARE(cell, cells[0]);
        for (const Jump& jump : tracker.record().jumps) {
            cell += jump.translation;
            QCOMPARE(cell, cells[static_cast<std::size_t>(jump.arrival)]);
        }
        QVERIFY(tracker.record().jumps.size() > 190);
    }

    void ratesAreRecoveredWithinTheirErrors() {
        // 200 runs: the 95 % interval of a rate holds the true one in 90–99 % of them.
        const double forward = 0.6, back = 1.2, temperature = 800.0, attempt = 8.0;
        const auto model = twoSites(forward, back);
        int covered = 0, coveredBarrier = 0;
        double mean = 0.0;
        const int runs = 200;
        const double barrier = -units::boltzmann * temperature * std::log(back / attempt);
        for (int seed = 0; seed < runs; ++seed) {
            RandomStream random(static_cast<std::uint64_t>(seed));
            const auto hops = hopRates(model.run(random, 4, 4000));
            const HopRate& hop = find(hops, 1, 0, IntVec3::Zero());
            mean += hop.rate / runs;
            covered += std::abs(hop.rate - back) < 1.96 * hop.error ? 1 : 0;
            const auto energy = activationEnergy(hop.rate, hop.error, attempt, temperature);
            coveredBarrier += std::abs(energy.energy - barrier) < 1.96 * energy.error ? 1 : 0;
        }
        QVERIFY2(covered >= 180 && covered <= 198, qPrintable(QString::number(covered)));
        QVERIFY2(coveredBarrier >= 180 && coveredBarrier <= 198, qPrintable(QString::number(coveredBarrier)));
        // What is left is the jump back within one frame, Γ Δt of a per cent.
        QVERIFY(std::abs(mean - back) < 0.02 * back);
    }

    void occupanciesAndResidenceTimesFollowTheRates() {
        RandomStream random(4);
        const auto record = twoSites(0.6, 1.2).run(random, 40, 20000);
        const auto residences = siteResidences(record);
        // All ways out of A: 0.9/ps, of B: 1.8/ps; in balance A holds twice as many ions.
        QVERIFY(std::abs(residences[0].occupancy - 40.0 * 2.0 / 3.0) < 0.5);
        QVERIFY(std::abs(residences[0].occupancy + residences[1].occupancy - 40.0) < 0.01);
        QVERIFY(std::abs(residences[0].meanTimePs - 1.0 / 0.9) < 0.03);
        QVERIFY(std::abs(residences[1].meanTimePs - 1.0 / 1.8) < 0.02);
        QVERIFY(std::abs(residences[0].errorPs * std::sqrt(static_cast<double>(residences[0].departures)) -
                         residences[0].meanTimePs) < 1e-12);
        const auto stays = completeStaysPs(record, 0);
        const double mean =
            std::accumulate(stays.begin(), stays.end(), 0.0) / static_cast<double>(stays.size());
        QVERIFY(std::abs(mean - residences[0].meanTimePs) < 0.03);
        // The ways of one type: both from A to B are 2.5 Å long. What is left are pairs of jumps within one
        // frame, which look like one over a whole cell.
        const auto hops = hopRates(record);
        const auto types = jumpTypes(record, hops);
        std::int64_t single = 0, all = 0;
        for (const JumpType& type : types) {
            all += type.count;
            if (type.distance > 3.0) continue;
            single += type.count;
            QCOMPARE(type.hops.size(), std::size_t(2));
            QVERIFY(std::abs(type.rate - (type.fromGroup == 0 ? 0.9 : 1.8)) < 4.0 * type.error);
            QVERIFY(std::abs(type.distance - 2.5) < 1e-12);
        }
        QCOMPARE(all, static_cast<std::int64_t>(record.jumps.size()));
        QVERIFY(static_cast<double>(single) > 0.99 * static_cast<double>(all));
    }

    void randomWalkHasNoCorrelation() {
        // D = Γ a²/6 with Γ the rate of all six ways; f = D*/D_J = 1.
        const double rate = 0.2, exact = 0.1 * 6.0 * rate * 1e-3 * 16.0 / 6.0;
        const int runs = 60;
        double factor = 0.0, scatter = 0.0;
        int covered = 0, coveredFactor = 0;
        for (int seed = 0; seed < runs; ++seed) {
            RandomStream random(static_cast<std::uint64_t>(1000 + seed));
            const auto record = cubicWalk(rate).run(random, 12, 4000);
            const auto jumps = jumpDiffusivity(record);
            covered += std::abs(jumps.coefficient - exact) < 1.96 * jumps.error ? 1 : 0;
            const auto view = siteTrajectory(record, li, 2000);
            const auto curve = meanSquaredDisplacement(view, li);
            const auto tracer = tracerDiffusion(curve, {0.0, 10000.0}, view.positions.size());
            const auto f = correlationFactor(tracer.coefficient, tracer.error, jumps);
            factor += f.factor / runs;
            scatter += f.error * f.error / runs;
            coveredFactor += std::abs(f.factor - 1.0) < 1.96 * f.error ? 1 : 0;
        }
        QVERIFY2(covered >= 52, qPrintable(QString::number(covered)));
        QVERIFY2(coveredFactor >= 52, qPrintable(QString::number(coveredFactor)));
        QVERIFY2(std::abs(factor - 1.0) < 3.0 * std::sqrt(scatter / runs),
                 qPrintable(QString::number(factor)));
    }

    void jumpsBackAndForthLeadNowhere() {
        // Two sites joined by one way only: the ions jump, but none gets away.
        auto model = twoSites(1.0, 1.0);
        for (auto& ways : model.exits)
            ways.pop_back();
        RandomStream random(8);
        const auto record = model.run(random, 10, 6000);
        const auto jumps = jumpDiffusivity(record);
        QVERIFY(std::abs(jumps.coefficient - 0.1 * 1e-3 * 6.25 / 6.0) < 3.0 * jumps.error);
        const auto view = siteTrajectory(record, li, 2000);
        const auto tracer =
            tracerDiffusion(meanSquaredDisplacement(view, li), {5000.0, 40000.0}, view.positions.size());
        QVERIFY(std::abs(correlationFactor(tracer.coefficient, tracer.error, jumps).factor) < 0.05);
    }

    void siteTrajectoryStandsOnSites() {
        const auto model = twoSites(1.0, 1.0);
        const auto record = follow({0.35, 0.12, 0.05, 0.30, 0.6, 0.65, 0.75, 1.05, 1.10}, model);
        const auto view = siteTrajectory(record, li);
        QCOMPARE(view.positions.size(), std::size_t(9));
        const std::vector<double> expected{0.5, 0.5, 0.5, 0.5, 3.0, 3.0, 3.0, 5.5, 5.5};
        for (std::size_t t = 0; t < 9; ++t)
            QVERIFY((view.positions[t].col(0) - Vec3(expected[t], 2.5, 2.5)).norm() < 1e-12);
        // Thinned: every fourth frame is the least stride with at most three frames.
        const auto thin = siteTrajectory(record, li, 3);
        QCOMPARE(thin.positions.size(), std::size_t(3));
        QCOMPARE(thin.frameIntervalFs, 40.0);
        QVERIFY((thin.positions[2].col(0) - view.positions[8].col(0)).norm() < 1e-12);
        const auto never = follow({0.35, 0.36}, model);
        QVERIFY(!never.firstSeen[0].has_value());
        QVERIFY_EXCEPTION_THROWN(siteTrajectory(never, li), InputError);
        QVERIFY_EXCEPTION_THROWN(siteTrajectory(follow({0.1}, model), li), InputError);
    }

    void nonsenseIsRefused() {
        const auto model = twoSites(1.0, 1.0);
        QVERIFY_EXCEPTION_THROWN(SiteTracker(model.lattice, {}, 1.0), InputError);
        QVERIFY_EXCEPTION_THROWN(SiteTracker(model.lattice, model.asSites(), 0.0), InputError);
        QVERIFY_EXCEPTION_THROWN(SiteTracker(model.lattice, std::vector<Site>(1), 1.0), InputError);
        SiteTracker tracker(model.lattice, model.asSites(), 1.0);
        tracker.add(VectorField::Zero(3, 2));
        QVERIFY_EXCEPTION_THROWN(tracker.add(VectorField::Zero(3, 1)), InputError);
        QVERIFY_EXCEPTION_THROWN(activationEnergy(0.0, 0.0, 1.0, 300.0), InputError);
        QVERIFY_EXCEPTION_THROWN(activationEnergy(1.0, 0.1, 10.0, 0.0), InputError);
    }
};

QTEST_APPLESS_MAIN(TestJumps)
#include "test_jumps.moc"
