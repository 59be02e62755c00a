// SPDX-License-Identifier: GPL-3.0-or-later
// Volumes, distortions, bond lengths and voids against closed formulas and brute force.
#include <Eigen/LU>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/surrogate/ideal_shapes.h"
#include "core/surrogate/polyhedron.h"
#include "core/surrogate/smeared_peak.h"
#include "core/surrogate/void_fraction.h"

using namespace ionscape;
using namespace ionscape::surrogate;

namespace {

bool near(double a, double b, double tolerance = 1e-9) {
    return std::abs(a - b) <= tolerance;
}

constexpr double degree = units::pi / 180.0;

}  // namespace

class TestPolyhedra : public QObject {
    Q_OBJECT

  private slots:
    void volumesOfSolids() {
        QVERIFY(near(hullVolume(2.0 * idealShape("O:6").points), 8.0 * 4.0 / 3.0));
        QVERIFY(near(hullVolume(idealShape("T:4").points), 8.0 * std::sqrt(3.0) / 27.0, 1e-8));
        QVERIFY(near(hullVolume(idealShape("C:8").points), 8.0 / std::pow(3.0, 1.5), 1e-8));
        const double phi = 0.5 * (1.0 + std::sqrt(5.0));  // icosahedron of circumradius 1
        const double edge = idealShape("I:12").points.col(0).norm() / std::sin(72.0 * degree);
        QVERIFY(
            near(hullVolume(idealShape("I:12").points), 5.0 / 6.0 * phi * phi * edge * edge * edge, 1e-7));
        QCOMPARE(hullVolume(idealShape("S:4").points), 0.0);
        QCOMPARE(hullVolume(VectorField::Random(3, 3)), 0.0);
    }

    void volumeUnderAffineMaps() {
        RandomStream random(1);
        for (int trial = 0; trial < 20; ++trial) {
            Mat3 map;
            for (int i = 0; i < 9; ++i)
                map.data()[i] = random.normal();
            const double exact = std::abs(map.determinant()) * 8.0 / std::pow(3.0, 1.5);
            const VectorField points = (map * idealShape("C:8").points).colwise() + Vec3(3, -1, 2);
            QVERIFY(near(hullVolume(points) / exact, 1.0, 1e-7));
            VectorField inside(3, 10);  // points inside of the hull change nothing
            inside << points, points.rowwise().mean(), 0.7 * points.col(0) + 0.3 * points.rowwise().mean();
            QVERIFY(near(hullVolume(inside) / exact, 1.0, 1e-7));
        }
    }

    void stretchedOctahedron() {
        // Along an axis by 1 + s: the angles stay, the volume is 4/3 (1 + s).
        for (const double s : {-0.1, 0.0, 0.2}) {
            VectorField ligands = 2.05 * idealShape("O:6").points;
            ligands.row(2) *= 1.0 + s;
            QVERIFY(near(*bondAngleVariance(ligands), 0.0));
            const double exact = (4.0 + 2.0 * (1.0 + s) * (1.0 + s)) / 6.0 / std::pow(1.0 + s, 2.0 / 3.0);
            QVERIFY(near(*quadraticElongation(ligands), exact));
        }
    }

    void shearedOctahedron() {
        // One axis turned by t towards another: four of the angles change by t, the volume by cos t.
        const double t = 7.0;
        VectorField ligands = idealShape("O:6").points;
        ligands.col(2) = Vec3(std::cos(t * degree), std::sin(t * degree), 0.0);
        ligands.col(3) = -ligands.col(2);
        QVERIFY(near(*bondAngleVariance(ligands), 4.0 * t * t / 11.0, 1e-8));
        QVERIFY(near(*quadraticElongation(ligands), std::pow(std::cos(t * degree), -2.0 / 3.0)));
    }

    void flattenedTetrahedron() {
        // (±s, 0, c), (0, ±s, −c): two angles of 2 asin(s), four with cosine −c².
        const double s = 0.85, c = std::sqrt(1.0 - s * s);
        VectorField ligands(3, 4);
        ligands << s, -s, 0, 0, 0, 0, s, -s, c, c, -c, -c;
        const double ideal = std::acos(-1.0 / 3.0) / degree;
        const double wide = 2.0 * std::asin(s) / degree - ideal, narrow = std::acos(-c * c) / degree - ideal;
        QVERIFY(near(*bondAngleVariance(ligands), (2.0 * wide * wide + 4.0 * narrow * narrow) / 5.0, 1e-8));
        const double volume = 4.0 / 3.0 * s * s * c;  // edge · edge · distance / 6 of crossed edges
        QVERIFY(
            near(*quadraticElongation(ligands), std::pow(9.0 * std::sqrt(3.0) / 8.0 * volume, -2.0 / 3.0)));
        QVERIFY(*quadraticElongation(ligands) > 1.0);
    }

    void otherCoordinationsHaveNoDistortion() {
        QVERIFY(!bondAngleVariance(idealShape("T:5").points));
        QVERIFY(!quadraticElongation(idealShape("T:5").points));
        QVERIFY(!quadraticElongation(idealShape("S:4").points));
        QVERIFY(bondAngleVariance(idealShape("S:4").points));
    }

    void peakOfOneShell() {
        QVERIFY(near(*firstSmearedPeak({2.1, 2.1, 2.1}, 0.5, 4.0), 2.1, 1e-6));
        QVERIFY(!firstSmearedPeak({}, 0.5, 4.0));
        QVERIFY(!firstSmearedPeak({5.5}, 0.5, 4.0));
    }

    void peakAgainstAHistogram() {
        RandomStream random(2);
        std::vector<double> distances;
        for (int i = 0; i < 60; ++i)
            distances.push_back(i < 20 ? 2.0 + 0.1 * random.normal() : 3.3 + 0.5 * std::abs(random.normal()));
        // g(r) on a fine grid, convolved with a Gaussian by summing over its bins.
        const double dr = 0.002, sigma = 0.5;
        std::vector<double> histogram(4000, 0.0);
        for (const double d : distances)
            histogram[static_cast<std::size_t>(d / dr)] += 1.0 / (4.0 * units::pi * d * d * dr);
        double previous = 0.0, peak = 0.0;
        for (double r = 0.5; r < 4.0 && peak == 0.0; r += dr) {
            double g = 0.0;
            for (std::size_t bin = 0; bin < histogram.size(); ++bin) {
                const double x = ((static_cast<double>(bin) + 0.5) * dr - r) / sigma;
                if (histogram[bin] > 0.0) g += histogram[bin] * std::exp(-0.5 * x * x);
            }
            if (g < previous) peak = r - dr;
            previous = g;
        }
        QVERIFY(peak > 1.8 && peak < 2.6);
        QVERIFY(near(*firstSmearedPeak(distances, sigma, 4.0), peak, 0.005));
    }

    void voidsAroundSpheres() {
        const auto lattice = crystal::Lattice::fromParameters(5.0, 6.0, 7.0, 80.0, 100.0, 115.0);
        const double r = 1.4, ball = 4.0 / 3.0 * units::pi * r * r * r;
        const Vec3 centre(0.1, 4.9, 6.95);
        QVERIFY(near(voidFraction(lattice, {{centre, r}}), 1.0 - ball / lattice.volume(), 1e-9));
        const double d = 1.0;  // two overlapping spheres share a lens
        const double lens = units::pi / 12.0 * (4.0 * r + d) * (2.0 * r - d) * (2.0 * r - d);
        QVERIFY(near(voidFraction(lattice, {{centre, r}, {centre + Vec3(0, d, 0), r}}),
                     1.0 - (2.0 * ball - lens) / lattice.volume(), 1e-4));
        QCOMPARE(voidFraction(lattice, {}), 1.0);
        // A small sphere whose centre lies in a large one: only its cap counts.
        const double small = 0.7, apart = 1.0;
        const auto cap = [](double radius, double height) {
            return units::pi / 3.0 * height * height * (3.0 * radius - height);
        };
        const double plane = (apart * apart + r * r - small * small) / (2.0 * apart);
        const double shared = cap(r, r - plane) + cap(small, small - (apart - plane));
        const double both = ball + 4.0 / 3.0 * units::pi * small * small * small - shared;
        QVERIFY(near(voidFraction(lattice, {{centre, r}, {centre + Vec3(0, 0, apart), small}}),
                     1.0 - both / lattice.volume(), 1e-4));
        QVERIFY_EXCEPTION_THROWN(voidFraction(lattice, {{centre, -1.0}}), InputError);
    }

    void closePacking() {
        // Touching spheres on an fcc lattice fill π/(3√2).
        const double a = 4.0, r = a / std::sqrt(8.0);
        Mat3 rows;
        rows << 0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0;
        QVERIFY(near(voidFraction(crystal::Lattice(rows), {{Vec3(0.3, 0.2, 0.1), r}}),
                     1.0 - units::pi / (3.0 * std::sqrt(2.0)), 1e-3));
    }
};

QTEST_APPLESS_MAIN(TestPolyhedra)
#include "test_polyhedra.moc"
