// SPDX-License-Identifier: GPL-3.0-or-later
// Mean and spread against numbers worked out by hand.
#include <QTest>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/mean_spread.h"

using namespace ionscape;

class TestMeanSpread : public QObject {
    Q_OBJECT

  private slots:
    void byHand() {
        const MeanSpread s = meanSpread({2, 4, 4, 4, 5, 5, 7, 9});  // squares of deviations add up to 32
        QCOMPARE(s.n, std::size_t(8));
        QVERIFY(std::abs(s.mean - 5.0) < 1e-15);
        QVERIFY(std::abs(s.standardDeviation - std::sqrt(32.0 / 7.0)) < 1e-14);
        QVERIFY(std::abs(s.standardError - std::sqrt(32.0 / 56.0)) < 1e-14);
        QCOMPARE(s.minimum, 2.0);
        QCOMPARE(s.maximum, 9.0);
    }

    void smallSpreadOnALargeMean() {
        const double offset = 1e6;
        const MeanSpread s = meanSpread({offset + 0.001, offset + 0.002, offset + 0.003});
        QVERIFY(std::abs(s.standardDeviation - 0.001) < 1e-9);
    }

    void oneValueHasNoSpread() {
        const MeanSpread s = meanSpread({3.5});
        QCOMPARE(s.mean, 3.5);
        QVERIFY(std::isnan(s.standardDeviation));
        QVERIFY(std::isnan(s.standardError));
    }

    void badInputIsRefused() {
        QVERIFY_EXCEPTION_THROWN(meanSpread({}), InputError);
        QVERIFY_EXCEPTION_THROWN(meanSpread({1.0, std::numeric_limits<double>::infinity()}), InputError);
    }
};

QTEST_APPLESS_MAIN(TestMeanSpread)
#include "test_mean_spread.moc"
