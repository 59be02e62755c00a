// SPDX-License-Identifier: GPL-3.0-or-later
// Tables, gaps and settings: nothing is guessed, and every refusal says where.
#include <QTest>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/surrogate/row_encoder.h"
#include "core/surrogate/settings.h"
#include "synthetic.h"

using namespace ionscape;
using namespace ionscape::surrogate;

namespace {

template <class Call>
QString refusal(Call&& call) {
    try {
        call();
    } catch (const InputError& error) {
        return error.what();
    }
    return "no refusal";
}

const std::vector<Feature> twoFeatures = {{"volume", "Å³", "of the cell", ""}, {"csm_Liavg", "", "", ""}};

}  // namespace

class TestTable : public QObject {
    Q_OBJECT

  private slots:
    void partsOfATable();
    void refusals();
    void checksumSeesEveryDigit();
    void gapsAreRefused();
    void gapsTakeTheMean();
    void settingsByName();
    void randomSettingsStayInRange();
};

void TestTable::partsOfATable() {
    auto table = testing::syntheticTable(
        5, 3, [](const auto& r) { return r[0]; }, 0.0, 1);
    table.groupings = {{"element", {{"Nb"}, {"Ta", "Nb"}, {}, {"Ta"}, {"Hf"}}}};
    table.validate(true);
    const auto part = table.subset({3, 1, 1});
    part.validate(true);
    QCOMPARE(part.rows(), Eigen::Index(3));
    QCOMPARE(part.x(0, 2), table.x(3, 2));
    QCOMPARE(part.y[2], table.y[1]);
    QCOMPARE(part.labelOf(1), std::string("sample 2"));
    QCOMPARE(part.grouping("element").groupsOfRow[1], (std::vector<std::string>{"Ta", "Nb"}));
    const auto few = table.withFeatures({"f3", "f1"});
    QCOMPARE(few.features[0].name, std::string("f3"));
    QCOMPARE(few.x(4, 1), table.x(4, 0));
    QVERIFY(refusal([&] { table.withFeatures({"f9"}); }).contains("f9"));
    QVERIFY(refusal([&] { table.grouping("type"); }).contains("element"));
}

void TestTable::refusals() {
    const auto good = testing::syntheticTable(
        4, 2, [](const auto& r) { return r[0]; }, 0.0, 1);
    auto table = good;
    table.x(2, 1) = std::numeric_limits<double>::quiet_NaN();
    const auto says = refusal([&] { table.validate(true); });
    QVERIFY2(says.contains("sample 3") && says.contains("f2"), qPrintable(says));
    table = good;
    table.y.resize(0);
    table.validate(false);
    QVERIFY(refusal([&] { table.validate(true); }).contains("targets"));
    table = good;
    table.features[1].name = "f1";
    QVERIFY(refusal([&] { table.validate(true); }).contains("twice"));
    table = good;
    table.yError = Eigen::VectorXd::Constant(4, -1.0);
    QVERIFY(refusal([&] { table.validate(true); }).contains("error"));
}

void TestTable::checksumSeesEveryDigit() {
    const auto table = testing::syntheticTable(
        4, 2, [](const auto& r) { return r[0]; }, 0.0, 1);
    auto other = table;
    QCOMPARE(other.checksum(), table.checksum());
    other.x(3, 1) = std::nextafter(other.x(3, 1), 2.0);
    QVERIFY(other.checksum() != table.checksum());
    other = table;
    other.features[0].unit = "Å";
    QVERIFY(other.checksum() != table.checksum());
}

void TestTable::gapsAreRefused() {
    const std::vector<FeatureRow> rows = {{1000.0, 3.5}, {1010.0, std::nullopt}};
    const auto says = refusal([&] {
        RowEncoder(twoFeatures, rows, MissingValues::Refuse, {"LZSP", "no lithium"});
    });
    QVERIFY2(says.contains("no lithium") && says.contains("csm_Liavg"), qPrintable(says));
    const std::vector<FeatureRow> endless = {{1000.0, std::numeric_limits<double>::infinity()}};
    QVERIFY(refusal([&] { RowEncoder(twoFeatures, endless, MissingValues::Refuse); }).contains("row 1"));
    const std::vector<FeatureRow> shorter = {{1000.0}};
    QVERIFY(refusal([&] { RowEncoder(twoFeatures, shorter, MissingValues::Refuse); }).contains("1 values"));
}

void TestTable::gapsTakeTheMean() {
    const std::vector<FeatureRow> rows = {{1000.0, 3.0}, {1010.0, std::nullopt}, {1020.0, 5.0}};
    const RowEncoder encoder(twoFeatures, rows, MissingValues::MeanAndIndicator);
    const auto table = RowEncoder::fromJson(encoder.toJson()).encode(rows);
    QCOMPARE(table.features.size(), std::size_t(3));
    QCOMPARE(table.features[2].name, std::string("has_csm_Liavg"));
    QCOMPARE(table.x(1, 1), 4.0);
    QCOMPARE(table.x(1, 2), 0.0);
    QCOMPARE(table.x(2, 2), 1.0);
    // Volume had no gap, so the model never learnt what one means.
    const std::vector<FeatureRow> later = {{std::nullopt, 3.0}};
    QVERIFY(refusal([&] { encoder.encode(later); }).contains("volume"));
    const std::vector<FeatureRow> empty = {{1.0, std::nullopt}, {2.0, std::nullopt}};
    QVERIFY(refusal([&] {
                RowEncoder(twoFeatures, empty, MissingValues::MeanAndIndicator);
            }).contains("csm_Liavg"));
}

void TestTable::settingsByName() {
    Settings s(
        {{"trees", "", 300, 1, 1000, true}, {"kernel", "", 1, 0, 0, true, 0, 1, false, {"rbf", "matern52"}}});
    QCOMPARE(s.choice("kernel"), std::string("matern52"));
    s.assign("trees=20");
    s.assign("kernel=rbf");
    QCOMPARE(s.integer("trees"), 20);
    QCOMPARE(s.text("kernel"), std::string("rbf"));
    QVERIFY(refusal([&] { s.assign("tree=20"); }).contains("did you mean trees"));
    QVERIFY(refusal([&] { s.assign("trees"); }).contains("name=value"));
    QVERIFY(refusal([&] { s.assign("trees=many"); }).contains("number"));
    QVERIFY(refusal([&] { s.assign("trees=0"); }).contains("between"));
    QVERIFY(refusal([&] { s.assign("trees=2.5"); }).contains("whole"));
    QVERIFY(refusal([&] { s.assign("kernel=linear"); }).contains("rbf, matern52"));
    Settings other = s;
    other.assign("trees=300");
    QVERIFY(!(other == s));
    setFromJson(other, toJson(s));
    QVERIFY(other == s);
}

void TestTable::randomSettingsStayInRange() {
    Settings s({{"depth", "", 3, 1, 16, true, 2, 6},
                {"rate", "", 0.1, 1e-4, 1.0, false, 0.01, 0.2, true},
                {"fixed", "", 0.7, 0, 1}});
    RandomStream random(3, "search");
    std::set<int> depths;
    double logs = 0.0;
    for (int i = 0; i < 2000; ++i) {
        s.randomise(random);
        depths.insert(s.integer("depth"));
        QVERIFY(s.value("rate") >= 0.01 && s.value("rate") <= 0.2);
        logs += std::log(s.value("rate")) / 2000.0;
        QCOMPARE(s.value("fixed"), 0.7);
    }
    QCOMPARE(depths, (std::set<int>{2, 3, 4, 5, 6}));
    // Even on a logarithmic scale: the mean is the geometric one, within four standard errors.
    QVERIFY(std::abs(logs - 0.5 * std::log(0.002)) < 4.0 * std::log(20.0) / std::sqrt(12.0 * 2000.0));
}

QTEST_APPLESS_MAIN(TestTable)
#include "test_table.moc"
