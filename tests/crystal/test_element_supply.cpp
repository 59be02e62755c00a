// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of electronegativity, price, supply and hazard: well-known values, ranges, and what they leave out.
#include <QTest>

#include "core/crystal/electronegativity.h"
#include "core/crystal/element_supply.h"

using namespace ionscape::crystal;

namespace {

Element element(const char* symbol) {
    return Element::fromSymbol(symbol);
}

double price(const char* symbol) {
    return elementPrice(element(symbol)).value().usdPerKilogram;
}

}  // namespace

class TestElementSupply : public QObject {
    Q_OBJECT

  private slots:
    void electronegativities();
    void prices();
    void criticalRawMaterials();
    void carcinogens();
};

void TestElementSupply::electronegativities() {
    // Values of any textbook, spread over the table so that a shifted row would show.
    const std::vector<std::pair<const char*, double>> known = {
        {"H", 2.20},  {"Li", 0.98}, {"O", 3.44},  {"F", 3.98},  {"Na", 0.93}, {"Si", 1.90}, {"P", 2.19},
        {"S", 2.58},  {"Cl", 3.16}, {"Ti", 1.54}, {"Fe", 1.83}, {"Ga", 1.81}, {"Br", 2.96}, {"Y", 1.22},
        {"Zr", 1.33}, {"Nb", 1.60}, {"In", 1.78}, {"Sn", 1.96}, {"I", 2.66},  {"Cs", 0.79}, {"La", 1.10},
        {"Gd", 1.20}, {"Hf", 1.30}, {"Ta", 1.50}, {"Au", 2.54}, {"Bi", 2.02}, {"U", 1.38}};
    for (const auto& [symbol, value] : known)
        QCOMPARE(paulingElectronegativity(element(symbol)).value(), value);
    for (int z = 1; z <= Element::maxAtomicNumber; ++z) {
        const auto value = paulingElectronegativity(Element::fromAtomicNumber(z));
        const bool inert = z == 2 || z == 10 || z == 18 || z == 86;
        QCOMPARE(value.has_value(), !inert);
        if (value) QVERIFY(*value >= 0.70 && *value <= 3.98);
    }
}

void TestElementSupply::prices() {
    int priced = 0;
    for (int z = 1; z <= Element::maxAtomicNumber; ++z) {
        const auto found = elementPrice(Element::fromAtomicNumber(z));
        if (!found) continue;
        ++priced;
        QVERIFY(found->usdPerKilogram > 0.0);
        QVERIFY(found->year >= 2000 && found->year <= 2020);
        QVERIFY(!found->source.empty());
    }
    QVERIFY(priced > 70);
    QVERIFY(!elementPrice(element("Tc")) && !elementPrice(element("Pm")));
    // An order that no market has turned round.
    QVERIFY(price("Fe") < price("Zn") && price("Zn") < price("Sn") && price("Sn") < price("In"));
    QVERIFY(price("Zr") < price("Hf") && price("Hf") < price("Sc") && price("Sc") < price("Au"));
    QVERIFY(price("Na") < price("Li"));
}

void TestElementSupply::criticalRawMaterials() {
    for (const char* yes : {"Li", "Mg", "Sc", "Ti", "V",  "Ni", "Co", "Ga", "Ge", "Y", "Nb",
                            "Sb", "La", "Ce", "Gd", "Hf", "Ta", "Bi", "P",  "Si", "Al"})
        QVERIFY2(isCriticalRawMaterial(element(yes)), yes);
    for (const char* no : {"Zr", "Sn", "Zn", "In", "Fe", "Ca", "Na", "O", "S", "Cl", "Pb", "Ag"})
        QVERIFY2(!isCriticalRawMaterial(element(no)), no);
}

void TestElementSupply::carcinogens() {
    QCOMPARE(carcinogenRank(element("Ni"), 2), 3);
    QCOMPARE(carcinogenRank(element("Cr"), 6), 3);
    QCOMPARE(carcinogenRank(element("Cr"), 3), 0);
    QCOMPARE(carcinogenRank(element("Co"), 2), 2);
    QCOMPARE(carcinogenRank(element("Sb"), 3), 2);
    QCOMPARE(carcinogenRank(element("Sb"), 5), 0);
    QCOMPARE(carcinogenRank(element("V"), 5), 1);
    QCOMPARE(carcinogenRank(element("Zr"), 4), 0);
}

QTEST_APPLESS_MAIN(TestElementSupply)
#include "test_element_supply.moc"
