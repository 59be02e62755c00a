// SPDX-License-Identifier: GPL-3.0-or-later
// Windows of anions between mobile ions: ideal packings, blocked lines, and a brute-force Delaunay twin.
#include <Eigen/Geometry>
#include <Eigen/LU>
#include <QTest>
#include <cmath>

#include "core/base/random.h"
#include "core/crystal/supercell.h"
#include "core/surrogate/bottleneck.h"

using namespace ionscape;
using namespace ionscape::surrogate;
using crystal::Element;
using crystal::Structure;

namespace {

const Element li = Element::fromSymbol("Li"), o = Element::fromSymbol("O"), si = Element::fromSymbol("Si");

FeatureContext simpleContext() {
    FeatureContext context;
    context.mobile = {li, 1};
    context.centres = {{"Si", "", {{si, 4}}, 0.0}};
    context.anions = {{o, -2}};
    return context;
}

std::vector<Bottleneck> bottlenecksOf(const Structure& structure) {
    const auto roles = atomRoles(simpleContext(), structure);
    const auto pairs = crystal::neighbourPairs(structure, pairCutoff);
    return bottlenecks(structure, roles, pairs, environments(structure, roles, pairs));
}

Structure boxOf(double edge) {
    Structure structure;
    structure.lattice = crystal::Lattice(edge * Mat3::Identity());
    return structure;
}

/// Smallest area among the faces that the line p–q crosses of all tetrahedra of `points` whose circumsphere
/// is empty; 0 where it crosses none.
double bruteForceArea(const std::vector<Vec3>& points, const Vec3& p, const Vec3& q) {
    double smallest = 0.0;
    const auto crosses = [&](const Vec3& a, const Vec3& b, const Vec3& c) {
        Mat3 m;
        m << q - p, a - b, a - c;
        const Vec3 x = m.inverse() * (a - p);
        return x[0] > 0 && x[0] < 1 && x[1] > 0 && x[2] > 0 && x[1] + x[2] < 1;
    };
    const auto n = points.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < n; ++j) {
            for (std::size_t k = j + 1; k < n; ++k) {
                const Vec3 &a = points[i], &b = points[j], &c = points[k];
                if (!crosses(a, b, c)) continue;
                bool isFace = false;
                for (std::size_t l = 0; l < n && !isFace; ++l) {
                    if (l == i || l == j || l == k) continue;
                    Mat3 m;
                    m << (b - a).transpose(), (c - a).transpose(), (points[l] - a).transpose();
                    const Vec3 centre = m.inverse() * (0.5 * (m.rowwise().squaredNorm()));
                    const double radius = centre.norm();
                    isFace = std::none_of(points.begin(), points.end(), [&](const Vec3& v) {
                        return (v - a - centre).norm() < radius - 1e-9;
                    });
                }
                const double area = 0.5 * (b - a).cross(c - a).norm();
                if (isFace && (smallest == 0.0 || area < smallest)) smallest = area;
            }
        }
    }
    return smallest;
}

}  // namespace

class TestBottleneck : public QObject {
    Q_OBJECT

  private slots:
    void betweenTheVoidsOfAClosePacking() {
        // Anions on an fcc lattice, one mobile ion in a tetrahedron, one in the octahedron beside it.
        const double a = 4.2;
        Structure structure = boxOf(a);
        for (const Vec3& f : {Vec3(0, 0, 0), Vec3(0, 0.5, 0.5), Vec3(0.5, 0, 0.5), Vec3(0.5, 0.5, 0)})
            structure.append(o, a * f);
        structure = crystal::makeSupercell(structure, 2 * IntMat3::Identity());
        structure.append(li, a * Vec3(0.25, 0.25, 0.25));
        structure.append(li, a * Vec3(0.5, 0.5, 0.5));
        const auto found = bottlenecksOf(structure);
        QCOMPARE(found.size(), 1u);
        QVERIFY(std::abs(found[0].distance - a * std::sqrt(3.0) / 4.0) < 1e-9);
        QVERIFY(std::abs(found[0].area - std::sqrt(3.0) / 4.0 * a * a / 2.0) < 1e-9);
    }

    void aFaceOfTheFrameworkBlocks() {
        // Three anions of a tetrahedron between the ions: open, until an Si makes them a face of SiO4.
        const double d = 1.62, x = 2.0 * std::sqrt(2.0) / 3.0 * d;
        Structure structure = boxOf(12.0);
        for (int k = 0; k < 3; ++k) {
            const double angle = 2.0943951023931953 * k;
            structure.append(o, Vec3(5 + x * std::cos(angle), 5 + x * std::sin(angle), 5 - d / 3.0));
        }
        structure.append(o, Vec3(5.0, 5.0, 5.0 + d));
        structure.append(o, Vec3(7.5, 6.0, 9.0));
        structure.append(o, Vec3(3.0, 7.0, 1.0));
        structure.append(li, Vec3(5.1, 5.0, 2.5));
        structure.append(li, Vec3(5.05, 5.1, 5.4));
        const auto open = bottlenecksOf(structure);
        QCOMPARE(open.size(), 1u);
        QVERIFY(std::abs(open[0].area - 0.75 * std::sqrt(3.0) * x * x) < 1e-9);
        structure.positions.col(7) = Vec3(5.05, 5.1, 5.9);
        structure.append(si, Vec3(5.0, 5.0, 5.0));
        QCOMPARE(bottlenecksOf(structure).size(), 0u);
    }

    void onlyNeighbours() {
        // Three ions in a row: the outer two have the middle one between them.
        Structure structure = boxOf(14.0);
        RandomStream random(1);
        for (int i = 0; i < 5; ++i) {
            for (int j = 0; j < 5; ++j) {
                for (int k = 0; k < 5; ++k)
                    structure.append(o, 2.8 * Vec3(i, j, k) +
                                            0.3 * Vec3(random.normal(), random.normal(), random.normal()));
            }
        }
        for (const double z : {5.0, 7.2, 9.4})
            structure.append(li, Vec3(7.0, 7.0, z));
        for (const Bottleneck& bottleneck : bottlenecksOf(structure))
            QVERIFY(std::abs(bottleneck.distance - 2.2) < 1e-9);
    }

    void againstAllTetrahedra() {
        RandomStream random(7);
        constexpr std::size_t anions = 36;  // as dense as in an oxide
        int compared = 0;
        for (int trial = 0; trial < 12; ++trial) {
            Structure structure = boxOf(9.0);
            while (structure.size() < anions) {  // anions at least 2.3 Å apart
                const Vec3 place = 9.0 * Vec3(random.uniform(), random.uniform(), random.uniform());
                bool far = true;
                for (std::size_t i = 0; far && i < structure.size(); ++i)
                    far = structure.lattice.minimumImage(place - structure.position(i)).norm() > 2.3;
                if (far) structure.append(o, place);
            }
            const Vec3 p(4.5, 4.5, 3.0), q(4.6, 4.4, 6.5);
            structure.append(li, p);
            structure.append(li, q);
            std::vector<Vec3> points;
            for (int code = 0; code < 27; ++code) {
                const Vec3 shift = 9.0 * Vec3(code / 9 - 1, code / 3 % 3 - 1, code % 3 - 1);
                for (std::size_t i = 0; i < anions; ++i) {
                    const Vec3 place = structure.position(i) + shift;
                    if ((place - 0.5 * (p + q)).norm() < 6.2) points.push_back(place);
                }
            }
            const double expected = bruteForceArea(points, p, q);
            double area = 0.0;
            for (const Bottleneck& bottleneck : bottlenecksOf(structure)) {
                if (std::abs(bottleneck.distance - (q - p).norm()) < 1e-9) area = bottleneck.area;
            }
            QVERIFY2(std::abs(area - expected) < 1e-9,
                     qPrintable(QString("%1: %2, expected %3").arg(trial).arg(area).arg(expected)));
            compared += expected > 0.0;
        }
        QVERIFY(compared >= 8);
    }

    void nearestIons() {
        Structure structure = boxOf(5.0);
        structure.append(li, Vec3(0.1, 0, 0));
        structure.append(li, Vec3(0, 0, 4.0));
        const auto roles = atomRoles(simpleContext(), structure);
        const auto pairs = crystal::neighbourPairs(structure, pairCutoff);
        const auto nearest = nearestMobileDistances(structure, roles, pairs);
        QCOMPARE(nearest.size(), 2u);
        QVERIFY(std::abs(nearest[0] - std::hypot(0.1, 1.0)) < 1e-12);
    }
};

QTEST_APPLESS_MAIN(TestBottleneck)
#include "test_bottleneck.moc"
