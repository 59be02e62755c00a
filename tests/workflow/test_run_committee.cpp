// SPDX-License-Identifier: GPL-3.0-or-later
// The main job with a committee: what the file and the summary say of the force spread, and a run that its
// committee stops.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/trajectory/h5md.h"
#include "core/workflow/run.h"
#include "untrained_model.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

class Recorder final : public RunObserver {
  public:
    void potentialOpened(const potential::PotentialInfo& info,
                         const dynamics::UncertaintySettings& watch) override {
        members = info.members;
        threshold = watch.thresholdEvPerA;
    }
    void frame(const trajectory::Frame& f) override { frames.push_back(f); }
    int members = 0;
    double threshold = 0.0;
    std::vector<trajectory::Frame> frames;
};

bool same(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

bool identical(const std::vector<trajectory::Frame>& a, const std::vector<trajectory::Frame>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.step == y.step && x.positions == y.positions && x.velocities == y.velocities &&
               same(x.forceSpreadMax, y.forceSpreadMax) && same(x.forceSpreadMean, y.forceSpreadMean);
    });
}

}  // namespace

class TestRunCommittee : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    std::string path(const QString& name) const { return folder_.filePath(name).toStdString(); }
    RunSpec spec(const QString& name) const {
        RunSpec s;
        s.formula = "Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12";
        s.potential = path("committee.json");
        s.output = path(name);
        s.relaxSettings.maxSteps = 3;
        s.uncertainty.every = 2;
        s.md.temperature = 300.0;
        s.md.steps = 12;
        s.md.frameInterval = 4;
        s.md.flushInterval = 4;
        s.md.runawayFactor = 1e6;  // untrained models push as they like
        s.threads = 1;
        return s;
    }
    static RunSummary run(const RunSpec& spec, Recorder& recorder) {
        NoProgress progress;
        return runJob(spec, {}, progress, recorder);
    }

  private slots:
    void initTestCase() {
        for (const int seed : {1, 2, 3})
            testing::writeUntrainedModel(path(QString("m%1.h5").arg(seed)), static_cast<std::uint64_t>(seed));
        std::ofstream(path("committee.json"))
            << R"({"architecture": "committee", "name": "untrained", "members": ["m1.h5", "m2.h5", "m3.h5"],
                   "driver": "first", "threshold_eV_per_A": 1e-9})";
    }

    void fileAndSummaryHoldTheSpread() {
        Recorder live;
        const auto s = spec("flagged.h5");
        const auto summary = run(s, live);
        QCOMPARE(live.members, 3);
        QCOMPARE(live.threshold, 1e-9);
        const trajectory::H5mdReader reader(s.output);
        const auto frames = reader.readAll();
        QCOMPARE(frames.size(), std::size_t(4));
        QVERIFY(identical(frames, live.frames));
        for (const auto& frame : frames)
            QVERIFY(frame.forceSpreadMax > 0.0 && frame.forceSpreadMean > 0.0);
        QVERIFY(summary.spread && summary.spread->flagged && summary.spread->relaxation);
        QCOMPARE(summary.spread->dynamics.evaluations, std::int64_t(7));  // steps 0, 2, ..., 12
        QCOMPARE(summary.spread->relaxation->evaluations, std::int64_t(2));
        QCOMPARE(std::size_t(summary.spread->dynamics.maximum.size()), summary.atoms);
        const auto results = nlohmann::json::parse(reader.results()).at("force_spread");
        QCOMPARE(results.at("dynamics").at("maximum_eV_per_A").size(), summary.atoms);
        QCOMPARE(results.at("flagged").get<bool>(), true);
        const auto manifest = nlohmann::json::parse(reader.manifest());
        QCOMPARE(manifest.at("spec").at("uncertainty").at("threshold_eV_per_A").get<double>(), 1e-9);
        const auto flag = manifest.at("flag").get<std::string>();
        QVERIFY2(
            flag.find("relaxation step 0") != std::string::npos && flag.find("atom") != std::string::npos,
            flag.c_str());
        QVERIFY(!manifest.contains("stopped"));
    }

    void aStoppedRunIsReadableAndGoesOnExactly() {
        auto s = spec("whole.h5");
        s.relax = false;
        Recorder whole;
        const auto reference = run(s, whole);
        // Between the smallest and the largest spread of the run, so that it stops on the way.
        const auto& maxima = whole.frames;
        QVERIFY(maxima.back().forceSpreadMax > 0.0);
        double low = 1e300, high = 0.0;
        for (const auto& frame : maxima) {
            low = std::min(low, frame.forceSpreadMax);
            high = std::max(high, frame.forceSpreadMax);
        }
        s.output = path("stopped.h5");
        s.uncertainty.action = dynamics::SpreadAction::Stop;
        s.uncertainty.thresholdEvPerA = whole.frames.front().forceSpreadMax < high
                                            ? 0.5 * (whole.frames.front().forceSpreadMax + high)
                                            : 0.5 * low;
        Recorder stopped;
        QVERIFY_EXCEPTION_THROWN(run(s, stopped), dynamics::SpreadStop);
        {
            const trajectory::H5mdReader reader(s.output);
            QVERIFY(reader.frameCount() >= 1 && reader.restart());
            const auto manifest = nlohmann::json::parse(reader.manifest());
            QVERIFY(manifest.at("stopped").get<std::string>().find("disagree") != std::string::npos);
            QVERIFY(manifest.contains("flag"));
        }
        QVERIFY(analyzeRun(s.output, "Li", std::nullopt).spread->flagged);

        Recorder rest;
        NoProgress progress;
        auto watch = s.uncertainty;
        watch.action = dynamics::SpreadAction::Flag;
        const auto summary = resumeJob(s.output, {}, {}, progress, rest, watch);
        QCOMPARE(summary.steps, std::int64_t(12));
        const trajectory::H5mdReader reader(s.output);
        QVERIFY(identical(reader.readAll(), whole.frames));
        QVERIFY(identical(rest.frames, whole.frames));
        QCOMPARE(summary.spread->dynamics.evaluations, reference.spread->dynamics.evaluations);
        QVERIFY(summary.spread->dynamics.maximum == reference.spread->dynamics.maximum);
        QVERIFY(!nlohmann::json::parse(reader.manifest()).contains("stopped"));
    }

    void aRunStoppedAtItsFirstStepGoesOn() {
        auto s = spec("at-once.h5");
        s.relax = false;
        s.uncertainty.action = dynamics::SpreadAction::Stop;
        Recorder stopped;
        QVERIFY_EXCEPTION_THROWN(run(s, stopped), dynamics::SpreadStop);
        QCOMPARE(stopped.frames.size(), std::size_t(1));
        Recorder rest;
        NoProgress progress;
        const auto summary = resumeJob(s.output, {}, {}, progress, rest,
                                       dynamics::UncertaintySettings{2, 1e9, s.uncertainty.action});
        QCOMPARE(summary.steps, std::int64_t(12));
        QCOMPARE(trajectory::H5mdReader(s.output).frameCount(), std::size_t(4));
    }

    void aSinglePotentialHasNoSpread() {
        auto s = spec("single.h5");
        s.relax = false;
        s.potential = path("m1.h5");
        Recorder live;
        const auto summary = run(s, live);
        QVERIFY(!summary.spread && std::isnan(live.frames.back().forceSpreadMax));
        QVERIFY(
            nlohmann::json::parse(trajectory::H5mdReader(s.output).results()).at("force_spread").is_null());
        s.uncertainty.action = dynamics::SpreadAction::Stop;
        s.output = path("never.h5");
        QVERIFY_EXCEPTION_THROWN(run(s, live), InputError);
        QVERIFY(!std::filesystem::exists(s.output));
    }

    void anotherMemberIsAnotherPotential() {
        auto s = spec("changed.h5");
        s.relax = false;
        Recorder live;
        run(s, live);
        testing::writeUntrainedModel(path("m2.h5"), 17);
        NoProgress progress;
        QVERIFY_EXCEPTION_THROWN(resumeJob(s.output, 1.0, {}, progress, live), InputError);
    }
};

QTEST_APPLESS_MAIN(TestRunCommittee)
#include "test_run_committee.moc"
