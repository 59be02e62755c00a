// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli build with ensembles, ensemble, and hull: what they write, continue and refuse.
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "../workflow/untrained_model.h"
#include "cli_process.h"
#include "core/io/structure_file.h"

using namespace ionscape;
using namespace ionscape::testing;

namespace {
const QString quarters = "Li3Zr0.5Hf0.5Sn0.5Ti0.5Si2PO12";
}

class TestCliEnsemble : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void buildWritesOneFileAMember();
    void buildWritesAllIntoOneXyz();
    void monteCarloTakesAPotential();
    void ensembleContinues();
    void hullOfATable();
    void hullOfALine();
    void badInput();

  private:
    QString path(const QString& name) const { return folder_.filePath(name); }
    QTemporaryDir folder_;
};

void TestCliEnsemble::initTestCase() {
    QVERIFY(folder_.isValid());
    writeUntrainedModel(path("model.h5").toStdString(), 1);
    std::ofstream(path("phases.csv").toStdString())
        << "formula,label,energy_per_atom\nLi,metal,0\nO,gas,0\nLi2O,,-2.0\nLi3O,,-1.2\n";
}

void TestCliEnsemble::buildWritesOneFileAMember() {
    const auto r = runCli({"build", "--formula", quarters, "--primitive", "--ensemble", "10", "--method",
                           "ewald", "--draws", "30", "--distinct", "--out", path("cell.cif"), "--json"});
    QCOMPARE(r.code, 0);
    const auto members = r.json()["members"].toArray();
    QCOMPARE(members.size(), 10);
    double before = -1e300;
    for (int i = 0; i < 10; ++i) {
        const auto member = members[i].toObject();
        QCOMPARE(member["file"].toString(), path(QString("cell-%1.cif").arg(i + 1, 2, 10, QChar('0'))));
        QCOMPARE(io::readStructure(member["file"].toString().toStdString()).size(), std::size_t(40));
        QVERIFY(member["score"].toDouble() >= before);
        QVERIFY(member["multiplicity"].toInt() >= 1);
        before = member["score"].toDouble();
    }
    // 4! M, C(6,2) T and C(8,2) Li arrangements.
    QCOMPARE(r.json()["decorations"].toDouble(), 10080.0);
    QVERIFY(r.json()["distinct_decorations"].toDouble() >= 10080.0 / 4.0);
}

void TestCliEnsemble::buildWritesAllIntoOneXyz() {
    const auto r = runCli({"build", "--formula", quarters, "--primitive", "--members", "3", "--method", "sqs",
                           "--shells", "2", "--anneal", "500", "--out", path("all.xyz"), "--json"});
    QCOMPARE(r.code, 0);
    QCOMPARE(r.json()["shells"].toArray().size(), 2);
    const auto frames = io::readStructures(path("all.xyz").toStdString());
    QCOMPARE(frames.size(), std::size_t(3));
    QCOMPARE(frames[2].info.at("seed"), std::string("3"));
    const auto one = runCli({"build", "--formula", "Li2.75Zr1.75Nb0.25Si2PO12", "--smallest", "--out",
                             path("small.vasp"), "--json"});
    QCOMPARE(one.code, 0);
    QCOMPARE(one.json()["atoms"].toInt(), 79);  // eighths of two M sites: two primitive cells, one Li short
    QCOMPARE(one.json()["defects"].toString(), QString("0.25 Nb_Zr^• + 0.25 V_Li′"));
}

void TestCliEnsemble::monteCarloTakesAPotential() {
    const QStringList command{"build",     "--formula", quarters, "--primitive", "--method",
                              "mc",        "--moves",   "5",      "--potential", path("model.h5"),
                              "--threads", "1",         "--json", "--out",       path("mc.cif")};
    const auto r = runCli(command);
    QCOMPARE(r.code, 0);
    QVERIFY(r.json()["members"].toArray()[0].toObject()["score"].isDouble());
    QVERIFY(runCli(command + QStringList{"--temperature", "0"}).isOneErrorLine());
}

void TestCliEnsemble::ensembleContinues() {
    const QStringList command{"ensemble",   "--formula",   quarters,         "--primitive",
                              "--no-relax", "--potential", path("model.h5"), "--threads",
                              "1",          "--json",      "--out",          path("e.jsonl")};
    const auto first = runCli(command + QStringList{"--ensemble", "2"});
    QCOMPARE(first.code, 0);
    QCOMPARE(first.json()["skipped"].toInt(), 0);
    const auto second = runCli(command + QStringList{"--ensemble", "4"});
    QCOMPARE(second.code, 0);
    QCOMPARE(second.json()["skipped"].toInt(), 2);
    const auto energy = second.json()["energy_eV_per_atom"].toObject();
    QCOMPARE(energy["n"].toInt(), 4);
    QVERIFY(energy["minimum"].toDouble() < energy["mean"].toDouble());
    const auto refused = runCli(command + QStringList{"--ensemble", "4", "--seed", "5"});
    QCOMPARE(refused.code, 2);
    QVERIFY(refused.isOneErrorLine());
    const auto interruptedRun = interruptCli(
        QStringList{"ensemble", "--formula", quarters, "--primitive", "--no-relax", "--potential",
                    path("model.h5"), "--threads", "1", "--ensemble", "90000", "--out", path("long.jsonl")},
        path("long.jsonl"));
    QCOMPARE(interruptedRun.code, 130);
    QVERIFY2(interruptedRun.err.contains("continue"), interruptedRun.err);
}

void TestCliEnsemble::hullOfATable() {
    const auto r = runCli({"hull", "--entries", path("phases.csv"), "--references", "Li", "O", "--at", "LiO",
                           "--csv", path("table.csv"), "--json"});
    QCOMPARE(r.code, 0);
    const auto phases = r.json()["phases"].toArray();
    QCOMPARE(phases.size(), 4);
    QVERIFY(std::abs(phases[3].toObject()["above_hull_eV_per_atom"].toDouble() - 0.3) < 1e-9);
    QVERIFY(std::abs(phases[2].toObject()["formation_energy_eV_per_atom"].toDouble() + 2.0) < 1e-9);
    QVERIFY(phases[0].toObject()["decomposition_energy_eV_per_atom"].isNull());
    const auto point = r.json()["points"].toArray()[0].toObject();
    QVERIFY(std::abs(point["hull_eV_per_atom"].toDouble() + 1.5) < 1e-9);
    QCOMPARE(point["products"].toString(), QString("LiO → 0.5 O + 0.5 Li2O"));
    QFile table(path("table.csv"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    QCOMPARE(table.readAll().count('\n'), 5);
    // The table that was written is one that can be read.
    QCOMPARE(runCli({"hull", "--entries", path("table.csv"), "--json"}).json()["phases"].toArray().size(), 4);
    QVERIFY(runCli({"hull", "--entries", path("phases.csv")}).out.contains("E_hull"));
}

void TestCliEnsemble::hullOfALine() {
    const QStringList command{"hull",  "--line",      "Li3Zr2Si2PO12", "Li3Hf2Si2PO12",  "--points",
                              "3",     "--primitive", "--potential",   path("model.h5"), "--threads",
                              "1",     "--work",      path("line"),    "--steps",        "0",
                              "--json"};
    // Without a step nothing relaxes, and that is said.
    const auto r = runCli(command);
    QCOMPARE(r.code, 3);
    QVERIFY2(r.isOneErrorLine() && r.err.contains("no decoration of this composition relaxed"), r.err);
}

void TestCliEnsemble::badInput() {
    const auto refused = [](const QStringList& command, const char* why) {
        const auto r = runCli(command);
        QVERIFY2(r.code == 2 && r.isOneErrorLine() && r.err.contains(why), r.err);
    };
    refused({"hull"}, "--entries");
    refused({"hull", "--entries", path("none.csv")}, "none.csv");
    refused({"hull", "--entries", path("phases.csv"), "--at", "LiCl"}, "LiCl");
    refused({"build", "--formula", quarters, "--method", "best"}, "random, ewald, sqs");
    refused({"build", "--formula", quarters, "--primitive", "--smallest"}, "excludes");
    refused({"build", "--formula", quarters, "--method", "sqs", "--sublattices", "O"}, "one species");
    refused({"ensemble", "--formula", quarters, "--out", path("no/such/folder.jsonl")}, "folder");
    refused({"ensemble", "--formula", quarters, "--out", path("x.jsonl"), "--ensemble", "0"}, "above zero");
}

QTEST_APPLESS_MAIN(TestCliEnsemble)
#include "test_cli_ensemble.moc"
