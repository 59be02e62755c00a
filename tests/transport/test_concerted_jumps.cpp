// SPDX-License-Identifier: GPL-3.0-or-later
// Jumps in concert: ions that move in pairs, ions that know nothing of each other, and a count by hand.
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/transport/concerted_jumps.h"
#include "tests/transport/hopping_model.h"

using namespace ionscape;
using namespace ionscape::transport;
using crystal::Lattice;

namespace {

/// Sites 2.5 Å apart in a row of eight, with hops to both sides.
HoppingModel row(double rate) {
    HoppingModel model;
    model.lattice = Lattice(Mat3(Vec3(20.0, 5.0, 5.0).asDiagonal()));
    for (int n = 0; n < 8; ++n) {
        model.sites.emplace_back((n + 0.5) / 8.0, 0.5, 0.5);
        model.exits.push_back({{(n + 1) % 8, IntVec3(n == 7 ? 1 : 0, 0, 0), rate},
                               {(n + 7) % 8, IntVec3(n == 0 ? -1 : 0, 0, 0), rate}});
    }
    return model;
}

JumpRecord byHand(const std::vector<Jump>& jumps, std::size_t ions) {
    JumpRecord record;
    const auto model = row(1.0);
    record.lattice = model.lattice;
    record.sites = model.asSites();
    record.frameIntervalFs = 100.0;
    record.frames = 1000;
    record.ionFrames.assign(8, 100.0);
    record.firstSeen.resize(ions);
    record.jumps = jumps;
    return record;
}

}  // namespace

class TestConcertedJumps : public QObject {
    Q_OBJECT

  private slots:
    void countedByHand() {
        const IntVec3 here = IntVec3::Zero(), next(1, 0, 0);
        // Middles at 2.5 n Å + 2.5; ions 0 and 1 follow each other, ion 2 is far away, ion 0 returns alone,
        // and the last two meet across the face of the cell.
        const auto record = byHand({{0, 0, 1, here, 9, 10},
                                    {1, 1, 2, here, 12, 13},
                                    {2, 5, 6, here, 13, 14},
                                    {0, 1, 0, here, 14, 15},
                                    {1, 2, 3, here, 99, 100},
                                    {2, 7, 0, next, 499, 500},
                                    {0, 0, 1, here, 499, 501}},
                                   3);
        const auto close = concertedJumps(record, {0.3, 3.0});
        QCOMPARE(close.concerted, (std::vector<bool>{true, true, false, true, false, true, true}));
        QVERIFY(std::abs(close.fraction - 5.0 / 7.0) < 1e-12);
        QCOMPARE(close.groupSizes, (std::vector<std::int64_t>{2, 1, 1}));
        // A wider window or sphere adds partners, an empty one leaves none.
        QCOMPARE(concertedJumps(record, {0.3, 8.0}).groupSizes, (std::vector<std::int64_t>{1, 1, 0, 1}));
        QCOMPARE(concertedJumps(record, {0.0, 8.0}).fraction, 0.0);
        QVERIFY_EXCEPTION_THROWN(concertedJumps(record, {-1.0, 3.0}), InputError);
        QCOMPARE(concertedJumps(byHand({}, 3)).fraction, 0.0);
    }

    void independentIonsMeetByChance() {
        double fraction = 0.0, chance = 0.0;
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            RandomStream random(seed);
            const auto result = concertedJumps(row(0.1).run(random, 6, 6000), {0.5, 4.5});
            fraction += result.fraction / 10.0;
            chance += result.chance / 10.0;
        }
        QVERIFY(fraction > 0.05 && fraction < 0.6);
        QVERIFY2(std::abs(fraction - chance) < 0.1 * chance,
                 qPrintable(QString("%1 %2").arg(fraction).arg(chance)));
    }

    void ionsThatMoveTogetherAreSeen() {
        // Four pairs: the second ion of each makes the jumps of the first one site ahead, 50 fs later.
        auto model = row(0.05);
        RandomStream random(2);
        auto record = model.run(random, 1, 40000);
        const auto single = record.jumps;
        QVERIFY(single.size() > 20);
        record.jumps.clear();
        record.firstSeen.resize(2);
        for (const Jump& jump : single) {
            record.jumps.push_back(jump);
            Jump partner = jump;
            partner.ion = 1;
            partner.from = (jump.from + 1) % 8;
            partner.to = (jump.to + 1) % 8;
            partner.translation = IntVec3::Zero();
            if (partner.from == 7 && partner.to == 0) partner.translation = IntVec3(1, 0, 0);
            if (partner.from == 0 && partner.to == 7) partner.translation = IntVec3(-1, 0, 0);
            partner.arrival += 5;
            record.jumps.push_back(partner);
        }
        std::stable_sort(record.jumps.begin(), record.jumps.end(),
                         [](const Jump& a, const Jump& b) { return a.arrival < b.arrival; });
        const auto result = concertedJumps(record, {0.1, 3.0});
        QCOMPARE(result.fraction, 1.0);
        QVERIFY(result.chance < 0.1);
        QVERIFY(result.groupSizes.size() >= 2 && result.groupSizes[0] == 0);
    }
};

QTEST_APPLESS_MAIN(TestConcertedJumps)
#include "test_concerted_jumps.moc"
