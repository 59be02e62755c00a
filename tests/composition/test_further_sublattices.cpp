// SPDX-License-Identifier: GPL-3.0-or-later
// Hosts with several mixed sublattices: charges, formulas and entropies against sums by hand.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/composition/composition.h"

using namespace ionscape;
using namespace ionscape::composition;
using crystal::Element;

namespace {

Element el(const char* symbol) {
    return Element::fromSymbol(symbol);
}

SpeciesCounts counts(std::initializer_list<std::pair<const char*, int>> list) {
    SpeciesCounts result;
    for (const auto& [symbol, count] : list)
        result.emplace_back(el(symbol), count);
    return result;
}

Sublattice mixed(const char* name, double sites, std::initializer_list<std::pair<const char*, int>> species) {
    Sublattice sublattice;
    sublattice.name = name;
    sublattice.kind = Sublattice::Kind::Mixed;
    sublattice.sitesPerFormulaUnit = sites;
    for (const auto& [symbol, state] : species)
        sublattice.species.push_back({el(symbol), state});
    return sublattice;
}

Sublattice mobile(double sites) {
    Sublattice sublattice;
    sublattice.name = "Li";
    sublattice.kind = Sublattice::Kind::Mobile;
    sublattice.sitesPerFormulaUnit = sites;
    sublattice.species = {{el("Li"), 1}};
    return sublattice;
}

Sublattice fixed(const char* name, const char* symbol, int state, double amount) {
    Sublattice sublattice;
    sublattice.name = name;
    sublattice.sitesPerFormulaUnit = amount;
    sublattice.species = {{el(symbol), state}};
    sublattice.amounts = {amount};
    return sublattice;
}

/// Only the sublattices: geometry plays no part here.
Host halide() {
    Host host;
    host.id = "halide";
    host.sublattices = {mobile(5), mixed("M", 1, {{"Y", 3}, {"In", 3}, {"Zr", 4}, {"Mg", 2}}),
                        mixed("X", 6, {{"Br", -1}, {"Cl", -1}, {"O", -2}})};
    return host;
}

Host argyrodite() {
    Host host;
    host.id = "argyrodite";
    Sublattice ions = mobile(12);
    ions.capacity = 6.5;
    host.sublattices = {ions, mixed("P", 1, {{"P", 5}, {"Si", 4}, {"Sb", 5}}), fixed("S", "S", -2, 4),
                        mixed("A", 1, {{"Cl", -1}, {"Br", -1}, {"S", -2}}),
                        mixed("D", 1, {{"S", -2}, {"Cl", -1}, {"Br", -1}})};
    return host;
}

/// T holds Si2P by default.
Host nasicon() {
    Host host;
    host.id = "nasicon";
    Sublattice tetrahedra = mixed("T", 3, {{"P", 5}, {"Si", 4}});
    tetrahedra.defaultCounts = {1, 2};
    host.sublattices = {mobile(4), mixed("M", 2, {{"Zr", 4}, {"Hf", 4}, {"Nb", 5}}), tetrahedra,
                        fixed("O", "O", -2, 12)};
    return host;
}

template <class Work>
QString messageOf(Work&& work) {
    try {
        work();
    } catch (const InputError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

Composition parse(const Host& host, const char* text, int sites) {
    return compositionFromFormula(host, parseFormula(text), sites);
}

std::string text(const Host& host, const Composition& composition) {
    return formulaText(compositionFormula(host, composition));
}

}  // namespace

class TestFurtherSublattices : public QObject {
    Q_OBJECT

  private slots:
    void defaultsFillWhatIsNotNamed();
    void chargesOfAllSublatticesCount();
    void entropyPerFormulaUnit();
    void halideFormulas();
    void argyroditeFormulas_data();
    void argyroditeFormulas();
    void roundTripOfRandomCompositions();
    void namesAreChecked();
    void formulasAreRefused();
    void adviceBalances_data();
    void adviceBalances();
};

void TestFurtherSublattices::defaultsFillWhatIsNotNamed() {
    QCOMPARE(text(halide(), {counts({{"Y", 1}})}), std::string("Li3YBr6"));
    QCOMPARE(text(nasicon(), {counts({{"Zr", 1}})}), std::string("Li3Zr2PSi2O12"));
    QCOMPARE(text(argyrodite(), defaultComposition(argyrodite())), std::string("Li6PClS5"));
    const auto all = mixedOccupation(nasicon(), {counts({{"Zr", 7}, {"Hf", 1}})});
    QCOMPARE(all.size(), std::size_t{2});
    QCOMPARE(all[1].sublattice->name, std::string("T"));
    QVERIFY(all[1].counts == counts({{"P", 1}, {"Si", 2}}));
    // The sublattice of the counts is the first mixed one.
    QCOMPARE(nasicon().mixed().name, std::string("M"));
    QCOMPARE(nasicon().mixedSublattices().size(), std::size_t{2});
}

void TestFurtherSublattices::chargesOfAllSublatticesCount() {
    QCOMPARE(mobileContent(halide(), {counts({{"Y", 1}, {"Zr", 1}})}), 2.5);
    QCOMPARE(mobileContent(halide(), {counts({{"Y", 1}}), {{"X", counts({{"Br", 5}, {"O", 1}})}}}), 4.0);
    QCOMPARE(mobileContent(nasicon(), {counts({{"Zr", 1}}), {{"T", counts({{"P", 1}})}}}), 1.0);
    QCOMPARE(mobileContent(nasicon(), {counts({{"Zr", 1}}), {{"T", counts({{"Si", 1}})}}}), 4.0);
    QCOMPARE(mobileContent(argyrodite(), {counts({{"P", 1}}), {{"D", counts({{"S", 1}, {"Cl", 1}})}}}), 5.5);
    QCOMPARE(mobileCapacity(argyrodite()), 6.5);
    QCOMPARE(mobileCapacity(halide()), 5.0);
}

void TestFurtherSublattices::entropyPerFormulaUnit() {
    const Composition composition{counts({{"Y", 2}, {"In", 2}}), {{"X", counts({{"Br", 6}, {"Cl", 6}})}}};
    QVERIFY(std::abs(configurationalEntropy(composition) - std::log(2.0)) < 1e-14);
    QVERIFY(std::abs(totalConfigurationalEntropy(halide(), composition) - 7.0 * std::log(2.0)) < 1e-13);
    const double t = -std::log(1.0 / 3.0) / 3.0 - 2.0 * std::log(2.0 / 3.0) / 3.0;
    QVERIFY(std::abs(totalConfigurationalEntropy(nasicon(), {counts({{"Zr", 5}})}) - 3.0 * t) < 1e-13);
}

void TestFurtherSublattices::halideFormulas() {
    const Composition best = parse(halide(), "Li3In0.5Y0.5Br3Cl3", 4);
    QVERIFY(best.counts == counts({{"In", 2}, {"Y", 2}}));
    QCOMPARE(best.further.size(), std::size_t{1});
    QVERIFY(best.further[0].counts == counts({{"Br", 12}, {"Cl", 12}}));
    QCOMPARE(text(halide(), best), std::string("Li3In0.5Y0.5Br3Cl3"));
    // What the host puts there anyway is not spelt out.
    QVERIFY(parse(halide(), "Li3YBr6", 16).further.empty());
    QVERIFY(parse(halide(), "Li6Y2Br12", 16) == parse(halide(), "Li3YBr6", 16));
    QVERIFY(parse(nasicon(), "Li3Zr2Si2PO12", 16).further.empty());
    QVERIFY(parse(nasicon(), "LiZr2P3O12", 16).further[0].counts == counts({{"P", 24}}));
}

void TestFurtherSublattices::argyroditeFormulas_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("a");  // what sits on A and D, of 4 sites each
    QTest::addColumn<QString>("d");
    QTest::newRow("ordered") << "Li6PS5Cl"
                             << "Cl4"
                             << "S4";
    QTest::newRow("other halide") << "Li6PS5Br"
                                  << "Br4"
                                  << "S4";
    QTest::newRow("two halides") << "Li6PS5Cl0.5Br0.5"
                                 << "Cl2Br2"
                                 << "S4";
    QTest::newRow("rich in halide") << "Li5.5PS4.5Cl1.5"
                                    << "Cl4"
                                    << "S2Cl2";
    QTest::newRow("rich in two halides") << "Li5.5PS4.5ClBr0.5"
                                         << "Cl4"
                                         << "S2Br2";
    QTest::newRow("poor in halide") << "Li6.5PS5.5Cl0.5"
                                    << "S2Cl2"
                                    << "S4";
}

void TestFurtherSublattices::argyroditeFormulas() {
    QFETCH(QString, text);
    QFETCH(QString, a);
    QFETCH(QString, d);
    const Host host = argyrodite();
    const Composition composition = parse(host, text.toStdString().c_str(), 4);
    std::map<std::string, std::string> found;
    for (const auto& [sublattice, species] : mixedOccupation(host, composition)) {
        std::map<Element, int> sorted(species.begin(), species.end());
        const int scale = 4 / totalCount(species);
        for (const auto& [element, count] : sorted)
            found[sublattice->name] += std::string(element.symbol()) + std::to_string(scale * count);
    }
    const auto sorted = [](const QString& given) {
        Formula formula = parseFormula(given.toStdString());
        std::sort(formula.begin(), formula.end());
        return formulaText(formula);
    };
    QCOMPARE(found["A"], sorted(a));
    QCOMPARE(found["D"], sorted(d));
    // Whatever was dealt out, the formula is the one given.
    const Formula given = parseFormula(text.toStdString());
    const Formula back = compositionFormula(host, composition);
    QCOMPARE(back.size(), given.size());
    for (const auto& [element, amount] : given)
        QVERIFY(std::abs(amountOf(back, element) - amount) < 1e-9);
}

void TestFurtherSublattices::roundTripOfRandomCompositions() {
    RandomStream random(5, "further sublattices");
    int checked = 0, spelt = 0;
    while (checked < 500) {
        const Host host = checked % 2 ? halide() : nasicon();
        Composition composition;
        for (const Sublattice* sublattice : host.mixedSublattices()) {
            const int sites = 8 * static_cast<int>(sublattice->sitesPerFormulaUnit);
            std::map<Element, int> drawn;
            for (int site = 0; site < sites; ++site)
                ++drawn[sublattice->species[random.below(sublattice->species.size())].element];
            SpeciesCounts species(drawn.begin(), drawn.end());
            if (sublattice == &host.mixed()) {
                composition.counts = species;
            } else {
                composition.further.push_back({sublattice->name, species});
            }
        }
        const double content = mobileContent(host, composition);
        if (content < 0.0 || content > mobileCapacity(host)) continue;
        Formula formula = compositionFormula(host, composition);
        for (auto& [element, amount] : formula)
            amount *= 3.0;
        const int sites = 8 * static_cast<int>(host.mixed().sitesPerFormulaUnit);
        const Composition back = compositionFromFormula(host, parseFormula(formulaText(formula, 6)), sites);
        if (back.further.empty()) continue;  // happened to draw the default
        QVERIFY2(back == composition, formulaText(formula).c_str());
        spelt += static_cast<int>(back.further.size());
        ++checked;
    }
    QCOMPARE(spelt, 500);
}

void TestFurtherSublattices::namesAreChecked() {
    const auto message = [](const Composition& composition) {
        return messageOf([&] { checkComposition(nasicon(), composition); });
    };
    const SpeciesCounts zirconium = counts({{"Zr", 1}}), phosphorus = counts({{"P", 1}});
    QVERIFY(message({zirconium, {{"Q", phosphorus}}}).contains("no sublattice \"Q\""));
    QVERIFY(message({zirconium, {{"O", phosphorus}}}).contains("O is not a further mixed sublattice"));
    QVERIFY(message({zirconium, {{"M", zirconium}}}).contains("M is not a further mixed sublattice"));
    QVERIFY(message({zirconium, {{"T", phosphorus}, {"T", phosphorus}}}).contains("T is listed twice"));
    QVERIFY(message({zirconium, {{"T", zirconium}}}).contains("Zr is not allowed on the T sublattice"));
    QVERIFY(message({zirconium, {{"T", {}}}}).contains("no species on the mixed sublattice T"));
    QVERIFY(message({zirconium, {{"T", counts({{"P", 0}})}}}).contains("count of P is 0"));
    QVERIFY(message({zirconium, {{"T", counts({{"P", 1}, {"P", 1}})}}}).contains("P is listed twice"));
    QVERIFY(message({zirconium, {{"T", phosphorus}}}).isEmpty());
}

void TestFurtherSublattices::formulasAreRefused() {
    const auto message = [](const Host& host, const char* formula) {
        return messageOf([&] { parse(host, formula, 8); });
    };
    QVERIFY(message(halide(), "Li3YF6").contains("F is not allowed on any mixed sublattice (M, X) of host"));
    QVERIFY(message(nasicon(), "Li3Zr2Si2P2O12").contains("T sublattice add up to 4 per formula unit"));
    QVERIFY(message(nasicon(), "Li2Zr2Si2PO12").contains("Li3 would balance"));
    QVERIFY(message(nasicon(), "LiZr2Si0.1P2.9O12").contains("is not a whole number of T sites in 12"));
    QVERIFY(message(argyrodite(), "Li7PS6")
                .contains("needs 7 Li per formula unit, but there are only 6.5 sites"));
}

void TestFurtherSublattices::adviceBalances_data() {
    QTest::addColumn<QString>("which");
    QTest::addColumn<QString>("advice");
    QTest::newRow("too positive")
        << "halide"
        << "use species of lower charge: O instead of Br on 1 of the 6 X sites would "
           "balance with Li0";
    QTest::newRow("too negative")
        << "argyrodite"
        << "use species of higher charge: P instead of Si on 2 of the 4 P sites would "
           "balance with Li6.5";
}

void TestFurtherSublattices::adviceBalances() {
    QFETCH(QString, which);
    QFETCH(QString, advice);
    if (which == "halide") {
        Host host = halide();
        host.sublattices[1].species = {{el("Nb"), 7}};
        const QString what = messageOf([&] {
            checkComposition(host, {counts({{"Nb", 1}}), {{"X", counts({{"Br", 6}})}}});
        });
        QVERIFY2(what.contains("needs -1 Li per formula unit") && what.endsWith(advice), qPrintable(what));
        // Taking the advice makes it possible.
        checkComposition(host, {counts({{"Nb", 1}}), {{"X", counts({{"Br", 5}, {"O", 1}})}}});
    } else {
        const Host host = argyrodite();
        const QString what = messageOf([&] { checkComposition(host, {counts({{"Si", 4}})}); });
        QVERIFY2(
            what.contains("there are only 6.5 sites that can be filled at once") && what.endsWith(advice),
            qPrintable(what));
        checkComposition(host, {counts({{"Si", 2}, {"P", 2}})});
    }
}

QTEST_APPLESS_MAIN(TestFurtherSublattices)
#include "test_further_sublattices.moc"
