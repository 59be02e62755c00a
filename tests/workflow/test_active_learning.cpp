// SPDX-License-Identifier: GPL-3.0-or-later
// Active learning on tables: it finds a planted optimum, goes on after an interruption as if there had been
// none, and lives with failures.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <numeric>

#include "core/base/error.h"
#include "core/composition/descriptors.h"
#include "core/workflow/campaign_spec.h"
#include "core/workflow/learning_task.h"
#include "core/workflow/rehearsal.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

/// Answers like a table, but is interrupted once in the middle of a round: after that round's proposal was
/// kept, before any outcome is.
class Interrupted final : public LearningOracle {
  public:
    Interrupted(TableOracle oracle, int round) : oracle_(std::move(oracle)), round_(round) {}
    const CandidatePool& pool() const override { return oracle_.pool(); }
    KnownRows known(const LearningHistory& history) const override { return oracle_.known(history); }
    std::optional<double> truth(std::size_t i) const override { return oracle_.truth(i); }
    std::vector<PickOutcome> compute(const LearningHistory& history, const std::stop_token& stop,
                                     ProgressSink& progress) override {
        if (history.open()->number == round_) throw Cancelled();
        return oracle_.compute(history, stop, progress);
    }

  private:
    TableOracle oracle_;
    int round_;
};

std::size_t failures(const LearningRound& round) {
    return static_cast<std::size_t>(std::count_if(round.picks.begin(), round.picks.end(),
                                                  [](const auto& pick) { return !pick.problem.empty(); }));
}

std::size_t evaluations(const LearningHistory& history) {
    std::size_t count = 0;
    for (const auto& round : history.rounds)
        count += round.picks.size();
    return count;
}

}  // namespace

class TestActiveLearning : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    composition::Host host_ = composition::findHost("lzsp");
    KnownPool planted_;
    std::size_t optimum_ = 0;
    NoProgress silent_;

    std::filesystem::path path(const QString& name) const { return folder_.filePath(name).toStdString(); }

    LearningSettings settings() const {
        LearningSettings s;
        s.model = "ridge";
        s.initial = 8;
        s.batch = 4;
        s.rounds = 4;
        s.folds = 4;
        return s;
    }

    LearningHistory played(const LearningSettings& s, const KnownPool& known) {
        TableOracle oracle(known.pool, known.y);
        ActiveLearner learner(oracle, s, {});
        learner.run({}, silent_);
        return learner.history();
    }

  private slots:
    /// All 735 compositions of type 4-1; the target falls off smoothly from one of them in four descriptors.
    void initTestCase() {
        CampaignSpec campaign;
        CampaignGroup group;
        group.types = "4-1";
        group.mobileMin = 2.5;
        group.mobileMax = 3.5;
        campaign.groups = {group};
        LearningData data;
        for (const auto& job : campaignJobs(campaign))
            data.rows.push_back({job.formula, job.type, 1, {}, {}});
        const auto features = featureMatrix(data, Featuriser(host_, FeatureKind::Composition), {}, silent_);
        std::vector<std::size_t> columns;
        columns.push_back(surrogate::featureIndex(features.features, "Li"));
        const auto valuesOf = [&](std::size_t f) {
            std::set<double> values;
            for (const auto& row : features.rows)
                values.insert(*row[f]);
            return values;
        };
        // And three that tell most compositions apart.
        std::vector<std::pair<std::size_t, std::size_t>> distinct;
        for (std::size_t f = 0; f < features.features.size(); ++f)
            distinct.emplace_back(valuesOf(f).size(), f);
        std::sort(distinct.rbegin(), distinct.rend());
        for (std::size_t k = 0; k < 3; ++k)
            columns.push_back(distinct[k].second);
        LearningTarget target{{"MSD", "Å²", "planted"}, {}, std::vector<double>(735, std::nan(""))};
        std::vector<double> squares(735, 0.0);
        for (const auto f : columns) {
            const auto values = valuesOf(f);
            const double width = *values.rbegin() - *values.begin();
            for (std::size_t i = 0; i < 735; ++i)
                squares[i] += std::pow((*features.rows[i][f] - *features.rows[400][f]) / width, 2);
        }
        for (const double square : squares)
            target.values.push_back(100.0 * std::exp(-3.0 * square));
        data.targets = {target};
        planted_ = knownPool(data, features, "MSD");
        optimum_ = static_cast<std::size_t>(std::max_element(planted_.y.begin(), planted_.y.end()) -
                                            planted_.y.begin());
        QCOMPARE(planted_.y.size(), std::size_t(735));
        QCOMPARE(planted_.y[optimum_], 100.0);
        QCOMPARE(std::count(planted_.y.begin(), planted_.y.end(), 100.0), 1);
    }

    /// Chance needs 368 evaluations of 735 on average to find one of them.
    void expectedImprovementFindsThePlantedOptimum() {
        auto s = settings();
        s.model = "gaussian-process";
        s.folds = 0;
        s.rounds = 12;
        RehearsalSpec spec;
        spec.learning = s;
        spec.rules = {PickRule::ExpectedImprovement, PickRule::Random};
        spec.repeats = 4;
        const auto curves = rehearse(planted_.pool, planted_.y, spec, {}, silent_);
        QCOMPARE(curves.size(), std::size_t(2));
        const auto &ei = curves[0], &chance = curves[1];
        QCOMPARE(ei.points.size(), std::size_t(13));
        QCOMPARE(ei.points.front().regret.mean, chance.points.front().regret.mean);  // the same first batches
        QCOMPARE(ei.points.back().known, 8.0 + 12 * 4);
        QVERIFY2(ei.found >= 3, qPrintable(QString("found in %1 of 4").arg(ei.found)));
        QVERIFY2(chance.found <= 1, qPrintable(QString("found in %1 of 4").arg(chance.found)));
        QVERIFY(ei.points.back().regret.mean < 0.3 * chance.points.back().regret.mean);
        for (const auto* curve : {&ei, &chance})
            for (std::size_t r = 1; r < curve->points.size(); ++r)
                QVERIFY(curve->points[r].regret.mean <= curve->points[r - 1].regret.mean);
    }

    /// What is written down of a round follows from its picks.
    void roundsAreRecordedHonestly() {
        const auto history = played(settings(), planted_);
        QCOMPARE(history.rounds.size(), std::size_t(5));
        QCOMPARE(history.target, std::string("MSD"));
        QCOMPARE(history.unit, std::string("Å²"));
        std::set<std::string> seen;
        double best = -1e300;
        std::size_t known = 0;
        for (const auto& round : history.rounds) {
            QCOMPARE(round.rule, std::string(round.number == 0 ? "sample" : "ei"));
            QCOMPARE(round.picks.size(), std::size_t(round.number == 0 ? 8 : 4));
            QCOMPARE(round.before.known, known);
            if (round.number > 0) QCOMPARE(*round.bestBefore, best);
            double squares = 0.0, absolute = 0.0, inside = 0.0;
            for (const auto& pick : round.picks) {
                QVERIFY(seen.insert(pick.name).second);
                const auto at = std::find(planted_.pool.names.begin(), planted_.pool.names.end(), pick.name) -
                                planted_.pool.names.begin();
                QCOMPARE(*pick.value, planted_.y[static_cast<std::size_t>(at)]);
                best = std::max(best, *pick.value);
                if (round.number == 0) continue;
                const double error = *pick.value - *pick.mean;
                squares += error * error;
                absolute += std::abs(error);
                inside += std::abs(error) <= 1.6448536 * *pick.deviation ? 1.0 : 0.0;
            }
            known += round.picks.size();
            QCOMPARE(*round.best, best);
            QCOMPARE(*round.regret, 100.0 - best);
            QCOMPARE(round.prospective.has_value(), round.number > 0);
            if (!round.prospective) continue;
            QVERIFY(std::abs(round.prospective->rmse - std::sqrt(squares / 4.0)) < 1e-9);
            QVERIFY(std::abs(round.prospective->mae - absolute / 4.0) < 1e-9);
            QVERIFY(std::abs(round.prospective->coverage90 - inside / 4.0) < 1e-9);
            QVERIFY(*round.before.crossValidatedRmse > 0.0);
            QVERIFY(*round.before.calibrationFactor > 0.0);
        }
        QCOMPARE(history.latest->known, known);
        QVERIFY(*history.latest->remainingRmse > 0.0);
        QCOMPARE(history.after(1)->known, std::size_t(8 + 4));
        QCOMPARE(toJson(learningHistoryFromJson(toJson(history))), toJson(history));
    }

    /// The first batch spreads over the lithium content like the draws of a campaign's groups.
    void theFirstBatchIsAFairSample() {
        const auto first = played(settings(), planted_).rounds.front();
        const auto lithium = crystal::Element::fromSymbol("Li");
        double least = 9.0, most = 0.0;
        std::set<std::string> elements;
        for (const auto& pick : first.picks) {
            const auto formula = composition::parseFormula(pick.name);
            least = std::min(least, composition::amountOf(formula, lithium));
            most = std::max(most, composition::amountOf(formula, lithium));
            for (const auto& [element, amount] : formula)
                elements.insert(std::string(element.symbol()));
        }
        QVERIFY(most - least >= 0.5);
        QVERIFY(elements.size() >= 5 + 15);
    }

    void theSameSeedGivesTheSameRounds_data() {
        QTest::addColumn<QString>("rule");
        for (const char* rule : {"ei", "ucb", "variance", "thompson", "random"})
            QTest::newRow(rule) << QString(rule);
    }

    void theSameSeedGivesTheSameRounds() {
        QFETCH(QString, rule);
        auto s = settings();
        s.rule = pickRuleFromName(rule.toStdString());
        s.rounds = 2;
        const auto one = played(s, planted_);
        QCOMPARE(one.rounds.back().rule, rule.toStdString());
        QCOMPARE(toJson(played(s, planted_)), toJson(one));
        s.seed = 2;
        QVERIFY(toJson(played(s, planted_)) != toJson(one));
    }

    void interruptedRoundsEndAlike_data() {
        QTest::addColumn<int>("round");
        for (const int round : {0, 1, 3})
            QTest::addRow("in round %d", round) << round;
    }

    void interruptedRoundsEndAlike() {
        QFETCH(int, round);
        const auto file = path(QString("learning-%1.json").arg(round));
        auto s = settings();
        s.rule = PickRule::Thompson;
        const auto keep = [&](const LearningHistory& history) { writeLearningHistory(file, history); };
        {
            Interrupted oracle(TableOracle(planted_.pool, planted_.y), round);
            ActiveLearner learner(oracle, s, {}, keep);
            QVERIFY_EXCEPTION_THROWN(learner.run({}, silent_), Cancelled);
        }
        const auto broken = readLearningHistory(file);
        QVERIFY(broken.open() && broken.open()->number == round);
        // Other settings only matter from the next round on.
        TableOracle oracle(planted_.pool, planted_.y);
        ActiveLearner learner(oracle, s, broken, keep);
        learner.run({}, silent_);
        QCOMPARE(toJson(readLearningHistory(file)), toJson(played(s, planted_)));
    }

    void failedPicksAreKeptAndNotPickedAgain() {
        auto known = planted_;
        // Just what looks best fails, and some others.
        for (std::size_t i = 0; i < known.y.size(); ++i)
            if (known.y[i] > 80.0 || i % 7 == 0) known.y[i] = std::nan("");
        auto s = settings();
        s.rounds = 6;
        const auto history = played(s, known);
        QCOMPARE(history.rounds.size(), std::size_t(7));
        std::set<std::string> seen;
        std::size_t failed = 0;
        for (const auto& round : history.rounds) {
            failed += failures(round);
            for (const auto& pick : round.picks) {
                QVERIFY(seen.insert(pick.name).second);
                QCOMPARE(pick.value.has_value(), pick.problem.empty());
            }
        }
        QVERIFY(failed >= 3);
        QCOMPARE(history.latest->known, evaluations(history) - failed);
    }

    /// With nothing but failures there is no model, and the picks stay a sample.
    void roundsOfFailuresGoOn() {
        auto known = planted_;
        std::fill(known.y.begin(), known.y.end(), std::nan(""));
        auto s = settings();
        s.rounds = 2;
        const auto history = played(s, known);
        QCOMPARE(history.rounds.size(), std::size_t(3));
        QCOMPARE(history.rounds.back().rule, std::string("sample"));
        QVERIFY(!history.rounds.back().best && !history.rounds.back().regret);
        QVERIFY(!history.latest->crossValidatedRmse);
        QCOMPARE(toJson(learningHistoryFromJson(toJson(history))), toJson(history));
    }

    void itEndsWhenNothingImprovesOrIsLeft() {
        auto s = settings();
        s.rounds = 100;
        s.patience = 2;
        TableOracle oracle(planted_.pool, planted_.y);
        ActiveLearner patient(oracle, s, {});
        QCOMPARE(patient.run({}, silent_), LearningEnd::Patience);
        const auto& rounds = patient.history().rounds;
        QCOMPARE(*rounds.back().gain(), 0.0);
        QCOMPARE(*rounds[rounds.size() - 2].gain(), 0.0);
        QVERIFY(rounds.size() < 3 + 2 || *rounds[rounds.size() - 3].gain() > 0.0);

        s.patience = 0;
        auto few = planted_;
        few.pool.names.resize(18);
        few.pool.rows.resize(18);
        few.pool.mobile.resize(18);
        few.pool.compositions.resize(18);
        few.y.resize(18);
        TableOracle small(few.pool, few.y);
        ActiveLearner learner(small, s, {});
        QCOMPARE(learner.run({}, silent_), LearningEnd::Exhausted);
        QCOMPARE(evaluations(learner.history()), std::size_t(18));
        QCOMPARE(learner.history().rounds.back().picks.size(), std::size_t(2));
        QCOMPARE(*learner.history().rounds.back().regret, 0.0);
    }

    void smallTargetsCanBeSought() {
        auto s = settings();
        s.maximise = false;
        const auto history = played(s, planted_);
        const double least = *std::min_element(planted_.y.begin(), planted_.y.end());
        QCOMPARE(*history.rounds.back().regret, *history.rounds.back().best - least);
        for (std::size_t r = 1; r < history.rounds.size(); ++r)
            QVERIFY(*history.rounds[r].best <= *history.rounds[r - 1].best);
        // And not in the middle of the other search.
        TableOracle oracle(planted_.pool, planted_.y);
        QVERIFY_EXCEPTION_THROWN(ActiveLearner(oracle, settings(), history), InputError);
    }

    void proposalsCanBeWithdrawn() {
        TableOracle oracle(planted_.pool, planted_.y);
        auto s = settings();
        ActiveLearner learner(oracle, s, {});
        QVERIFY(learner.propose({}, silent_));
        learner.compute({}, silent_);
        QVERIFY(learner.propose({}, silent_));
        const auto picks = learner.history().rounds.back().picks;
        QVERIFY(learner.propose({}, silent_));  // still that one
        QCOMPARE(learner.history().rounds.size(), std::size_t(2));
        QVERIFY(learner.proposeAnew({}, silent_));
        QCOMPARE(learner.history().rounds.size(), std::size_t(2));
        QCOMPARE(learner.history().rounds.back().picks.front().name, picks.front().name);
        // Who stops that keeps what was proposed.
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY_EXCEPTION_THROWN(learner.proposeAnew(stopped.get_token(), silent_), Cancelled);
        QCOMPARE(learner.history().rounds.size(), std::size_t(2));
        QCOMPARE(learner.history().rounds.back().picks.front().name, picks.front().name);
        learner.compute({}, silent_);
        QVERIFY_EXCEPTION_THROWN(learner.compute({}, silent_), InputError);
        QVERIFY(learner.model({}, silent_) != nullptr);
    }

    void damagedHistoriesAreNamed_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* json, const char* expected) {
            QTest::newRow(expected) << QByteArray(json) << QByteArray(expected);
        };
        row("{", "not valid JSON");
        row("[]", "must be a JSON object");
        row("{}", "of a format");
        row(R"({"format": 1})", "\"rounds\" must be a list");
        row(R"({"format": 1, "rounds": [{}]})", "at least one pick");
        row(R"({"format": 1, "rounds": [{"picks": [{}]}]})", "a pick has no name");
        row(R"({"format": 1, "rounds": [{"picks": [{"name": "a", "mean": "x"}]}]})", "must be a number");
        row(R"({"format": 1, "rounds": [{"picks": [{"name": "a"}]}, {"picks": [{"name": "b"}]}]})",
            "only the last round");
        row(R"({"format": 1, "rounds": [{"picks": [{"name": "a"}], "before": 3}]})", "rounds[].before");
        row(R"({"format": 1, "rounds": [], "colour": 1})", "no field \"colour\"");
        row(R"({"format": 1, "rounds": [], "latest": {"known": -1}})", "latest.known");
    }

    void damagedHistoriesAreNamed() {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, expected);
        std::ofstream(path("damaged.json")) << json.toStdString();
        try {
            readLearningHistory(path("damaged.json"));
            QFAIL("accepted");
        } catch (const IoError& error) {
            QVERIFY2(QByteArray(error.what()).contains(expected), error.what());
        }
    }

    void wrongTasksAreNamed_data() {
        QTest::addColumn<QByteArray>("learning");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* json, const char* expected) {
            QTest::newRow(expected) << QByteArray(json) << QByteArray(expected);
        };
        row("7", "\"learning\" must be a JSON object");
        row(R"({"acquisitions": "ei"})", "no field \"learning.acquisitions\"");
        row(R"({"acquisition": "best"})", "no acquisition \"best\"");
        row(R"({"model": "oracle"})", "oracle");
        row(R"({"settings": [1]})", "\"learning.settings\" must be a JSON object");
        row(R"({"settings": {"trees": [1]}})", "learning.settings.trees");
        row(R"({"settings": {"trees": 5}})", "trees");
        row(R"({"batch": 0})", "at least one pick");
        row(R"({"batch": 1.5})", "whole number");
        row(R"({"rounds": 0})", "at least one round");
        row(R"({"rounds": 99999999999})", "out of range");
        row(R"({"folds": 1})", "at least two");
        row(R"({"members": 0})", "learning.members");
        row(R"({"features": "magic"})", "magic");
        row(R"({"features": "cell", "pool": {"types": "4-1"}})", "relaxed cells");
        row(R"({"pool": {}})", "either formulas or types");
        row(R"({"pool": {"types": "4-1", "dynamics": true}})", "no field \"learning.pool.dynamics\"");
    }

    void wrongTasksAreNamed() {
        QFETCH(QByteArray, learning);
        QFETCH(QByteArray, expected);
        try {
            learningTaskFromJson("{\"learning\": " + learning.toStdString() + "}");
            QFAIL("accepted");
        } catch (const InputError& error) {
            QVERIFY2(QByteArray(error.what()).contains(expected), error.what());
        }
    }

    void tasksAreRead() {
        const auto task = learningTaskFromJson(
            R"({"name": "t", "learning": {"pool": {"types": "4-1", "mobile_min": 2.5}, "model": "gb",
                "settings": {"trees": 30}, "acquisition": "ucb", "kappa": 1.5, "initial": 7, "batch": 3, "rounds": 2,
                "patience": 1, "target": "log10 D*", "members": 2, "seed": 9}})");
        QVERIFY(task.campaign.groups.empty());
        QCOMPARE(task.pool->types, std::string("4-1"));
        QCOMPARE(task.pool->mobileMin, 2.5);
        QCOMPARE(task.learning.rule, PickRule::UpperConfidenceBound);
        QCOMPARE(task.learning.kappa, 1.5);
        QCOMPARE(regressorOf(task.learning)->settings().value("trees"), 30.0);
        QCOMPARE(task.members, 2);
        QVERIFY(needsDynamics(task));
        QVERIFY_EXCEPTION_THROWN(learningTaskFromJson(R"({"groups": [{"types": "4-1"}]})"), InputError);
        // A campaign that is only run must not silently drop it.
        QVERIFY_EXCEPTION_THROWN(campaignSpecFromJson(R"({"groups": [{"types": "4-1"}], "learning": {}})"),
                                 InputError);
        const auto grouped =
            learningTaskFromJson(R"({"groups": [{"types": "4-1", "count": 3}], "learning": {}})");
        QCOMPARE(grouped.campaign.groups.size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestActiveLearning)
#include "test_active_learning.moc"
