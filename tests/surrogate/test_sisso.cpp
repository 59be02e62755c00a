// SPDX-License-Identifier: GPL-3.0-or-later
// SISSO: planted formulas come out again, units hold, selection is what brute force finds.
#include <Eigen/Dense>
#include <QTest>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/surrogate/metrics.h"
#include "core/surrogate/physical_dimension.h"
#include "core/surrogate/regressor.h"
#include "core/surrogate/sisso_search.h"
#include "synthetic.h"

using namespace ionscape;
using namespace ionscape::surrogate;
using testing::syntheticTable;

namespace {

const std::vector<Feature> three = {{"volume", "Å³", "", ""}, {"csm_Liavg", "", "", ""}, {"a", "Å", "", ""}};

ExpressionPtr f(int index) {
    return Expression::feature(index, dimensionOf(three[static_cast<std::size_t>(index)].unit));
}

ExpressionPtr made(Operation o, const ExpressionPtr& a, const ExpressionPtr& b = nullptr,
                   bool units = false) {
    return Expression::apply(o, a, b, units);
}

/// Seventeen positive features on [0.5, 2.5), as those of a cell are positive.
SurrogateTable seventeen(const std::function<double(const Eigen::RowVectorXd&)>& law, double noise) {
    auto table = syntheticTable(
        120, 17, [](const auto&) { return 0.0; }, 0.0, 11);
    table.x = 0.5 + 2.0 * table.x.array();
    RandomStream random(5, "noise");
    Eigen::VectorXd clean(table.rows());
    for (Eigen::Index i = 0; i < table.rows(); ++i)
        clean[i] = law(table.x.row(i));
    const double spread = std::sqrt((clean.array() - clean.mean()).square().mean());
    for (Eigen::Index i = 0; i < table.rows(); ++i)
        table.y[i] = clean[i] + noise * spread * random.normal();
    return table;
}

}  // namespace

class TestSisso : public QObject {
    Q_OBJECT

  private slots:
    void dimensions_data();
    void dimensions();
    void expressions();
    void unitsForbid();
    void recoversPlanted_data();
    void recoversPlanted();
    void recoversWithUnits();
    void subsetsAsByHand();
    void largeSetsByExchange();
    void poolLimitsAreTold();
    void noValueIsNeverSilent();
};

void TestSisso::dimensions_data() {
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("same");
    QTest::newRow("superscript") << "Å³"
                                 << "Å^3";
    QTest::newRow("quotient") << "eV/Å"
                              << "eV Å⁻¹";
    QTest::newRow("per") << "eV per Å"
                         << "eV·Å^-1";
    QTest::newRow("angle") << "°"
                           << "";
    QTest::newRow("entropy") << "R"
                             << "1";
    QTest::newRow("cancels") << "Å²/Å"
                             << "Å";
}

void TestSisso::dimensions() {
    QFETCH(QString, unit);
    QFETCH(QString, same);
    QVERIFY(dimensionOf(unit.toStdString()) == dimensionOf(same.toStdString()));
    QVERIFY(dimensionOf("Å²") != dimensionOf("Å³"));
    QVERIFY(dimensionOf("x^y") == dimensionOf("x^y") && dimensionOf("x^y") != dimensionOf("x^z"));
}

void TestSisso::expressions() {
    const auto e = made(Operation::Divide, made(Operation::Add, f(1), made(Operation::Square, f(2))),
                        made(Operation::Exp, made(Operation::Subtract, f(1), f(2))));
    QCOMPARE(e->complexity(), 5);
    QCOMPARE(e->text(three), std::string("(csm_Liavg + a²)/exp(csm_Liavg − a)"));
    QCOMPARE(e->html(three), std::string("(<i>csm</i><sub>Liavg</sub> + <i>a</i><sup>2</sup>)/"
                                         "exp(<i>csm</i><sub>Liavg</sub> − <i>a</i>)"));
    const Eigen::MatrixXd x{{900.0, 2.0, 1.5}};
    QVERIFY(std::abs(e->evaluate(x)[0] - (2.0 + 2.25) / std::exp(0.5)) < 1e-12);
    const auto again = Expression::fromJson(e->toJson(), 3);
    QCOMPARE(again->text(three), e->text(three));
    QCOMPARE(again->evaluate(x)[0], e->evaluate(x)[0]);
    QVERIFY_EXCEPTION_THROWN(Expression::fromJson(e->toJson(), 2), InputError);
    const auto minus = made(Operation::Subtract, f(1), made(Operation::Subtract, f(1), f(2)));
    QCOMPARE(minus->text(three), std::string("csm_Liavg − (csm_Liavg − a)"));
    const auto quotient = made(Operation::Divide, f(0), made(Operation::Multiply, f(1), f(2)));
    QCOMPARE(quotient->text(three), std::string("volume/(csm_Liavg·a)"));
    QVERIFY(!made(Operation::Log, made(Operation::Exp, f(1))));
}

void TestSisso::unitsForbid() {
    QVERIFY(!made(Operation::Add, f(0), f(2), true));
    QVERIFY(!made(Operation::Log, f(0), nullptr, true));
    QVERIFY(made(Operation::Log, f(1), nullptr, true));
    const auto area = made(Operation::Divide, f(0), f(2), true);
    QVERIFY(made(Operation::Add, area, made(Operation::Square, f(2), nullptr, true), true));
    QVERIFY(made(Operation::Sin,
                 made(Operation::Divide, area, made(Operation::Square, f(2), nullptr, true), true), nullptr,
                 true));
}

void TestSisso::recoversPlanted_data() {
    QTest::addColumn<int>("law");
    QTest::addColumn<QString>("selection");
    QTest::addColumn<QStringList>("terms");
    QTest::newRow("two terms") << 0 << "l0" << QStringList{"f3/f7", "f12²"};
    QTest::newRow("three terms") << 1 << "l0" << QStringList{"f2·f1", "exp(−f5)", "f9/f4"};
    QTest::newRow("pursuit") << 0 << "omp" << QStringList{"f3/f7", "f12²"};
}

void TestSisso::recoversPlanted() {
    QFETCH(int, law);
    QFETCH(QString, selection);
    QFETCH(QStringList, terms);
    const std::vector<std::function<double(const Eigen::RowVectorXd&)>> laws = {
        [](const auto& r) { return 20.0 + 30.0 * r[2] / r[6] - 8.0 * r[11] * r[11]; },
        [](const auto& r) { return 5.0 + 10.0 * r[0] * r[1] + 60.0 * std::exp(-r[4]) - 7.0 * r[8] / r[3]; }};
    const auto table = seventeen(laws[static_cast<std::size_t>(law)], 0.01);
    auto model = makeRegressor("sisso");
    model->settings().set("dimension", static_cast<double>(terms.size()));
    model->settings().set("complexity", selection == "omp" ? 1.0 : 2.0);
    model->settings().set("selection", std::string_view(selection == "l0" ? "l0" : "omp"));
    model->fit(table, 1);
    const auto formula = model->formula();
    QVERIFY(formula.has_value());
    qInfo("%s", formula->text.c_str());
    QStringList found;
    for (const auto& term : formula->terms)
        found << QString::fromStdString(term);
    found.sort();
    terms.sort();
    QCOMPARE(found, terms);
    const auto constant = law == 0 ? 20.0 : 5.0;
    QVERIFY(std::abs(formula->constant - constant) < 0.05 * constant + 0.5);
    for (std::size_t k = 0; k < formula->terms.size(); ++k) {
        const std::map<std::string, double> planted = {
            {"f3/f7", 30.0}, {"f12²", -8.0}, {"f2·f1", 10.0}, {"exp(−f5)", 60.0}, {"f9/f4", -7.0}};
        QVERIFY(std::abs(formula->coefficients[k] / planted.at(formula->terms[k]) - 1.0) < 0.03);
    }
}

void TestSisso::recoversWithUnits() {
    auto table = seventeen([](const auto& r) { return 4.0 * std::exp(-r[0] / r[1]) + 2.0 * r[2]; }, 0.01);
    table.features[0].unit = table.features[1].unit = "Å";
    table.features[2].unit = "Å³";
    auto model = makeRegressor("sisso");
    model->settings().assign("dimension=2");
    model->fit(table, 1);
    auto terms = model->formula()->terms;
    std::sort(terms.begin(), terms.end());
    qInfo("%s", model->formula()->text.c_str());
    QCOMPARE(terms, (std::vector<std::string>{"exp(−f1/f2)", "f3"}));
}

void TestSisso::subsetsAsByHand() {
    const auto table = syntheticTable(
        30, 9, [](const auto& r) { return r[0] - 2.0 * r[3] + r[5]; }, 0.3, 2);
    bool exhaustive = false;
    const auto found = bestSubsets(table.x, table.y, 3, 10, 1e6, {}, exhaustive, {});
    QVERIFY(exhaustive);
    // Every set of three, each with its own least-squares fit.
    std::vector<SparseFit> all;
    for (int i = 0; i < 9; ++i) {
        for (int j = i + 1; j < 9; ++j) {
            for (int k = j + 1; k < 9; ++k) {
                Eigen::MatrixXd design(30, 4);
                design << Eigen::VectorXd::Ones(30), table.x.col(i), table.x.col(j), table.x.col(k);
                const Eigen::VectorXd w = design.colPivHouseholderQr().solve(table.y);
                all.push_back({{i, j, k}, (design * w - table.y).squaredNorm()});
            }
        }
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.squares < b.squares; });
    for (std::size_t n = 0; n < found.size(); ++n) {
        QCOMPARE(found[n].columns, all[n].columns);
        QVERIFY(std::abs(found[n].squares - all[n].squares) < 1e-9);
    }
}

void TestSisso::largeSetsByExchange() {
    const auto table = syntheticTable(
        60, 14, [](const auto& r) { return r[0] + r[3] - r[5] + 2.0 * r[9]; }, 0.1, 2);
    bool exhaustive = true;
    const auto pairs = bestSubsets(table.x, table.y, 2, 20, 1e6, {}, exhaustive, {});
    const auto triples = bestSubsets(table.x, table.y, 3, 20, 1e6, pairs, exhaustive, {});
    const auto quick = bestSubsets(table.x, table.y, 4, 20, 10.0, triples, exhaustive, {});
    QVERIFY(!exhaustive);
    QCOMPARE(quick.front().columns, (std::vector<int>{0, 3, 5, 9}));
}

void TestSisso::poolLimitsAreTold() {
    const auto table = seventeen([](const auto& r) { return r[0] * r[1] * r[2]; }, 0.0);
    auto model = makeRegressor("sisso");
    model->settings().assign("dimension=1");
    model->fit(table, 1);
    QVERIFY(model->formula()->remark.find("only those") == std::string::npos);
    QCOMPARE(model->formula()->terms.size(), std::size_t(1));
    QVERIFY(metricsOf(table.y, model->predictMean(table.x)).r2 > 1.0 - 1e-9);
    model->settings().assign("pool=50");
    model->fit(table, 1);
    QVERIFY(model->formula()->remark.find("only those") != std::string::npos);
}

void TestSisso::noValueIsNeverSilent() {
    auto table = seventeen([](const auto& r) { return 5.0 * std::log(r[3]); }, 0.01);
    auto model = makeRegressor("sisso");
    model->settings().assign("dimension=1");
    model->settings().assign("complexity=1");
    model->fit(table, 1);
    QCOMPARE(model->formula()->terms.front(), std::string("ln(f4)"));
    Eigen::MatrixXd rows = table.x.topRows(2);
    rows(1, 3) = -1.0;
    const auto p = model->predict(rows);
    QVERIFY(p.mean.allFinite());
    const double spread = std::sqrt((table.y.array() - table.y.mean()).square().mean());
    QVERIFY(p.standardDeviation[0] < 0.1 * spread);
    QVERIFY(p.standardDeviation[1] >= spread);
}

QTEST_APPLESS_MAIN(TestSisso)
#include "test_sisso.moc"
