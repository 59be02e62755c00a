// SPDX-License-Identifier: GPL-3.0-or-later
// Labelled frames from vasprun.xml, OUTCAR, CHGNet's JSON and extxyz: numbers, units, signs, broken files.
#include <QTest>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/io/structure_file.h"

using namespace ionscape;
using namespace ionscape::io;

namespace {

const std::filesystem::path data = std::filesystem::path(IONSCAPE_TEST_DATA) / "io";

bool near(double a, double b) {
    return std::abs(a - b) < 1e-12;
}

std::string textOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

class TestLabelledFormats : public QObject {
    Q_OBJECT

  private slots:
    void vasprun();
    void outcar();
    void chgnetJson();
    void chgnetJsonOfLists();
    void magneticMomentsThroughExtxyz();
    void brokenFilesAreNamed_data();
    void brokenFilesAreNamed();
    void anyTruncationIsReadOrRefused_data();
    void anyTruncationIsReadOrRefused();

  private:
    QTemporaryDir folder_;
    std::filesystem::path path(const QString& name) const { return folder_.filePath(name).toStdString(); }
};

void TestLabelledFormats::vasprun() {
    const auto frames = readStructures(data / "vasprun.xml");
    QCOMPARE(frames.size(), std::size_t(2));  // the third step was cut off
    const auto& f = frames[0];
    QCOMPARE(f.structure.formula(), std::string("LiF"));
    QVERIFY((f.structure.position(1) - Vec3(2.5, 2.0, 2.0)).norm() < 1e-12);
    // e_0_energy of the step as a whole is wrong in some versions (0.04 here).
    QVERIFY(near(*f.energy, -9.70 + (-9.48 + 9.50)));
    QVERIFY(near((*f.forces)(1, 0), -0.2) && near((*f.forces)(2, 1), -0.3));
    // VASP: positive when compressed, kB. Here: positive in tension, GPa.
    QVERIFY(near((*f.stressGPa)(0, 0), -1.0) && near((*f.stressGPa)(1, 1), 2.0) &&
            near((*f.stressGPa)(1, 2), -0.3));
    QCOMPARE(f.info.at("converged"), std::string("no"));  // as many cycles as NELM allows
    QVERIFY(!f.magmoms);
    QVERIFY(near(*frames[1].energy, -9.6));
    QVERIFY(!frames[1].stressGPa);
    QVERIFY(!frames[1].info.contains("converged"));
    QCOMPARE(frames[1].info.at("step"), std::string("2"));
    QVERIFY(near(frames[1].structure.lattice.rows()(0, 0), 4.1));
}

void TestLabelledFormats::outcar() {
    const auto frames = readStructures(data / "OUTCAR");
    QCOMPARE(frames.size(), std::size_t(2));
    const auto& f = frames[0];
    QCOMPARE(f.structure.formula(), std::string("FeO2"));
    QVERIFY(near(*f.energy, -18.45));         // of the ionic step, not of an electronic one
    QVERIFY(near((*f.forces)(2, 1), -0.15));  // "0.100000-0.150000" has no blank
    const Mat3& s = *f.stressGPa;
    QVERIFY(near(s(0, 0), -0.5) && near(s(1, 1), 0.6) && near(s(2, 2), -0.7));
    QVERIFY(near(s(0, 1), -0.1) && near(s(1, 2), -0.2) && near(s(2, 0), -0.3) && near(s(0, 2), -0.3));
    QVERIFY(near((*f.magmoms)[0], 3.73) && near((*f.magmoms)[2], -0.05));
    QVERIFY(near(f.structure.lattice.rows()(2, 1), -1.0));
    // Only what the second step wrote belongs to it.
    QVERIFY(!frames[1].stressGPa && !frames[1].magmoms);
    QVERIFY(near(*frames[1].energy, -18.6));
}

void TestLabelledFormats::chgnetJson() {
    const auto frames = readStructures(data / "chgnet.json");
    QCOMPARE(frames.size(), std::size_t(2));  // in the order of the file
    const auto& f = frames[0];
    QCOMPARE(f.info.at("material"), std::string("mp-2"));
    QCOMPARE(f.info.at("frame"), std::string("mp-2-0-1"));
    QVERIFY((f.structure.position(1) - Vec3(2.5, 2.0, 2.0)).norm() < 1e-12);
    QVERIFY(near(*f.energy, -12.5));
    QVERIFY(near((*f.stressGPa)(1, 1), 2.0) && near((*f.stressGPa)(0, 2), -0.2));
    QVERIFY(near((*f.magmoms)[0], 3.7));
    QVERIFY(near((*f.forces)(0, 1), -0.1));
    QVERIFY(near(*frames[1].energy, -8.5));  // from the energy per atom
    QVERIFY(!frames[1].stressGPa && !frames[1].magmoms);
}

void TestLabelledFormats::chgnetJsonOfLists() {
    const std::string structure =
        R"({"lattice":{"matrix":[[3,0,0],[0,3,0],[0,0,3]]},"sites":[{"species":[{"element":"Li","occu":1}],"abc":[0,0,0]}]})";
    std::ofstream(path("lists.json"))
        << R"({"structure":[)" << structure << "," << structure
        << R"(],"energy_per_atom":[-1.5,-2.5],"force":[[[0,0,0.5]],[[0,0,0]]],)"
        << R"("stress":[null,[[1,0,0],[0,1,0],[0,0,1]]],"magmom":[[[0.5]],null]})";
    const auto frames = readStructures(path("lists.json"));
    QCOMPARE(frames.size(), std::size_t(2));
    QVERIFY(near(*frames[1].energy, -2.5) && near((*frames[0].forces)(2, 0), 0.5));
    QVERIFY(!frames[0].stressGPa && near((*frames[1].stressGPa)(2, 2), -0.1));
    QVERIFY(near((*frames[0].magmoms)[0], 0.5) && !frames[1].magmoms);
}

void TestLabelledFormats::magneticMomentsThroughExtxyz() {
    auto frames = readStructures(data / "OUTCAR");
    (*frames[0].magmoms)[1] = NAN;
    writeStructures(path("moments.xyz"), frames);
    const auto again = readStructures(path("moments.xyz"));
    QCOMPARE(again.size(), frames.size());
    QVERIFY((*again[0].magmoms)[0] == (*frames[0].magmoms)[0]);
    QVERIFY(std::isnan((*again[0].magmoms)[1]));
    QVERIFY(!again[1].magmoms);
    QVERIFY((*again[0].forces - *frames[0].forces).norm() == 0.0);
    QVERIFY((*again[0].stressGPa - *frames[0].stressGPa).norm() < 1e-12);
    QVERIFY_EXCEPTION_THROWN(writeStructures(path("out.json"), frames), InputError);
    QVERIFY_EXCEPTION_THROWN(writeStructures(path("OUTCAR.new"), frames), InputError);
}

void TestLabelledFormats::brokenFilesAreNamed_data() {
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("named");
    QTest::newRow("element") << "vasprun.xml" << QByteArray("<c>F </c>") << QByteArray("<c>Qq</c>") << "Qq";
    QTest::newRow("number") << "vasprun.xml" << QByteArray("-0.20000000") << QByteArray("******")
                            << "ionic step 1";
    QTest::newRow("no modeling") << "vasprun.xml" << QByteArray("<modeling>") << QByteArray("<html>")
                                 << "not a vasprun.xml";
    QTest::newRow("overlap") << "vasprun.xml" << QByteArray("0.50000000       0.50000000       0.40000000")
                             << QByteArray("0.0 0.0 0.0") << "ionic step 1";
    QTest::newRow("counts") << "OUTCAR" << QByteArray("1   2") << QByteArray("1") << "OUTCAR:6";
    QTest::newRow("force") << "OUTCAR" << QByteArray("0.300000") << QByteArray("********") << "OUTCAR:34";
    QTest::newRow("huge count") << "OUTCAR" << QByteArray("1   2") << QByteArray("1   999999999999")
                                << "OUTCAR:6";
    QTest::newRow("occupancy") << "chgnet.json" << QByteArray("\"occu\": 1}") << QByteArray("\"occu\": 0.5}")
                               << "mp-2-0-1";
    QTest::newRow("rows") << "chgnet.json" << QByteArray(", [-0.1, -0.2, -0.3]") << QByteArray("")
                          << "the force";
    QTest::newRow("no lattice") << "chgnet.json" << QByteArray("lattice") << QByteArray("latice")
                                << "mp-2-0-1";
}

void TestLabelledFormats::brokenFilesAreNamed() {
    QFETCH(QString, source);
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, named);
    QByteArray text = QByteArray::fromStdString(textOf(data / source.toStdString()));
    const auto at = text.indexOf(from);
    QVERIFY(at >= 0);
    text.replace(at, from.size(), to);
    std::ofstream(path(source), std::ios::binary) << text.toStdString();
    QString message;
    try {
        readStructures(path(source));
    } catch (const IoError& error) {
        message = error.what();
    }
    QVERIFY2(message.contains(source) && message.contains(named), qPrintable(message));
}

void TestLabelledFormats::anyTruncationIsReadOrRefused_data() {
    QTest::addColumn<QString>("source");
    for (const char* name : {"vasprun.xml", "OUTCAR", "chgnet.json"})
        QTest::newRow(name) << name;
}

void TestLabelledFormats::anyTruncationIsReadOrRefused() {
    QFETCH(QString, source);
    const std::string text = textOf(data / source.toStdString());
    for (std::size_t size = 0; size < text.size(); size += 17) {
        std::ofstream(path(source), std::ios::binary) << text.substr(0, size);
        try {
            for (const auto& frame : readStructures(path(source)))
                QVERIFY(frame.energy.has_value());
        } catch (const IoError&) {
        }
    }
}

QTEST_APPLESS_MAIN(TestLabelledFormats)
#include "test_labelled_formats.moc"
