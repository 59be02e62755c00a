// SPDX-License-Identifier: GPL-3.0-or-later
// Campaigns: which cells they hold, that stopping and sharing them changes no number, that failures are kept.
#include <QTemporaryDir>
#include <QTest>
#include <map>
#include <set>
#include <thread>

#include "core/base/error.h"
#include "core/composition/composition.h"
#include "core/workflow/campaign.h"
#include "tests/workflow/lennard_jones_file.h"
#include "tests/workflow/quick_protocol.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

/// Stops the work after so many reports.
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

std::map<std::string, CampaignRecord> byId(const std::filesystem::path& folder) {
    std::map<std::string, CampaignRecord> records;
    for (auto& record : CampaignData(campaignFile(folder)).records())
        records[record.job.id()] = std::move(record);
    return records;
}

bool sameNumbers(const CampaignRecord& a, const CampaignRecord& b) {
    if (a.problem != b.problem || a.relaxSteps != b.relaxSteps || a.relaxed.size() != b.relaxed.size() ||
        a.transport.has_value() != b.transport.has_value())
        return false;
    if (a.relaxed.size() > 0 &&
        (a.energyPerAtom != b.energyPerAtom || a.relaxed.positions != b.relaxed.positions))
        return false;
    return !a.transport ||
           (a.transport->msd == b.transport->msd && a.transport->diffusion == b.transport->diffusion &&
            a.transport->msdTarget == b.transport->msdTarget);
}

double mobileOf(const CampaignJob& job) {
    static const auto li = crystal::Element::fromSymbol("Li");
    return composition::amountOf(composition::parseFormula(job.formula), li);
}

}  // namespace

class TestCampaign : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    std::filesystem::path path(const QString& name) const { return folder_.filePath(name).toStdString(); }

    /// Five cells of LZSP with a Lennard-Jones potential that does not know hafnium.
    CampaignSpec spec() const {
        CampaignSpec s;
        s.name = "test";
        s.targetLagPs = 1.0;
        s.protocol = quickProtocol(path("lj.json").string());
        s.protocol.md.temperature = 500.0;
        s.protocol.md.steps = 200;
        CampaignGroup simulated;
        simulated.name = "simulated";
        simulated.formulas = {"Li3Zr2Si2PO12", "Li3Zr1Hf1Si2PO12"};
        simulated.dynamics = true;
        CampaignGroup relaxed;
        relaxed.name = "relaxed";
        relaxed.formulas = {"Li3ZrTiSi2PO12", "Li3Zr2Si2PO12"};
        relaxed.members = 2;
        s.groups = {simulated, relaxed};
        return s;
    }

  private slots:
    void initTestCase() {
        writeLennardJones(path("lj.json"), {"Li", "Zr", "Ti", "Si", "P", "O"});
        CampaignOptions options;
        options.folder = path("whole");
        NoProgress silent;
        const auto reached = runCampaign(spec(), options, {}, silent);
        QCOMPARE(reached.jobs, std::size_t(5));
        QCOMPARE(reached.simulated, std::size_t(2));
        QCOMPARE(reached.relaxed, std::size_t(3));
        QCOMPARE(reached.waiting + reached.inWork, std::size_t(0));
    }

    void specificationsSurviveJson() {
        const auto s = spec();
        QCOMPARE(toJson(campaignSpecFromJson(toJson(s))), toJson(s));
    }

    void wrongSpecificationsAreNamed_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* json, const char* expected) {
            QTest::newRow(expected) << QByteArray(json) << QByteArray(expected);
        };
        row("{", "not valid JSON");
        row("{}", "\"groups\" must be a list");
        row(R"({"groups": [{"typos": "4-1"}]})", "no field \"groups[0].typos\"");
        row(R"({"groups": [{"name": "x"}]})", "either formulas or types");
        row(R"({"groups": [{"types": "4-1", "members": 0}]})", "at least one member");
        row(R"({"groups": [{"types": "4-1"}], "protocol": {"formula": "Li3Zr2Si2PO12"}})", "must not name");
        row(R"({"groups": [{"types": "4-1"}], "protocol": {"relax": false}})", "must relax");
        row(R"({"groups": [{"types": "4-1"}], "target_lag_ps": -1})", "must be positive");
        row(R"({"groups": [{"formulas": "Li3Zr2Si2PO12"}]})", "list of texts");
    }

    void wrongSpecificationsAreNamed() {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, expected);
        try {
            campaignSpecFromJson(json.toStdString());
            QFAIL("accepted");
        } catch (const InputError& error) {
            QVERIFY2(QByteArray(error.what()).contains(expected), error.what());
        }
    }

    /// The published spaces are complete, and what is simulated is not relaxed once more.
    void publishedSpaces() {
        CampaignSpec s;
        CampaignGroup four{"4-1", {}, "4-1", 2.5, 3.5, {}, {}, 0, 1, false};
        CampaignGroup five{"5-1", {}, "5-1", 2.5, 4.0, {}, {}, 0, 1, false};
        CampaignGroup sample = four;
        sample.name = "sample";
        sample.count = 24;
        sample.dynamics = true;
        s.groups = {sample, four, five};
        const auto jobs = campaignJobs(s);
        QCOMPARE(jobs.size(), std::size_t(735 + 4575));
        std::set<std::string> ids;
        std::size_t simulated = 0;
        for (const auto& job : jobs) {
            ids.insert(job.id());
            simulated += job.dynamics;
            QVERIFY(job.type == "4-1" || job.type == "5-1");
        }
        QCOMPARE(ids.size(), jobs.size());
        QCOMPARE(simulated, std::size_t(24));
        QVERIFY(jobs[0].dynamics && !jobs[1].dynamics && jobs[2].type == "5-1");  // one of each in turn
    }

    /// Every beginning of a draw covers the range of lithium content and most dopants.
    void drawsAreSpread() {
        CampaignSpec s;
        s.groups = {{"draw", {}, "4-1", 2.5, 3.5, {}, {}, 24, 1, true}};
        const auto jobs = campaignJobs(s);
        QCOMPARE(jobs.size(), std::size_t(24));
        const auto range = [&](std::size_t first) {
            double least = 9.0, most = 0.0;
            std::set<std::string> elements;
            for (std::size_t i = 0; i < first; ++i) {
                least = std::min(least, mobileOf(jobs[i]));
                most = std::max(most, mobileOf(jobs[i]));
                for (const auto& [element, amount] : composition::parseFormula(jobs[i].formula))
                    elements.insert(std::string(element.symbol()));
            }
            return std::pair(most - least, elements.size());
        };
        QVERIFY(range(6).first >= 0.5);
        QVERIFY(range(24).first >= 1.0 - 1e-9);
        // Li, Zr, Si, P, O and all 23 dopants.
        QCOMPARE(range(24).second, std::size_t(28));
        QVERIFY(range(8).second >= 5 + 15);
        s.protocol.seed = 2;
        QVERIFY(campaignJobs(s)[0].formula != jobs[0].formula ||
                campaignJobs(s)[1].formula != jobs[1].formula);
    }

    void failuresAreKeptAndStopNothing() {
        const auto records = byId(path("whole"));
        QCOMPARE(records.size(), std::size_t(5));
        int failed = 0, simulated = 0;
        for (const auto& [id, record] : records) {
            if (id.find("Hf") != std::string::npos) {
                ++failed;
                QVERIFY2(record.problem.find("Hf") != std::string::npos, record.problem.c_str());
                QCOMPARE(record.relaxed.size(), std::size_t(0));
                QVERIFY(!record.transport);
                continue;
            }
            QCOMPARE(record.relaxed.size(), std::size_t(160));
            if (!record.job.dynamics) continue;
            ++simulated;
            QVERIFY(record.transport.has_value());
            QCOMPARE(record.transport->msd.size(), std::size_t(campaignLags));
            QVERIFY(std::abs(record.transport->ps - 0.2) < 1e-9);
        }
        QCOMPARE(failed, 1);
        QCOMPARE(simulated, 1);
        QVERIFY(!std::filesystem::exists(path("whole") / "runs" / "Li3Zr2Si2PO12-1.h5"));
    }

    void unfinishedRelaxationsAreMarked() {
        auto s = spec();
        s.protocol.relaxSettings.maxSteps = 1;
        s.protocol.relaxSettings.forceTolerance = 1e-4;
        s.groups = {s.groups[1]};
        CampaignOptions options;
        options.folder = path("unfinished");
        NoProgress silent;
        const auto reached = runCampaign(s, options, {}, silent);
        QCOMPARE(reached.problems, reached.jobs);
        for (const auto& [id, record] : byId(options.folder)) {
            QVERIFY2(record.problem.find("did not converge in 1 steps") != std::string::npos,
                     record.problem.c_str());
            QCOMPARE(record.relaxed.size(), std::size_t(160));
        }
    }

    void dynamicsThatBlowUpAreMarked() {
        auto s = spec();
        s.protocol.md.timestepFs = 90.0;
        s.groups = {s.groups[0]};
        CampaignOptions options;
        options.folder = path("hot");
        NoProgress silent;
        const auto reached = runCampaign(s, options, {}, silent);
        QCOMPARE(reached.problems, reached.jobs);
        const auto records = byId(options.folder);
        QVERIFY(!records.at("Li3Zr2Si2PO12-1").transport);
        QCOMPARE(records.at("Li3Zr2Si2PO12-1").relaxed.size(), std::size_t(160));
    }

    void interruptedCampaignsEndAlike_data() {
        QTest::addColumn<int>("reports");
        for (const int reports : {1, 30, 90, 150})
            QTest::addRow("after %d reports", reports) << reports;
    }

    void interruptedCampaignsEndAlike() {
        QFETCH(int, reports);
        CampaignOptions options;
        options.folder = path(QString("broken-%1").arg(reports));
        StopAfter stopping(reports);
        QVERIFY_EXCEPTION_THROWN(runCampaign(spec(), options, stopping.stop.get_token(), stopping),
                                 Cancelled);
        NoProgress silent;
        QCOMPARE(runCampaign(spec(), options, {}, silent).waiting, std::size_t(0));
        const auto whole = byId(path("whole")), parts = byId(options.folder);
        QCOMPARE(parts.size(), whole.size());
        for (const auto& [id, record] : whole)
            QVERIFY2(sameNumbers(record, parts.at(id)), id.c_str());
    }

    /// Two calls at once, with two workers each, in one folder.
    void workersShareAFolder() {
        CampaignOptions options;
        options.folder = path("shared");
        options.workers = 2;
        const auto work = [&] {
            NoProgress silent;
            runCampaign(spec(), options, {}, silent);
        };
        {
            const std::jthread other(work);
            work();
        }
        const auto records = CampaignData(campaignFile(options.folder)).records();
        QCOMPARE(records.size(), std::size_t(5));  // nothing twice
        const auto whole = byId(path("whole"));
        for (const auto& record : records)
            QVERIFY2(sameNumbers(record, whole.at(record.job.id())), record.job.id().c_str());
    }

    void anotherProtocolIsRefused() {
        CampaignOptions options;
        options.folder = path("whole");
        auto s = spec();
        s.protocol.md.temperature = 501.0;
        NoProgress silent;
        try {
            runCampaign(s, options, {}, silent);
            QFAIL("accepted");
        } catch (const InputError& error) {
            QVERIFY2(QByteArray(error.what()).contains("temperature_K"), error.what());
        }
        // More groups are welcome.
        auto more = spec();
        more.groups.push_back({"more", {"Li3Ti2Si2PO12"}, "", 0, 1e9, {}, {}, 0, 1, false});
        const auto before = CampaignData(campaignFile(options.folder)).summaries().size();
        try {
            runCampaign(more, options, {}, silent);
        } catch (const InputError& error) {
            QFAIL(error.what());
        }
        QCOMPARE(CampaignData(campaignFile(options.folder)).summaries().size(), before + 1);
    }
};

QTEST_APPLESS_MAIN(TestCampaign)
#include "test_campaign.moc"
