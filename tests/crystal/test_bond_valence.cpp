// SPDX-License-Identifier: GPL-3.0-or-later
// Bond valences: fitted oxides, the general formula against fits it was not made of, valence sums of known
// sites.
#include <QTest>
#include <cmath>

#include "core/crystal/bond_valence.h"

using namespace ionscape::crystal;

namespace {

Element el(const char* symbol) {
    return Element::fromSymbol(symbol);
}

double length(const char* a, const char* b) {
    return bondValenceLength(el(a), el(b)).value();
}

}  // namespace

class TestBondValence : public QObject {
    Q_OBJECT

  private slots:
    void fittedOxides() {
        QCOMPARE(length("Si", "O"), 1.624);
        QCOMPARE(length("O", "Zr"), 1.937);
        QCOMPARE(length("Li", "O"), 1.466);
    }

    void generalFormulaAgreesWithFits_data() {
        QTest::addColumn<QString>("cation");
        QTest::addColumn<QString>("anion");
        QTest::addColumn<double>("fitted");  // Brese & O'Keeffe 1991, Table 2
        const auto row = [](const char* cation, const char* anion, double fitted) {
            QTest::addRow("%s-%s", cation, anion) << QString(cation) << QString(anion) << fitted;
        };
        row("Li", "F", 1.36), row("Li", "Cl", 1.91), row("Li", "Br", 2.02), row("Li", "S", 1.94);
        row("Na", "Cl", 2.15), row("Y", "Cl", 2.40), row("Y", "Br", 2.55), row("In", "Cl", 2.28);
        row("Zr", "Cl", 2.33), row("Ge", "S", 2.22), row("P", "S", 2.11), row("Sn", "S", 2.39);
    }
    void generalFormulaAgreesWithFits() {
        QFETCH(QString, cation);
        QFETCH(QString, anion);
        QFETCH(double, fitted);
        const double found = length(cation.toStdString().c_str(), anion.toStdString().c_str());
        QVERIFY2(std::abs(found - fitted) < 0.1, qPrintable(QString::number(found)));
        QCOMPARE(length(anion.toStdString().c_str(), cation.toStdString().c_str()), found);
    }

    void sumsOfKnownSites() {
        // Six bonds of ZrO6 in LLZO (2.107 Å), four of PS4 (2.05 Å), six of NaCl (2.82 Å).
        QVERIFY(std::abs(6 * bondValence(el("Zr"), el("O"), 2.107) - 4.0) < 0.3);
        QVERIFY(std::abs(4 * bondValence(el("P"), el("S"), 2.05) - 5.0) < 0.6);
        QVERIFY(std::abs(6 * bondValence(el("Na"), el("Cl"), 2.82) - 1.0) < 0.3);
        QCOMPARE(bondValence(el("Si"), el("O"), 1.624), 1.0);
        QVERIFY(std::abs(bondValence(el("Si"), el("O"), 1.624 + 0.37) - std::exp(-1.0)) < 1e-12);
    }

    void unknownElements() {
        QVERIFY(!bondValenceLength(el("He"), el("F")).has_value());
        QCOMPARE(bondValence(el("He"), el("F"), 1.0), 0.0);
        QVERIFY(!bondElectronegativity(el("Ne")).has_value());
        QVERIFY(*bondElectronegativity(el("P")) < *bondElectronegativity(el("S")));
    }
};

QTEST_APPLESS_MAIN(TestBondValence)
#include "test_bond_valence.moc"
