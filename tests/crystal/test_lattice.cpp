// SPDX-License-Identifier: GPL-3.0-or-later
// Lattice: round trips, and the shortest image against all images of random strongly skewed cells.
#include <QTest>
#include <cmath>
#include <limits>

#include "tests/crystal/crystal_test_support.h"

using namespace ionscape;
using crystal::Lattice;

class TestLattice : public QObject {
    Q_OBJECT

  private slots:
    void parametersRoundTrip() {
        RandomStream random(1);
        for (int trial = 0; trial < 200; ++trial) {
            const Lattice lattice(testing::compactBasis(random, 2.0, 20.0));
            const Vec3 lengths = lattice.lengths(), angles = lattice.angles();
            const Lattice again =
                Lattice::fromParameters(lengths[0], lengths[1], lengths[2], angles[0], angles[1], angles[2]);
            QVERIFY((again.lengths() - lengths).norm() < 1e-10);
            QVERIFY((again.angles() - angles).norm() < 1e-10);
            QVERIFY(std::abs(again.volume() / lattice.volume() - 1.0) < 1e-12);
            QCOMPARE(again.rows()(0, 1), 0.0);
            QCOMPARE(again.rows()(0, 2), 0.0);
            QCOMPARE(again.rows()(1, 2), 0.0);
        }
    }

    void knownCells() {
        // The LZSP host: V = a b c sin β.
        const Lattice lzsp = Lattice::fromParameters(15.586, 9.029, 9.205, 90, 123.70, 90);
        QVERIFY(std::abs(lzsp.volume() - 15.586 * 9.029 * 9.205 * std::sin(123.70 * M_PI / 180)) < 1e-9);
        QVERIFY(std::abs(lzsp.faceDistances()[1] - 9.029) < 1e-12);
        QVERIFY(std::abs(lzsp.faceDistances()[0] - 15.586 * std::sin(123.70 * M_PI / 180)) < 1e-12);
        const Lattice cube = Lattice::fromParameters(3, 3, 3, 90, 90, 90);
        QCOMPARE(cube.rows(), Mat3(3.0 * Mat3::Identity()));
        const Lattice fcc = Lattice::fromParameters(2, 2, 2, 60, 60, 60);
        QVERIFY(std::abs(fcc.volume() - 8.0 / std::sqrt(2.0)) < 1e-12);
        QVERIFY(std::abs(fcc.shortestVector() - 2.0) < 1e-12);
    }

    void coordinatesRoundTrip() {
        RandomStream random(2);
        for (int trial = 0; trial < 200; ++trial) {
            const Lattice lattice(testing::compactBasis(random, 2.0, 20.0));
            const Vec3 point = Vec3::NullaryExpr([&] { return testing::uniform(random, -50, 50); });
            QVERIFY((lattice.toCartesian(lattice.toFractional(point)) - point).norm() < 1e-11);
            const Vec3 wrapped = lattice.wrapped(point);
            const Vec3 f = lattice.toFractional(wrapped).v;
            QVERIFY(f.minCoeff() > -1e-12 && f.maxCoeff() < 1.0 + 1e-12);
            const Vec3 translation = lattice.toFractional(point - wrapped).v;
            QVERIFY((translation - translation.array().round().matrix()).norm() < 1e-10);
        }
        // Just below zero must not become one.
        const Vec3 origin = Lattice().wrapped({-1e-20, 0.0, 1.0});
        QCOMPARE(origin, Vec3(0, 0, 0));
    }

    void minimumImageIsTheShortestOfAll() {
        RandomStream random(3);
        double mostSkewed = 180.0;
        for (int trial = 0; trial < 300; ++trial) {
            const Mat3 compact = testing::compactBasis(random, 1.0, 12.0);
            const IntMat3 skew = testing::skewingMatrix(random, 6, 4);
            const Lattice lattice(Mat3(skew.cast<double>() * compact));
            mostSkewed =
                std::min({mostSkewed, lattice.angles().minCoeff(), 180.0 - lattice.angles().maxCoeff()});
            const Vec3 difference =
                lattice.toCartesian({Vec3::NullaryExpr([&] { return testing::uniform(random, -3, 3); })});
            const Vec3 shortest = lattice.minimumImage(difference);
            QVERIFY(std::abs(shortest.norm() - bruteForceDistance(compact, difference)) < 1e-9);
            const Vec3 translation = lattice.toFractional(difference - shortest).v;
            QVERIFY((translation - translation.array().round().matrix()).norm() < 1e-6);
        }
        QVERIFY2(mostSkewed < 1.0, "the random cells were not skewed enough to prove anything");
    }

    void minimumImageAtTwentyDegrees() {
        RandomStream random(4);
        const Lattice lattice = Lattice::fromParameters(5, 6, 7, 20, 22, 25);
        for (int trial = 0; trial < 300; ++trial) {
            const Vec3 difference =
                lattice.toCartesian({Vec3::NullaryExpr([&] { return testing::uniform(random, -0.5, 0.5); })});
            double best = std::numeric_limits<double>::infinity();
            for (int i = -12; i <= 12; ++i) {
                for (int j = -12; j <= 12; ++j) {
                    for (int k = -12; k <= 12; ++k) {
                        best = std::min(best, (difference + lattice.toCartesian({Vec3(i, j, k)})).norm());
                    }
                }
            }
            QVERIFY(std::abs(lattice.minimumImage(difference).norm() - best) < 1e-10);
        }
    }

    void reductionIsUnimodularAndShort() {
        RandomStream random(5);
        for (int trial = 0; trial < 100; ++trial) {
            const Mat3 compact = testing::compactBasis(random, 3.0, 9.0);
            const Lattice lattice(Mat3(testing::skewingMatrix(random, 5, 5).cast<double>() * compact));
            QVERIFY(std::abs(std::abs(lattice.reduction().cast<double>().determinant()) - 1.0) < 1e-6);
            const Lattice reduced(Mat3(lattice.reduction().cast<double>() * lattice.rows()));
            QVERIFY(reduced.lengths().maxCoeff() < 2.0 * compact.rowwise().norm().maxCoeff());
            QVERIFY(std::abs(lattice.shortestVector() - shortestVector(compact)) < 1e-8);
        }
    }

    void extremeSkewIsReducedToo() {
        Mat3 rows;
        rows << 4, 0, 0, 3999, 5, 0, 123, -251, 6;
        const Lattice lattice(rows);
        QVERIFY(std::abs(lattice.volume() - 120.0) < 1e-6);
        QVERIFY(std::abs(lattice.shortestVector() - 4.0) < 1e-6);
        QVERIFY(std::abs(lattice.minimumImage(Vec3(3999, 5.5, 0)).norm() - 0.5) < 1e-6);
    }

    void uselessNumbersComeBack() {
        const Lattice lattice;
        QVERIFY(!lattice.minimumImage(Vec3::Constant(std::nan(""))).allFinite());
        QVERIFY(lattice.minimumImage(Vec3::Constant(1e300)).allFinite());
    }

    void impossibleCellsAreRefused() {
        Mat3 flat;
        flat << 1, 0, 0, 0, 1, 0, 1, 1, 0;
        QVERIFY(testing::inputErrorOf([&] { Lattice{flat}; }).find("no volume") != std::string::npos);
        Mat3 nan = Mat3::Identity();
        nan(1, 2) = std::nan("");
        QVERIFY(testing::inputErrorOf([&] { Lattice{nan}; }).find("finite") != std::string::npos);
        QVERIFY(!testing::inputErrorOf([&] { Lattice{Mat3(1e9 * Mat3::Identity())}; }).empty());
        const Mat3 plate = Vec3(1e5, 1e5, 1e-4).asDiagonal();
        QVERIFY(testing::inputErrorOf([&] { Lattice{plate}; }).find("flat") != std::string::npos);
        QVERIFY(!testing::inputErrorOf([] { Lattice::fromParameters(5, 5, 5, 20, 90, 120); }).empty());
        QVERIFY(!testing::inputErrorOf([] { Lattice::fromParameters(5, 5, 5, 120, 120, 120); }).empty());
        QVERIFY(!testing::inputErrorOf([] { Lattice::fromParameters(5, 5, 5, 0, 90, 90); }).empty());
        QVERIFY(!testing::inputErrorOf([] { Lattice::fromParameters(-5, 5, 5, 90, 90, 90); }).empty());
    }

  private:
    /// Shortest image over many translations of a compact basis around the nearest lattice point.
    static double bruteForceDistance(const Mat3& compact, const Vec3& difference) {
        const Vec3 f = compact.transpose().inverse() * difference;
        const Vec3 start = difference - compact.transpose() * f.array().round().matrix();
        double best = std::numeric_limits<double>::infinity();
        for (int i = -4; i <= 4; ++i) {
            for (int j = -4; j <= 4; ++j) {
                for (int k = -4; k <= 4; ++k) {
                    best = std::min(best, (start + compact.transpose() * Vec3(i, j, k)).norm());
                }
            }
        }
        return best;
    }

    static double shortestVector(const Mat3& compact) {
        double best = std::numeric_limits<double>::infinity();
        for (int i = -4; i <= 4; ++i) {
            for (int j = -4; j <= 4; ++j) {
                for (int k = -4; k <= 4; ++k) {
                    if (i || j || k) best = std::min(best, (compact.transpose() * Vec3(i, j, k)).norm());
                }
            }
        }
        return best;
    }
};

QTEST_APPLESS_MAIN(TestLattice)
#include "test_lattice.moc"
