// SPDX-License-Identifier: GPL-3.0-or-later
// Features on the command line: tables, files, ensembles, definitions, and wrong input.
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include "tests/cli/cli_process.h"

using namespace ionscape::testing;

class TestCliFeatures : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void tableOnTheScreen();
    void oneCellInJson();
    void ensembleInCsv();
    void withoutAHost();
    void definitions();
    void wrongArguments_data();
    void wrongArguments();

  private:
    QString path(const QString& name) const { return folder_.filePath(name); }
    QTemporaryDir folder_;
};

void TestCliFeatures::initTestCase() {
    QCOMPARE(runCli({"build", "--formula", "Li3Zr2Si2PO12", "--primitive", "--ensemble", "3", "--out",
                     path("three.xyz")})
                 .code,
             0);
    QCOMPARE(runCli({"build", "--formula", "Li3Zr2Si2PO12", "--primitive", "--out", path("one.cif")}).code,
             0);
}

void TestCliFeatures::tableOnTheScreen() {
    const auto result = runCli({"features", path("one.cif")});
    QCOMPARE(result.code, 0);
    for (const char* text : {"Li_content", "per f.u.", "csm_Liavg", "3.00000", "void_fraction"})
        QVERIFY2(result.out.contains(text), text);
}

void TestCliFeatures::oneCellInJson() {
    const auto json = runCli({"features", path("one.cif"), "--set", "multinary", "--json"}).json();
    QCOMPARE(json["features"].toArray().size(), 16);
    const auto values = json["cells"].toArray()[0].toObject()["values"].toObject();
    QCOMPARE(values["Li_content"].toDouble(), 3.0);
    QVERIFY(qAbs(values["a"].toDouble() - 15.586) < 1e-3);
    QVERIFY(qAbs(values["beta"].toDouble() - 123.70) < 1e-3);
    QVERIFY(values["csm_Mavg"].toDouble() > 0.0 && values["csm_Mavg"].toDouble() < 5.0);
}

void TestCliFeatures::ensembleInCsv() {
    QCOMPARE(runCli({"features", path("three.xyz"), "--ensemble", "--out", path("three.csv")}).code, 0);
    QFile file(path("three.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto lines = QString::fromUtf8(file.readAll()).split("\r\n", Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 6);  // titles, three cells, mean, spread
    QVERIFY(lines[0].startsWith("cell,Li_content [per f.u.],volume [Å³ per f.u.],"));
    QVERIFY(lines[3].startsWith(path("three.xyz") + "#3,3,"));
    QVERIFY(lines[4].startsWith("mean,3,"));
    QVERIFY(lines[5].startsWith("spread,0,"));
    const auto column = lines[0].split(',').indexOf("csm_Liavg");
    QVERIFY(column > 0);
    double sum = 0.0;
    for (int i = 1; i <= 3; ++i)
        sum += lines[i].split(',')[column].toDouble();
    QVERIFY(qAbs(lines[4].split(',')[column].toDouble() - sum / 3.0) < 1e-9);
    QVERIFY(lines[5].split(',')[column].toDouble() > 0.0);
}

void TestCliFeatures::withoutAHost() {
    const auto own =
        runCli({"features", path("one.cif"), "--mobile", "Li", "--site", "M=Zr", "--json"}).json();
    const auto hosted = runCli({"features", path("one.cif"), "--json"}).json();
    const auto value = [](const QJsonObject& json, const char* name) {
        return json["cells"].toArray()[0].toObject()["values"].toObject()[name].toDouble(-1.0);
    };
    for (const char* name : {"Li_content", "csm_Mavg", "bond_Si", "S_config"})
        QVERIFY2(qAbs(value(own, name) - value(hosted, name)) < 1e-9, name);
    QVERIFY(value(own, "a") < value(hosted, "a"));  // of the reduced cell
}

void TestCliFeatures::definitions() {
    const auto json = runCli({"features", "--definitions", "--host", "argyrodite", "--json"}).json();
    QVERIFY(json["features"].toArray().size() > 30);
    QCOMPARE(json["cells"].toArray().size(), 0);
    QVERIFY(runCli({"features", "--definitions"}).out.contains("Pinsky & Avnir"));
}

void TestCliFeatures::wrongArguments_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");
    const QString cif = path("one.cif");
    QTest::newRow("no file") << QStringList{} << "--definitions";
    QTest::newRow("host of other elements") << QStringList{cif, "--host", "na-nasicon"} << "Li has no place";
    QTest::newRow("mobile element missing") << QStringList{cif, "--mobile", "Na"} << "has no Na";
    QTest::newRow("site without elements")
        << QStringList{cif, "--mobile", "Li", "--site", "M"} << "M=Zr,Hf,Sn";
    QTest::newRow("site with a host") << QStringList{cif, "--site", "M=Zr"} << "--mobile";
    QTest::newRow("unknown set") << QStringList{cif, "--set", "some"} << "--set";
    QTest::newRow("unknown format") << QStringList{cif, "--out", path("x.txt")} << ".csv or .json";
    QTest::newRow("no such file") << QStringList{path("none.cif")} << "none.cif";
}

void TestCliFeatures::wrongArguments() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);
    const auto result = runCli(QStringList{"features"} + arguments);
    QVERIFY2(result.code == 2 || result.code == 3, result.err.constData());
    QVERIFY2(result.isOneErrorLine(), result.err.constData());
    QVERIFY2(result.err.contains(message.toUtf8()), result.err.constData());
}

QTEST_APPLESS_MAIN(TestCliFeatures)
#include "test_cli_features.moc"
