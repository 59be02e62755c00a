// SPDX-License-Identifier: GPL-3.0-or-later
// A temperature ladder as rows of the list of runs, with an engine that answers at once.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <semaphore>

#include "core/base/error.h"
#include "gui/jobs/ladder_job.h"
#include "gui/views/ladder_form.h"
#include "tests/gui/views/hopping_run.h"

using namespace ionscape;
using namespace ionscape::gui;

namespace {

/// Frames of a hopping run for each rung; the coldest fails when asked to.
struct FakeLadder {
    bool coldestFails = false;
    std::shared_ptr<std::counting_semaphore<>> permits = std::make_shared<std::counting_semaphore<>>(1000);

    std::vector<workflow::Rung> operator()(const workflow::LadderSpec& spec, const std::stop_token& stop,
                                           ProgressSink& progress, const workflow::LadderObserver& observer,
                                           const workflow::RungWatch& watch) const {
        auto rungs = workflow::ladderRungs(spec);
        std::int64_t done = 0;
        for (auto& rung : rungs) {
            rung.state = workflow::RungState::Running;
            observer(rung);
            while (!permits->try_acquire_for(std::chrono::milliseconds(5)))
                throwIfStopped(stop);
            HoppingRun run;
            run.temperature = rung.temperature;
            run.frames = 40;
            workflow::RunObserver* told = watch(rung);
            told->structureBuilt(HoppingRun::structure());
            const auto data = run.data();
            // In two parts, the second of which repeats the first.
            for (const std::size_t frames : {20UL, 40UL})
                for (std::size_t i = 0; i < frames; ++i)
                    told->frame(*data->frame(i));
            rung.state = workflow::RungState::Finished;
            rung.summary = run.summary();
            if (coldestFails && &rung == &rungs.back()) {
                rung.state = workflow::RungState::Failed;
                rung.failure = "too cold";
            }
            observer(rung);
            progress.report("ladder", ++done, static_cast<std::int64_t>(rungs.size()), {});
        }
        return rungs;
    }
};

JobController makeController() {
    return JobController([](const auto&, const auto&, auto&, auto&) { return workflow::RunSummary{}; });
}

}  // namespace

class TestLadderJob : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    workflow::LadderSpec spec(const char* name) {
        workflow::LadderSpec s;
        s.run = HoppingRun{}.spec();
        s.run.md.steps = 1000;
        s.temperatures = {600.0, 800.0, 1000.0};
        s.folder = folder_.filePath(name).toStdString();
        return s;
    }
    static QString title(const workflow::RunSpec& run) { return QString("%1 K").arg(run.md.temperature); }

  private slots:
    void rungsAreRunsOfTheList() {
        auto controller = makeController();
        LadderJob ladder(FakeLadder{}, controller);
        QSignalSpy summed(&controller, &JobController::summaryChanged),
            grew(&controller, &JobController::dataChanged), completed(&ladder, &LadderJob::completed);
        QVERIFY(ladder.start(spec("a"), title));
        QVERIFY(!ladder.start(spec("a"), title));
        QCOMPARE(ladder.runs().size(), std::size_t(3));
        QVERIFY(completed.wait(20000));
        for (const int id : ladder.runs()) {
            const JobRecord* record = controller.find(id);
            QCOMPARE(record->state, JobState::Completed);
            QCOMPARE(record->data->frameCount(), std::size_t(40));
            QVERIFY(record->summary.has_value());
            QCOMPARE(record->title, QString("%1 K").arg(record->spec.md.temperature));
        }
        QCOMPARE(controller.find(ladder.runs().front())->spec.md.temperature, 1000.0);
        QVERIFY(summed.size() >= 3);
        QVERIFY(!grew.isEmpty());
        // The same ladder goes on in its rows.
        const auto rows = ladder.runs();
        QVERIFY(ladder.start(spec("a"), title));
        QVERIFY(completed.wait(20000));
        QCOMPARE(ladder.runs(), rows);
        QCOMPARE(controller.find(rows.front())->data->frameCount(), std::size_t(40));
        QCOMPARE(controller.ids().size(), std::size_t(3));
    }

    void oneThatFailsSaysWhy() {
        auto controller = makeController();
        FakeLadder engine;
        engine.coldestFails = true;
        LadderJob ladder(engine, controller);
        QSignalSpy completed(&ladder, &LadderJob::completed);
        QVERIFY(ladder.start(spec("b"), title));
        QVERIFY(completed.wait(20000));
        const JobRecord* record = controller.find(ladder.runs().back());
        QCOMPARE(record->state, JobState::Failed);
        QCOMPARE(record->message, QString("too cold"));
    }

    void stoppingOneRungStopsTheLadder() {
        auto controller = makeController();
        FakeLadder engine;
        engine.permits = std::make_shared<std::counting_semaphore<>>(1);
        LadderJob ladder(engine, controller);
        QVERIFY(ladder.start(spec("c"), title));
        const auto rows = ladder.runs();
        QTRY_COMPARE_WITH_TIMEOUT(controller.find(rows[1])->state, JobState::Running, 20000);
        controller.cancel(rows[1]);
        QVERIFY(controller.find(rows[1])->stopping);
        QTRY_VERIFY_WITH_TIMEOUT(!ladder.isBusy(), 20000);
        QCOMPARE(controller.find(rows[0])->state, JobState::Completed);
        QCOMPARE(controller.find(rows[1])->state, JobState::Cancelled);
        QCOMPARE(controller.find(rows[2])->state, JobState::Cancelled);
        QVERIFY(!controller.find(rows[1])->stopping);
    }

    void whatIsNoLadderIsRefused() {
        auto controller = makeController();
        LadderJob ladder(FakeLadder{}, controller);
        auto twice = spec("d");
        twice.temperatures = {800.0, 800.0};
        QVERIFY_EXCEPTION_THROWN(ladder.start(twice, title), InputError);
        QVERIFY(controller.ids().empty());
    }

    void theFormSaysTheSameAsTheCommandLine() {
        LadderForm form;
        form.setTemperatures("800; 900,1000 1200");
        workflow::LadderSpec s;
        form.fill(s);
        QCOMPARE(s.temperatures, (std::vector<double>{800, 900, 1000, 1200}));
        QCOMPARE(s.replicas, 1);
        QCOMPARE(s.targetRelativeError, 0.0);
        QCOMPARE(s.checkEveryPs, workflow::LadderSpec{}.checkEveryPs);
        form.setTemperatures("800, warm");
        QVERIFY_EXCEPTION_THROWN(form.fill(s), InputError);
        QVERIFY_EXCEPTION_THROWN(temperaturesFrom("-5"), InputError);
        QVERIFY(temperaturesFrom(" ").empty());
    }
};

QTEST_MAIN(TestLadderJob)
#include "test_ladder_job.moc"
