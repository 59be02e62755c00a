// SPDX-License-Identifier: GPL-3.0-or-later
// Active learning in a campaign's folder: simulated picks become groups, stops change no number, failures and
// datasets that exist already are taken as they are.
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <sstream>

#include "core/base/error.h"
#include "core/workflow/campaign_learning.h"
#include "tests/workflow/lennard_jones_file.h"
#include "tests/workflow/quick_protocol.h"
#include "tests/workflow/synthetic_campaign.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

/// Stops the work after so many reports of running jobs.
class StopAfter final : public ProgressSink {
  public:
    explicit StopAfter(int reports) : left_(reports) {}
    void report(std::string_view stage, std::int64_t, std::int64_t, std::string_view) override {
        if (stage == "campaign" && --left_ == 0) stop.request_stop();
    }
    std::stop_source stop;

  private:
    int left_;
};

std::string contents(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

}  // namespace

class TestCampaignLearning : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    NoProgress silent_;

    std::filesystem::path path(const QString& name) const { return folder_.filePath(name).toStdString(); }

    CampaignOptions in(const QString& folder, int workers = 1) const {
        CampaignOptions options;
        options.folder = path(folder);
        options.workers = workers;
        return options;
    }

    /// Two rounds on ten compositions with a Lennard-Jones potential that does not know hafnium.
    LearningTask task() const {
        LearningTask t;
        t.campaign.name = "test";
        t.campaign.targetLagPs = 0.02;
        t.campaign.protocol = quickProtocol(path("lj.json").string());
        CampaignGroup pool;
        pool.name = "pool";
        pool.formulas = {"Li3Zr2Si2PO12",          "Li3Zr0.125Ti1.875Si2PO12", "Li3ZrTiSi2PO12",
                         "Li3Zr1.5Ti0.5Si2PO12",   "Li3Zr0.5Ti1.5Si2PO12",     "Li3Zr1.75Ti0.25Si2PO12",
                         "Li3Zr1.25Ti0.75Si2PO12", "Li3Zr0.75Ti1.25Si2PO12",   "Li3Zr1.5Hf0.5Si2PO12",
                         "Li3Zr0.25Ti1.75Si2PO12"};
        t.pool = pool;
        t.learning.model = "ridge";
        t.learning.folds = 3;
        t.learning.initial = 6;
        t.learning.batch = 2;
        t.learning.rounds = 2;
        return t;
    }

  private slots:
    void initTestCase() {
        writeLennardJones(path("lj.json"), {"Li", "Zr", "Ti", "Si", "P", "O"});
        auto t = task();
        std::vector<int> told;
        CampaignLearning learning(t, in("whole"));
        QCOMPARE(learning.run({}, silent_, [&](const LearningRound& round) { told.push_back(round.number); }),
                 LearningEnd::Rounds);
        QCOMPARE(told, (std::vector<int>{0, 1, 2}));
        // The folder is taken while somebody works in it.
        QVERIFY_EXCEPTION_THROWN(CampaignLearning(t, in("whole")), InputError);
    }

    void picksBecomeGroupsOfTheCampaign() {
        const CampaignData data(campaignFile(path("whole")));
        const auto history = readLearningHistory(learningFile(path("whole")));
        const auto groups = data.spec().groups;
        QCOMPARE(groups.size(), std::size_t(3));
        std::map<std::string, CampaignRecord> records;
        for (const auto& record : data.summaries())
            records[record.job.formula] = record;
        QCOMPARE(records.size(), std::size_t(10));
        bool hafnium = false;
        for (std::size_t r = 0; r < 3; ++r) {
            const auto& round = history.rounds[r];
            QCOMPARE(groups[r].name, "round " + std::to_string(round.number));
            QVERIFY(groups[r].dynamics);
            for (std::size_t i = 0; i < round.picks.size(); ++i) {
                const auto& pick = round.picks[i];
                QCOMPARE(groups[r].formulas[i], pick.name);
                const auto& record = records.at(pick.name);
                QCOMPARE(record.job.group, groups[r].name);
                QCOMPARE(pick.problem, record.problem);
                if (pick.name.find("Hf") != std::string::npos) {
                    hafnium = true;
                    QVERIFY(pick.problem.find("Hf") != std::string::npos && !pick.value);
                } else {
                    QVERIFY2(pick.problem.empty(), (pick.name + ": " + pick.problem).c_str());
                    QCOMPARE(*pick.value, record.transport->msdTarget);
                    QCOMPARE(*pick.error, record.transport->msdTargetError);
                }
            }
        }
        QVERIFY(hafnium);
        QCOMPARE(history.latest->known, std::size_t(9));
        // The campaign is complete, and its folder goes on as one.
        QCOMPARE(campaignProgress(data.spec(), path("whole")).waiting, std::size_t(0));
        const auto model = surrogate::SurrogateModel::load(learningModelFile(path("whole")));
        QCOMPARE(model.card().trainingRows, std::size_t(9));
        QCOMPARE(model.card().target.name, std::string("MSD"));
    }

    void stopsChangeNothing_data() {
        QTest::addColumn<int>("reports");
        for (const int reports : {1, 90, 190})
            QTest::addRow("after %d reports", reports) << reports;
    }

    void stopsChangeNothing() {
        QFETCH(int, reports);
        const auto folder = QString("broken-%1").arg(reports);
        StopAfter stopping(reports);
        LearningHistory broken;
        {
            CampaignLearning learning(task(), in(folder));
            QVERIFY_EXCEPTION_THROWN(learning.run(stopping.stop.get_token(), stopping), Cancelled);
        }
        broken = readLearningHistory(learningFile(path(folder)));
        QVERIFY(broken.open() != nullptr);
        // Two at once end in another order, which must not matter.
        CampaignLearning learning(task(), in(folder, 2));
        learning.run({}, silent_);
        QCOMPARE(contents(learningFile(path(folder))), contents(learningFile(path("whole"))));
    }

    void moreRoundsGoOn() {
        std::filesystem::copy(path("whole"), path("longer"), std::filesystem::copy_options::recursive);
        auto t = task();
        t.learning.rounds = 3;
        CampaignLearning learning(t, in("longer"));
        QCOMPARE(learning.run({}, silent_), LearningEnd::Exhausted);
        QCOMPARE(learning.history().rounds.size(), std::size_t(3));
        auto other = task();
        other.target = "energy";
        CampaignLearning wrong(other, in("whole"));
        QVERIFY_EXCEPTION_THROWN(wrong.run({}, silent_), InputError);
        other.target = "mobility";
        std::filesystem::remove(path("whole") / "learning.lock");
        CampaignLearning unknown(other, in("nothing"));
        QVERIFY_EXCEPTION_THROWN(unknown.run({}, silent_), InputError);
    }

    /// Step by step on a dataset whose cells were relaxed before: known rows need no first batch.
    void relaxedCellsAreThePool() {
        std::filesystem::create_directories(path("cells"));
        writeSyntheticCampaign(campaignFile(path("cells")), {30, 20, 1.0});
        LearningTask t;
        const CampaignData data(campaignFile(path("cells")));
        t.campaign = data.spec();
        t.campaign.groups.clear();
        t.features = FeatureKind::Multinary;
        t.learning.model = "ridge";
        t.learning.batch = 3;
        CampaignLearning learning(t, in("cells"));
        const auto known = learningData(data);
        learning.remember(
            known, featureMatrix(known, Featuriser(composition::findHost("lzsp"), t.features), {}, silent_));
        QVERIFY(learning.propose({}, silent_));
        const auto round = learning.history().rounds.back();
        QCOMPARE(round.number, 1);
        QCOMPARE(round.before.known, std::size_t(20));
        std::set<std::string> waiting;
        for (std::size_t i = 20; i < 30; ++i)
            waiting.insert(known.rows[i].formula);
        for (const auto& pick : round.picks)
            QVERIFY(waiting.count(pick.name) == 1);
        QVERIFY(learning.proposeAnew({}, silent_));
        QCOMPARE(learning.history().rounds.back().picks.front().name, round.picks.front().name);
        QCOMPARE(toJson(readLearningHistory(learningFile(path("cells")))), toJson(learning.history()));
    }

    void poolsMustHaveSomething() {
        LearningTask t = task();
        t.pool.reset();
        CampaignLearning nothing(t, in("empty"));
        QVERIFY_EXCEPTION_THROWN(nothing.propose({}, silent_), InputError);
        t = task();
        t.pool->formulas = {"NaCl"};
        CampaignLearning foreign(t, in("foreign"));
        QVERIFY_EXCEPTION_THROWN(foreign.propose({}, silent_), InputError);
        t.pool->formulas.clear();
        t.pool->types = "8-1";
        CampaignLearning large(t, in("large"));
        QVERIFY_EXCEPTION_THROWN(large.propose({}, silent_), InputError);
    }
};

QTEST_APPLESS_MAIN(TestCampaignLearning)
#include "test_campaign_learning.moc"
