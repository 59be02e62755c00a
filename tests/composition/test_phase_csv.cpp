// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of phases: both units of energy, quotes, and an error with its line for each way to go wrong.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "core/base/error.h"
#include "core/composition/phase_csv.h"

using namespace ionscape;
using namespace ionscape::composition;

class TestPhaseCsv : public QObject {
    Q_OBJECT

  private slots:
    void bothUnits();
    void quotesCommentsAndLineEnds();
    void errorsNameTheLine_data();
    void errorsNameTheLine();
    void fieldsAreQuoted();

  private:
    std::filesystem::path write(const std::string& text) const {
        const std::filesystem::path file = folder_.filePath("phases.csv").toStdString();
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }
    QTemporaryDir folder_;
};

void TestPhaseCsv::bothUnits() {
    const auto perAtom =
        readPhaseEntries(write("formula,energy_per_atom_eV,label\nLi2S,-4.0,cubic\nP2S5,-4.5,\n"));
    QCOMPARE(perAtom.size(), std::size_t(2));
    QCOMPARE(perAtom[0].energyPerAtom, -4.0);
    QCOMPARE(perAtom[0].label, std::string("cubic"));
    QVERIFY(perAtom[1].label.empty());
    const auto perUnit = readPhaseEntries(write("energy_per_formula_unit,formula\n-12,Li2S\n-31.5e0,P2S5\n"));
    QCOMPARE(perUnit[0].energyPerAtom, -4.0);
    QCOMPARE(perUnit[1].energyPerAtom, -4.5);
}

void TestPhaseCsv::quotesCommentsAndLineEnds() {
    const auto entries =
        readPhaseEntries(write("\xEF\xBB\xBF"
                               "# from a database\r\nformula,label,energy_per_atom,remark\r\n\r\n"
                               "Li3PS4,\"beta, \"\"Pnma\"\"\", +1.25 ,x\r\n# the end\r\n"));
    QCOMPARE(entries.size(), std::size_t(1));
    QCOMPARE(entries[0].label, std::string("beta, \"Pnma\""));
    QCOMPARE(entries[0].energyPerAtom, 1.25);
}

void TestPhaseCsv::errorsNameTheLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("no formula") << QByteArray("name,energy_per_atom\n") << QByteArray(":1: the first line");
    QTest::newRow("no energy") << QByteArray("formula,energy\nLi,1\n")
                               << QByteArray(":1: one column must be");
    QTest::newRow("two energies") << QByteArray("formula,energy_per_atom,energy_per_formula_unit\n")
                                  << QByteArray(":1: one column must be");
    QTest::newRow("twice") << QByteArray("formula,formula,energy_per_atom\n") << QByteArray("is there twice");
    QTest::newRow("formula") << QByteArray("formula,energy_per_atom\nLi,-1\nXy2,-1\n")
                             << QByteArray(":3: formula, position 1");
    QTest::newRow("number") << QByteArray("formula,energy_per_atom\nLi,-1.2eV\n")
                            << QByteArray(":2: \"-1.2eV\" is not an energy");
    QTest::newRow("infinite") << QByteArray("formula,energy_per_atom\nLi,inf\n")
                              << QByteArray(":2: \"inf\" is not an energy");
    QTest::newRow("short") << QByteArray("formula,energy_per_atom\n\nLi\n") << QByteArray(":3: 1 fields");
    QTest::newRow("quote") << QByteArray("formula,energy_per_atom\n\"Li,-1\n") << QByteArray(":2: a quoted");
    QTest::newRow("empty") << QByteArray("formula,energy_per_atom\n") << QByteArray("holds no phases");
}

void TestPhaseCsv::errorsNameTheLine() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    QByteArray what;
    try {
        readPhaseEntries(write(text.toStdString()));
    } catch (const IoError& error) {
        what = error.what();
    }
    QVERIFY2(what.contains(message), what);
    QVERIFY_EXCEPTION_THROWN(readPhaseEntries("/nowhere/phases.csv"), IoError);
}

void TestPhaseCsv::fieldsAreQuoted() {
    QCOMPARE(csvField("Li2S"), std::string("Li2S"));
    const std::string odd = "a, \"b\"";
    const auto entries =
        readPhaseEntries(write("formula,energy_per_atom,label\nLi,0," + csvField(odd) + "\n"));
    QCOMPARE(entries[0].label, odd);
}

QTEST_APPLESS_MAIN(TestPhaseCsv)
#include "test_phase_csv.moc"
