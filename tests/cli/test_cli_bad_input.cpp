// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli with everything that can be wrong: one clear line, the right exit code, nothing lost.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "../workflow/untrained_model.h"
#include "cli_process.h"
#include "core/trajectory/h5md.h"

using namespace ionscape;
using namespace ionscape::testing;

namespace {

const QString pristine = "Li3Zr2Si2PO12";

QByteArray cif(const QByteArray& atoms) {
    return "data_test\n_cell_length_a 5\n_cell_length_b 5\n_cell_length_c 5\n_cell_angle_alpha "
           "90\n_cell_angle_beta 90\n"
           "_cell_angle_gamma 90\n_space_group_name_H-M_alt 'P "
           "1'\nloop_\n_atom_site_label\n_atom_site_type_symbol\n"
           "_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n" +
           atoms;
}

}  // namespace

class TestCliBadInput : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void wrongArguments_data();
    void wrongArguments();
    void wrongFiles_data();
    void wrongFiles();
    void existingFilesAreKept();
    void fullDiskWhileBuilding();
    void fullDiskWhileRunning();
    void outputThatCannotBeDelivered();

  private:
    QString path(const QString& name) const { return folder_.filePath(name); }
    void put(const QString& name, const QByteArray& contents);
    QTemporaryDir folder_;
};

void TestCliBadInput::put(const QString& name, const QByteArray& contents) {
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(contents), contents.size());
}

void TestCliBadInput::initTestCase() {
    writeUntrainedModel(path("model.h5").toStdString(), 1);
    QFile model(path("model.h5"));
    QVERIFY(model.open(QIODevice::ReadOnly));
    const auto bytes = model.readAll();
    put("truncated.h5", bytes.left(bytes.size() / 2));
    put("foreign.pth.tar", "this is no checkpoint");
    put("empty.pth.tar", "");
    put("overlap.cif", cif("Li1 Li 0.1 0.1 0.1\nLi2 Li 0.1 0.1 0.1001\n"));
    put("unknown.cif", cif("Li1 Li 0.1 0.1 0.1\nQq1 Qq 0.5 0.5 0.5\n"));
    put("good.cif", cif("Li1 Li 0.1 0.1 0.1\nO1 O 0.5 0.5 0.5\n"));
    put("other-element.cif", cif("Li1 Li 0.1 0.1 0.1\nAu1 Au 0.5 0.5 0.5\n"));
    put("cut.cif", "data_test\n_cell_length_a 5\nloop_\n_atom_site_label\n");
    put("binary.cif", QByteArray("\x00\xff\x7f\x00", 4).repeated(100));
    put("text.h5", "plain text");
}

void TestCliBadInput::wrongArguments_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QStringList& arguments, const char* says) {
        QTest::newRow(name) << arguments << says;
    };
    row("no subcommand", {}, "subcommand");
    row("unknown subcommand", {"fly"}, "fly");
    row("unknown option", {"hosts", "--fast"}, "--fast");
    row("missing option", {"build"}, "--formula");
    row("number expected", {"run", "--formula", pristine, "--ps", "long"}, "long");
    row("negative length", {"run", "--formula", pristine, "--ps", "-1"}, "--ps");
    row("infinite length", {"run", "--formula", pristine, "--ps", "1e300"}, "steps");
    row("shorter than a step", {"run", "--formula", pristine, "--ps", "1e-9"}, "time step");
    row("run of nothing", {"run"}, "--formula");
    row("two starts", {"run", "--formula", pristine, "--resume", "x.h5"}, "--resume");
    row("thermostat", {"run", "--formula", pristine, "--thermostat", "nose"}, "nose");
    row("unbalanced formula", {"run", "--formula", "Li2Zr2Si2PO12", "--out", path("u.h5")}, "Li");
    row("unbalanced build", {"build", "--formula", "Li3.1Zr2Si2PO12", "--out", path("u.cif")}, "Li");
    row("formula syntax", {"build", "--formula", "Li3(Zr2Si2PO12", "--out", path("u.cif")}, "(");
    row("unknown element", {"build", "--formula", "Li3Qq2Si2PO12", "--out", path("u.cif")}, "Qq");
    row("unknown host", {"build", "--formula", pristine, "--host", "nowhere", "--out", path("u.cif")},
        "lzsp");
    row("unknown type", {"space", "count", "--type", "99-9"}, "4-1");
    row("empty bounds", {"space", "count", "--type", "4-1", "--li-min", "3", "--li-max", "2"}, "--li-min");
    row("unknown output format", {"build", "--formula", pristine, "--out", path("cell.png")}, "cell.png");
    row("output folder", {"build", "--formula", pristine, "--out", path("no/folder/cell.cif")}, "folder");
    row("half a window", {"analyze", "x.h5", "--fit-begin", "1"}, "--fit-end");
}

void TestCliBadInput::wrongArguments() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const auto r = runCli(arguments);
    QVERIFY2(r.code == 2, r.err);
    QVERIFY2(r.isOneErrorLine(), r.err);
    QVERIFY2(r.err.contains(says.toUtf8()), r.err);
    QVERIFY(r.out.isEmpty());
    QVERIFY(!QFile::exists(path("u.h5")) && !QFile::exists(path("u.cif")));
}

void TestCliBadInput::wrongFiles_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    const auto predict = [&](const char* name, const QString& file, const QString& potential,
                             const QString& names) {
        QTest::newRow(name) << QStringList{"predict", path(file), "--potential", path(potential), "--json"}
                            << names;
    };
    predict("missing structure", "none.cif", "model.h5", "none.cif");
    predict("overlapping atoms", "overlap.cif", "model.h5", "overlap.cif");
    predict("unknown element", "unknown.cif", "model.h5", "Qq");
    predict("cut CIF", "cut.cif", "model.h5", "cut.cif");
    predict("binary CIF", "binary.cif", "model.h5", "binary.cif");
    predict("element the model does not know", "other-element.cif", "model.h5", "Au");
    predict("missing potential", "good.cif", "none.h5", "none.h5");
    predict("truncated model file", "good.cif", "truncated.h5", "truncated.h5");
    predict("foreign model file", "good.cif", "text.h5", "text.h5");
    predict("foreign checkpoint", "good.cif", "foreign.pth.tar", "foreign.pth.tar");
    predict("empty checkpoint", "good.cif", "empty.pth.tar", "empty.pth.tar");
    predict("no potential at all", "good.cif", "good.cif", "good.cif");
    const auto row = [](const char* name, const QStringList& arguments, const QString& names) {
        QTest::newRow(name) << arguments << names;
    };
    row("analyze nothing", {"analyze", path("none.h5")}, "none.h5");
    row("analyze text", {"analyze", path("text.h5")}, "text.h5");
    row("analyze a model", {"analyze", path("model.h5")}, "model.h5");
    row("resume nothing", {"run", "--resume", path("none.h5")}, "none.h5");
    row("resume text", {"run", "--resume", path("text.h5")}, "text.h5");
    row("no labels", {"evaluate", "--potential", path("model.h5"), "--labels", path("none.xyz")}, "none.xyz");
    row("train on nothing", {"train", "--data", path("none.xyz"), "--out", path("training")}, "none.xyz");
    row("train from text",
        {"train", "--data", path("none.xyz"), "--out", path("training"), "--start", path("text.h5")},
        "text.h5");
}

void TestCliBadInput::wrongFiles() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    const auto r = runCli(arguments);
    QVERIFY2(r.code == 2, r.err);
    QVERIFY2(r.isOneErrorLine(), r.err);
    QVERIFY2(r.err.contains(names.toUtf8()), r.err);
    QVERIFY(r.out.isEmpty());
}

void TestCliBadInput::existingFilesAreKept() {
    put("precious.h5", "precious");
    const auto r =
        runCli({"run", "--formula", pristine, "--potential", path("model.h5"), "--out", path("precious.h5")});
    QCOMPARE(r.code, 2);
    QVERIFY2(r.isOneErrorLine() && r.err.contains("precious.h5"), r.err);
    QFile file(path("precious.h5"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("precious"));
}

void TestCliBadInput::fullDiskWhileBuilding() {
    const auto r = runCli({"build", "--formula", pristine, "--out", path("full.cif")}, 1024);
    QCOMPARE(r.code, 3);
    QVERIFY2(r.isOneErrorLine() && r.err.contains("full.cif"), r.err);
    QVERIFY(QDir(folder_.path()).entryList({"full.cif*"}).isEmpty());
}

void TestCliBadInput::fullDiskWhileRunning() {
    const QStringList arguments{
        "run",       "--formula", pristine,        "--potential",   path("model.h5"),   "--no-relax",
        "--ps",      "0.3",       "--temperature", "300",           "--frame-interval", "1",
        "--threads", "1",         "--out",         path("full.h5"), "--thermostat",     "berendsen"};
    // 160 atoms make 7.7 kB a frame, stored 64 frames at a time: the flush after 200 steps (2.1 MB) fits, the
    // one after 300 (2.6 MB) does not.
    const auto r = runCli(arguments, 2'350'000);
    QCOMPARE(r.code, 3);
    QVERIFY2(r.isOneErrorLine() && r.err.contains("full.h5"), r.err);
    QCOMPARE(trajectory::H5mdReader(path("full.h5").toStdString()).frameCount(), std::size_t(201));
    const auto resumed = runCli({"run", "--resume", path("full.h5"), "--json"});
    QVERIFY2(resumed.code == 0, resumed.err);
    QCOMPARE(resumed.json()["steps"].toInt(), 300);
}

void TestCliBadInput::outputThatCannotBeDelivered() {
    const auto r = runCli({"space", "list", "--type", "4-1"}, 0, "/dev/full");
    QCOMPARE(r.code, 3);
    QVERIFY2(r.isOneErrorLine(), r.err);
}

QTEST_GUILESS_MAIN(TestCliBadInput)
#include "test_cli_bad_input.moc"
