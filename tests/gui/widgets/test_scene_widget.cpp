// SPDX-License-Identifier: GPL-3.0-or-later
// The 3D view in a real window: it shows the scene, survives resizing and a change of its window, and reports
// clicks.
#include <QApplication>
#include <QCoreApplication>
#include <QFile>
#include <QMainWindow>
#include <QPoint>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "gui/widgets/scene_widget.h"
#include "tests/gui/scene/sample_crystal.h"

using namespace ionscape;

namespace {

struct PixelCount {
    int lithium = 0;
    int opaque = 0;
    int all = 0;
};

/// Pixels of the hue and saturation of Li, which no other thing in the scene has.
PixelCount countPixels(const QImage& picture) {
    const auto rgb = scene::elementColour(crystal::Element::fromSymbol("Li"));
    const int hue = QColor::fromRgbF(float(rgb[0]), float(rgb[1]), float(rgb[2])).hue();
    PixelCount count;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const QColor colour = picture.pixelColor(x, y);
            ++count.all;
            if (colour.alpha() == 255) ++count.opaque;
            if (std::abs(colour.hue() - hue) < 12 && colour.saturation() > 120) ++count.lithium;
        }
    }
    return count;
}

}  // namespace

class TestSceneWidget : public QObject {
    Q_OBJECT

    static void verifyShowsLithium(gui::SceneWidget& view) {
        const auto picture = view.grabFramebuffer();
        QCOMPARE(picture.size(), view.size() * view.devicePixelRatioF());
        const auto count = countPixels(picture);
        QVERIFY2(count.lithium > 200, qPrintable(QString("%1 Li pixels").arg(count.lithium)));
        QVERIFY2(count.lithium < count.all / 4, qPrintable(QString("%1 Li pixels").arg(count.lithium)));
        QCOMPARE(count.opaque, count.all);
    }

  private slots:
    void showsTheSceneThroughResizeReparentAndPictures() {
        QMainWindow first;
        auto* view = new gui::SceneWidget;
        first.setCentralWidget(view);
        first.resize(500, 400);
        first.show();
        QVERIFY(QTest::qWaitForWindowExposed(&first));
        QCOMPARE(countPixels(view->grabFramebuffer()).lithium, 0);

        view->scene().setStructure(tests::sampleCrystal());
        view->requestRender();
        verifyShowsLithium(*view);
        first.resize(800, 500);
        QTRY_VERIFY(view->width() > 700);
        verifyShowsLithium(*view);

        // An off-screen picture makes another OpenGL context current behind Qt's back.
        QTemporaryDir folder;
        view->scene().savePicture(folder.filePath("a.png").toStdString(), 200, 150);
        QVERIFY(QFile::exists(folder.filePath("a.png")));
        verifyShowsLithium(*view);

        // Another top-level window is what a floating dock gets: a new OpenGL context.
        QMainWindow second;
        second.setCentralWidget(first.takeCentralWidget());
        second.resize(400, 400);
        second.show();
        QVERIFY(QTest::qWaitForWindowExposed(&second));
        verifyShowsLithium(*view);
        view->scene().setPositions(tests::sampleCrystal().positions);
        view->requestRender();
        verifyShowsLithium(*view);
        first.setCentralWidget(second.takeCentralWidget());
        QCoreApplication::processEvents();
        verifyShowsLithium(*view);

        view->scene().clear();
        view->requestRender();
        QCOMPARE(countPixels(view->grabFramebuffer()).lithium, 0);
    }

    void mouseOrbitsPansZoomsAndPicks() {
        gui::SceneWidget view;
        view.resize(400, 400);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        crystal::Structure structure;
        structure.lattice = crystal::Lattice(10.0 * Mat3::Identity());
        structure.append(crystal::Element::fromSymbol("Li"), Vec3(5.0, 5.0, 5.0));
        view.scene().setStructure(structure);
        view.scene().lookAlong(2);
        const auto before = view.grabFramebuffer();
        QSignalSpy picked(&view, &gui::SceneWidget::atomPicked);
        const QPoint middle(200, 200);

        QTest::mouseClick(&view, Qt::LeftButton, {}, middle);
        QCOMPARE(picked.takeLast().at(0).toInt(), 1);
        QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(5, 5));
        QCOMPARE(picked.takeLast().at(0).toInt(), 0);

        const auto drag = [&](Qt::MouseButton button, const QPoint& by) {
            QTest::mousePress(&view, button, {}, middle);
            QTest::mouseMove(&view, middle + by / 2);
            QTest::mouseMove(&view, middle + by);
            QTest::mouseRelease(&view, button, {}, middle + by);
        };
        drag(Qt::LeftButton, {60, 30});
        QVERIFY2(picked.isEmpty(), "a drag is no click");
        QVERIFY(view.grabFramebuffer() != before);
        QTest::mouseClick(&view, Qt::LeftButton, {}, middle);
        QCOMPARE(picked.takeLast().at(0).toInt(), 1);

        // Panning takes the atom along with the cursor; a double click on it brings it back to the middle.
        drag(Qt::RightButton, {100, 50});
        QTest::mouseClick(&view, Qt::LeftButton, {}, middle);
        QCOMPARE(picked.takeLast().at(0).toInt(), 0);
        QTest::mouseClick(&view, Qt::LeftButton, {}, middle + QPoint(100, 50));
        QCOMPARE(picked.takeLast().at(0).toInt(), 1);
        QTest::mouseDClick(&view, Qt::LeftButton, {}, middle + QPoint(100, 50));
        QTest::mouseClick(&view, Qt::LeftButton, {}, middle);
        QCOMPARE(picked.takeLast().at(0).toInt(), 1);

        const int small = countPixels(view.grabFramebuffer()).lithium;
        QWheelEvent wheel(middle, view.mapToGlobal(middle), {}, {0, 480}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &wheel);
        QVERIFY(countPixels(view.grabFramebuffer()).lithium > 2 * small);
    }
};

int main(int argc, char** argv) {
    gui::SceneWidget::setDefaultSurfaceFormat();
    QApplication application(argc, argv);
    TestSceneWidget test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_scene_widget.moc"
