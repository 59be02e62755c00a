// SPDX-License-Identifier: GPL-3.0-or-later
// Bonds, image atoms and polyhedra of a known crystal; faces of known solids; colours that can be told apart.
#include <Eigen/Geometry>
#include <QTest>
#include <cmath>

#include "gui/scene/coordination.h"
#include "gui/scene/structure_scene.h"
#include "tests/gui/scene/sample_crystal.h"

using namespace ionscape;

namespace {

/// Volume of the solid by the divergence theorem: right only if faces are complete and face outwards.
double enclosedVolume(const std::vector<Vec3>& points, const std::vector<std::vector<int>>& faces) {
    double volume = 0.0;
    for (const auto& face : faces)
        for (std::size_t i = 1; i + 1 < face.size(); ++i)
            volume +=
                points[static_cast<std::size_t>(face[0])].dot(points[static_cast<std::size_t>(face[i])].cross(
                    points[static_cast<std::size_t>(face[i + 1])])) /
                6.0;
    return volume;
}

Vec3 cieLab(const std::array<double, 3>& rgb) {
    Vec3 linear;
    for (int i = 0; i < 3; ++i) {
        const double c = rgb[static_cast<std::size_t>(i)];
        linear[i] = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    }
    Mat3 toXyz;
    toXyz << 0.4124, 0.3576, 0.1805, 0.2126, 0.7152, 0.0722, 0.0193, 0.1192, 0.9505;
    const Vec3 xyz = (toXyz * linear).cwiseQuotient(Vec3(0.95047, 1.0, 1.08883));
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0; };
    return {116.0 * f(xyz[1]) - 16.0, 500.0 * (f(xyz[0]) - f(xyz[1])), 200.0 * (f(xyz[1]) - f(xyz[2]))};
}

}  // namespace

class TestCoordination : public QObject {
    Q_OBJECT

  private slots:
    void findsOctahedronAndTetrahedronAcrossTheBoundary() {
        const auto structure = tests::sampleCrystal();
        const auto found = scene::findCoordination(structure, crystal::Element::fromSymbol("Li"));
        QCOMPARE(found.bonds.size(), std::size_t{10});
        QCOMPARE(found.images.size(), std::size_t{3});
        QCOMPARE(found.polyhedra.size(), std::size_t{2});
        for (const auto& bond : found.bonds) {
            const double length = (bond.anionPosition - bond.cationPosition).norm();
            const double expected = structure.elements[bond.cation].symbol() == "Zr" ? 2.05 : 1.54;
            QVERIFY(std::abs(length - expected) < 1e-6);
        }
        for (const auto& image : found.images)
            QVERIFY(image.position.minCoeff() < -2.0);
        QCOMPARE(found.polyhedra[0].faces.size(), std::size_t{8});
        QCOMPARE(found.polyhedra[1].faces.size(), std::size_t{4});
    }

    void lithiumIsNotBondedUnlessItIsFramework() {
        auto structure = tests::sampleCrystal();
        structure.positions.col(0) = Vec3(2.05, 0.0, 2.0);  // 2 Å from an O
        const auto mobile = scene::findCoordination(structure, crystal::Element::fromSymbol("Li"));
        QCOMPARE(mobile.bonds.size(), std::size_t{10});
        const auto other = scene::findCoordination(structure, crystal::Element::fromSymbol("Na"));
        QVERIFY(other.bonds.size() > 10);
    }

    void cubeHasSixQuadrilaterals() {
        std::vector<Vec3> cube;
        for (int i = 0; i < 8; ++i)
            cube.emplace_back(2 * (i & 1), 2 * (i >> 1 & 1), 2 * (i >> 2 & 1));
        const auto faces = scene::convexFaces(cube);
        QCOMPARE(faces.size(), std::size_t{6});
        for (const auto& face : faces)
            QCOMPARE(face.size(), std::size_t{4});
        QVERIFY(std::abs(enclosedVolume(cube, faces) - 8.0) < 1e-12);
    }

    void octahedronHasTheRightVolume() {
        std::vector<Vec3> corners;
        for (int axis = 0; axis < 3; ++axis)
            for (const double sign : {-1.0, 1.0})
                corners.push_back(sign * 2.0 * Vec3::Unit(axis) + Vec3(5.0, 1.0, 0.0));
        const auto faces = scene::convexFaces(corners);
        QCOMPARE(faces.size(), std::size_t{8});
        QVERIFY(std::abs(enclosedVolume(corners, faces) - 4.0 / 3.0 * 8.0) < 1e-9);
    }

    void flatPointsHaveNoFaces() {
        QVERIFY(scene::convexFaces({{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {1, 1, 0}}).empty());
    }

    void coloursOfTheHostCanBeToldApart() {
        const std::vector<const char*> symbols{"Li", "O",  "P",  "Si", "Zr", "Hf", "Sn", "Ti", "Nb", "Mg",
                                               "Ca", "Zn", "Ni", "Co", "Al", "In", "Ga", "Sc", "Y",  "Fe",
                                               "La", "Gd", "Ge", "Ce", "Ta", "Sb", "Bi", "V"};
        constexpr std::size_t ofLzhstnsp = 9;
        for (std::size_t i = 0; i < symbols.size(); ++i) {
            for (std::size_t j = i + 1; j < symbols.size(); ++j) {
                const auto lab = [&](std::size_t k) {
                    return cieLab(scene::elementColour(crystal::Element::fromSymbol(symbols[k])));
                };
                const double distance = (lab(i) - lab(j)).norm();
                // Two patches side by side look different from about 2.3 on; legends need much more.
                const double least = j < ofLzhstnsp ? 32.0 : 22.0;
                QVERIFY2(distance > least,
                         qPrintable(QString("%1 %2 %3").arg(symbols[i], symbols[j]).arg(distance)));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestCoordination)
#include "test_coordination.moc"
