// SPDX-License-Identifier: GPL-3.0-or-later
// A run file that another process still writes grows in the window, too.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/trajectory/h5md.h"
#include "gui/jobs/file_loader.h"
#include "gui/jobs/run_follower.h"
#include "tests/gui/views/hopping_run.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestRunFollower : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

  private slots:
    void whatIsAddedLaterIsShown() {
        HoppingRun run;
        run.frames = 300;
        const auto whole = run.data();
        const QString path = folder_.filePath("growing.h5");
        trajectory::H5mdWriter writer(path.toStdString(), trajectory::H5mdWriter::Mode::Create);
        writer.begin(HoppingRun::structure());
        const auto write = [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i)
                writer.write(*whole->frame(i));
            writer.flush();
        };
        write(0, 100);

        NoProgress quiet;
        OpenRequest request;
        request.path = path;
        request.mobile = "Li";
        const auto opened = loadFile(request, {}, quiet);
        QCOMPARE(opened.data->frameCount(), std::size_t(100));
        JobController controller(
            [](const auto&, const auto&, auto&, auto&) { return workflow::RunSummary{}; });
        auto spec = run.spec();
        spec.output = path.toStdString();
        const int id = controller.addOpened(spec, "growing", opened.data, opened.summary);
        const auto before = controller.find(id)->summary;
        RunFollower follower(controller);
        follower.follow(id, opened.data->frameCount());
        QSignalSpy grew(&controller, &JobController::dataChanged);
        QSignalSpy summed(&controller, &JobController::summaryChanged);

        follower.look();
        QVERIFY(!follower.task().isBusy());  // nothing is new

        write(100, 300);
        follower.look();
        QVERIFY(follower.task().isBusy());
        QTRY_COMPARE_WITH_TIMEOUT(summed.size(), 1, 20000);
        QCOMPARE(opened.data->frameCount(), std::size_t(300));
        QCOMPARE(grew.size(), 1);
        QCOMPARE(grew.front().front().toInt(), id);
        for (const std::size_t i : {99UL, 100UL, 299UL})
            QVERIFY(opened.data->frame(i)->positions == whole->frame(i)->positions);
        QCOMPARE(controller.find(id)->state, JobState::Opened);
        QVERIFY(controller.find(id)->summary->simulatedPs > before->simulatedPs);
    }

    void aFileThatIsGoneIsLeftAlone() {
        JobController controller(
            [](const auto&, const auto&, auto&, auto&) { return workflow::RunSummary{}; });
        HoppingRun run;
        run.frames = 10;
        auto spec = run.spec();
        spec.output = folder_.filePath("missing.h5").toStdString();
        const int id = controller.addOpened(spec, "missing", run.data(), std::nullopt);
        RunFollower follower(controller);
        follower.follow(id, 10);
        follower.follow(id + 1, 10);  // no such run
        follower.look();
        QVERIFY(!follower.task().isBusy());
    }
};

QTEST_GUILESS_MAIN(TestRunFollower)
#include "test_run_follower.moc"
