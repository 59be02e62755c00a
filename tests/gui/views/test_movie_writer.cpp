// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the frames of a run, and the program that joins them, which here is a script.
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "gui/views/movie_writer.h"
#include "gui/views/structure_view.h"
#include "gui/widgets/playback_bar.h"
#include "gui/widgets/scene_widget.h"
#include "tests/gui/views/hopping_run.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestMovieWriter : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QByteArray path_;
    std::unique_ptr<StructureView> view_;

    /// A program of this name is all there is to find.
    void installFfmpeg(const QByteArray& script) {
        const QString place = folder_.filePath(script.isEmpty() ? "empty" : "bin");
        QDir().mkpath(place);
        if (!script.isEmpty()) {
            QFile file(place + "/ffmpeg");
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("#!/bin/sh\n" + script);
            file.close();
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        }
        qputenv("PATH", place.toLocal8Bit() + (script.isEmpty() ? QByteArray() : ":" + path_));
    }

  private slots:
    void initTestCase() {
        path_ = qgetenv("PATH");
        HoppingRun run;
        run.frames = 20;
        view_ = std::make_unique<StructureView>();
        view_->resize(500, 400);
        view_->show();
        QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
        view_->showRun(run.data(), "hopping");
    }
    void cleanup() { qputenv("PATH", path_); }
    void cleanupTestCase() { view_.reset(); }

    void picturesAreEvenlySpread() {
        installFfmpeg({});
        view_->goToFrame(7);
        MovieWriter writer(*view_);
        QSignalSpy finished(&writer, &MovieWriter::finished), progressed(&writer, &MovieWriter::progressed);
        const QString folder = folder_.filePath("plain/deep");
        writer.start(folder, 201, 5);
        QVERIFY(writer.isBusy());
        QVERIFY_EXCEPTION_THROWN(writer.start(folder, 200, 5), InputError);
        QVERIFY(finished.wait(60000));
        QCOMPARE(finished[0][1].toInt(), 5);
        QVERIFY(finished[0][2].toString().isEmpty());
        QCOMPARE(progressed.size(), 5);
        const auto names = QDir(folder).entryList({"*.png"}, QDir::Files, QDir::Name);
        QCOMPARE(names.size(), 5);
        QCOMPARE(names.front(), QString("frame_00000.png"));
        std::vector<QImage> pictures;
        for (const QString& name : names)
            pictures.emplace_back(QDir(folder).filePath(name));
        for (const QImage& picture : pictures)
            QCOMPARE(picture.width(), 202);  // codecs want even sides
        QVERIFY(pictures[0] != pictures[1] && pictures[3] != pictures[4]);
        QCOMPARE(view_->playback()->frame(), 7);

        // The last picture is that of the last frame.
        view_->goToFrame(19);
        view_->savePicture(folder_.filePath("last.png"), false, 202);
        QCOMPARE(QImage(folder_.filePath("last.png")), pictures[4]);
    }

    void aJoinerMakesOneFile() {
        installFfmpeg("echo \"$@\" > arguments.txt\necho film > movie.mp4\n");
        MovieWriter writer(*view_);
        QSignalSpy finished(&writer, &MovieWriter::finished);
        const QString folder = folder_.filePath("joined");
        writer.start(folder, 200, 3);
        QVERIFY(finished.wait(60000));
        QCOMPARE(finished[0][2].toString(), QDir(folder).filePath("movie.mp4"));
        QFile arguments(QDir(folder).filePath("arguments.txt"));
        QVERIFY(arguments.open(QIODevice::ReadOnly));
        QVERIFY(arguments.readAll().contains("frame_%05d.png"));
    }

    void picturesRemainWhereJoiningFails() {
        installFfmpeg("exit 3\n");
        MovieWriter writer(*view_);
        QSignalSpy finished(&writer, &MovieWriter::finished);
        writer.start(folder_.filePath("failed"), 200, 2);
        QVERIFY(finished.wait(60000));
        QCOMPARE(finished[0][1].toInt(), 2);
        QVERIFY(finished[0][2].toString().isEmpty());
    }

    void itCanBeStoppedAndRefuses() {
        MovieWriter writer(*view_);
        QSignalSpy finished(&writer, &MovieWriter::finished), failed(&writer, &MovieWriter::failed);
        writer.start(folder_.filePath("stopped"), 200, 20);
        writer.stop();
        QVERIFY(!writer.isBusy());
        QTest::qWait(50);
        QVERIFY(finished.isEmpty() && failed.isEmpty());
        QVERIFY_EXCEPTION_THROWN(writer.start("/proc/nowhere", 200, 2), IoError);
        StructureView empty;
        MovieWriter idle(empty);
        QVERIFY_EXCEPTION_THROWN(idle.start(folder_.filePath("none"), 200, 2), InputError);
    }
};

int main(int argc, char** argv) {
    SceneWidget::setDefaultSurfaceFormat();
    QApplication application(argc, argv);
    TestMovieWriter test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_movie_writer.moc"
