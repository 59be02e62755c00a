// SPDX-License-Identifier: GPL-3.0-or-later
// Pair counts against a brute-force count over images, exact updates, and quasirandom cells against random
// ones.
#include <QTest>
#include <cmath>
#include <map>

#include "core/builder/ensemble.h"
#include "tests/builder/builder_test_support.h"

using namespace ionscape;
using namespace ionscape::builder;
using testing::lzsp;
using testing::winner;

namespace {

/// Share of A–B among all directed pairs of M sites with distances in (low, high), by loops over images.
double bruteForceShare(const CellSites& cell, const Occupation& occupation, std::uint16_t a, std::uint16_t b,
                       double low, double high) {
    const auto metals = exchangeableSites(cell, occupation, {"M"}).front();
    long all = 0, both = 0;
    for (const std::size_t i : metals) {
        for (const std::size_t j : metals) {
            for (int n = 0; n < 125; ++n) {
                const Vec3 shift =
                    cell.sites.lattice.rows().transpose() * Vec3(n % 5 - 2, n / 5 % 5 - 2, n / 25 - 2);
                const double r = (cell.sites.position(j) + shift - cell.sites.position(i)).norm();
                if (r <= low || r >= high) continue;
                ++all;
                both += occupation[i] == a && occupation[j] == b;
            }
        }
    }
    return static_cast<double>(both) / static_cast<double>(all);
}

}  // namespace

class TestPairCorrelations : public QObject {
    Q_OBJECT

  private slots:
    void sharesAreThoseOfBruteForce();
    void exchangesKeepTheCounts();
    void quasirandomBeatsTheBestOfAThousand();
    void severalSublattices();
    void badSettings();
};

void TestPairCorrelations::sharesAreThoseOfBruteForce() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    const Occupation occupation = testing::randomOccupation(cell, winner(), lzsp().supercellMatrix, 7);
    PairSettings settings;
    settings.sublattices = {"M"};
    settings.shells = 4;
    const PairCorrelations pairs(cell, occupation, settings);
    QCOMPARE(pairs.shells().size(), std::size_t(4));
    double low = 0.0, value = 0.0;
    for (std::size_t s = 0; s < 4; ++s) {
        // Half-way to the next shell; behind the last one a little further than its mean.
        const double high = s + 1 < 4 ? 0.5 * (pairs.shells()[s].distance + pairs.shells()[s + 1].distance)
                                      : pairs.shells()[s].distance + 0.18;
        double sum = 0.0, deviation = 0.0;
        for (const PairCorrelation& c : pairs.correlations(s)) {
            const double share = bruteForceShare(cell, occupation, c.first, c.second, low, high);
            QVERIFY2(std::abs(c.probability - share) < 1e-12,
                     qPrintable(QString("shell %1: %2, not %3").arg(s).arg(c.probability).arg(share)));
            QVERIFY(std::abs(c.warrenCowley - (1.0 - share / c.random)) < 1e-12);
            const int orders = c.first == c.second ? 1 : 2;
            sum += orders * share;
            deviation += orders * c.random * c.warrenCowley * c.warrenCowley;
        }
        QVERIFY(std::abs(sum - 1.0) < 1e-12);
        QVERIFY(std::abs(deviation - pairs.deviation(s)) < 1e-12);
        value += deviation / static_cast<double>(s + 1);
        low = high;
    }
    QVERIFY(std::abs(value - pairs.value()) < 1e-12);
}

void TestPairCorrelations::exchangesKeepTheCounts() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    PairSettings settings;
    settings.shells = 3;
    PairCorrelations pairs(cell, testing::randomOccupation(cell, winner(), lzsp().supercellMatrix, 8),
                           settings);
    const SwapMoves moves(cell, pairs.groups(), pairs.occupation());
    RandomStream random(3, "test");
    for (int step = 0; step < 200; ++step) {
        const auto [a, b] = moves.propose(pairs.occupation(), random);
        const double before = pairs.value(), change = pairs.change(a, b);
        QCOMPARE(pairs.value(), before);  // trying leaves no trace
        pairs.swap(a, b);
        QVERIFY(std::abs(pairs.value() - before - change) < 1e-12);
    }
    const PairCorrelations fresh(cell, pairs.occupation(), settings);
    QCOMPARE(fresh.value(), pairs.value());
}

void TestPairCorrelations::quasirandomBeatsTheBestOfAThousand() {
    EnsembleSettings settings;
    settings.method = EnsembleMethod::Quasirandom;
    settings.annealingSteps = 20000;
    EnsembleBuilder builder(lzsp(), winner(), settings);
    NoProgress progress;
    double bestRandom = 1e300, mean = 0.0;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        const auto occupation =
            testing::randomOccupation(builder.cell(), winner(), lzsp().supercellMatrix, seed);
        const double value = builder.pairCorrelations(occupation).value();
        bestRandom = std::min(bestRandom, value);
        mean += value / 1000.0;
    }
    const EnsembleMember sqs = builder.member(1, {}, progress);
    qInfo("distance from random: sqs %.4f, best of 1000 random %.4f, their mean %.4f", *sqs.score, bestRandom,
          mean);
    QVERIFY(*sqs.score < 0.95 * bestRandom);
    QVERIFY(bestRandom < mean);
    // The score is that of the structure handed out, and the seed repeats it.
    const Occupation again = builder.cell().occupationOf(sqs.structure);
    QCOMPARE(builder.pairCorrelations(again).value(), *sqs.score);
    QVERIFY(builder.member(1, {}, progress).occupation == sqs.occupation);
    QVERIFY(builder.member(2, {}, progress).occupation != sqs.occupation);
    QVERIFY(sqs.structure.elementCounts() == decoratedSupercell(lzsp(), winner(), 1).elementCounts());
}

void TestPairCorrelations::severalSublattices() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    PairSettings settings;
    settings.sublattices = {"M", "T"};
    settings.shells = 2;
    PairCorrelations pairs(cell, testing::randomOccupation(cell, winner(), lzsp().supercellMatrix, 1),
                           settings);
    QCOMPARE(pairs.shells().size(), std::size_t(6));  // M–M, M–T, T–T
    for (std::size_t s = 0; s < 6; ++s) {
        double sum = 0.0;
        const bool one = pairs.shells()[s].firstSublattice == pairs.shells()[s].secondSublattice;
        for (const auto& c : pairs.correlations(s))
            sum += (one && c.first != c.second ? 2.0 : 1.0) * c.probability;
        QVERIFY(std::abs(sum - 1.0) < 1e-12);
    }
    NoProgress progress;
    const double before = pairs.value();
    const SwapMoves moves(cell, pairs.groups(), pairs.occupation());
    SwapSchedule schedule;
    schedule.steps = 3000;
    const auto outcome = searchBySwaps(pairs, moves, schedule, {}, progress);
    QVERIFY(outcome.bestValue < 0.7 * before);
    QCOMPARE(outcome.proposed, std::int64_t(3000));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(searchBySwaps(pairs, moves, schedule, stop.get_token(), progress), Cancelled);
}

void TestPairCorrelations::badSettings() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    const Occupation occupation = testing::randomOccupation(cell, winner(), lzsp().supercellMatrix, 1);
    const auto message = [&](PairSettings settings) {
        return testing::inputErrorOf([&] { PairCorrelations(cell, occupation, settings); });
    };
    QVERIFY(message({{"M"}, 0, 0.3}).find("between 1 and") != std::string::npos);
    QVERIFY(message({{"M"}, 3, 0.0}).find("tolerance") != std::string::npos);
    QVERIFY(message({{"O"}, 3, 0.3}).find("one species") != std::string::npos);
    QVERIFY(message({{"T"}, 40, 0.5}).find("ask for fewer") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestPairCorrelations)
#include "test_pair_correlations.moc"
