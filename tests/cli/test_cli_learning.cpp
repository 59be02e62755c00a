// SPDX-License-Identifier: GPL-3.0-or-later
// Active learning from the command line: killed at any moment and continued with the same picks, rehearsed on
// a table.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QProcess>
#include <QTest>
#include <cmath>

#include "cli_process.h"
#include "tests/workflow/lennard_jones_file.h"

using namespace ionscape::testing;

class TestCliLearning : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }
    void write(const QString& name, const QByteArray& text) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    QByteArray contents(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QStringList picksOf(const QByteArray& history, int round) const {
        QStringList names;
        const auto rounds = QJsonDocument::fromJson(history).object()["rounds"].toArray();
        for (const auto& pick : rounds[round].toObject()["picks"].toArray())
            names << pick.toObject()["name"].toString();
        return names;
    }

  private slots:
    void initTestCase() {
        ionscape::writeLennardJones(path("lj.json").toStdString(), {"Li", "Zr", "Ti", "Si", "P", "O"});
        QByteArray spec = R"({"name": "test", "target_lag_ps": 0.02,
            "protocol": {"potential": "POTENTIAL", "threads": 1,
                "relax_settings": {"max_steps": 40, "force_tolerance_eV_per_A": 2, "stress_tolerance_GPa": 100},
                "md": {"temperature_K": 20, "timestep_fs": 1, "steps": 100, "frame_interval": 2,
                       "flush_interval": 20}},
            "learning": {"pool": {"formulas": ["Li3Zr2Si2PO12", "Li3Zr0.125Ti1.875Si2PO12", "Li3ZrTiSi2PO12",
                                               "Li3Zr1.5Ti0.5Si2PO12", "Li3Zr0.5Ti1.5Si2PO12",
                                               "Li3Zr1.75Ti0.25Si2PO12", "Li3Zr1.25Ti0.75Si2PO12",
                                               "Li3Zr0.75Ti1.25Si2PO12", "Li3Zr0.25Ti1.75Si2PO12"]},
                         "model": "ridge", "folds": 3, "initial": 5, "batch": 5, "rounds": 9}})";
        spec.replace("POTENTIAL", path("lj.json").toUtf8());
        write("spec.json", spec);
    }

    /// Two rounds of two; the first batch of five before them.
    void killedRoundsGoOnWithTheSamePicks() {
        const QStringList rest{"--batch", "2", "--rounds", "2", "--acquisition", "ucb"};
        const auto whole =
            runCli(QStringList{"campaign", "learn", path("spec.json"), "--folder", path("whole")} + rest);
        QVERIFY2(whole.code == 0, whole.err);
        const auto lines = QString::fromUtf8(whole.out).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 4);
        QVERIFY(lines[0].startsWith("round 0: 5 picks (sample)"));
        QVERIFY(lines[2].startsWith("round 2: 2 picks (ucb); predicted to RMSE"));
        QVERIFY(lines[2].contains("9 known, cross-validated RMSE"));
        QVERIFY(lines[3].contains("all rounds are done"));

        int kills = 0;
        QMap<int, QStringList> proposed;
        for (const int delay : {400, 1000, 1600, 2400, -1}) {  // ms; the last one is left alone
            QProcess process;
            process.start(
                IONSCAPE_CLI,
                QStringList{"campaign", "learn", path("spec.json"), "--folder", path("parts")} + rest);
            QVERIFY(process.waitForStarted());
            const bool ended = process.waitForFinished(delay);
            if (!ended) {
                process.kill();
                process.waitForFinished();
                QCOMPARE(process.exitStatus(), QProcess::CrashExit);
                ++kills;
            } else {
                QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
            }
            // What was proposed once stays proposed.
            const auto history = contents("parts/learning.json");
            const auto rounds = QJsonDocument::fromJson(history).object()["rounds"].toArray().size();
            for (int r = 0; r < rounds; ++r) {
                if (!proposed.contains(r)) proposed[r] = picksOf(history, r);
                QCOMPARE(picksOf(history, r), proposed[r]);
            }
            if (ended) break;
        }
        QVERIFY(kills > 1);
        QCOMPARE(contents("parts/learning.json"), contents("whole/learning.json"));
        QCOMPARE(proposed.size(), 3);
        const auto again = runCli(
            QStringList{"campaign", "learn", path("spec.json"), "--folder", path("parts"), "--json"} + rest);
        QVERIFY2(again.code == 0, again.err);
        QCOMPARE(again.json()["rounds"].toArray().size(), 3);
        QVERIFY(QFile::exists(again.json()["model_file"].toString()));
        const auto status = runCli({"campaign", "status", "--folder", path("parts"), "--json"});
        QCOMPARE(status.json()["simulated"].toInt(), 9);
        QCOMPARE(status.json()["waiting"].toInt(), 0);
    }

    void interruptsKeepEverything() {
        const auto result =
            interruptCli({"campaign", "learn", path("spec.json"), "--folder", path("stopped")},
                         path("stopped/learning.json"));
        QCOMPARE(result.code, 130);
        QVERIFY2(result.err.contains("Repeat the command"), result.err);
        QCOMPARE(picksOf(contents("stopped/learning.json"), 0), picksOf(contents("whole/learning.json"), 0));
    }

    void rehearsalsCompareWaysOfPicking() {
        QByteArray table = "name,a,b,c,target (Å²)\n";
        for (int i = 0; i < 80; ++i) {
            const double a = std::fmod(i * 0.618034, 1.0), b = std::fmod(i * 0.414214, 1.0),
                         c = std::fmod(i * 0.732051, 1.0);
            const double y = 50.0 - 80.0 * std::pow(a - 0.7, 2) - 60.0 * std::pow(b - 0.2, 2) + 2.0 * c;
            table += QString("r%1,%2,%3,%4,%5\n").arg(i).arg(a).arg(b).arg(c).arg(y).toUtf8();
        }
        write("table.csv", table);
        const QStringList command{"surrogate", "rehearse", "--table",       path("table.csv"),
                                  "--target",  "target",   "--acquisition", "ei,random",
                                  "--initial", "8",        "--batch",       "3",
                                  "--rounds",  "5",        "--repeats",     "4",
                                  "--folds",   "0"};
        const auto result = runCli(command + QStringList{"--json", "--out", path("curves.csv")});
        QVERIFY2(result.code == 0, result.err);
        const auto curves = result.json()["curves"].toArray();
        QCOMPARE(curves.size(), 2);
        const auto regret = [&](int curve) {
            const auto rounds = curves[curve].toObject()["rounds"].toArray();
            return rounds.last().toObject()["regret"].toObject()["mean"].toDouble();
        };
        QVERIFY(regret(0) < 0.5 * regret(1));
        QVERIFY(curves[0].toObject()["found"].toInt() > curves[1].toObject()["found"].toInt());
        const auto lines = QString::fromUtf8(contents("curves.csv")).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 1 + 2 * 6);
        QVERIFY(lines.first().startsWith("acquisition,round,known,best (Å²),best_sd (Å²),regret (Å²)"));
        // Several at once change nothing.
        const auto text = runCli(command + QStringList{"--jobs", "2"});
        QCOMPARE(text.out, runCli(command).out);
        QVERIFY(text.out.contains("regret of target (Å²)"));
    }

    void badInputIsOneLine() {
        write("plain.json", R"({"groups": [{"types": "4-1"}]})");
        write("wrong.json", R"({"learning": {"batches": 3}})");
        write("learning.json", "{");
        QVERIFY(QDir().mkpath(path("damaged")));
        write("damaged/learning.json", "{\"format\": 1");
        const auto learn = [&](const QString& spec, QStringList more = {}) {
            return QStringList{"campaign", "learn", path(spec), "--folder", path("bad")} + more;
        };
        const QList<QPair<QStringList, QByteArray>> cases{
            {learn("missing.json"), "cannot be read"},
            {learn("plain.json"), "no object \"learning\""},
            {learn("wrong.json"), "no field \"learning.batches\""},
            {learn("spec.json", {"--acquisition", "best"}), "no acquisition"},
            {learn("spec.json", {"--model", "oracle"}), "oracle"},
            {learn("spec.json", {"--set", "trees"}), "trees"},
            {{"campaign", "learn", path("spec.json"), "--folder", path("damaged")}, "not valid JSON"},
            {{"campaign", "run", path("spec.json"), "--folder", path("bad")}, "campaign learn"},
            {{"surrogate", "rehearse", "--target", "x"}, "--table or --dataset"},
            {{"surrogate", "rehearse", "--table", path("table.csv"), "--target", "target", "--initial", "90"},
             "too few"},
            {{"surrogate", "rehearse", "--table", path("table.csv"), "--target", "target", "--acquisition",
              "eye"},
             "no acquisition"}};
        for (const auto& [arguments, expected] : cases) {
            const auto result = runCli(arguments);
            QCOMPARE(result.code, 2);
            QVERIFY2(result.isOneErrorLine() && result.err.contains(expected), result.err);
        }
    }
};

QTEST_GUILESS_MAIN(TestCliLearning)
#include "test_cli_learning.moc"
