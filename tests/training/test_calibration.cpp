// SPDX-License-Identifier: GPL-3.0-or-later
// Force spread against force error: ranks, deciles, scale.
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/random.h"
#include "core/training/calibration.h"

using namespace ionscape;
using namespace ionscape::training;

class TestCalibration : public QObject {
    Q_OBJECT

  private slots:
    void spearmanByHand() {
        // Ranks 0 1 2 3 against 0 2 1 3: 1 − 6·(1 + 1)/(4·15) = 0.8.
        QVERIFY(std::abs(spearman({1, 2, 3, 4}, {10, 30, 20, 40}) - 0.8) < 1e-14);
        // Any monotonic function: perfect.
        QVERIFY(std::abs(spearman({1, 2, 3, 4}, {1, 16, 81, 256}) - 1.0) < 1e-14);
        QVERIFY(std::abs(spearman({1, 2, 3}, {3, 2, 1}) + 1.0) < 1e-14);
        // Ties share their rank: 0.5 0.5 2 3 against 0 1 2 3, covariance 4.5, norms 4.5 and 5.
        QVERIFY(std::abs(spearman({7, 7, 8, 9}, {1, 2, 3, 4}) - 4.5 / std::sqrt(4.5 * 5.0)) < 1e-14);
        QCOMPARE(spearman({1, 1, 1}, {1, 2, 3}), 0.0);
        QCOMPARE(spearman({1}, {1}), 0.0);
    }

    /// Errors drawn with the spread as their width: the deciles follow it, and the scale is one.
    void honestSpreads() {
        RandomStream random(1, "calibration");
        CalibrationAccumulator accumulator;
        QVERIFY(accumulator.empty());
        for (int frame = 0; frame < 200; ++frame) {
            potential::Evaluation e;
            e.forces = VectorField::Zero(3, 50);
            e.forceSpread = Eigen::VectorXd(50);
            VectorField label(3, 50);
            for (int atom = 0; atom < 50; ++atom) {
                const double spread = 0.01 + 0.2 * random.uniform();
                (*e.forceSpread)[atom] = spread;
                for (int axis = 0; axis < 3; ++axis)
                    label(axis, atom) = spread / std::sqrt(3.0) * random.normal();
            }
            accumulator.add(e, label);
        }
        const Calibration c = accumulator.result();
        QCOMPARE(c.atoms, std::size_t(10000));
        QVERIFY2(std::abs(c.scale - 1.0) < 0.03, qPrintable(QString::number(c.scale)));
        QVERIFY(c.spearman > 0.6 && c.spearman < 0.95);
        QVERIFY(std::abs(c.median - 0.11) < 0.01 && c.quantile99 > 0.2);
        QCOMPARE(c.deciles.size(), std::size_t(10));
        for (std::size_t i = 1; i < 10; ++i) {
            QCOMPARE(c.deciles[i].atoms, std::size_t(1000));
            QVERIFY(c.deciles[i].meanSpread > c.deciles[i - 1].meanSpread);
            QVERIFY(c.deciles[i].meanError > c.deciles[i - 1].meanError);
        }
        QCOMPARE(calibrationToJson(c).at("deciles").size(), std::size_t(10));
    }

    void aSingleModelHasNothingToCalibrate() {
        CalibrationAccumulator accumulator;
        potential::Evaluation e;
        e.forces = VectorField::Zero(3, 2);
        accumulator.add(e, VectorField::Zero(3, 2));
        QVERIFY(accumulator.empty());
        QCOMPARE(accumulator.result().atoms, std::size_t(0));
        QVERIFY(accumulator.result().deciles.empty());
    }
};

QTEST_APPLESS_MAIN(TestCalibration)
#include "test_calibration.moc"
