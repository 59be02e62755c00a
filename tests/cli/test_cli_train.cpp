// SPDX-License-Identifier: GPL-3.0-or-later
// Training from the command line: killed at any moment and resumed, and the tools for data sets around it.
#include <QTest>

#include <QFile>
#include <QJsonArray>
#include <QProcess>

#include "cli_process.h"
#include "core/base/random.h"
#include "core/io/structure_file.h"
#include "core/potential/model_file.h"

using namespace ionscape;
using namespace ionscape::testing;

class TestCliTrain : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void killedRunsResumeExactly();
    void fineTuningWithReplay();
    void exportedModelsAreTheSame();
    void datasetTools();

  private:
    QTemporaryDir folder_;
    QString path(const char* name) const { return folder_.filePath(name); }
    QStringList trainArguments(const char* out) const {
        return {"train",   "--data",    path("labels.xyz"),
                "--out",   path(out),   "--epochs",
                "6",       "--batch",   "4",
                "--width", "8",         "--radial",
                "5",       "--angular", "5",
                "--ema",   "0.95",      "--optimiser",
                "adamw",   "--threads", "1"};
    }
};

/// Lithium halides with harmonic bonds.
void TestCliTrain::initTestCase() {
    std::vector<io::LabelledStructure> frames;
    RandomStream random(1);
    for (const char* anion : {"F", "Cl", "Br", "I", "O", "S"}) {
        for (int k = 0; k < 12; ++k) {
            io::LabelledStructure frame;
            frame.structure.lattice = crystal::Lattice(Mat3::Identity() * 4.0);
            const double stretch = 0.15 * random.normal();
            frame.structure.append(crystal::Element::fromSymbol("Li"), Vec3(0.1, 0.2, 0.3));
            frame.structure.append(crystal::Element::fromSymbol(anion), Vec3(2.0 + stretch, 0.2, 0.3));
            frame.energy = -5.0 + 2.0 * stretch * stretch;
            frame.forces = VectorField::Zero(3, 2);
            (*frame.forces)(0, 0) = 4.0 * stretch;
            (*frame.forces)(0, 1) = -4.0 * stretch;
            frames.push_back(frame);
        }
    }
    io::writeStructures(path("labels.xyz").toStdString(), frames);
}

void TestCliTrain::killedRunsResumeExactly() {
    const auto whole = runCli(trainArguments("whole"));
    QVERIFY2(whole.code == 0, whole.err);
    // Killed (SIGKILL) again and again, each time after another number of milliseconds, until one run ends.
    int kills = 0, finished = 0;
    for (int delay = 400; !finished; delay += 150) {
        QStringList arguments = trainArguments("parts");
        if (kills > 0) arguments << "--resume";
        QProcess process;
        process.start(IONSCAPE_CLI, arguments);
        QVERIFY(process.waitForStarted());
        if (process.waitForFinished(delay)) {
            finished = 1;
            QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
        } else {
            process.kill();
            process.waitForFinished();
            QCOMPARE(process.exitStatus(), QProcess::CrashExit);
            // Killed before it made its folder: nothing to resume, the command starts anew.
            if (QFile::exists(path("parts"))) ++kills;
        }
        QVERIFY(delay < 60000);
    }
    QVERIFY(kills > 0);
    for (const char* file : {"best.h5", "state.h5"}) {
        const auto a = potential::readModelFile((path("whole") + "/" + file).toStdString());
        const auto b = potential::readModelFile((path("parts") + "/" + file).toStdString());
        QVERIFY(!a.weights.empty());
        const auto same = [](const auto& x, const auto& y) {
            return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                              [](const auto& m, const auto& n) { return m.values == n.values; });
        };
        QVERIFY2(same(a.weights, b.weights), file);
        QVERIFY2(same(a.secondMoment, b.secondMoment), file);
        QVERIFY2(same(a.averaged, b.averaged), file);
    }
}

void TestCliTrain::fineTuningWithReplay() {
    const auto r = runCli({"train",
                           "--start",
                           path("whole/best.h5"),
                           "--data",
                           path("labels.xyz"),
                           "--replay",
                           path("labels.xyz"),
                           "--replay-fraction",
                           "0.25",
                           "--freeze",
                           "embeddings",
                           "basis",
                           "--patience",
                           "2",
                           "--schedule",
                           "step",
                           "--warmup",
                           "0.5",
                           "--epochs",
                           "2",
                           "--out",
                           path("tuned"),
                           "--threads",
                           "1",
                           "--json"});
    QVERIFY2(r.code == 0, r.err);
    QVERIFY(r.json()["start_test"].toObject()["force_mae_eV_per_A"].toDouble(-1) > 0);
    QVERIFY(r.json()["start_replay"].toObject()["force_mae_eV_per_A"].toDouble(-1) > 0);
    QVERIFY(r.json()["replay"].toObject()["force_mae_eV_per_A"].toDouble(-1) > 0);
    QVERIFY(r.err.contains("epoch 2:") && r.err.contains("earlier data"));
    QFile log(path("tuned/log.csv"));
    QVERIFY(log.open(QIODevice::ReadOnly));
    const auto lines = log.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 4);  // header, start, two epochs
    for (const auto& line : lines)
        QCOMPARE(line.count(','), lines[0].count(','));
    const auto bad = runCli({"train", "--start", path("whole/best.h5"), "--data", path("labels.xyz"),
                             "--freeze", "nothing", "--out", path("bad"), "--json"});
    QCOMPARE(bad.code, 2);
    QVERIFY(bad.err.contains("'nothing' freezes no weight"));
}

void TestCliTrain::exportedModelsAreTheSame() {
    const auto r = runCli({"export-model", path("whole/best.h5"), path("model.pth.tar"), "--json"});
    QVERIFY2(r.code == 0, r.err);
    const auto a = runCli({"evaluate", "--potential", path("model.pth.tar"), "--labels", path("labels.xyz"),
                           "--threads", "1", "--json"});
    const auto b = runCli({"evaluate", "--potential", path("whole/best.h5"), "--labels", path("labels.xyz"),
                           "--threads", "1", "--json"});
    QVERIFY2(a.code == 0, a.err);
    QVERIFY(std::abs(a.json()["force_mae_eV_per_A"].toDouble() - b.json()["force_mae_eV_per_A"].toDouble()) <
            1e-4);
    QCOMPARE(runCli({"export-model", path("model.pth.tar"), path("back.h5")}).code, 0);
    const auto x = potential::readModelFile(path("whole/best.h5").toStdString());
    const auto y = potential::readModelFile(path("back.h5").toStdString());
    for (std::size_t i = 0; i < x.weights.size(); ++i)
        QVERIFY(x.weights[i].values == y.weights[i].values);
    const auto bad = runCli({"export-model", path("whole/best.h5"), path("model.onnx")});
    QCOMPARE(bad.code, 2);
    QVERIFY(bad.isOneErrorLine());
}

void TestCliTrain::datasetTools() {
    const auto stats = runCli({"dataset", "stats", path("labels.xyz"), "--json"});
    QVERIFY2(stats.code == 0, stats.err);
    QCOMPARE(stats.json()["frames"].toInt(), 72);
    QCOMPARE(stats.json()["compositions"].toObject().size(), 6);
    QCOMPARE(runCli({"dataset", "stats", path("labels.xyz")}).code, 0);
    const QString vasp = QStringLiteral(IONSCAPE_TEST_DATA "/io/OUTCAR");
    const auto converted = runCli({"dataset", "convert", vasp, "--out", path("vasp.xyz"), "--json"});
    QVERIFY2(converted.code == 0, converted.err);
    QCOMPARE(converted.json()["frames"].toInt(), 2);
    const auto selected = runCli({"dataset", "select", path("labels.xyz"), "--recipe", "boltzmann", "--count",
                                  "3", "--strain", "0.03", "--out", path("selected.xyz"), "--json"});
    QVERIFY2(selected.code == 0, selected.err);
    QCOMPARE(selected.json()["frames"].toInt(), 18);
    QCOMPARE(selected.json()["labelled"].toBool(true), false);
    const auto read = io::readStructures(path("selected.xyz").toStdString());
    QCOMPARE(read.size(), std::size_t(18));
    QVERIFY(!read[0].energy && !read[0].forces);
    const auto checked = runCli({"dataset", "check", path("labels.xyz"), path("labels.xyz"), "--threshold",
                                 "50", "--out", path("clean.xyz"), "--json"});
    QVERIFY2(checked.code == 0, checked.err);
    QCOMPARE(checked.json()["duplicates"].toArray().size(), 72);
    QCOMPARE(io::readStructures(path("clean.xyz").toStdString()).size(), std::size_t(72));
    QCOMPARE(runCli({"dataset", "select", path("labels.xyz"), "--recipe", "transition", "--mobile", "Na",
                     "--out", path("none.xyz")})
                 .code,
             2);
}

QTEST_GUILESS_MAIN(TestCliTrain)
#include "test_cli_train.moc"
