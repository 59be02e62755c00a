// SPDX-License-Identifier: GPL-3.0-or-later
// Correlations beyond one quantity: closed form, planted effects, the level of chance.
#include <QTest>

#include "core/base/random.h"
#include "core/surrogate/metrics.h"
#include "core/surrogate/partial_correlation.h"

using namespace ionscape;
using namespace ionscape::surrogate;

namespace {

Eigen::VectorXd normals(Eigen::Index count, RandomStream& random) {
    Eigen::VectorXd values(count);
    for (auto& value : values)
        value = random.normal();
    return values;
}

}  // namespace

class TestPartialCorrelation : public QObject {
    Q_OBJECT

  private slots:
    void closedForm() {
        RandomStream random(1, "test");
        const auto control = normals(40, random);
        Eigen::MatrixXd x(40, 2);
        x.col(0) = control + normals(40, random);
        x.col(1) = 5.0 + 0.1 * normals(40, random).array();
        const Eigen::VectorXd y = x.rowwise().sum() - 3.0 * control + normals(40, random);
        const auto found = partialCorrelations(x, y, control, 1);
        for (int j = 0; j < 2; ++j) {
            const double ab = pearson(x.col(j), y), ac = pearson(x.col(j), control), bc = pearson(y, control);
            const double expected = (ab - ac * bc) / std::sqrt((1.0 - ac * ac) * (1.0 - bc * bc));
            QVERIFY(std::abs(found.r[j] - expected) < 1e-12);
        }
    }

    void plantedEffects() {
        // The first feature follows the control alone, the second acts by itself, the third is the control in
        // another unit, the fourth never varies.
        RandomStream random(2, "test");
        const auto control = normals(60, random), own = normals(60, random);
        Eigen::MatrixXd x(60, 4);
        x.col(0) = control + 0.3 * normals(60, random);
        x.col(1) = own;
        x.col(2) = 7.0 * control.array() + 100.0;
        x.col(3).setConstant(0.3);
        const Eigen::VectorXd y = 3.0 * control + own + 0.3 * normals(60, random);
        const auto found = partialCorrelations(x, y, control, 1);
        QVERIFY(pearson(x.col(0), y) > 0.8);
        QVERIFY(std::abs(found.r[0]) < found.chance95);
        QVERIFY(found.r[1] > 0.9);
        QCOMPARE(found.r[2], 0.0);
        QCOMPARE(found.r[3], 0.0);
        QVERIFY(found.chance95 > 0.2 && found.chance95 < 0.5);
    }

    void chanceIsChance() {
        // Nothing but noise, features correlated: the largest |r| is above the level in 5 % of cases.
        int above = 0;
        constexpr int cases = 400;
        for (int c = 0; c < cases; ++c) {
            RandomStream random(static_cast<std::uint64_t>(c), "null");
            const auto control = normals(40, random), common = normals(40, random);
            Eigen::MatrixXd x(40, 10);
            for (Eigen::Index j = 0; j < x.cols(); ++j)
                x.col(j) = common + control + normals(40, random);
            const Eigen::VectorXd y = 2.0 * control + normals(40, random);
            const auto found = partialCorrelations(x, y, control, 1, 400);
            above += found.r.cwiseAbs().maxCoeff() > found.chance95;
        }
        // 20 expected; four standard deviations of the binomial are 17.
        QVERIFY2(above >= 3 && above <= 38, qPrintable(QString::number(above)));
    }
};

QTEST_GUILESS_MAIN(TestPartialCorrelation)
#include "test_partial_correlation.moc"
