// SPDX-License-Identifier: GPL-3.0-or-later
// Campaigns from the command line: killed at any moment and continued, watched and exported.
#include <QFile>
#include <QProcess>
#include <QTest>

#include "cli_process.h"
#include "tests/workflow/lennard_jones_file.h"

using namespace ionscape::testing;

class TestCliCampaign : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QString path(const char* name) const { return folder_.filePath(name); }
    void write(const char* name, const QByteArray& text) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    QStringList table(const char* folder) const {
        const auto result = runCli({"campaign", "export", path(folder) + "/dataset.h5"});
        auto lines = QString::fromUtf8(result.out).split('\n', Qt::SkipEmptyParts);
        std::sort(lines.begin(), lines.end());
        return lines;
    }

  private slots:
    void initTestCase() {
        ionscape::writeLennardJones(path("lj.json").toStdString(), {"Li", "Zr", "Si", "P", "O"});
        QByteArray spec = R"({"name": "test", "target_lag_ps": 1,
            "protocol": {"potential": "POTENTIAL", "threads": 1,
                "relax_settings": {"max_steps": 40, "force_tolerance_eV_per_A": 2, "stress_tolerance_GPa": 100},
                "md": {"temperature_K": 500, "timestep_fs": 1, "steps": 400, "frame_interval": 2,
                       "flush_interval": 20}},
            "groups": [{"formulas": ["Li3Zr2Si2PO12"], "members": 4, "dynamics": true}]})";
        spec.replace("POTENTIAL", path("lj.json").toUtf8());
        write("spec.json", spec);
    }

    void killedCampaignsEndAlike() {
        const auto whole =
            runCli({"campaign", "run", path("spec.json"), "--folder", path("whole"), "--json"});
        QVERIFY2(whole.code == 0, whole.err);
        QCOMPARE(whole.json()["simulated"].toInt(), 4);
        int kills = 0;
        for (int delay = 250;; delay += 300) {
            QVERIFY(delay < 60000);
            QProcess process;
            process.start(IONSCAPE_CLI,
                          {"campaign", "run", path("spec.json"), "--folder", path("parts"), "--jobs", "2"});
            QVERIFY(process.waitForStarted());
            if (process.waitForFinished(delay)) {
                QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
                break;
            }
            process.kill();
            process.waitForFinished();
            QCOMPARE(process.exitStatus(), QProcess::CrashExit);
            ++kills;
        }
        QVERIFY(kills > 0);
        QCOMPARE(table("parts"), table("whole"));
        QCOMPARE(table("whole").size(), 5);
    }

    void statusTellsWhatIsLeft() {
        const auto begun = runCli(
            {"campaign", "run", path("spec.json"), "--folder", path("begun"), "--most", "1", "--json"});
        QVERIFY2(begun.code == 0, begun.err);
        const auto status = runCli({"campaign", "status", "--folder", path("begun"), "--json"});
        QCOMPARE(status.code, 0);
        QCOMPARE(status.json()["simulated"].toInt(), 1);
        QCOMPARE(status.json()["waiting"].toInt(), 3);
        QVERIFY(status.json()["seconds_per_simulation"].toDouble() > 0.0);
    }

    void badInputIsOneLine() {
        for (const auto& arguments : {QStringList{"campaign", "run", path("missing.json")},
                                      QStringList{"campaign", "run", path("lj.json"), "--folder", path("x")},
                                      QStringList{"campaign", "status", "--folder", path("nowhere")},
                                      QStringList{"campaign", "export", path("spec.json")}}) {
            const auto result = runCli(arguments);
            QCOMPARE(result.code, 2);
            QVERIFY2(result.isOneErrorLine(), result.err);
        }
    }
};

QTEST_GUILESS_MAIN(TestCliCampaign)
#include "test_cli_campaign.moc"
