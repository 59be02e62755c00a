// SPDX-License-Identifier: GPL-3.0-or-later
// Density, sites, jumps and paths in the scene: pictures against baselines, counts, picking and selection.
#include <vtkRenderWindow.h>

#include <QImage>
#include <QSize>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "gui/scene/pathway_layers.h"
#include "gui/scene/structure_scene.h"
#include "tests/gui/scene/picture_difference.h"
#include "tests/gui/scene/sample_crystal.h"
#include "tests/gui/scene/sample_density.h"

using namespace ionscape;

namespace {

constexpr int width = 400, height = 300;
constexpr double tolerance = 1.0;

scene::Pathways samplePathways() {
    const auto structure = tests::sampleCrystal();
    scene::Pathways found;
    auto density = tests::blob(structure.lattice, {32, 32, 32}, Vec3(0.0, 0.7, 0.7), 0.9);
    const auto other = tests::blob(structure.lattice, {32, 32, 32}, Vec3(0.5, 0.7, 0.7), 0.7);
    for (std::size_t i = 0; i < density.values.size(); ++i)
        density.values[i] += other.values[i];
    found.density = std::make_shared<transport::PeriodicGrid>(density);
    found.sites = {{Vec3(0.0, 5.6, 5.6), 0.5, {0.2, 0.6, 0.9}, "Li1"},
                   {Vec3(4.0, 5.6, 5.6), 0.4, {0.9, 0.8, 0.2}, "Li2"}};
    found.jumps = {{Vec3(0.0, 5.6, 5.6), Vec3(4.0, 5.6, 5.6), 0.10},
                   {Vec3(4.0, 5.6, 5.6), Vec3(8.0, 5.6, 5.6), 0.16}};
    scene::PathMark path;
    for (int i = 0; i <= 40; ++i) {
        path.points.push_back(Vec3(0.2 * i, 5.6 + 0.4 * std::sin(0.157 * i), 5.6));
        path.energy.push_back(0.1 * (1.0 - std::cos(0.314 * i)));
    }
    found.paths = {path};
    return found;
}

scene::PathwayOptions onlyDensity() {
    scene::PathwayOptions options;
    options.sites = options.jumps = options.paths = false;
    options.levels = {{0.15, {0.25, 0.45, 0.85}, 0.25}, {0.5, {0.95, 0.75, 0.15}, 0.8}};
    return options;
}

}  // namespace

class TestPathways : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    QString draw(const scene::StructureScene& scene, const QString& name) {
        const bool write =
            name.startsWith("pathways_") && qEnvironmentVariableIsSet("IONSCAPE_WRITE_BASELINES");
        const QString file = write ? tests::baseline(name) : folder_.filePath(name + ".png");
        scene.savePicture(file.toStdString(), width, height);
        return file;
    }

    static void fill(scene::StructureScene& scene, const scene::PathwayOptions& options) {
        scene.setStructure(tests::sampleCrystal());
        scene.pathways().setOptions(options);
        scene.pathways().set(samplePathways());
    }

  private slots:
    void matchesBaseline_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("pathways_density") << 0;
        QTest::newRow("pathways_dark_supercell_polyhedra") << 1;
        QTest::newRow("pathways_marks") << 2;
        QTest::newRow("pathways_slice") << 3;
    }
    void matchesBaseline() {
        QFETCH(const int, what);
        scene::StructureScene scene;
        auto options = onlyDensity();
        scene::SceneOptions looks;
        if (what == 1) {
            looks.darkBackground = looks.polyhedra = true;
            looks.cells = {2, 1, 1};
        } else if (what == 2) {
            options.density = false;
            options.sites = options.jumps = options.paths = options.labels = true;
            looks.framework = false;
        } else if (what == 3) {
            options.density = false;
            options.slice = scene::DensitySlice{2, 0.7};
        }
        fill(scene, options);
        scene.setOptions(looks);
        const QString name = QTest::currentDataTag();
        const double error = tests::difference(draw(scene, name), tests::baseline(name));
        qInfo() << "difference" << error;
        QVERIFY(error < tolerance);
    }

    void aFogShowsTheDensityToo() {
        scene::StructureScene scene;
        auto options = onlyDensity();
        options.density = false;
        fill(scene, options);
        const QString nothing = draw(scene, "without_fog");
        QVERIFY(!scene.pathways().hasVolume());
        options.volume = true;
        scene.pathways().setOptions(options);
        QVERIFY(scene.pathways().hasVolume());
        const QString fog = draw(scene, "fog");
        QVERIFY(tests::difference(fog, nothing) > tolerance);
        // Two cells along a show it twice: the period of the picture is that of the lattice.
        auto looks = scene.options();
        looks.cells = {2, 1, 1};
        scene.setOptions(looks);
        QVERIFY(tests::difference(draw(scene, "two_fogs"), fog) > tolerance);
        scene.pathways().setVisible(false);
        QVERIFY(!scene.pathways().hasVolume());
    }

    void whileTheViewMovesThereIsLessToDraw() {
        scene::StructureScene scene;
        auto options = onlyDensity();
        fill(scene, options);
        auto looks = scene.options();
        looks.cells = {4, 4, 4};
        scene.setOptions(looks);
        const auto triangles = scene.pathways().surfaceTriangles();
        QVERIFY(triangles > 20000);
        const QString still = draw(scene, "still");
        scene.setMoving(true);
        QVERIFY(scene.isMoving());
        // What counts is what is drawn of the whole, and the picture stays about the same.
        QCOMPARE(scene.pathways().surfaceTriangles(), triangles);
        QVERIFY(scene.pathways().drawnTriangles() < triangles / 2);
        QVERIFY(scene.pathways().drawnTriangles() > 1000);
        scene.setMoving(false);
        QCOMPARE(scene.pathways().drawnTriangles(), triangles);
        QVERIFY(tests::difference(draw(scene, "still_again"), still) < 0.01);
    }

    void aSelectedJumpIsDrawnWhateverIsHidden() {
        scene::StructureScene scene;
        auto options = onlyDensity();
        fill(scene, options);
        QCOMPARE(scene.pathways().jumpCount(), std::size_t(0));
        scene.pathways().setSelected(scene::PathwayItem{scene::PathwayItem::Kind::Jump, 1});
        QCOMPARE(scene.pathways().jumpCount(), std::size_t(1));
        scene.pathways().setSelected(std::nullopt);
        options.jumps = true;
        options.mostJumps = 1;
        scene.pathways().setOptions(options);
        QCOMPARE(scene.pathways().jumpCount(), std::size_t(1));
    }

    void aWrongLevelIsNoticed() {
        scene::StructureScene scene;
        auto options = onlyDensity();
        options.levels[0].value = 0.3;
        fill(scene, options);
        QVERIFY(tests::difference(draw(scene, "wrong_level"), tests::baseline("pathways_density")) >
                3.0 * tolerance);
    }

    void countsFollowOptions() {
        scene::StructureScene scene;
        fill(scene, onlyDensity());
        auto& drawn = scene.pathways();
        const std::size_t two = drawn.surfaceTriangles();
        QVERIFY(two > 500);
        QCOMPARE(drawn.siteCount() + drawn.jumpCount() + drawn.pathPieces() + drawn.labelCount(),
                 std::size_t{0});
        auto options = drawn.options();
        options.levels.pop_back();
        options.sites = options.jumps = options.paths = options.labels = true;
        drawn.setOptions(options);
        QVERIFY(drawn.surfaceTriangles() < two);
        QCOMPARE(drawn.siteCount(), std::size_t{2});
        QCOMPARE(drawn.jumpCount(), std::size_t{2});
        QCOMPARE(drawn.labelCount(), std::size_t{2});
        QVERIFY(drawn.hasColourBar());
        // Copies of the cell copy everything; the surfaces are closed at the ends of the block only.
        const std::size_t one = drawn.surfaceTriangles();
        scene::SceneOptions looks;
        looks.cells = {2, 2, 1};
        scene.setOptions(looks);
        QCOMPARE(drawn.siteCount(), std::size_t{8});
        QVERIFY(drawn.surfaceTriangles() > 3 * one && drawn.surfaceTriangles() < 4 * one);
        QCOMPARE(scene.atomGlyphCount(), std::size_t{4 * 17});
        drawn.setVisible(false);
        QCOMPARE(drawn.surfaceTriangles() + drawn.siteCount() + drawn.pathPieces(), std::size_t{0});
        QVERIFY(!drawn.hasColourBar());
    }

    void aPathIsFoldedIntoTheCell() {
        scene::StructureScene scene;
        auto options = onlyDensity();
        options.paths = true;
        fill(scene, options);
        QCOMPARE(scene.pathways().pathPieces(), std::size_t{1});
        auto found = samplePathways();
        for (Vec3& point : found.paths[0].points)
            point[0] += 4.0;
        scene.pathways().set(found);
        QCOMPARE(scene.pathways().pathPieces(), std::size_t{2});
    }

    void thingsCanBePointedAt() {
        scene::StructureScene scene;
        vtkNew<vtkRenderWindow> window;
        window->SetOffScreenRendering(1);
        window->SetSize(width, height);
        scene.attachTo(window);
        auto options = onlyDensity();
        options.sites = options.jumps = true;
        fill(scene, options);
        scene::SceneOptions looks;
        looks.atoms = false;
        scene.setOptions(looks);
        scene.lookAlong(2);
        window->Render();
        // Along the row y = 5.6 the picks go site 0, jump 0, site 1, jump 1.
        std::vector<scene::PathwayItem> seen;
        for (int y = height - 1; y >= 0 && seen.empty(); --y)
            for (int x = 0; x < width; ++x) {
                const auto hit = scene.pick(x, y);
                if (hit && hit->item && (seen.empty() || !(seen.back() == *hit->item)))
                    seen.push_back(*hit->item);
                if (seen.size() == 1 && seen[0].kind != scene::PathwayItem::Kind::Site) seen.clear();
            }
        using Kind = scene::PathwayItem::Kind;
        QVERIFY(seen.size() >= 1);
        QVERIFY((seen.front() == scene::PathwayItem{Kind::Site, 0}));
        QVERIFY(!scene.pick(1, 1).has_value());

        scene.pathways().setSelected(scene::PathwayItem{Kind::Jump, 1});
        QVERIFY((scene.pathways().selected() == scene::PathwayItem{Kind::Jump, 1}));
        scene.pathways().setSelected(scene::PathwayItem{Kind::Site, 1});
        QCOMPARE(scene.pathways().labelCount(), std::size_t{1});
        scene.detach();
    }

    void hiddenElementsAndMeasurements() {
        scene::StructureScene scene;
        scene.setStructure(tests::sampleCrystal());
        const auto bonds = scene.bondCount();
        scene::SceneOptions looks;
        looks.hidden = {crystal::Element::fromSymbol("O")};
        scene.setOptions(looks);
        QCOMPARE(scene.atomGlyphCount(), std::size_t{4});
        QCOMPARE(scene.bondCount(), std::size_t{0});
        QVERIFY(bonds > 0);
        const QString plain = draw(scene, "unmeasured");
        const auto crystal = tests::sampleCrystal();
        scene.setMeasurement(
            {{0, std::nullopt, crystal.position(0)}, {1, std::nullopt, crystal.position(1)}});
        QVERIFY(tests::difference(draw(scene, "measured"), plain) > tolerance);
    }

    void viewsComeBack() {
        scene::StructureScene scene;
        scene.setStructure(tests::sampleCrystal());
        scene.orbit(30.0, 10.0);
        const auto view = scene.viewpoint();
        scene.lookAlong(0);
        QVERIFY((scene.viewpoint().eye - view.eye).norm() > 1e-3);
        scene.setViewpoint(view);
        QVERIFY((scene.viewpoint().eye - view.eye).norm() < 1e-9);
    }

    void transparentPicturesCutOutWhatIsDrawn() {
        scene::StructureScene scene;
        fill(scene, onlyDensity());
        const QString file = folder_.filePath("cut.png");
        scene.savePicture(file.toStdString(), width, height, true);
        const QImage picture(file);
        QCOMPARE(picture.size(), QSize(width, height));
        QVERIFY(picture.hasAlphaChannel());
        QCOMPARE(qAlpha(picture.pixel(2, 2)), 0);
        int opaque = 0, between = 0;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const int alpha = qAlpha(picture.pixel(x, y));
                opaque += alpha == 255;
                between += alpha > 40 && alpha < 215;
            }
        QVERIFY2(opaque > 1000 && between > 1000, qPrintable(QString("%1 %2").arg(opaque).arg(between)));
    }
};

QTEST_APPLESS_MAIN(TestPathways)
#include "test_pathways.moc"
