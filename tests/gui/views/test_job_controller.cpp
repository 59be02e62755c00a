// SPDX-License-Identifier: GPL-3.0-or-later
// States, order and cancellation of runs, with a fake engine on the worker thread.
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include "gui/jobs/live_analysis.h"
#include "tests/gui/views/fake_engine.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestJobController : public QObject {
    Q_OBJECT

  private slots:
    void completedRunHasSummaryAndAllFrames() {
        JobController controller{FakeEngine{}};
        QSignalSpy finished(&controller, &JobController::finished);
        QSignalSpy idle(&controller, &JobController::idle);
        const int id = controller.enqueue({}, "run");
        QVERIFY(controller.isBusy());
        QTRY_COMPARE(finished.size(), 1);
        const JobRecord* record = controller.find(id);
        QCOMPARE(record->state, JobState::Completed);
        QVERIFY(record->summary.has_value());
        QCOMPARE(record->summary->conductivity, 123.0);
        QCOMPARE(record->data->frameCount(), std::size_t(50));
        QCOMPARE(record->data->relaxation().step.size(), std::size_t(3));
        QCOMPARE(record->data->thermo(40).timePs.size(), std::size_t(10));
        QVERIFY(!controller.isBusy());
        QCOMPARE(idle.size(), 1);
    }

    void failureKeepsTheMessageAndTheFrames() {
        FakeEngine engine;
        engine.failure = "potential.h5: does not know Xe. Use a potential trained on it.";
        JobController controller(engine);
        QSignalSpy finished(&controller, &JobController::finished);
        const int id = controller.enqueue({}, "run");
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(controller.find(id)->state, JobState::Failed);
        QCOMPARE(controller.find(id)->message, QString::fromStdString(engine.failure));
        QCOMPARE(controller.find(id)->data->frameCount(), std::size_t(50));
        QVERIFY(!controller.find(id)->summary.has_value());
    }

    void aCommitteesSpreadIsShownAndAnnouncedOnce() {
        FakeEngine engine;
        engine.spreadThreshold = 0.3;
        JobController controller(engine);
        QSignalSpy finished(&controller, &JobController::finished);
        QSignalSpy exceeded(&controller, &JobController::spreadExceeded);
        const int id = controller.enqueue({}, "run");
        QTRY_COMPARE(finished.size(), 1);
        const JobRecord* record = controller.find(id);
        QCOMPARE(record->state, JobState::Completed);
        QCOMPARE(exceeded.size(), 1);
        QCOMPARE(exceeded.front().front().toInt(), id);
        QCOMPARE(record->spread, std::optional<double>(0.49));
        QVERIFY(*record->spreadExceeded > 0.3 && *record->spreadExceeded < 0.3101);
        QCOMPARE(record->data->spreadThreshold(), 0.3);
        QCOMPARE(record->data->latestSpread(), std::optional<double>(0.49));
        QCOMPARE(record->data->thermo(49).spreadMax, std::vector<double>{0.49});
    }

    void aRunStoppedByItsCommitteeSaysSo() {
        FakeEngine engine;
        engine.spreadThreshold = 0.3;
        engine.stopsAtSpread = true;
        JobController controller(engine);
        QSignalSpy finished(&controller, &JobController::finished);
        const int id = controller.enqueue({}, "run");
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(controller.find(id)->state, JobState::Stopped);
        QVERIFY(isFinal(JobState::Stopped));
        QVERIFY(controller.find(id)->message.contains("disagree"));
        QCOMPARE(controller.find(id)->data->frameCount(), std::size_t(32));
    }

    void cancelActsWithinOneStep() {
        FakeEngine engine;
        engine.endless = true;
        engine.permits = std::make_shared<std::counting_semaphore<>>(0);
        JobController controller(engine);
        QSignalSpy finished(&controller, &JobController::finished);
        const int id = controller.enqueue({}, "run");
        engine.permits->release(7);
        QTRY_COMPARE(engine.stepsDone->load(), 7);
        controller.cancel(id);
        QVERIFY(controller.find(id)->stopping);
        engine.permits->release(1000);
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(controller.find(id)->state, JobState::Cancelled);
        QCOMPARE(engine.stepsDone->load(), 7);
        QCOMPARE(controller.find(id)->data->frameCount(), std::size_t(7));
    }

    void guiThreadGoesOnWhileTheEngineIsStuck() {
        FakeEngine engine;
        engine.permits = std::make_shared<std::counting_semaphore<>>(0);
        JobController controller(engine);
        QSignalSpy finished(&controller, &JobController::finished);
        controller.enqueue({}, "run");
        // The engine waits for a permit that only this timer gives: were the GUI thread blocked, nothing
        // would end.
        int ticks = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] {
            if (++ticks == 20) engine.permits->release(engine.frames);
        });
        timer.start(0);
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(ticks >= 20);
    }

    void newsAreCoalesced() {
        FakeEngine engine;
        engine.frames = 20000;
        JobController controller(engine);
        QSignalSpy finished(&controller, &JobController::finished);
        QSignalSpy data(&controller, &JobController::dataChanged);
        QSignalSpy changed(&controller, &JobController::changed);
        const int id = controller.enqueue({}, "run");
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
        QCOMPARE(controller.find(id)->data->frameCount(), std::size_t(20000));
        QVERIFY2(data.size() < 5000, qPrintable(QString::number(data.size())));
        QVERIFY2(changed.size() < 5000, qPrintable(QString::number(changed.size())));
    }

    void runsGoOneAfterTheOtherAndAWaitingOneCanBeTakenOut() {
        FakeEngine engine;
        engine.permits = std::make_shared<std::counting_semaphore<>>(0);
        engine.frames = 5;
        JobController controller(engine);
        QSignalSpy finished(&controller, &JobController::finished);
        QSignalSpy idle(&controller, &JobController::idle);
        const int first = controller.enqueue({}, "first");
        const int second = controller.enqueue({}, "second");
        const int third = controller.enqueue({}, "third");
        QCOMPARE(controller.runningId(), first);
        QCOMPARE(controller.find(second)->state, JobState::Queued);
        controller.cancel(second);
        QCOMPARE(controller.find(second)->state, JobState::Cancelled);
        engine.permits->release(10);
        QTRY_COMPARE(finished.size(), 3);
        QCOMPARE(controller.find(first)->state, JobState::Completed);
        QCOMPARE(controller.find(third)->state, JobState::Completed);
        QVERIFY(controller.find(second)->data->frameCount() == 0);
        QCOMPARE(idle.size(), 1);
    }

    void destructionStopsARunningEngine() {
        FakeEngine engine;
        engine.endless = true;
        {
            JobController controller(engine);
            controller.enqueue({}, "run");
            QTRY_VERIFY(engine.stepsDone->load() > 0);
        }
        const int steps = engine.stepsDone->load();
        QTest::qWait(20);
        QCOMPARE(engine.stepsDone->load(), steps);
    }

    void analysisFollowsARunAndFindsItsDiffusion() {
        FakeEngine engine;
        engine.frames = 400;
        JobController controller(engine);
        QSignalSpy finished(&controller, &JobController::finished);
        const int id = controller.enqueue({}, "run");
        QTRY_COMPARE(finished.size(), 1);
        LiveAnalysis analysis;
        AnalysisResult result;
        connect(&analysis, &LiveAnalysis::resultReady, this,
                [&](const AnalysisResult& news) { result = news; });
        analysis.follow(controller.find(id)->data, crystal::Element::fromSymbol("Li"));
        QTRY_VERIFY(!result.curves.empty());
        QCOMPARE(result.curves.front().element, crystal::Element::fromSymbol("Li"));
        QCOMPARE(result.curves.size(), std::size_t(4));
        QVERIFY(result.diffusion.has_value());
        // A walk of 0.2 Å per axis every 10 fs: D = 0.2²/(2·10) Å²/fs = 2e-4 cm²/s.
        QVERIFY(std::abs(result.diffusion->coefficient - 2e-4) < 5.0 * result.diffusion->error);
        QVERIFY(result.diffusion->error < 1e-4);
    }
};

QTEST_GUILESS_MAIN(TestJobController)
#include "test_job_controller.moc"
