// SPDX-License-Identifier: GPL-3.0-or-later
// Hosts on the command line: the shipped ones, new ones from a CIF, and files inspected for theirs.
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include "tests/cli/cli_process.h"

using namespace ionscape::testing;

class TestCliHosts : public QObject {
    Q_OBJECT

  private slots:
    void listsSublattices();
    void inspectFindsTheHost_data();
    void inspectFindsTheHost();
    void inspectOfAStranger();
    void lammpsDataIsWritten();
    void hostFromCif();
    void wrongArguments_data();
    void wrongArguments();

  private:
    QString path(const QString& name) const { return folder_.filePath(name); }
    QTemporaryDir folder_;
    const QString cif_ = IONSCAPE_TEST_DATA "/hosts/llzo-like.cif";
};

void TestCliHosts::listsSublattices() {
    bool halide = false;
    for (const auto& entry : runCli({"hosts", "--json"}).json()["hosts"].toArray()) {
        const auto host = entry.toObject();
        if (host["id"].toString() != "halide") continue;
        halide = true;
        QCOMPARE(host["formula"].toString(), QString("Li3YBr6"));
        QCOMPARE(host["mixed_sublattices"].toObject().keys(), QStringList({"M", "X"}));
        QVERIFY(host["temperature_K"].toDouble() > 0.0);
    }
    QVERIFY(halide);
    QVERIFY(runCli({"hosts"}).out.contains("also mixed site X: Br Cl I F"));
}

void TestCliHosts::inspectFindsTheHost_data() {
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("formula");
    QTest::addColumn<QString>("file");
    QTest::newRow("CIF") << "lzsp"
                         << "Li3Zr2Si2PO12"
                         << "lzsp.cif";
    QTest::newRow("POSCAR") << "halide"
                            << "Li3In0.5Y0.5Br3Cl3"
                            << "halide.vasp";
    QTest::newRow("extxyz") << "argyrodite"
                            << "Li5.5PS4.5Cl1.5"
                            << "argyrodite.xyz";
}

void TestCliHosts::inspectFindsTheHost() {
    QFETCH(QString, host);
    QFETCH(QString, formula);
    QFETCH(QString, file);
    const auto built = runCli({"build", "--host", host, "--formula", formula, "--out", path(file)});
    QVERIFY2(built.code == 0, built.err);
    const auto found = runCli({"inspect", path(file), "--json"}).json();
    QCOMPARE(found["host"].toObject()["id"].toString(), host);
    QVERIFY(found["host"].toObject()["rms_shift_A"].toDouble() < 1e-3);
    QVERIFY(found["atoms"].toInt() > 100);
    QVERIFY(found["space_group_number"].toInt() >= 1);
    const auto text = runCli({"inspect", path(file)});
    QCOMPARE(text.code, 0);
    QVERIFY2(text.out.contains("host " + host.toUtf8()) && text.out.contains("space group"), text.out);
    // What was recognised can be built again.
    const auto again = found["host"].toObject()["formula"].toString();
    QCOMPARE(runCli({"build", "--host", host, "--formula", again, "--out", path("again.cif")}).code, 0);
}

void TestCliHosts::inspectOfAStranger() {
    QFile file(path("salt.vasp"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("NaCl\n1.0\n0 2.82 2.82\n2.82 0 2.82\n2.82 2.82 0\nNa Cl\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n");
    file.close();
    const auto found = runCli({"inspect", path("salt.vasp"), "--json"}).json();
    QVERIFY(found["host"].isNull());
    QCOMPARE(found["space_group_number"].toInt(), 225);
    QVERIFY(runCli({"inspect", path("salt.vasp")}).out.contains("no host recognised"));
}

void TestCliHosts::lammpsDataIsWritten() {
    const auto built = runCli({"build", "--formula", "Li3Zr2Si2PO12", "--out", path("cell.data")});
    QVERIFY2(built.code == 0, built.err);
    const auto found = runCli({"inspect", path("cell.data"), "--json"}).json();
    QCOMPARE(found["atoms"].toInt(), 160);
    QCOMPARE(found["host"].toObject()["id"].toString(), QString("lzsp"));
}

void TestCliHosts::hostFromCif() {
    const QString host = path("mine.json");
    const auto made = runCli({"hosts", "from-cif", cif_, "--out", host, "--dopant", "Nb=5", "W=6", "--json"});
    QVERIFY2(made.code == 0, made.err);
    QCOMPARE(made.json()["id"].toString(), QString("mine"));
    QCOMPARE(made.json()["mobile_balanced"].toDouble(), 6.5);
    QCOMPARE(made.json()["sites"].toArray().size(), 5);
    const auto built = runCli({"build", "--host", host, "--formula", "Li6.25La3Zr1.5Nb0.25W0.25O12", "--out",
                               path("mine.cif"), "--json"});
    QVERIFY2(built.code == 0, built.err);
    QVERIFY(built.json()["mobile_content"].toDouble() == 6.25);
    const auto text = runCli({"hosts", "from-cif", cif_, "--out", path("other.json")});
    QVERIFY2(text.out.contains("Zr +4 chosen") && text.out.contains("valence sum"), text.out);
}

void TestCliHosts::wrongArguments_data() {
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("says");
    QTest::newRow("ending") << QStringList{"--out", path("h.txt")} << "must end in .json";
    QTest::newRow("mobile") << QStringList{"--out", path("h.json"), "--mobile", "Na"} << "no site holds Na";
    QTest::newRow("element") << QStringList{"--out", path("h.json"), "--mobile", "Qq"} << "Qq";
    QTest::newRow("state") << QStringList{"--out", path("h.json"), "--oxidation", "Zr"} << "such as Zr=4";
    QTest::newRow("number") << QStringList{"--out", path("h.json"), "--oxidation", "Zr=x"} << "such as Zr=4";
    QTest::newRow("balance") << QStringList{"--out", path("h.json"), "--oxidation", "La=8"}
                             << "charge balance needs";
    QTest::newRow("folder") << QStringList{"--out", path("no/h.json")} << "does not exist";
}

void TestCliHosts::wrongArguments() {
    QFETCH(QStringList, more);
    QFETCH(QString, says);
    const auto r = runCli(QStringList{"hosts", "from-cif", cif_} + more);
    QVERIFY2(r.code == 2, r.err);
    QVERIFY2(r.isOneErrorLine() && r.err.contains(says.toUtf8()), r.err);
    QVERIFY(!QFile::exists(path("h.json")));
}

QTEST_APPLESS_MAIN(TestCliHosts)
#include "test_cli_hosts.moc"
