// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli surrogate and screen: from a table to a model, predictions, explanations and a ranking.
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "cli_process.h"
#include "core/base/random.h"

using namespace ionscape;
using namespace ionscape::testing;

namespace {

const QStringList dopants = {"Hf", "Sn", "Ti", "Nb", "Ta"};

/// MSD = 60 Li − 0.1 (volume − 1000) + noise, with a column that says nothing.
QByteArray table(int rows, bool withGaps) {
    RandomStream random(1, "cli table");
    QByteArray text = "formula,type,Li (per formula unit),volume (Å³),luck,MSD (Å²)\n";
    for (int i = 0; i < rows; ++i) {
        const double li = 2.0 + 2.0 * random.uniform(), volume = 1000.0 + 100.0 * random.uniform();
        const double msd = 60.0 * (li - 1.5) - 0.1 * (volume - 1000.0) + random.normal();
        text += QString("Li%1Zr%2Si2PO12,%3,%4,%5,%6,%7\n")
                    .arg(li, 0, 'f', 4)
                    .arg(dopants[i % 5])
                    .arg(i % 2 ? "4-1" : "5-1")
                    .arg(li, 0, 'f', 6)
                    .arg(volume, 0, 'f', 6)
                    .arg(withGaps && i % 7 == 0 ? QString() : QString::number(random.uniform()))
                    .arg(msd, 0, 'f', 6)
                    .toUtf8();
    }
    return text;
}

}  // namespace

class TestCliSurrogate : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void trainPredictExplainScreen();
    void formulaOfSisso();
    void validates();
    void gaps();
    void importsMeasurements();
    void badInput_data();
    void badInput();

  private:
    QString path(const QString& name) const { return folder_.filePath(name); }
    QStringList learning(const QString& file) const {
        return {"--table", path(file), "--target", "MSD", "--formula", "formula", "--group", "type"};
    }
    void put(const QString& name, const QByteArray& contents);
    QByteArray contents(const QString& name) const;
    QTemporaryDir folder_;
};

void TestCliSurrogate::put(const QString& name, const QByteArray& text) {
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

QByteArray TestCliSurrogate::contents(const QString& name) const {
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestCliSurrogate::initTestCase() {
    put("table.csv", table(60, false));
    put("gaps.csv", table(60, true));
    put("short.csv", "formula,Li (per formula unit),MSD (Å²)\nLi3PS4,3,\nLi2PS4,2,5\n");
    put("text.json", "{\"format\": \"other\"}");
    put("wrong-unit.csv", "Li (per formula unit),volume (nm³),luck\n3,1,0.5\n");
}

void TestCliSurrogate::trainPredictExplainScreen() {
    auto r =
        runCli(QStringList{"surrogate", "train"} + learning("table.csv") +
               QStringList{"--model", "ridge", "--hold-out", "0.2", "--out", path("model.json"), "--json"});
    QVERIFY2(r.code == 0, r.err);
    QCOMPARE(r.json()["rows"].toInt(), 48);
    QVERIFY(r.json()["held_out"].toObject()["rmse"].toDouble() < 3.0);
    QVERIFY(r.json()["held_out_mean"].toObject()["rmse"].toDouble() > 15.0);

    r = runCli({"surrogate", "predict", "--model", path("model.json"), "--table", path("table.csv"), "--out",
                path("predicted.csv"), "--json"});
    QVERIFY2(r.code == 0, r.err);
    QCOMPARE(r.json()["rows"].toInt(), 60);
    QVERIFY(r.json()["classes"].toObject()["medium"].toInt() > 0);
    const auto header = contents("predicted.csv").split('\n').front();
    QVERIFY(header.endsWith("MSD (Å²),MSD_predicted (Å²),MSD_sd (Å²),MSD_half90 (Å²),distance"));

    r = runCli({"surrogate", "explain", "--model", path("model.json"), "--table", path("table.csv"),
                "--target", "MSD", "--out", path("shap.csv"), "--json"});
    QVERIFY2(r.code == 0, r.err);
    const auto features = r.json()["features"].toArray();
    QCOMPARE(features[0].toObject()["feature"].toString(), QString("Li"));
    QVERIFY(features[0].toObject()["permutation"].toDouble() > 10.0);
    for (const auto& line : contents("shap.csv").split('\n').mid(1, 60)) {
        const auto fields = line.split(',');
        double sum = 0.0;
        for (int k = 1; k + 1 < fields.size(); ++k)
            sum += fields[k].toDouble();
        QVERIFY(std::abs(sum - fields.last().toDouble()) < 1e-5);
    }

    r = runCli({"screen", "--table", path("predicted.csv"), "--filter", "volume < 1050", "--pareto",
                "MSD_predicted:max", "volume:min", "--class", "MSD_predicted", "--front", "--out",
                path("front.csv"), "--json"});
    QVERIFY2(r.code == 0, r.err);
    const auto rows = r.json()["rows"].toArray();
    QVERIFY(!rows.isEmpty() && rows.size() < r.json()["matched"].toInt());
    QVERIFY(r.json()["hypervolume"].toDouble() > 0.0);
    QCOMPARE(contents("front.csv").count('\n'), rows.size() + 1);

    r = runCli({"screen", "--table", path("predicted.csv"), "--rank", "MSD_predicted", "--top", "3"});
    QVERIFY2(r.code == 0, r.err);
    QVERIFY(r.out.contains("60 of 60 rows match"));
    QCOMPARE(r.out.count('\n'), 5);
}

void TestCliSurrogate::formulaOfSisso() {
    const auto r = runCli(QStringList{"surrogate", "train"} + learning("table.csv") +
                          QStringList{"--model", "sisso", "--set", "dimension=2", "--set", "complexity=1",
                                      "--out", path("sisso.json"), "--json"});
    QVERIFY2(r.code == 0, r.err);
    const auto text = r.json()["formula"].toObject()["text"].toString();
    QVERIFY2(text.startsWith("MSD = ") && text.contains("Li"), qPrintable(text));
    const auto models = runCli({"surrogate", "models"});
    QCOMPARE(models.code, 0);
    QVERIFY(models.out.contains("complexity"));
}

void TestCliSurrogate::validates() {
    auto r =
        runCli(QStringList{"surrogate", "validate"} + learning("table.csv") +
               QStringList{"--models", "ridge,mean", "--folds", "5", "--out", path("folds.csv"), "--json"});
    QVERIFY2(r.code == 0, r.err);
    const auto models = r.json()["models"].toArray();
    QVERIFY(models[0].toObject()["metrics"].toObject()["r2"].toDouble() > 0.95);
    QVERIFY(models[1].toObject()["metrics"].toObject()["r2"].toDouble() < 0.05);
    QCOMPARE(contents("folds.csv").count('\n'), 121);
    r = runCli(QStringList{"surrogate", "validate"} + learning("table.csv") +
               QStringList{"--models", "ridge", "--leave-out", "element"});
    QVERIFY2(r.code == 0, r.err);
    QVERIFY(r.out.contains("without Nb"));
    QVERIFY(!r.out.contains("without Li"));  // every row has lithium
}

void TestCliSurrogate::gaps() {
    const auto train = QStringList{"surrogate", "train"} + learning("gaps.csv") +
                       QStringList{"--model", "ridge", "--out", path("gaps.json")};
    auto r = runCli(train);
    QCOMPARE(r.code, 2);
    QVERIFY2(r.isOneErrorLine() && r.err.contains("luck"), r.err);
    r = runCli(train + QStringList{"--missing", "mean", "--json"});
    QVERIFY2(r.code == 0, r.err);
    r = runCli({"surrogate", "predict", "--model", path("gaps.json"), "--table", path("gaps.csv"), "--json"});
    QVERIFY2(r.code == 0, r.err);
}

void TestCliSurrogate::importsMeasurements() {
    put("lab.csv", "Probe;sigma (S/cm);T (°C)\nLi3PS4;1,6e-4;25\nLi6PS5Cl;1,9e-3;60\n");
    const auto r = runCli({"surrogate", "import", "--table", path("lab.csv"), "--formula", "Probe",
                           "--target", "sigma", "--temperature-column", "T"});
    QVERIFY2(r.code == 0, r.err);
    QCOMPARE(r.out, QByteArray("formula,sigma (mS/cm),sigma_error (mS/cm),temperature (K)\n"
                               "Li3PS4,0.16,,298.15\nLi6PS5Cl,1.9,,333.15\n"));
}

void TestCliSurrogate::badInput_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    const auto row = [&](const char* name, const QStringList& arguments, const QString& says) {
        QTest::newRow(name) << arguments << says;
    };
    const QStringList train = {"surrogate", "train", "--out", path("x.json"), "--table", path("table.csv")};
    row("no subcommand", {"surrogate"}, "subcommand");
    row("no table",
        {"surrogate", "train", "--target", "MSD", "--table", path("none.csv"), "--out", path("x.json")},
        "none.csv");
    row("no target", train + QStringList{"--target", "MSDD"}, "MSD");
    row("no model", train + QStringList{"--target", "MSD", "--model", "oracle"}, "gradient-boosting");
    row("no setting", train + QStringList{"--target", "MSD", "--set", "tree=3"}, "trees");
    row("setting out of range", train + QStringList{"--target", "MSD", "--set", "trees=0"}, "trees");
    row("too few rows",
        {"surrogate", "train", "--out", path("x.json"), "--table", path("short.csv"), "--target", "MSD"},
        "fold");
    row("no model file", {"surrogate", "predict", "--model", path("text.json"), "--table", path("table.csv")},
        "text.json");
    row("no group",
        {"surrogate", "validate", "--table", path("table.csv"), "--target", "MSD", "--leave-out", "element"},
        "element");
    row("score", {"screen", "--table", path("table.csv"), "--score", "MSD=much"}, "MSD=much");
    row("objective", {"screen", "--table", path("table.csv"), "--pareto", "MSD"}, "max");
    row("filter", {"screen", "--table", path("table.csv"), "--filter", "MSD >"}, "position");
    row("no column", {"screen", "--table", path("table.csv"), "--rank", "MSDD"}, "MSD");
    row("unit", {"surrogate", "import", "--table", path("table.csv"), "--target", "volume", "--unit", "pint"},
        "pint");
}

void TestCliSurrogate::badInput() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const auto r = runCli(arguments);
    QVERIFY2(r.code == 2, r.err);
    // Notes may come before the error.
    QVERIFY2(r.err.contains("ionscape-cli: error: ") && r.err.contains(says.toUtf8()), r.err);
    QVERIFY(!QFile::exists(path("x.json")));
}

QTEST_APPLESS_MAIN(TestCliSurrogate)
#include "test_cli_surrogate.moc"
