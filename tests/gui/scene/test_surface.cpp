// SPDX-License-Identifier: GPL-3.0-or-later
// Isosurfaces have no seam where the cell ends, the right area and the right side outside; measurements.
#include <Eigen/Geometry>
#include <QTest>
#include <cmath>
#include <map>
#include <numbers>

#include "core/base/error.h"
#include "gui/scene/measurement.h"
#include "gui/scene/surface.h"
#include "tests/gui/scene/sample_density.h"

using namespace ionscape;
using scene::SurfaceMesh;

namespace {

constexpr double pi = std::numbers::pi;

const Vec3& corner(const SurfaceMesh& mesh, std::size_t triangle, std::size_t which) {
    return mesh.points[static_cast<std::size_t>(mesh.triangles[triangle][which])];
}

/// By the divergence theorem; right only for a closed surface whose triangles all face outwards.
double enclosedVolume(const SurfaceMesh& mesh) {
    double volume = 0.0;
    for (std::size_t t = 0; t < mesh.triangles.size(); ++t)
        volume += corner(mesh, t, 0).dot(corner(mesh, t, 1).cross(corner(mesh, t, 2))) / 6.0;
    return volume;
}

/// How many edges are not shared by exactly two triangles in opposite directions, when points that differ by
/// lattice vectors count as one.
int openEdges(const SurfaceMesh& mesh, const crystal::Lattice& lattice) {
    using Key = std::array<long, 3>;
    const auto key = [&](const Vec3& point) {
        constexpr long steps = 1000000;
        Key k{};
        const Vec3 f = lattice.toFractional(point).v;
        for (int axis = 0; axis < 3; ++axis)
            k[static_cast<std::size_t>(axis)] = (std::lround(f[axis] * steps) % steps + steps) % steps;
        return k;
    };
    std::map<std::pair<Key, Key>, int> edges;
    for (std::size_t t = 0; t < mesh.triangles.size(); ++t)
        for (std::size_t i = 0; i < 3; ++i) {
            const Key a = key(corner(mesh, t, i)), b = key(corner(mesh, t, (i + 1) % 3));
            if (a == b) continue;  // a triangle that a grid point on the surface has shrunk
            ++edges[{a, b}];
        }
    int open = 0;
    for (const auto& [edge, count] : edges) {
        const auto back = edges.find({edge.second, edge.first});
        if (back == edges.end() || back->second != count) ++open;
    }
    return open;
}

/// Where the blob has fallen to `level`, Å.
double blobRadius(double level, double s) {
    return s * std::sqrt(-2.0 * std::log(level));
}

}  // namespace

class TestSurface : public QObject {
    Q_OBJECT

  private slots:
    void aBlobIsTheSameWhereverItLies() {
        const crystal::Lattice cube(10.0 * Mat3::Identity());
        const auto middle = scene::isosurface(tests::blob(cube, {40, 40, 40}, Vec3::Constant(0.5), 1.5), 0.3);
        const auto atCorner = scene::isosurface(tests::blob(cube, {40, 40, 40}, Vec3::Zero(), 1.5), 0.3);
        const double r = blobRadius(0.3, 1.5);
        const double area = scene::surfaceArea(middle);
        QVERIFY2(std::abs(area / (4.0 * pi * r * r) - 1.0) < 0.01, qPrintable(QString::number(area)));
        QVERIFY(std::abs(scene::surfaceArea(atCorner) / area - 1.0) < 1e-5);  // VTK gives single precision
        QCOMPARE(atCorner.triangles.size(), middle.triangles.size());
    }

    void normalsArePeriodicToo() {
        const crystal::Lattice cube(10.0 * Mat3::Identity());
        const auto mesh = scene::isosurface(tests::blob(cube, {40, 40, 40}, Vec3::Zero(), 1.5), 0.3);
        double worst = 1.0;
        for (std::size_t i = 0; i < mesh.points.size(); ++i)
            worst = std::min(worst, mesh.normals[i].dot(cube.minimumImage(mesh.points[i]).normalized()));
        QVERIFY2(worst > 0.998, qPrintable(QString::number(worst)));
    }

    void skewedCellsHaveNoSeam_data() {
        QTest::addColumn<bool>("leftHanded");
        QTest::newRow("right-handed") << false;
        QTest::newRow("left-handed") << true;
    }
    void skewedCellsHaveNoSeam() {
        QFETCH(const bool, leftHanded);
        Mat3 rows = crystal::Lattice::fromParameters(7.0, 8.0, 9.0, 65.0, 75.0, 110.0).rows();
        if (leftHanded) rows.row(0).swap(rows.row(1));
        const crystal::Lattice lattice(rows);
        transport::PeriodicGrid field = tests::blob(lattice, {18, 21, 24}, Vec3(0.1, 0.9, 0.5), 1.1);
        // A net of channels through all faces, besides the blob.
        for (std::size_t i = 0; i < field.values.size(); ++i) {
            const Vec3 f = 2.0 * pi * field.fractional(i).v;
            field.values[i] +=
                0.3 * (std::cos(f[0]) + std::cos(f[1]) + std::cos(f[2]) + std::sin(f[0] - f[2]));
        }
        for (const double level : {-0.2, 0.1, 0.6}) {
            const auto mesh = scene::isosurface(field, level);
            QVERIFY(mesh.triangles.size() > 200);
            QCOMPARE(openEdges(mesh, lattice), 0);
        }
        // The check notices a seam: without the layer across the last face the surface is open.
        auto cut = scene::isosurface(field, 0.1);
        cut.triangles.pop_back();
        QVERIFY(openEdges(cut, lattice) > 0);
    }

    void sectionsCloseWhatTheFacesCut() {
        const auto lattice = crystal::Lattice::fromParameters(9.0, 10.0, 11.0, 80.0, 95.0, 100.0);
        const auto field = tests::blob(lattice, {45, 50, 55}, Vec3::Zero(), 1.2);
        const double level = 0.35, r = blobRadius(level, 1.2);
        SurfaceMesh closed = scene::isosurface(field, level);
        double sections = 0.0;
        for (int axis = 0; axis < 3; ++axis) {
            for (const bool far : {false, true}) {
                const auto section = scene::faceSection(field, axis, far, level, 1e9);
                closed.append(section);
                sections += scene::surfaceArea(section);
            }
        }
        // A sphere around a corner shows every face a disc, near and far; its pieces together are the sphere.
        QVERIFY(std::abs(sections / (6.0 * pi * r * r) - 1.0) < 0.01);
        QVERIFY(std::abs(enclosedVolume(closed) / (4.0 / 3.0 * pi * r * r * r) - 1.0) < 0.01);
        const auto ring = scene::faceSection(field, 0, false, level, 0.7);
        const double inner = blobRadius(0.7, 1.2);
        QVERIFY(std::abs(scene::surfaceArea(ring) / (pi * (r * r - inner * inner)) - 1.0) < 0.02);
    }

    void planesTakeTheFieldsValues() {
        const auto lattice = crystal::Lattice::fromParameters(6.0, 7.0, 8.0, 70.0, 80.0, 100.0);
        const auto field = tests::blob(lattice, {12, 14, 16}, Vec3(0.5, 0.25, 0.75), 1.5);
        const auto plane = scene::planeSection(field, 1, 0.25);
        QCOMPARE(plane.values.size(), std::size_t(13 * 17));
        QVERIFY(std::abs(*std::max_element(plane.values.begin(), plane.values.end()) - 1.0) < 0.02);
        for (std::size_t i = 0; i < plane.values.size(); ++i) {
            const auto at = lattice.toFractional(plane.mesh.points[i]);
            QVERIFY(std::abs(at.v[1] - 0.25) < 1e-9);
            QVERIFY(std::abs(plane.values[i] - field.interpolate(at)) < 1e-12);
        }
        const double whole = lattice.vector(0).cross(lattice.vector(2)).norm();
        QVERIFY(std::abs(scene::surfaceArea(plane.mesh) / whole - 1.0) < 1e-9);
    }

    void distancesAnglesAndDihedrals() {
        const Vec3 a(1, 0, 0), b(0, 0, 0), c(0, 1, 0), d(0, 1, 1);
        QCOMPARE(scene::measured({a, c}), std::sqrt(2.0));
        QCOMPARE(scene::measured({a, b, c}), 90.0);
        // Seen from b to c the front bond points to x, the rear one to z: a quarter turn to the left.
        QVERIFY(std::abs(std::abs(scene::measured({a, b, c, d})) - 90.0) < 1e-9);
        QCOMPARE(scene::measured({a, b, c, Vec3(0, 1, -1)}), -scene::measured({a, b, c, d}));
        QVERIFY(std::abs(std::abs(scene::measured({a, b, c, Vec3(-1, 1, 0)})) - 180.0) < 1e-9);
        QCOMPARE(scene::measuredText({a, b, c}), std::string("90.0°"));
        QVERIFY(scene::measuredText({a, b, b}).empty());
        QVERIFY_EXCEPTION_THROWN(scene::measured({a}), InputError);
    }
};

QTEST_APPLESS_MAIN(TestSurface)
#include "test_surface.moc"
