// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli with a committee: a run that it stops and that goes on, relaxation, calibration.
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "../workflow/untrained_model.h"
#include "cli_process.h"

using namespace ionscape::testing;

class TestCliCommittee : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }

  private slots:
    void initTestCase() {
        for (const int seed : {1, 2, 3})
            writeUntrainedModel(path(QString("m%1.h5").arg(seed)).toStdString(),
                                static_cast<std::uint64_t>(seed));
        QFile file(path("committee.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"architecture": "committee", "members": ["m1.h5", "m2.h5", "m3.h5"],
                       "driver": "first", "threshold_eV_per_A": 1e-9})");
        QFile labels(path("labels.xyz"));
        QVERIFY(labels.open(QIODevice::WriteOnly));
        for (int frame = 0; frame < 10; ++frame) {
            labels.write(QString("2\nLattice=\"4 0 0 0 4 0 0 0 4\" Properties=species:S:1:pos:R:3:forces:R:3 "
                                 "energy=-5 pbc=\"T T T\"\nLi 0 0 0 0.1 0 0\nO %1 0.2 0 -0.1 0 0\n")
                             .arg(1.8 + 0.05 * frame)
                             .toUtf8());
        }
    }

    void aRunStopsAtTheSpreadAndGoesOn() {
        const auto stopped = runCli({"run",
                                     "--formula",
                                     "Li3Zr2Si2PO12",
                                     "--no-relax",
                                     "--temperature",
                                     "300",
                                     "--ps",
                                     "0.006",
                                     "--frame-interval",
                                     "2",
                                     "--out",
                                     path("run.h5"),
                                     "--potential",
                                     path("committee.json"),
                                     "--threads",
                                     "1",
                                     "--spread-every",
                                     "2",
                                     "--spread-action",
                                     "stop",
                                     "--json"});
        QCOMPARE(stopped.code, 3);
        QVERIFY2(stopped.err.contains("disagree") && stopped.err.contains("MD step 0"), stopped.err);
        const auto whole = runCli({"run", "--resume", path("run.h5"), "--spread-action", "flag", "--json"});
        QVERIFY2(whole.code == 0, whole.err);
        const auto spread = whole.json()["force_spread"].toObject();
        QCOMPARE(spread["flagged"].toBool(), true);
        QCOMPARE(spread["every"].toInt(), 2);
        QCOMPARE(spread["dynamics"].toObject()["evaluations"].toInt(), 4);
        QCOMPARE(spread["dynamics"].toObject()["first"].toObject()["step"].toInt(), 0);
        const auto text = runCli({"analyze", path("run.h5")});
        QVERIFY2(text.out.contains("does not vouch"), text.out + text.err);
    }

    void relaxationReportsTheSpread() {
        QCOMPARE(runCli({"build", "--formula", "Li3Zr2Si2PO12", "--out", path("cell.xyz")}).code, 0);
        const QStringList relax{
            "relax", path("cell.xyz"), "--potential", path("committee.json"), "--threads", "1", "--steps",
            "2",     "--json"};
        const auto flagged = runCli(relax);
        QCOMPARE(flagged.code, 3);  // an untrained model does not converge in two steps
        const auto spread = flagged.json()["force_spread"].toObject();
        QVERIFY(spread["max_eV_per_A"].toDouble() > 0.0 && spread["exceeded"].toInt() == 1);
        const auto stopped = runCli(relax + QStringList{"--spread-action", "stop"});
        QCOMPARE(stopped.code, 3);
        QVERIFY2(stopped.err.contains("relaxation step 0"), stopped.err);
    }

    void evaluationSaysWhatTheSpreadIsWorth() {
        const auto r = runCli({"evaluate", "--labels", path("labels.xyz"), "--potential",
                               path("committee.json"), "--threads", "1", "--json"});
        QVERIFY2(r.code == 0, r.err);
        const auto committee = r.json()["committee"].toObject();
        QCOMPARE(committee["deciles"].toArray().size(), 10);
        QVERIFY(std::abs(committee["spearman"].toDouble()) <= 1.0);
    }

    void badSettingsAreRefused() {
        const QStringList run{"run", "--formula", "Li3Zr2Si2PO12", "--out", path("never.h5")};
        QCOMPARE(runCli(run + QStringList{"--spread-action", "panic"}).code, 2);
        QCOMPARE(runCli(run + QStringList{"--spread-threshold", "-1"}).code, 2);
        const auto single =
            runCli(run + QStringList{"--potential", path("m1.h5"), "--spread-action", "stop"});
        QCOMPARE(single.code, 2);
        QVERIFY(single.isOneErrorLine() && single.err.contains("single"));
        QVERIFY(!QFile::exists(path("never.h5")));
    }
};

QTEST_APPLESS_MAIN(TestCliCommittee)
#include "test_cli_committee.moc"
