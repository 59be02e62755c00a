// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli: exit codes and output of its subcommands.
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "../workflow/untrained_model.h"
#include "cli_process.h"
#include "core/io/structure_file.h"
#include "core/potential/potential.h"
#include "core/trajectory/h5md.h"

using namespace ionscape;
using namespace ionscape::testing;

namespace {

const QString winner = "Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12";

}  // namespace

class TestCli : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void version();
    void everySubcommandHasHelp_data();
    void everySubcommandHasHelp();
    void hosts();
    void spaceCount_data();
    void spaceCount();
    void spaceList();
    void buildIsSeeded();
    void predictGivesWhatThePotentialGives();
    void relaxWritesAlsoWhatIsNotConverged();
    void runThenAnalyzeThenLonger();
    void mdStartsFromTheFile();
    void interruptedRunContinuesExactly();
    void trainThenEvaluate();
    void embeddedPotentialHoldsTheCellTogether();

  private:
    QString path(const QString& name) const { return folder_.filePath(name); }
    QStringList shortRun(const QString& out, const QString& ps) const;
    QTemporaryDir folder_;
};

void TestCli::initTestCase() {
    QVERIFY(folder_.isValid());
    writeUntrainedModel(path("model.h5").toStdString(), 1);
}

void TestCli::version() {
    const auto r = runCli({"--version"});
    QCOMPARE(r.code, 0);
    QVERIFY(QRegularExpression("^ionscape-cli \\d+\\.\\d+\\.\\d+\n$").match(r.out).hasMatch());
}

void TestCli::everySubcommandHasHelp_data() {
    QTest::addColumn<QStringList>("command");
    QTest::newRow("program") << QStringList{};
    for (const char* name : {"hosts", "inspect", "space", "build", "ensemble", "hull", "predict", "relax",
                             "md", "run", "analyze", "convert", "train", "evaluate", "label"}) {
        QTest::newRow(name) << QStringList{name};
    }
    QTest::newRow("space count") << QStringList{"space", "count"};
    QTest::newRow("space list") << QStringList{"space", "list"};
}

void TestCli::everySubcommandHasHelp() {
    QFETCH(QStringList, command);
    const auto r = runCli(command + QStringList{"--help"});
    QCOMPARE(r.code, 0);
    QVERIFY(r.out.contains("--help"));
    QVERIFY(r.err.isEmpty());
}

void TestCli::hosts() {
    const auto hosts = runCli({"hosts", "--json"}).json()["hosts"].toArray();
    QStringList ids;
    for (const auto& host : hosts)
        ids << host.toObject()["id"].toString();
    QVERIFY(ids.contains("lzsp"));
    QVERIFY(runCli({"hosts"}).out.contains("lzsp"));
}

void TestCli::spaceCount_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("most");
    QTest::addColumn<int>("count");
    QTest::newRow("4-1") << "4-1"
                         << "3.5" << 735;
    QTest::newRow("5-1") << "5-1"
                         << "4" << 4575;
}

void TestCli::spaceCount() {
    QFETCH(QString, type);
    QFETCH(QString, most);
    QFETCH(int, count);
    const QStringList arguments{"space", "count",    "--host", "lzsp",     "--type",
                                type,    "--li-min", "2.5",    "--li-max", most};
    const auto r = runCli(arguments);
    QCOMPARE(r.code, 0);
    QCOMPARE(r.out, QByteArray::number(count) + "\n");
    QCOMPARE(runCli(arguments + QStringList{"--json"}).json()["count"].toInt(), count);
}

void TestCli::spaceList() {
    const auto r = runCli({"space", "list", "--type", "4-1", "--li-min", "2.5", "--li-max", "3.5",
                           "--require", "Hf,Sn", "--limit", "3", "--json"});
    QCOMPARE(r.code, 0);
    const auto list = r.json()["compositions"].toArray();
    QCOMPARE(list.size(), 3);
    for (const auto& entry : list) {
        const auto formula = entry.toObject()["formula"].toString();
        QVERIFY2(formula.contains("Hf") && formula.contains("Sn"), qPrintable(formula));
        QVERIFY(std::abs(entry.toObject()["S_config"].toDouble() - 1.386294) < 1e-6);  // ln 4
    }
}

void TestCli::buildIsSeeded() {
    const auto build = [&](const QString& seed, const QString& file) {
        return runCli({"build", "--formula", winner, "--seed", seed, "--out", path(file), "--json"});
    };
    const auto first = build("1", "a.cif");
    QCOMPARE(first.code, 0);
    build("1", "b.cif");
    build("2", "c.cif");
    const auto positions = [&](const QString& file) {
        return io::readStructure(path(file).toStdString()).positions;
    };
    const auto a = io::readStructure(path("a.cif").toStdString());
    QCOMPARE(first.json()["atoms"].toInt(), static_cast<int>(a.size()));
    QCOMPARE(a.size(), std::size_t(157));  // 160 of Li3 less three lithium vacancies
    QVERIFY(positions("b.cif") == a.positions);
    const auto c = io::readStructure(path("c.cif").toStdString());
    QVERIFY(c.elements != a.elements || c.positions != a.positions);
}

void TestCli::predictGivesWhatThePotentialGives() {
    QCOMPARE(runCli({"build", "--formula", winner, "--out", path("p.xyz")}).code, 0);
    const auto r = runCli({"predict", path("p.xyz"), "--potential", path("model.h5"), "--json"});
    QCOMPARE(r.code, 0);
    QCOMPARE(r.json().keys(), QStringList{"frames"});
    const auto frames = r.json()["frames"].toArray();
    QCOMPARE(frames.size(), 1);
    const auto frame = frames[0].toObject();
    QCOMPARE(frame.keys(),
             (QStringList{"energy_eV", "forces_eV_per_A", "stress_GPa"}));  // no moments in this model
    const auto structure = io::readStructure(path("p.xyz").toStdString());
    const auto expected = potential::openPotential(path("model.h5").toStdString())
                              ->evaluate(structure, {.stress = true, .magmoms = false});
    QVERIFY(std::abs(frame["energy_eV"].toDouble() - expected.energy) < 1e-4);
    const auto forces = frame["forces_eV_per_A"].toArray();
    QCOMPARE(forces.size(), static_cast<qsizetype>(structure.size()));
    for (int i = 0; i < forces.size(); ++i) {
        for (int k = 0; k < 3; ++k)
            QVERIFY(std::abs(forces[i].toArray()[k].toDouble() - expected.forces(k, i)) < 1e-4);
    }
    const auto stress = frame["stress_GPa"].toArray();
    for (int i = 0; i < 3; ++i) {
        for (int k = 0; k < 3; ++k) {
            QVERIFY(std::abs(stress[i].toArray()[k].toDouble() - (*expected.stressGPa)(i, k)) < 1e-4);
        }
    }
}

void TestCli::relaxWritesAlsoWhatIsNotConverged() {
    QCOMPARE(runCli({"build", "--formula", winner, "--out", path("r.cif")}).code, 0);
    const auto r = runCli({"relax", path("r.cif"), "--potential", path("model.h5"), "--steps", "2", "--fmax",
                           "1e-9", "--out", path("relaxed.cif"), "--json"});
    QCOMPARE(r.code, 3);
    QVERIFY(r.isOneErrorLine());
    QCOMPARE(r.json()["converged"].toBool(true), false);
    QCOMPARE(r.json()["steps"].toInt(), 2);
    QVERIFY(io::readStructure(path("relaxed.cif").toStdString()).size() == 157);
    const auto loose =
        runCli({"relax", path("r.cif"), "--potential", path("model.h5"), "--fmax", "1e6", "--fixed-cell"});
    QCOMPARE(loose.code, 0);
}

QStringList TestCli::shortRun(const QString& out, const QString& ps) const {
    return {"run",          "--formula", winner,  "--potential", path("model.h5"), "--temperature",
            "300",          "--ps",      ps,      "--no-relax",  "--threads",      "1",
            "--thermostat", "berendsen", "--out", path(out),     "--json"};
}

void TestCli::runThenAnalyzeThenLonger() {
    const auto r = runCli(shortRun("run.h5", "0.02"));
    QVERIFY2(r.code == 0, r.err);
    QVERIFY(r.err.isEmpty());  // no progress bar without a terminal
    QCOMPARE(r.json()["steps"].toInt(), 20);
    QCOMPARE(r.json()["interrupted"].toBool(true), false);
    const auto analysis = runCli({"analyze", path("run.h5"), "--json"});
    QCOMPARE(analysis.code, 0);
    QCOMPARE(analysis.json()["mean_temperature_K"], r.json()["mean_temperature_K"]);
    QVERIFY(runCli({"analyze", path("run.h5")}).out.contains("mean temperature"));
    const auto longer = runCli({"run", "--resume", path("run.h5"), "--ps", "0.05", "--json"});
    QVERIFY2(longer.code == 0, longer.err);
    QCOMPARE(longer.json()["steps"].toInt(), 50);
    QCOMPARE(trajectory::H5mdReader(path("run.h5").toStdString()).frameCount(), std::size_t(6));
}

void TestCli::mdStartsFromTheFile() {
    QCOMPARE(runCli({"build", "--formula", winner, "--out", path("m.xyz")}).code, 0);
    const auto r = runCli({"md", path("m.xyz"), "--potential", path("model.h5"), "--temperature", "200",
                           "--ps", "0.01", "--out", path("md.h5"), "--json"});
    QVERIFY2(r.code == 0, r.err);
    const auto first = trajectory::H5mdReader(path("md.h5").toStdString()).readFrame(0);
    QVERIFY(first.positions == io::readStructure(path("m.xyz").toStdString()).positions);
    QVERIFY(std::abs(first.temperature - 200.0) < 1e-6);
}

void TestCli::interruptedRunContinuesExactly() {
    const auto r = interruptCli(shortRun("broken.h5", "60"), path("broken.h5"));
    QCOMPARE(r.code, 130);
    QVERIFY2(r.err.contains("--resume"), r.err);
    QCOMPARE(r.json()["interrupted"].toBool(false), true);
    const auto state = trajectory::H5mdReader(path("broken.h5").toStdString()).restart();
    const auto done = state ? state->frame.step : 0;
    QVERIFY(done < 60000);
    const auto total = QString::number(static_cast<double>(done + 30) / 1000.0, 'f', 3);
    QCOMPARE(runCli({"run", "--resume", path("broken.h5"), "--ps", total}).code, 0);
    QCOMPARE(runCli(shortRun("whole.h5", total)).code, 0);
    const trajectory::H5mdReader broken(path("broken.h5").toStdString()),
        whole(path("whole.h5").toStdString());
    QCOMPARE(broken.frameCount(), whole.frameCount());
    for (std::size_t i = 0; i < whole.frameCount(); ++i) {
        QVERIFY(broken.readFrame(i).positions == whole.readFrame(i).positions);
    }
    QVERIFY(broken.restart()->frame.velocities == whole.restart()->frame.velocities);
}

void TestCli::trainThenEvaluate() {
    QFile data(path("labels.xyz"));
    QVERIFY(data.open(QIODevice::WriteOnly));
    for (const char* metal : {"Li", "Na", "K"}) {
        for (int frame = 0; frame < 2; ++frame) {
            const double x = 2.0 + 0.1 * frame;
            data.write(
                QString(
                    "2\nLattice=\"4 0 0 0 4 0 0 0 4\" Properties=species:S:1:pos:R:3:forces:R:3 energy=%1 "
                    "pbc=\"T T T\"\n%2 0 0 0 0.1 0 0\nF %3 0.2 0 -0.1 0 0\n")
                    .arg(-5.0 - 0.1 * frame)
                    .arg(metal)
                    .arg(x)
                    .toUtf8());
        }
    }
    data.close();
    const QStringList arguments{"train",     "--data",      path("labels.xyz"),
                                "--out",     path("model"), "--epochs",
                                "2",         "--batch",     "1",
                                "--width",   "4",           "--radial",
                                "5",         "--angular",   "5",
                                "--threads", "1",           "--json"};
    const auto r = runCli(arguments);
    QVERIFY2(r.code == 0, r.err);
    QCOMPARE(r.json()["epochs"].toInt(), 2);
    const auto e =
        runCli({"evaluate", "--potential", path("model/best.h5"), "--labels", path("labels.xyz"), "--json"});
    QVERIFY2(e.code == 0, e.err);
    QCOMPARE(e.json()["frames"].toInt(), 6);
    QVERIFY(e.json()["energy_mae_meV_per_atom"].toDouble(-1.0) >= 0.0);
    QVERIFY(e.json()["force_mae_eV_per_A"].toDouble(-1.0) > 0.0);
    QVERIFY(e.json()["stress_mae_GPa"].isNull());
    QCOMPARE(runCli(arguments).code, 2);  // a run is in this folder already
}

void TestCli::embeddedPotentialHoldsTheCellTogether() {
    if (!QFile::exists(IONSCAPE_RESOURCES "/potentials/he-lzsp-small.h5"))
        QSKIP("the embedded potential is not here");
    const auto r = runCli({"run", "--formula", winner, "--temperature", "1000", "--ps", "0.03", "--no-relax",
                           "--out", path("embedded.h5"), "--json"});
    QVERIFY2(r.code == 0, r.err);
    QCOMPARE(r.json()["broken_polyhedra"].toInt(-1), 0);
}

QTEST_GUILESS_MAIN(TestCli)
#include "test_cli.moc"
