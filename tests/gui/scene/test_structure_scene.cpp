// SPDX-License-Identifier: GPL-3.0-or-later
// Off-screen pictures against the baselines in tests/baselines, and what the scene says that it draws.
//
// To make the baselines anew after a wanted change of looks: IONSCAPE_WRITE_BASELINES=1 and look at the
// pictures.
#include <vtkNew.h>
#include <vtkRenderWindow.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "gui/scene/structure_scene.h"
#include "tests/gui/scene/picture_difference.h"
#include "tests/gui/scene/sample_crystal.h"

using namespace ionscape;
using tests::baseline;
using tests::difference;

namespace {

constexpr int width = 400;
constexpr int height = 300;
/// Mesa's two software renderers (llvmpipe, softpipe) differ by 0.07 at most; Zr in the colour of Hf makes
/// 10, a Li moved by 0.7 Å makes 240.
constexpr double tolerance = 1.0;

void appendHelix(scene::StructureScene& scene, const crystal::Structure& structure) {
    VectorField positions = structure.positions;
    for (int i = 0; i <= 60; ++i) {
        positions.col(0) = Vec3(2.0 + 0.14 * i, 5.5 + std::sin(0.3 * i), 5.5 + std::cos(0.3 * i));
        scene.appendTrail(positions);
    }
    scene.setPositions(positions);
}

}  // namespace

class TestStructureScene : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    QString draw(const scene::StructureScene& scene, const QString& name) {
        const bool write = qEnvironmentVariableIsSet("IONSCAPE_WRITE_BASELINES");
        const QString file = write ? baseline(name) : folder_.filePath(name + ".png");
        scene.savePicture(file.toStdString(), width, height);
        return file;
    }

  private slots:
    void matchesBaseline_data() {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("polyhedra");
        QTest::addColumn<bool>("trails");
        QTest::newRow("scene_light_balls") << false << false << false;
        QTest::newRow("scene_light_polyhedra") << false << true << false;
        QTest::newRow("scene_dark_trails") << true << false << true;
        QTest::newRow("scene_dark_polyhedra_trails") << true << true << true;
    }
    void matchesBaseline() {
        QFETCH(const bool, dark);
        QFETCH(const bool, polyhedra);
        QFETCH(const bool, trails);
        const auto structure = tests::sampleCrystal();
        scene::StructureScene scene;
        scene.setStructure(structure);
        scene::SceneOptions options;
        options.darkBackground = dark;
        options.polyhedra = polyhedra;
        scene.setOptions(options);
        if (trails) appendHelix(scene, structure);
        const QString name = QTest::currentDataTag();
        const double error = difference(draw(scene, name), baseline(name));
        qInfo() << "difference" << error;
        QVERIFY(error < tolerance);
    }

    void wrongPicturesAreNoticed() {
        auto structure = tests::sampleCrystal();
        structure.positions.col(0) += Vec3(0.0, 0.7, 0.0);
        scene::StructureScene moved;
        moved.setStructure(structure);
        const double shift = difference(draw(moved, "wrong_moved"), baseline("scene_light_balls"));

        structure = tests::sampleCrystal();
        structure.elements[2] = crystal::Element::fromSymbol("Hf");
        scene::StructureScene swapped;
        swapped.setStructure(structure);
        const double swap = difference(draw(swapped, "wrong_element"), baseline("scene_light_balls"));
        qInfo() << "moved Li" << shift << "Hf for Zr" << swap;
        QVERIFY(shift > 3.0 * tolerance);
        QVERIFY(swap > 3.0 * tolerance);
    }

    void countsFollowOptions() {
        scene::StructureScene scene;
        QCOMPARE(scene.atomGlyphCount(), std::size_t{0});
        scene.setStructure(tests::sampleCrystal());
        QCOMPARE(scene.atomGlyphCount(), std::size_t{14 + 3});
        QCOMPARE(scene.bondCount(), std::size_t{10});
        QCOMPARE(scene.polyhedronCount(), std::size_t{0});
        scene::SceneOptions options;
        options.polyhedra = true;
        scene.setOptions(options);
        QCOMPARE(scene.polyhedronCount(), std::size_t{2});
        options.framework = false;
        options.polyhedra = false;
        scene.setOptions(options);
        QCOMPARE(scene.atomGlyphCount(), std::size_t{2});
        QCOMPARE(scene.bondCount(), std::size_t{0});
        QCOMPARE(scene.elements().size(), std::size_t{4});
        scene.clear();
        QCOMPARE(scene.atomGlyphCount(), std::size_t{0});
        QVERIFY(scene.elements().empty());
    }

    void trailsBreakAndAreCleared() {
        const auto structure = tests::sampleCrystal();
        scene::StructureScene scene;
        scene.setStructure(structure);
        appendHelix(scene, structure);
        QCOMPARE(scene.trailPointCount(), std::size_t{2 * 61});
        // The first Li goes through x = 8 Å once; the second never moves but has a piece of its own.
        QCOMPARE(scene.trailPieceCount(), std::size_t{3});
        scene.clearTrails();
        QCOMPARE(scene.trailPieceCount(), std::size_t{0});
        appendHelix(scene, structure);
        scene.setStructure(structure);
        QCOMPARE(scene.trailPointCount(), std::size_t{0});
    }

    void bondsFollowMovedAtoms() {
        auto structure = tests::sampleCrystal();
        scene::StructureScene scene;
        scene.setStructure(structure);
        VectorField positions = structure.positions;
        positions.col(3) += Vec3(1.5, 0.0, 0.0);
        scene.setPositions(positions);
        QCOMPARE(scene.bondCount(), std::size_t{9});
        // Whole lattice vectors away is the same picture.
        positions = structure.positions;
        positions.row(0).array() += 24.0;
        scene.setPositions(positions);
        QCOMPARE(scene.bondCount(), std::size_t{10});
        QVERIFY_EXCEPTION_THROWN(scene.setPositions(VectorField::Zero(3, 2)), InputError);
    }

    void picksTheFrontAtom() {
        crystal::Structure structure;
        structure.lattice = crystal::Lattice(10.0 * Mat3::Identity());
        structure.append(crystal::Element::fromSymbol("Li"), Vec3(5.0, 5.0, 1.0));
        structure.append(crystal::Element::fromSymbol("Li"), Vec3(5.0, 5.0, 9.0));
        scene::StructureScene scene;
        vtkNew<vtkRenderWindow> window;
        window->SetOffScreenRendering(1);
        window->SetSize(width, height);
        scene.attachTo(window);
        scene.setStructure(structure);
        scene.lookAlong(2);
        window->Render();
        const auto front = scene.pickAtom(width / 2, height / 2);
        QVERIFY(front.has_value());
        QCOMPARE(*front, std::size_t{1});
        QVERIFY(!scene.pickAtom(3, 3).has_value());
        scene.orbit(180.0 / 0.4, 0.0);
        window->Render();
        QCOMPARE(scene.pickAtom(width / 2, height / 2).value(), std::size_t{0});
        scene.detach();
    }

    void picturesThatCannotBeMadeAreRefused() {
        scene::StructureScene scene;
        scene.setStructure(tests::sampleCrystal());
        QVERIFY_EXCEPTION_THROWN(scene.savePicture("/nonexistent/folder/a.png", width, height), IoError);
        QVERIFY_EXCEPTION_THROWN(scene.savePicture(folder_.filePath("a.png").toStdString(), 0, height),
                                 InputError);
    }
};

QTEST_APPLESS_MAIN(TestStructureScene)
#include "test_structure_scene.moc"
