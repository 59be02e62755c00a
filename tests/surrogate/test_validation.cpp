// SPDX-License-Identifier: GPL-3.0-or-later
// Metrics by hand, folds that do not leak, calibration that holds, balancing, random search.
#include <QTest>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/surrogate/balancing.h"
#include "core/surrogate/calibration.h"
#include "core/surrogate/settings_search.h"
#include "core/surrogate/validation.h"
#include "synthetic.h"

using namespace ionscape;
using namespace ionscape::surrogate;
using testing::friedman1;
using testing::syntheticTable;

namespace {

/// That many different rows.
SurrogateTable rows(Eigen::Index n) {
    return syntheticTable(
        n, 1, [](const auto& r) { return r[0]; }, 0.0, 1);
}

}  // namespace

class TestValidation : public QObject {
    Q_OBJECT

  private slots:
    void metricsByHand();
    void ranksWithTies();
    void foldsCoverAllOnce();
    void unitsStayTogether();
    void groupsAreLeftOut();
    void predictionsAreOfUnseenRows();
    void preparationSeesTrainingRowsOnly();
    void searchedErrorsAreHonest();
    void halfWidths();
    void calibrationMakesErrorsRight();
    void conformalHolds();
    void balancingFlattens();
    void searchFindsBetter();
};

void TestValidation::metricsByHand() {
    const auto m = metricsOf(Eigen::VectorXd{{1.0, 2.0, 3.0, 6.0}}, Eigen::VectorXd{{1.5, 2.0, 2.0, 7.0}});
    QCOMPARE(m.n, std::size_t(4));
    QVERIFY(std::abs(m.mae - 2.5 / 4.0) < 1e-12);
    QVERIFY(std::abs(m.rmse - 0.75) < 1e-12);
    QCOMPARE(m.maxAe, 1.0);
    QVERIFY(std::abs(m.r2 - (1.0 - 2.25 / 14.0)) < 1e-12);
    // Ranks 1 2 3 4 against 1 2.5 2.5 4: r = 4.5/√(5 · 4.5)
    QVERIFY(std::abs(m.spearman - 4.5 / std::sqrt(22.5)) < 1e-12);
    const auto again = metricsFromJson(toJson(m));
    QCOMPARE(again.spearman, m.spearman);
    QCOMPARE(metricsOf(Eigen::VectorXd::Ones(3), Eigen::VectorXd::Ones(3)).r2, 0.0);
    QVERIFY_EXCEPTION_THROWN(metricsOf(Eigen::VectorXd::Ones(3), Eigen::VectorXd::Ones(2)), InputError);
}

void TestValidation::ranksWithTies() {
    const Eigen::VectorXd expected{{4.0, 1.5, 3.0, 1.5}};
    QCOMPARE(ranks(Eigen::VectorXd{{9.0, 2.0, 5.0, 2.0}}), expected);
    const auto table = syntheticTable(
        50, 3, [](const auto& r) { return r[0]; }, 0.0, 1);
    const auto c = correlationMatrix(table.x);
    QVERIFY((c - c.transpose()).cwiseAbs().maxCoeff() < 1e-15);
    QVERIFY(std::abs(c(0, 1) - pearson(table.x.col(0), 3.0 - 2.0 * table.x.col(1).array()) * -1.0) < 1e-12);
}

void TestValidation::foldsCoverAllOnce() {
    const auto table = rows(23);
    const auto folds = kFold(table, 5, 9);
    std::set<Eigen::Index> tested;
    for (const auto& fold : folds) {
        QVERIFY(fold.test.size() == 4 || fold.test.size() == 5);
        QCOMPARE(fold.test.size() + fold.training.size(), std::size_t(23));
        for (const auto row : fold.test) {
            QVERIFY(tested.insert(row).second);
            QVERIFY(!std::binary_search(fold.training.begin(), fold.training.end(), row));
        }
    }
    QCOMPARE(tested.size(), std::size_t(23));
    QCOMPARE(kFold(table, 5, 9)[2].test, folds[2].test);
    QVERIFY(kFold(table, 5, 10)[2].test != folds[2].test);
    QVERIFY_EXCEPTION_THROWN(kFold(rows(4), 5, 1), InputError);
    QCOMPARE(holdOut(rows(50), 0.2, 1).test.size(), std::size_t(10));
}

void TestValidation::unitsStayTogether() {
    // Three decorations of each of eight compositions.
    auto table = rows(24);
    QCOMPARE(separableRows(table), Eigen::Index(24));
    for (std::size_t i = 0; i < 24; ++i)
        table.units.push_back("composition " + std::to_string(i % 8));
    QCOMPARE(separableRows(table), Eigen::Index(8));
    auto folds = kFold(table, 4, 3);
    folds.push_back(holdOut(table, 0.25, 3));
    for (const auto& fold : folds) {
        QCOMPARE(fold.test.size(), std::size_t(6));
        std::set<std::string> learnt;
        for (const auto row : fold.training)
            learnt.insert(table.units[static_cast<std::size_t>(row)]);
        for (const auto row : fold.test)
            QVERIFY(!learnt.count(table.units[static_cast<std::size_t>(row)]));
    }
    QCOMPARE(table.subset({3, 11}).units, std::vector<std::string>(2, "composition 3"));
    QVERIFY_EXCEPTION_THROWN(kFold(table, 9, 1), InputError);
    // A row of no unit stands for itself.
    table.units[5].clear();
    table.units[13].clear();
    QCOMPARE(separableRows(table), Eigen::Index(10));
}

void TestValidation::groupsAreLeftOut() {
    auto table = syntheticTable(
        6, 2, [](const auto& r) { return r[0]; }, 0.1, 1);
    table.groupings = {{"element", {{"Nb"}, {"Nb", "Ta"}, {"Ta"}, {"Hf"}, {}, {"Hf", "Nb"}}}};
    const auto folds = leaveOneGroupOut(table, "element", 3);
    QCOMPARE(folds.size(), std::size_t(3));
    QCOMPARE(folds[1].name, std::string("without Nb"));
    QCOMPARE(folds[1].test, (std::vector<Eigen::Index>{0, 1, 5}));
    QCOMPARE(folds[1].training, (std::vector<Eigen::Index>{2, 3, 4}));
    QVERIFY_EXCEPTION_THROWN(leaveOneGroupOut(table, "element", 6), InputError);
    QVERIFY_EXCEPTION_THROWN(leaveOneGroupOut(table, "type"), InputError);
}

void TestValidation::predictionsAreOfUnseenRows() {
    // One neighbour: a row that was seen would come out exactly.
    const auto table = syntheticTable(
        40, 2, [](const auto& r) { return r[0]; }, 1.0, 1);
    const auto model = makeRegressor("knn");
    model->settings().assign("neighbours=1");
    const auto result = crossValidate(*model, table, kFold(table, 4, 1), 1);
    QCOMPARE(result.rows.size(), std::size_t(40));
    QVERIFY((result.y - result.predicted.mean).cwiseAbs().minCoeff() > 1e-9);
    QCOMPARE(result.folds[0].training.rmse, 0.0);
    QVERIFY(std::abs(result.metrics.rmse - metricsOf(table.y(result.rows), result.predicted.mean).rmse) <
            1e-12);
    const auto mean = crossValidate(*makeRegressor("mean"), table, {{"half", {0, 1, 2, 3}, {4, 5}}}, 1);
    QVERIFY(std::abs(mean.predicted.mean[0] - table.y.head(4).mean()) < 1e-12);
}

void TestValidation::preparationSeesTrainingRowsOnly() {
    const auto table = syntheticTable(
        30, 2, [](const auto& r) { return r[0]; }, 0.1, 1);
    const auto folds = kFold(table, 3, 5);
    std::vector<std::vector<std::string>> seen;
    const auto model = makeRegressor("knn");
    const auto result =
        crossValidate(*model, table, folds, 1, {}, nullptr,
                      [&](Regressor& one, const SurrogateTable& training, const std::stop_token&) {
                          seen.push_back(training.labels);
                          one.settings().assign("neighbours=" + std::to_string(seen.size() + 1));
                      });
    QCOMPARE(seen.size(), std::size_t(3));
    for (std::size_t f = 0; f < 3; ++f) {
        QVERIFY(seen[f] == table.subset(folds[f].training).labels);
        const auto& used = *result.folds[f].model;
        QCOMPARE(used.settings().integer("neighbours"), int(f) + 2);
        QVERIFY(used.predict(table.x(folds[f].test, Eigen::all)).mean == result.folds[f].predicted.mean);
    }
    QVERIFY(!model->isFitted());
}

void TestValidation::searchedErrorsAreHonest() {
    // Nothing can be learnt: the best of many settings on the folds looks better than the mean, and on rows
    // outside the search it does not.
    const auto table = syntheticTable(
        24, 6, [](const auto&) { return 0.0; }, 1.0, 7);
    const auto model = makeRegressor("gaussian-process");
    SearchOptions options;
    options.trials = 10;
    const auto folds = kFold(table, 4, 1);
    const double looksLike = searchSettings(*model, table, folds, options).front().metrics.rmse;
    const double honest =
        crossValidate(*model, table, folds, 1, {}, nullptr, searchedSettings(options, 4)).metrics.rmse;
    QVERIFY2(honest > looksLike, qPrintable(QString("%1 %2").arg(honest).arg(looksLike)));
}

void TestValidation::halfWidths() {
    QVERIFY(std::abs(normalHalfWidth(0.9) - 1.6448536269514722) < 1e-9);
    QVERIFY(std::abs(normalHalfWidth(0.6826894921370859) - 1.0) < 1e-9);
    QVERIFY(std::abs(normalHalfWidth(0.95) - 1.959963984540054) < 1e-9);
    QVERIFY_EXCEPTION_THROWN(normalHalfWidth(1.0), InputError);
}

void TestValidation::calibrationMakesErrorsRight() {
    RandomStream random(4, "calibration");
    const Eigen::Index n = 4000;
    Prediction p{Eigen::VectorXd(n), Eigen::VectorXd(n)};
    Eigen::VectorXd y(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        p.mean[i] = 10.0 * random.uniform();
        const double sigma = 0.5 + random.uniform();
        p.standardDeviation[i] = sigma / 2.5;  // claims too little
        y[i] = p.mean[i] + sigma * random.normal();
    }
    QVERIFY(miscalibration(calibrationCurve(y, p)) > 0.15);
    const auto calibration = calibrate(y, p);
    QVERIFY(std::abs(calibration.factor - 2.5) < 0.1);
    p.standardDeviation *= calibration.factor;
    QVERIFY(miscalibration(calibrationCurve(y, p)) < 0.02);
    QVERIFY(std::abs(coverage(y, p, 0.9) - 0.9) < 0.02);
    const auto again = calibrationFromJson(toJson(calibration));
    QCOMPARE(again.conformalFactor(0.5), calibration.conformalFactor(0.5));
}

void TestValidation::conformalHolds() {
    Calibration c;
    for (int i = 1; i <= 9; ++i)
        c.scores.push_back(i);
    QCOMPARE(c.conformalFactor(0.9), 9.0);  // the ⌈10 · 0.9⌉-th
    QCOMPARE(c.conformalFactor(0.5), 5.0);
    QVERIFY(std::isinf(c.conformalFactor(0.95)));
    // Errors with heavy tails: normal intervals fail, conformal ones hold.
    RandomStream random(4, "conformal");
    const auto draw = [&] { return random.normal() / std::max(1e-3, std::abs(random.normal())); };
    double held = 0.0;
    for (int repeat = 0; repeat < 400; ++repeat) {
        Prediction p{Eigen::VectorXd::Zero(39), Eigen::VectorXd::Ones(39)};
        Eigen::VectorXd y(39);
        for (auto& value : y)
            value = draw();
        const double width = calibrate(y, p).conformalFactor(0.9);
        for (int i = 0; i < 25; ++i)
            held += std::abs(draw()) <= width;
    }
    QVERIFY(std::abs(held / 10000.0 - 0.9) < 0.015);
}

void TestValidation::balancingFlattens() {
    // Most values small, as mean squared displacements are.
    Eigen::VectorXd y(200);
    RandomStream random(1, "skewed");
    for (auto& value : y)
        value = -40.0 * std::log(1.0 - random.uniform());
    BalancingOptions options;
    options.evenness = 0.9;
    const auto kept = balancedRows(y, options);
    QVERIFY(kept.size() < 200 && kept.size() >= 30);
    QVERIFY(std::is_sorted(kept.begin(), kept.end()));
    const Eigen::VectorXd left = y(kept);
    QVERIFY(evenness(left) > evenness(y) + 0.1);
    QVERIFY(evenness(left) >= 0.9 || kept.size() == 30);
    QCOMPARE(left.maxCoeff(), y.maxCoeff());
    QCOMPARE(left.minCoeff(), y.minCoeff());
    QCOMPARE(evenness(Eigen::VectorXd::LinSpaced(100, 0.0, 1.0)), 1.0);
    QCOMPARE(balancedRows(Eigen::VectorXd::LinSpaced(100, 0.0, 1.0)).size(), std::size_t(100));
    // By hand: 1.0 and 1.1 are closest; 1.1 has the nearer other neighbour (1.6) and goes. Then 1.0 and 1.6
    // are, and 1.0 is nearer to 0 than 1.6 to 3; that leaves two values in each half.
    options = {2, 0.99, 3};
    QCOMPARE(balancedRows(Eigen::VectorXd{{0.0, 1.0, 1.1, 3.0, 4.0, 1.6}}, options),
             (std::vector<Eigen::Index>{0, 3, 4, 5}));
}

void TestValidation::searchFindsBetter() {
    const auto table = syntheticTable(80, 4, friedman1, 0.2, 1);
    const auto model = makeRegressor("knn");
    model->settings().assign("neighbours=60");
    SearchOptions options;
    options.trials = 12;
    const auto trials = searchSettings(*model, table, kFold(table, 5, 1), options);
    QCOMPARE(trials.size(), std::size_t(13));
    QVERIFY(std::is_sorted(trials.begin(), trials.end(),
                           [](const auto& a, const auto& b) { return a.metrics.rmse < b.metrics.rmse; }));
    QVERIFY(trials.front().settings.integer("neighbours") <= 15);
    QCOMPARE(trials.back().settings.integer("neighbours"), 60);
    const auto again = searchSettings(*model, table, kFold(table, 5, 1), options);
    QVERIFY(again.front().settings == trials.front().settings);
    options.fixed = {"weights"};
    for (const auto& trial : searchSettings(*model, table, kFold(table, 5, 1), options))
        QCOMPARE(trial.settings.choice("weights"), std::string("distance"));
}

QTEST_APPLESS_MAIN(TestValidation)
#include "test_validation.moc"
