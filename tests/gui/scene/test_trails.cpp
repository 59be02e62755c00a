// SPDX-License-Identifier: GPL-3.0-or-later
// Trails are broken on cell faces, keep their length, and stay bounded in memory.
#include <QTest>
#include <cmath>
#include <random>

#include "gui/scene/trails.h"

using namespace ionscape;

namespace {

VectorField oneIon(double x, double y, double z) {
    VectorField field(3, 1);
    field << x, y, z;
    return field;
}

double lengthOf(const scene::TrailPiece& piece) {
    double length = 0.0;
    for (std::size_t i = 1; i < piece.points.size(); ++i)
        length += (piece.points[i] - piece.points[i - 1]).norm();
    return length;
}

}  // namespace

class TestTrails : public QObject {
    Q_OBJECT

  private slots:
    void breaksAtTheFaceAndGoesOnOpposite() {
        const crystal::Lattice cube(10.0 * Mat3::Identity());
        scene::Trails trails;
        trails.append(oneIon(9.0, 5.0, 5.0));
        trails.append(oneIon(11.0, 5.0, 5.0));
        const auto pieces = trails.pieces(cube);
        QCOMPARE(pieces.size(), std::size_t{2});
        QVERIFY((pieces[0].points.back() - Vec3(10.0, 5.0, 5.0)).norm() < 1e-9);
        QVERIFY((pieces[1].points.front() - Vec3(0.0, 5.0, 5.0)).norm() < 1e-9);
        QVERIFY((pieces[1].points.back() - Vec3(1.0, 5.0, 5.0)).norm() < 1e-9);
        QVERIFY(std::abs(pieces[1].frames.front() - 0.5) < 1e-9);
    }

    void staysInOnePieceInside() {
        const crystal::Lattice cube(10.0 * Mat3::Identity());
        scene::Trails trails;
        for (int i = 1; i < 9; ++i)
            trails.append(oneIon(i, 5.0, 5.0));
        QCOMPARE(trails.pieces(cube).size(), std::size_t{1});
        QCOMPARE(trails.pointCount(), std::size_t{8});
    }

    void randomWalkInSkewedCellKeepsItsLengthAndNeverLeaves() {
        const auto lattice = crystal::Lattice::fromParameters(7.0, 8.0, 9.0, 60.0, 75.0, 110.0);
        std::mt19937 generator(7);
        std::normal_distribution<double> step(0.0, 0.8);
        scene::Trails trails;
        VectorField at = VectorField::Zero(3, 3);
        double walked = 0.0;
        trails.append(at);
        for (int frame = 0; frame < 300; ++frame) {
            VectorField move(3, 3);
            for (auto& value : move.reshaped())
                value = step(generator);
            at += move;
            walked += move.colwise().norm().sum();
            trails.append(at);
        }
        double drawn = 0.0;
        const auto pieces = trails.pieces(lattice);
        QVERIFY(pieces.size() > 20);
        for (const auto& piece : pieces) {
            drawn += lengthOf(piece);
            for (const auto& point : piece.points) {
                const Vec3 f = lattice.toFractional(point).v;
                QVERIFY(f.minCoeff() > -1e-9 && f.maxCoeff() < 1.0 + 1e-9);
            }
        }
        QVERIFY(std::abs(drawn - walked) < 1e-6 * walked);
    }

    void isThinnedOutButEndsAtTheIon() {
        const crystal::Lattice cube(10000.0 * Mat3::Identity());
        scene::Trails trails(100);
        for (int i = 1; i <= 1003; ++i) {
            trails.append(oneIon(i, 1.0, 1.0));
            QVERIFY(trails.pointCount() <= 100);
        }
        QVERIFY(trails.pointCount() > 40);
        QCOMPARE(trails.framesSeen(), std::size_t{1003});
        const auto pieces = trails.pieces(cube);
        QCOMPARE(pieces.size(), std::size_t{1});
        QVERIFY(std::abs(pieces[0].points.front().x() - 1.0) < 1e-6);
        QVERIFY(std::abs(pieces[0].points.back().x() - 1003.0) < 1e-6);
        for (std::size_t i = 0; i < pieces[0].points.size(); ++i)
            QVERIFY(std::abs(pieces[0].points[i].x() - 1.0 - pieces[0].frames[i]) < 1e-6);
    }
};

QTEST_APPLESS_MAIN(TestTrails)
#include "test_trails.moc"
