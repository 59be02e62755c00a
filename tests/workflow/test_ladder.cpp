// SPDX-License-Identifier: GPL-3.0-or-later
// The temperature ladder: the same runs as one by one, continued after an interruption, ended when good
// enough.
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <mutex>

#include "core/io/structure_file.h"
#include "core/trajectory/h5md.h"
#include "core/workflow/ladder.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

/// A hot fluid of two kinds of Lennard-Jones particles: diffusive within a picosecond.
crystal::Structure fluid() {
    crystal::Structure s;
    s.lattice = crystal::Lattice(Mat3(9.0 * Mat3::Identity()));
    for (int i = 0; i < 27; ++i) {
        const Vec3 place(i % 3, (i / 3) % 3, i / 9);
        s.append(crystal::Element::fromSymbol(i % 2 == 0 ? "Li" : "O"), 3.0 * place);
    }
    return s;
}

bool identical(const std::filesystem::path& a, const std::filesystem::path& b) {
    const auto x = trajectory::H5mdReader(a).readAll(), y = trajectory::H5mdReader(b).readAll();
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const auto& p, const auto& q) {
        return p.step == q.step && p.positions == q.positions && p.velocities == q.velocities;
    });
}

/// Stops the ladder after so many reports.
class StopAfter final : public ProgressSink {
  public:
    explicit StopAfter(int reports) : left_(reports) {}
    void report(std::string_view, std::int64_t, std::int64_t, std::string_view) override {
        if (--left_ == 0) stop.request_stop();
    }
    std::stop_source stop;

  private:
    int left_;
};

}  // namespace

class TestLadder : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    std::filesystem::path path(const QString& name) const { return folder_.filePath(name).toStdString(); }
    LadderSpec spec(const QString& folder) const {
        LadderSpec s;
        s.run.structureFile = path("fluid.extxyz");
        s.run.potential = path("lj.json").string();
        s.run.relax = false;
        s.run.md.timestepFs = 2.0;
        s.run.md.steps = 400;
        s.run.md.equilibrationSteps = 50;
        s.run.md.flushInterval = 100;
        s.run.threads = 2;
        s.temperatures = {1200.0, 2000.0};
        s.replicas = 2;
        s.folder = path(folder);
        return s;
    }

  private slots:
    void initTestCase() {
        io::writeStructure(path("fluid.extxyz"), fluid());
        std::ofstream(path("lj.json"))
            << R"({"architecture": "classical", "name": "fluid", "origin": "made up for a test", "licence": "GPL",
                   "cutoff": 4.4, "truncation": "smooth", "smoothing_width": 1.0,
                   "lennard_jones": {"mixing": "lorentz-berthelot",
                                     "elements": {"Li": {"epsilon": 0.01, "sigma": 2.3},
                                                  "O": {"epsilon": 0.01, "sigma": 2.3}}}})";
    }

    void rungsAreTheRunsOneByOne() {
        auto s = spec("together");
        s.jobs = 2;
        std::mutex mutex;
        int finished = 0;
        NoProgress progress;
        const auto rungs = runLadder(s, {}, progress, [&](const Rung& rung) {
            const std::lock_guard lock(mutex);
            finished += rung.state == RungState::Finished;
        });
        QCOMPARE(rungs.size(), std::size_t(4));
        QCOMPARE(finished, 4);
        QCOMPARE(rungs.front().temperature, 2000.0);  // hottest first
        for (const auto& rung : rungs) {
            QVERIFY2(rung.state == RungState::Finished, rung.failure.c_str());
            QVERIFY(rung.summary.has_value());
            QVERIFY(std::abs(rung.summary->meanTemperature - rung.temperature) < 0.2 * rung.temperature);
            RunSpec alone = s.run;
            alone.seed = rung.seed;
            alone.md.temperature = rung.temperature;
            alone.output = path("alone.h5");
            alone.overwrite = true;
            alone.threads = 1;
            RunObserver nobody;
            runJob(alone, {}, progress, nobody);
            QVERIFY(identical(rung.file, alone.output));
        }
        QVERIFY(!identical(rungs[0].file, rungs[2].file));
    }

    void interruptedLadderContinues_data() {
        QTest::addColumn<int>("reports");
        for (const int reports : {1, 20, 300, 700, 1100})
            QTest::addRow("after %d reports", reports) << reports;
    }

    void interruptedLadderContinues() {
        QFETCH(int, reports);
        auto s = spec(QString("broken-%1").arg(reports));
        StopAfter progress(reports);
        QVERIFY_EXCEPTION_THROWN(runLadder(s, progress.stop.get_token(), progress), Cancelled);
        NoProgress silent;
        const auto rungs = runLadder(s, {}, silent);
        const auto expected = ladderRungs(spec("together"));
        for (std::size_t i = 0; i < rungs.size(); ++i)
            QVERIFY(identical(rungs[i].file, expected[i].file));
        // Once more: nothing left to do, the numbers are there.
        for (const auto& rung : runLadder(s, {}, silent))
            QCOMPARE(rung.summary->steps, std::int64_t(400));
    }

    void rungEndsWhenItsErrorIsSmall() {
        auto s = spec("early");
        s.temperatures = {2000.0};
        s.replicas = 1;
        s.run.md.steps = 40000;
        s.checkEveryPs = 4.0;
        s.targetRelativeError = 0.5;
        NoProgress progress;
        const auto rung = runLadder(s, {}, progress).front();
        QVERIFY(rung.endedEarly);
        QVERIFY(*rung.relativeError() <= 0.5);
        QVERIFY(rung.summary->diffusion->warning.empty());
        QVERIFY(rung.summary->steps < 40000);
        QCOMPARE(rung.summary->steps % 2000, std::int64_t(0));
        // The aim is out of reach within the length: the rung goes to its end.
        s.targetRelativeError = 1e-6;
        s.run.md.steps = rung.summary->steps + 1000;
        const auto longer = runLadder(s, {}, progress).front();
        QVERIFY(!longer.endedEarly);
        QCOMPARE(longer.summary->steps, s.run.md.steps);
    }

    void failedRungLeavesTheOthers() {
        auto s = spec("failing");
        s.replicas = 1;
        // The limit is a multiple of the set temperature that the hot start of the cold rung exceeds at once.
        s.run.md.thermostat = dynamics::Thermostat::None;
        s.run.md.equilibrationSteps = 0;
        s.temperatures = {300.0, 6000.0};
        NoProgress progress;
        const auto rungs = runLadder(s, {}, progress);
        QVERIFY(rungs[0].state == RungState::Failed);
        QVERIFY2(QString::fromStdString(rungs[0].failure).contains("ran away"), rungs[0].failure.c_str());
        QVERIFY(rungs[1].state == RungState::Finished);
    }

    void badInputIsRefused() {
        NoProgress progress;
        const auto refused = [&](auto change) {
            auto s = spec("together");
            change(s);
            QVERIFY_EXCEPTION_THROWN(runLadder(s, {}, progress), InputError);
        };
        refused([](LadderSpec& s) { s.temperatures.clear(); });
        refused([](LadderSpec& s) { s.temperatures = {1000.0, 1000.0}; });
        refused([](LadderSpec& s) { s.temperatures = {-5.0}; });
        refused([](LadderSpec& s) { s.replicas = 0; });
        refused([](LadderSpec& s) { s.jobs = 0; });
        refused([](LadderSpec& s) { s.run.md.steps = 0; });
        try {
            auto s = spec("together");
            s.run.md.timestepFs = 1.0;
            runLadder(s, {}, progress);
            QFAIL("continued another run");
        } catch (const InputError& error) {
            QVERIFY2(QString::fromUtf8(error.what()).contains("timestep_fs"), error.what());
        }
    }
};

QTEST_APPLESS_MAIN(TestLadder)
#include "test_ladder.moc"
