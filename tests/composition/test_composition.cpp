// SPDX-License-Identifier: GPL-3.0-or-later
// Charge balance, entropy and the way from a composition to its formula and back.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/composition/composition.h"

using namespace ionscape;
using namespace ionscape::composition;
using crystal::Element;

namespace {

const Host& lzsp() {
    static const Host host = loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
    return host;
}

Composition make(std::initializer_list<std::pair<const char*, int>> counts) {
    Composition composition;
    for (const auto& [symbol, count] : counts)
        composition.counts.emplace_back(Element::fromSymbol(symbol), count);
    return composition;
}

const Composition winner = make({{"Zr", 4}, {"Hf", 3}, {"Sn", 3}, {"Ti", 3}, {"Nb", 3}});

/// The message of the InputError that `work` throws; empty if it throws none.
template <class Work>
QString messageOf(Work&& work) {
    try {
        work();
    } catch (const InputError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

/// A host with one more fixed sublattice of Al, which is a dopant of M as well.
Host hostWithSharedElement() {
    Host host = lzsp();
    Sublattice extra;
    extra.name = "X";
    extra.kind = Sublattice::Kind::Fixed;
    extra.species = {{Element::fromSymbol("Al"), 3}};
    extra.amounts = {1.0};
    extra.sitesPerFormulaUnit = 1.0;
    host.sublattices.push_back(extra);
    return host;
}

}  // namespace

class TestComposition : public QObject {
    Q_OBJECT

  private slots:
    void mobileContentBalancesCharge();
    void entropies();
    void formulaOfTheWinner();
    void zeroMobileContentIsLeftOut();
    void checksRefuse();
    void recoversFromFormula_data();
    void recoversFromFormula();
    void refusesFormula_data();
    void refusesFormula();
    void roundTripOfRandomCompositions();
    void otherNumbersOfSites();
    void sharedElementFillsTheFixedSitesFirst();
    void supercellHasSixteenSites();
};

void TestComposition::mobileContentBalancesCharge() {
    QCOMPARE(mobileContent(lzsp(), make({{"Zr", 16}})), 3.0);
    QCOMPARE(mobileContent(lzsp(), winner), 2.625);
    QCOMPARE(mobileContent(lzsp(), make({{"Zr", 4}, {"Mg", 4}, {"Al", 4}, {"Nb", 4}})), 4.0);
    QCOMPARE(mobileContent(lzsp(), make({{"Zr", 1}, {"Mg", 1}})), 5.0);
    QCOMPARE(mobileCapacity(lzsp()), 4.0);
}

void TestComposition::entropies() {
    QVERIFY(std::abs(configurationalEntropy({1.0, 1.0, 1.0, 1.0}) - std::log(4.0)) < 1e-14);
    QCOMPARE(configurationalEntropy({5.0, 0.0}), 0.0);
    QVERIFY(std::abs(configurationalEntropy(winner) - 1.602) < 5e-4);
    QVERIFY(entropyClass(1.602) == EntropyClass::High);
    QVERIFY(entropyClass(1.5) == EntropyClass::High);
    QVERIFY(entropyClass(1.4999) == EntropyClass::Medium);
    QVERIFY(entropyClass(1.0) == EntropyClass::Medium);
    QVERIFY(entropyClass(0.9999) == EntropyClass::Low);
    QVERIFY(!messageOf([] { configurationalEntropy(std::vector<double>{}); }).isEmpty());
    QVERIFY(!messageOf([] { configurationalEntropy({1.0, -0.5}); }).isEmpty());
    QVERIFY(!messageOf([] { configurationalEntropy({1.0, NAN}); }).isEmpty());
}

void TestComposition::formulaOfTheWinner() {
    QCOMPARE(formulaText(compositionFormula(lzsp(), winner)),
             std::string("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12"));
    QCOMPARE(formulaText(compositionFormula(lzsp(), make({{"Zr", 16}}))), std::string("Li3Zr2Si2PO12"));
}

void TestComposition::zeroMobileContentIsLeftOut() {
    Host host = lzsp();
    for (Sublattice& sublattice : host.sublattices) {
        if (sublattice.name == "T")
            sublattice.species[1].oxidationState = 8;  // three charges more: no Li left
    }
    QCOMPARE(mobileContent(host, make({{"Zr", 16}})), 0.0);
    QCOMPARE(amountOf(compositionFormula(host, make({{"Zr", 16}})), Element::fromSymbol("Li")), 0.0);
    QVERIFY(!QByteArray(formulaText(compositionFormula(host, make({{"Zr", 16}}))).c_str()).contains("Li"));
}

void TestComposition::checksRefuse() {
    checkComposition(lzsp(), winner);
    const auto message = [](const Composition& composition) {
        return messageOf([&] { checkComposition(lzsp(), composition); });
    };
    QVERIFY(message({}).contains("no species"));
    QVERIFY(message(make({{"Zr", 15}, {"Na", 1}}))
                .contains("Na is not allowed on the M sublattice of host lzsp"));
    QVERIFY(message(make({{"Zr", 16}, {"Hf", 0}})).contains("count of Hf is 0"));
    QVERIFY(message(make({{"Zr", 8}, {"Zr", 8}})).contains("Zr is listed twice"));
    QVERIFY(
        message(make({{"Zr", 8}, {"Mg", 8}})).contains("5 Li per formula unit, but there are only 4 sites"));
    // Nb on every site: 3 − 2 = 1 Li is left, still possible.
    checkComposition(lzsp(), make({{"Nb", 16}}));
}

void TestComposition::recoversFromFormula_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("zirconium");
    QTest::addColumn<int>("niobium");
    const auto row = [](const char* text, int zirconium, int niobium) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << zirconium << niobium;
    };
    row("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12", 4, 3);
    row("Li3Zr2Si2PO12", 16, 0);
    row("O12PSi2Zr2Li3", 16, 0);
    row("Li24Zr16Si16P8O96", 16, 0);
    row("Li6Zr4Si4P2O24", 16, 0);
    row("Li21Zr4Hf3Sn3Ti3Nb3Si16P8O96", 4, 3);
    row("PO12Nb0.375Ti0.375Sn0.375Hf0.375Zr0.5Li2.625Si2", 4, 3);
    row("Li1.3125Zr0.25Hf0.1875Sn0.1875Ti0.1875Nb0.1875SiP0.5O6", 4, 3);
    row("Li3Zr2(SiO4)2(PO4)", 16, 0);
}

void TestComposition::recoversFromFormula() {
    QFETCH(QString, text);
    QFETCH(int, zirconium);
    QFETCH(int, niobium);
    const Composition composition = compositionFromFormula(lzsp(), parseFormula(text.toStdString()));
    QCOMPARE(composition.totalCount(), 16);
    int foundZirconium = 0, foundNiobium = 0;
    for (const auto& [element, count] : composition.counts) {
        if (element == Element::fromSymbol("Zr")) foundZirconium = count;
        if (element == Element::fromSymbol("Nb")) foundNiobium = count;
    }
    QCOMPARE(foundZirconium, zirconium);
    QCOMPARE(foundNiobium, niobium);
}

void TestComposition::refusesFormula_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* text, const char* message) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << QString::fromUtf8(message);
    };
    row("Li2.75Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12",
        "formula does not balance: charges sum to +0.125 per formula unit; Li2.625 would balance");
    row("Li22Zr4Hf3Sn3Ti3Nb3Si16P8O96", "charges sum to +0.125 per formula unit; Li2.625 would balance");
    row("Li2Zr2Si2PO12", "charges sum to -1 per formula unit; Li3 would balance");
    row("Zr2Si2PO12", "charges sum to -3 per formula unit; Li3 would balance");
    row("Li4ZrMgSi2PO12", "Li5 would balance, but there are only 4 sites");
    row("Li3Zr2Si2PO12Na", "Na is not allowed on the M sublattice");
    row("Li3Zr2Si2PO11", "O11 per formula unit, but host lzsp has O12");
    row("Li3Zr2Si2P2O12", "P2 per formula unit, but host lzsp has P1");
    row("Li3Zr2Si2O12", "P is missing; host lzsp has P1 per formula unit");
    row("Li3Zr2Si2P", "O is missing; host lzsp has O12 per formula unit");
    row("Li3Zr2", "nothing of the fixed framework of host lzsp");
    row("Li3Zr1.875Si2PO12", "add up to 1.875 per formula unit, but host lzsp has 2 such sites");
    row("Li3Si2PO12", "add up to 0 per formula unit");
    row("Li3Zr1.9Hf0.1Si2PO12", "Zr1.9 is not a whole number of M sites in 16; the nearest is Zr1.875");
}

void TestComposition::refusesFormula() {
    QFETCH(QString, text);
    QFETCH(QString, message);
    const Formula formula = parseFormula(text.toStdString());
    const QString what = messageOf([&] { compositionFromFormula(lzsp(), formula); });
    QVERIFY2(what.contains(message), qPrintable(what));
}

void TestComposition::roundTripOfRandomCompositions() {
    RandomStream random(3, "composition round trip");
    const auto& species = lzsp().mixed().species;
    int checked = 0;
    while (checked < 1000) {
        std::vector<Element> elements;
        for (const Species& one : species)
            elements.push_back(one.element);
        random.shuffle(elements);
        elements.resize(1 + random.below(8));
        std::vector<int> counts(elements.size(), 1);
        for (std::size_t left = 16 - elements.size(); left > 0; --left)
            ++counts[random.below(counts.size())];
        Composition composition;
        for (std::size_t i = 0; i < elements.size(); ++i)
            composition.counts.emplace_back(elements[i], counts[i]);
        const double content = mobileContent(lzsp(), composition);
        if (content > mobileCapacity(lzsp())) continue;
        Formula formula = compositionFormula(lzsp(), composition);
        const double factor = static_cast<double>(1 + random.below(40)) / 4.0;
        for (auto& [element, amount] : formula)
            amount *= factor;
        const Formula read = parseFormula(formulaText(formula, 6));
        QVERIFY2(compositionFromFormula(lzsp(), read) == composition, formulaText(formula).c_str());
        ++checked;
    }
}

void TestComposition::otherNumbersOfSites() {
    const Formula third = parseFormula("Li3Zr0.6667Hf0.6667Sn0.6667Si2PO12");
    QVERIFY(compositionFromFormula(lzsp(), third, 3) == make({{"Zr", 1}, {"Hf", 1}, {"Sn", 1}}));
    QVERIFY(!messageOf([&] { compositionFromFormula(lzsp(), third, 16); }).isEmpty());
    QVERIFY(messageOf([&] { compositionFromFormula(lzsp(), third, 0); }).contains("at least 1"));
}

void TestComposition::sharedElementFillsTheFixedSitesFirst() {
    const Host host = hostWithSharedElement();
    // Al 1 on X (charge +3 takes all Li) and, in the second formula, Al 0.25 on M beside it.
    QVERIFY(compositionFromFormula(host, parseFormula("AlZr2Si2PO12")) == make({{"Zr", 16}}));
    QVERIFY(compositionFromFormula(host, parseFormula("Li0.25Al1.25Zr1.75Si2PO12")) ==
            make({{"Al", 2}, {"Zr", 14}}));
    const QString what = messageOf([&] { compositionFromFormula(host, parseFormula("Al0.5Zr2Si2PO12")); });
    QVERIFY2(what.contains("Al0.5 per formula unit, but host lzsp has Al1"), qPrintable(what));
}

void TestComposition::supercellHasSixteenSites() {
    QCOMPARE(mixedSitesInSupercell(lzsp()), 16);
}

QTEST_APPLESS_MAIN(TestComposition)
#include "test_composition.moc"
