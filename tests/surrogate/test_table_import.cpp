// SPDX-License-Identifier: GPL-3.0-or-later
// CSV files as people have them, and an error with its line for each way to go wrong.
#include <QTest>

#include "core/base/error.h"
#include "core/surrogate/table_import.h"

using namespace ionscape;
using namespace ionscape::surrogate;

namespace {

template <class Call>
QString refusal(Call&& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no refusal";
}

CsvTable parse(const char* text) {
    return CsvTable::parse(text, "data.csv");
}

}  // namespace

class TestTableImport : public QObject {
    Q_OBJECT

  private slots:
    void headersAndGaps();
    void otherSeparators();
    void refusals_data();
    void refusals();
    void rolesOfColumns();
    void measurements();
    void units();
};

void TestTableImport::headersAndGaps() {
    const auto t =
        parse("\xEF\xBB\xBF# made by hand\r\nname,\"volume (Å³)\",q (e)\r\n\"a, b\",+1.5e3,\r\nc,-2,n/a\r\n");
    QCOMPARE(t.rows(), std::size_t(2));
    QCOMPARE(t.columns()[1].name, std::string("volume"));
    QCOMPARE(t.columns()[1].unit, std::string("Å³"));
    QCOMPARE(t.text(0, 0), std::string("a, b"));
    QCOMPARE(*t.number(0, t.column("volume (Å³)")), 1500.0);
    QVERIFY(!t.number(0, 2) && !t.number(1, 2));
    QVERIFY(!t.isNumeric(0) && t.isNumeric(1) && !t.isNumeric(2));
    QCOMPARE(t.line(1), 4L);
    QCOMPARE(csvHeader(t.columns()[1]), std::string("volume (Å³)"));
    QVERIFY(refusal([&] { t.column("volum"); }).contains("did you mean volume"));
    QVERIFY(refusal([&] { t.number(0, 0); }).contains("data.csv:3: name"));
}

void TestTableImport::otherSeparators() {
    const auto german = parse("Formel;Wert (mS/cm)\nLi3PS4;0,16\nLi6PS5Cl;1,9\n");
    QCOMPARE(*german.number(0, 1), 0.16);
    // As tables of features have it.
    const auto brackets = parse("cell,volume [Å³ per f.u.],a (b) [Å]\nLZSP,1,2\n");
    QCOMPARE(brackets.columns()[1].unit, std::string("Å³ per f.u."));
    QCOMPARE(brackets.columns()[2].name, std::string("a (b)"));
    const auto tabs = parse("a\tb\n1.5\t2\n");
    QCOMPARE(*tabs.number(0, 0), 1.5);
}

void TestTableImport::refusals_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("empty") << QByteArray() << QByteArray("has no rows");
    QTest::newRow("header only") << QByteArray("a,b\n") << QByteArray("has no rows");
    QTest::newRow("short row") << QByteArray("a,b\n1,2\n3\n") << QByteArray("data.csv:3: 1 fields");
    QTest::newRow("twice") << QByteArray("a,a\n1,2\n") << QByteArray("there twice");
    QTest::newRow("no name") << QByteArray("a,,b\n1,2,3\n") << QByteArray("column 2 has no name");
    QTest::newRow("open quote") << QByteArray("a,b\n\"1,2\n") << QByteArray("data.csv:2: a quoted field");
    QTest::newRow("binary") << QByteArray("a,b\n1,\xff\xfe\n") << QByteArray("data.csv:2: is no text");
}

void TestTableImport::refusals() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    const auto found = refusal([&] { CsvTable::parse({text.data(), std::size_t(text.size())}, "data.csv"); });
    QVERIFY2(found.contains(QString::fromUtf8(says)), qPrintable(found));
}

void TestTableImport::rolesOfColumns() {
    const auto file = parse(
        "formula,type,volume (Å³),csm_Liavg,MSD (Å²),error (Å²)\n"
        "Li3Zr2Si2PO12,1-1,1000,3.5,40,4\nLi2.5ZrNbSi2PO12,4-1,1010,,90,8\nLi3Hf2Si2PO12,4-1,1005,3.1,,\n");
    TableColumns columns;
    columns.target = "MSD";
    columns.targetError = "error";
    columns.formula = "formula";
    columns.groups = {"type"};
    const auto t = learningRows(file, columns);
    QCOMPARE(t.features.size(), std::size_t(2));
    QCOMPARE(t.features[0].unit, std::string("Å³"));
    QCOMPARE(t.target.unit, std::string("Å²"));
    QCOMPARE(t.rows.size(), std::size_t(2));
    QCOMPARE(t.withoutTarget, std::size_t(1));
    QVERIFY(!t.rows[1][1]);
    QCOMPARE(t.labels[1], std::string("Li2.5ZrNbSi2PO12"));
    QCOMPARE(t.groupings[0].groupsOfRow[1], (std::vector<std::string>{"4-1"}));
    QCOMPARE(t.groupings[1].name, std::string("element"));
    QCOMPARE(t.groupings[1].groupsOfRow[1], (std::vector<std::string>{"Li", "Zr", "Nb", "Si", "P", "O"}));
    const RowEncoder encoder(t.features, t.rows, MissingValues::MeanAndIndicator, t.labels);
    const auto table = encoded(t, encoder);
    table.validate(true);
    QCOMPARE(table.yError[1], 8.0);
    QCOMPARE(table.x(1, 2), 0.0);
    columns.target.clear();
    columns.targetError.clear();
    QCOMPARE(learningRows(file, columns).rows.size(), std::size_t(3));
    columns.target = "MSD";
    columns.features = {"volume", "MSD"};
    QVERIFY(refusal([&] { learningRows(file, columns); }).contains("feature of itself"));
    columns.features = {"volume", "volume"};
    QVERIFY(refusal([&] { learningRows(file, columns); }).contains("twice"));
    columns.features = {"volum"};
    QVERIFY(refusal([&] { learningRows(file, columns); }).contains("volume"));
    QVERIFY(refusal([&] {
                TableColumns bad;
                bad.formula = "type";
                learningRows(file, bad);
            }).contains("data.csv:2"));
}

void TestTableImport::measurements() {
    const auto file = parse(
        "composition;sigma (S/cm);T (°C);err\n"
        "Li3PS4;1,6e-4;25;1e-5\nLi6PS5Cl;1,9e-3;;\nLi7La3Zr2O12;;25;\n");
    MeasurementColumns columns;
    columns.formula = "composition";
    columns.value = "sigma";
    columns.error = "err";
    columns.temperature = "T";
    const auto t = importMeasurements(file, columns);
    QCOMPARE(t.unit, std::string("mS/cm"));
    QCOMPARE(t.measurements.size(), std::size_t(2));
    QCOMPARE(t.gaps, std::size_t(1));
    const auto& first = t.measurements[0];
    QVERIFY(std::abs(first.value - 0.16) < 1e-12);
    QVERIFY(std::abs(*first.error - 0.01) < 1e-12);
    QVERIFY(std::abs(*first.temperature - 298.15) < 1e-9);
    QCOMPARE(composition::amountOf(first.formula, crystal::Element::fromSymbol("P")), 1.0);
    QVERIFY(!t.measurements[1].error && !t.measurements[1].temperature);
    columns.fixedTemperature = 300.0;
    QCOMPARE(*importMeasurements(file, columns).measurements[1].temperature, 300.0);
    columns.unit = "furlong";
    QVERIFY(refusal([&] { importMeasurements(file, columns); }).contains("furlong"));
    columns.unit.clear();
    columns.value = "T";
    QVERIFY(refusal([&] { importMeasurements(file, columns); }).contains("°C"));
    const auto wrong = parse("formula,x\nLi3(PS4,1\n");
    columns = {};
    columns.value = "x";
    QVERIFY(refusal([&] { importMeasurements(wrong, columns); }).contains("data.csv:2"));
    const auto cold = parse("formula,x,T (K)\nLi3PS4,1,-5\n");
    columns.temperature = "T";
    QVERIFY(refusal([&] { importMeasurements(cold, columns); }).contains("-5 K"));
}

void TestTableImport::units() {
    QCOMPARE(toShownUnit("S/m")->first, 10.0);
    QCOMPARE(toShownUnit("nm²")->first, 100.0);
    QVERIFY(std::abs(toShownUnit("kJ/mol")->first - 0.010364269656) < 1e-11);
    QVERIFY(!toShownUnit("parsec"));
}

QTEST_APPLESS_MAIN(TestTableImport)
#include "test_table_import.moc"
