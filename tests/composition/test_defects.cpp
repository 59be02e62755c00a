// SPDX-License-Identifier: GPL-3.0-or-later
// Kröger–Vink notation of compositions, and that the defects of any composition are neutral together.
#include <QTest>
#include <cmath>

#include "core/composition/defects.h"
#include "core/composition/space.h"

using namespace ionscape;
using namespace ionscape::composition;

namespace {

Host shipped(const char* id) {
    return loadHost(std::string(IONSCAPE_RESOURCES "/hosts/") + id + ".json");
}

std::vector<Defect> defects(const Host& host, const char* formula, int sites = 16) {
    return defectsOf(host, compositionFromFormula(host, parseFormula(formula), sites));
}

double netCharge(const std::vector<Defect>& list) {
    double charge = 0.0;
    for (const Defect& defect : list)
        charge += defect.amount * defect.charge;
    return charge;
}

}  // namespace

class TestDefects : public QObject {
    Q_OBJECT

  private slots:
    void labels();
    void excessAndDeficit();
    void everyCompositionIsNeutral();
    void furtherSublattices();
};

void TestDefects::labels() {
    const Host host = shipped("lzsp");
    QVERIFY(defects(host, "Li3Zr2Si2PO12").empty());
    const auto list = defects(host, "Li2.5ZrHf0.5Nb0.5Si2PO12");
    QCOMPARE(list.size(), std::size_t(3));
    QCOMPARE(krogerVink(list[0]), std::string("Hf_Zr^×"));
    QCOMPARE(krogerVink(list[1]), std::string("Nb_Zr^•"));
    QCOMPARE(krogerVink(list[2]), std::string("V_Li′"));
    QCOMPARE(krogerVinkAscii(list[0]), std::string("Hf_Zr^x"));
    QCOMPARE(krogerVinkAscii(list[1]), std::string("Nb_Zr^*"));
    QCOMPARE(krogerVinkAscii(list[2]), std::string("V_Li'"));
    QCOMPARE(krogerVinkHtml(list[1]), std::string("Nb<sub>Zr</sub><sup>•</sup>"));
    QCOMPARE(defectsText(list), std::string("0.5 Hf_Zr^× + 0.5 Nb_Zr^• + 0.5 V_Li′"));
}

void TestDefects::excessAndDeficit() {
    const Host host = shipped("lzsp");
    const auto magnesium = defects(host, "Li3.5Zr1.75Mg0.25Si2PO12");
    QCOMPARE(magnesium.size(), std::size_t(2));
    QCOMPARE(krogerVink(magnesium[0]), std::string("Mg_Zr″"));
    QCOMPARE(krogerVinkAscii(magnesium[0]), std::string("Mg_Zr''"));
    QCOMPARE(krogerVink(magnesium[1]), std::string("Li_i^•"));
    QVERIFY(std::abs(magnesium[0].amount - 0.25) < 1e-12);
    QVERIFY(std::abs(magnesium[1].amount - 0.5) < 1e-12);
    // Al and Nb make up for each other: no lithium defect is left.
    const auto both = defects(host, "Li3Zr1.5Al0.25Nb0.25Si2PO12");
    QCOMPARE(defectsText(both), std::string("0.25 Al_Zr′ + 0.25 Nb_Zr^•"));
}

void TestDefects::everyCompositionIsNeutral() {
    const Host host = shipped("lzsp");
    SpaceQuery query;
    query.types = {occupancyType("4-2")};
    query.mobileMin = 2.0;
    query.mobileMax = 4.0;
    int seen = 0, charged = 0;
    forEachComposition(host, query, [&](const Composition& composition) {
        const auto list = defectsOf(host, composition);
        if (std::abs(netCharge(list)) > 1e-9) ++charged;
        return ++seen < 2000;
    });
    QVERIFY(seen > 500);
    QCOMPARE(charged, 0);
}

void TestDefects::furtherSublattices() {
    // Every shipped host, at its own composition: neutral, whatever its defaults are.
    for (const char* id : {"halide", "argyrodite", "li3ps4", "llzo", "latp", "na-nasicon"}) {
        const Host host = shipped(id);
        const auto list = defectsOf(host, defaultComposition(host));
        QVERIFY2(std::abs(netCharge(list)) < 1e-9, id);
    }
    const Host halide = shipped("halide");
    Composition mixed = defaultComposition(halide);
    const auto sublattices = halide.mixedSublattices();
    QVERIFY(sublattices.size() > 1);
    const Sublattice& anions = *sublattices[1];
    mixed.further = {{anions.name, {{anions.species[0].element, 1}, {anions.species[1].element, 1}}}};
    const auto list = defectsOf(halide, mixed);
    const std::string expected = std::string(anions.species[1].element.symbol()) + "_" +
                                 std::string(anions.species[0].element.symbol()) + "^×";
    QVERIFY(
        std::any_of(list.begin(), list.end(), [&](const Defect& d) { return krogerVink(d) == expected; }));
}

QTEST_APPLESS_MAIN(TestDefects)
#include "test_defects.moc"
