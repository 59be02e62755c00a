// SPDX-License-Identifier: GPL-3.0-or-later
// From a campaign's dataset on the command line: learn, predict a new composition, its decorations, screen.
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include "cli_process.h"
#include "tests/workflow/lennard_jones_file.h"
#include "tests/workflow/synthetic_campaign.h"

using namespace ionscape;
using namespace ionscape::testing;

class TestCliLearn : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QString path(const char* name) const { return folder_.filePath(name); }
    QByteArray contents(const char* name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList ofDecorations(int members) const {
        return {"robustness",  "Li3ZrHfSi2PO12",
                "--model",     path("model.json"),
                "--folder",    path("members"),
                "--potential", path("lj.json"),
                "--fmax",      "1000",
                "--smax",      "1000",
                "--members",   QString::number(members),
                "--json"};
    }

  private slots:
    void initTestCase() {
        writeSyntheticCampaign(path("dataset.h5").toStdString());
        writeLennardJones(path("lj.json").toStdString(), {"Li", "Zr", "Hf", "Si", "P", "O"});
    }

    void learnsAndSaysWhatItIsWorth() {
        const auto r = runCli({"learn", path("dataset.h5"), "--model", "ridge", "--out", path("model.json"),
                               "--predict", path("all.csv"), "--json"});
        QVERIFY2(r.code == 0, r.err);
        const auto report = r.json();
        QCOMPARE(report["rows_learnt"].toInt(), 40);
        QCOMPARE(report["rows_predicted"].toInt(), 60);
        const auto rmse = [&](const char* of) { return report[of].toObject()["rmse"].toDouble(); };
        // The law is Li content and S_config; the noise is 3 Å².
        QVERIFY(rmse("unseen") < rmse("content_baseline"));
        QVERIFY(rmse("unseen") < 0.5 * rmse("mean_baseline"));
        const auto first = report["features"].toArray()[0].toObject();
        QCOMPARE(first["name"].toString(), QString("Li_content"));
        QVERIFY(first["direction"].toDouble() > 0.9);
        QCOMPARE(contents("all.csv").count('\n'), 61);
        QVERIFY(contents("all.csv").startsWith(
            "formula,type,seed,MSD (Å²),error of MSD (Å²),class,predicted (Å²)"));
    }

    void whatItPredictsCanBeScreened() {
        const auto r = runCli({"screen", "--table", path("all.csv"), "--filter", "price < 1e6", "--pareto",
                               "predicted:max", "price:min", "S_config:max", "--json"});
        QVERIFY2(r.code == 0, r.err);
        QCOMPARE(r.json()["matched"].toInt(), 60);
        QVERIFY(r.json()["hypervolume"].toDouble() > 0.0);
        // No mixture of the synthetic cells makes another: nothing is known of their stability.
        QVERIFY(!contents("all.csv").contains("E_hull"));
    }

    void aNewCompositionIsPredicted() {
        const auto r =
            runCli({"predict-mobility", "Li3ZrHfSi2PO12", "--model", path("model.json"), "--potential",
                    path("lj.json"), "--max-steps", "2", "--structure", path("cell.cif"), "--json"});
        QVERIFY2(r.code == 0, r.err);
        QCOMPARE(r.json()["target"].toString(), QString("MSD"));
        QVERIFY(r.json()["standard_deviation"].toDouble() > 0.0);
        QVERIFY(r.json()["warning"].toString().contains("did not converge"));
        QCOMPARE(r.json()["features"].toObject()["Li_content"].toDouble(), 3.0);
        QVERIFY(contents("cell.cif").contains("_cell_length_a"));
    }

    void decorationsAreContinued() {
        const auto two = runCli(ofDecorations(2));
        QVERIFY2(two.code == 0, two.err);
        QCOMPARE(two.json()["decorations"].toInt(), 2);
        const auto four = runCli(ofDecorations(4));
        QVERIFY2(four.code == 0, four.err);
        QCOMPARE(four.json()["decorations"].toInt(), 4);
        QVERIFY(four.json()["standard_deviation"].toDouble() > 0.0);
        QCOMPARE(contents("members/predictions.csv").count('\n'), 5);
        const auto line = contents("members/predictions.csv").split('\n')[1];
        QVERIFY(line.startsWith("1,"));
    }

    void badInputIsOneLine() {
        for (const auto& arguments :
             {QStringList{"learn", path("none.h5")}, QStringList{"learn", path("lj.json")},
              QStringList{"learn", path("dataset.h5"), "--target", "MSDD"},
              QStringList{"learn", path("dataset.h5"), "--model", "magic"},
              QStringList{"learn", path("dataset.h5"), "--phases", path("none.csv")},
              QStringList{"predict-mobility", "NaCl", "--model", path("model.json")},
              QStringList{"predict-mobility", "Li3Zr2Si2PO12", "--model", path("lj.json")},
              QStringList{"robustness", "Li3Zr2Si2PO12", "--model", path("none.json")}}) {
            const auto r = runCli(arguments);
            QVERIFY2(r.code == 2 && r.isOneErrorLine(), (arguments.join(' ') + r.err).toUtf8());
        }
    }
};

QTEST_APPLESS_MAIN(TestCliLearn)
#include "test_cli_learn.moc"
