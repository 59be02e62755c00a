// SPDX-License-Identifier: GPL-3.0-or-later
// Decorated cells: exact counts, charge, reproducible and independent draws, uniform occupation of the sites.
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/builder/decorate.h"

using namespace ionscape;
using namespace ionscape::builder;
using namespace ionscape::composition;
using crystal::Element;
using crystal::Structure;

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
const Composition pristine = make({{"Zr", 16}});

std::map<std::string, int> counts(const Structure& cell) {
    std::map<std::string, int> result;
    for (const auto& [element, count] : cell.elementCounts())
        result[std::string(element.symbol())] = count;
    return result;
}

std::string sublatticeOf(const Structure& cell, std::size_t atom) {
    return lzsp().sublatticeOf(cell.siteLabels[atom]);
}

/// The elements on a sublattice, in the order of its sites.
std::vector<Element> elementsOn(const Structure& cell, const std::string& sublattice) {
    std::vector<Element> elements;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (sublatticeOf(cell, i) == sublattice) elements.push_back(cell.elements[i]);
    }
    return elements;
}

using Key = std::array<long, 3>;
Key keyOf(const Vec3& position) {
    return {std::lround(position(0) * 1e4), std::lround(position(1) * 1e4), std::lround(position(2) * 1e4)};
}

/// Σ (observed − expected)² / expected.
double chiSquare(const std::map<Key, int>& observed, std::size_t sites, double expected) {
    double sum = static_cast<double>(sites - observed.size()) * expected;
    for (const auto& [key, count] : observed)
        sum += (count - expected) * (count - expected) / expected;
    return sum;
}

QString messageOf(const Host& host, const Composition& composition, const IntMat3& supercell) {
    try {
        decoratedCell(host, composition, supercell, 1);
    } catch (const InputError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

}  // namespace

class TestDecorate : public QObject {
    Q_OBJECT

  private slots:
    void countsAreExact();
    void cellIsNeutral();
    void cellIsTheSupercell();
    void atomsAreOrdered();
    void occupantsFitTheirSites();
    void noTwoAtomsAreClose();
    void seedsReproduceAndDiffer();
    void streamsAreIndependent();
    void orderOfSpeciesDoesNotMatter();
    void drawsAreUniform();
    void otherSupercells();
    void refusesWhatDoesNotFit();
};

void TestDecorate::countsAreExact() {
    const std::map<std::string, int> expected = {{"Li", 21}, {"Zr", 4},  {"Hf", 3}, {"Sn", 3}, {"Ti", 3},
                                                 {"Nb", 3},  {"Si", 16}, {"P", 8},  {"O", 96}};
    QVERIFY(counts(decoratedSupercell(lzsp(), winner, 1)) == expected);
    const Structure plain = decoratedSupercell(lzsp(), pristine, 1);
    QCOMPARE(plain.size(), std::size_t(160));
    QCOMPARE(plain.formula(), std::string("Li3Zr2Si2PO12"));
}

void TestDecorate::cellIsNeutral() {
    const std::map<std::string, int> charge = {{"Li", 1}, {"Zr", 4}, {"Hf", 4}, {"Mg", 2},
                                               {"Al", 3}, {"Sn", 4}, {"Ti", 4}, {"Nb", 5},
                                               {"Si", 4}, {"P", 5},  {"O", -2}};
    for (const Composition& composition :
         {winner, pristine, make({{"Zr", 10}, {"Mg", 2}, {"Al", 1}, {"Nb", 3}})}) {
        int total = 0;
        for (const auto& [symbol, count] : counts(decoratedSupercell(lzsp(), composition, 5))) {
            total += count * charge.at(symbol);
        }
        QCOMPARE(total, 0);
    }
}

void TestDecorate::cellIsTheSupercell() {
    const Structure cell = decoratedSupercell(lzsp(), winner, 1);
    const double conventional = 15.586 * 9.029 * 9.205 * std::sin(123.70 * M_PI / 180.0);
    QVERIFY(std::abs(cell.lattice.volume() - 2.0 * conventional) < 1e-6);
    QVERIFY(cell.lattice.faceDistances().minCoeff() > 12.0);
}

void TestDecorate::atomsAreOrdered() {
    const Structure cell = decoratedSupercell(lzsp(), winner, 3);
    std::vector<std::string> order;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const std::string name = sublatticeOf(cell, i);
        if (order.empty() || order.back() != name) order.push_back(name);
    }
    QVERIFY((order == std::vector<std::string>{"Li", "M", "T", "O"}));
}

void TestDecorate::occupantsFitTheirSites() {
    const Structure cell = decoratedSupercell(lzsp(), winner, 4);
    std::map<std::string, int> sites;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const Sublattice& sublattice = lzsp().sublattice(sublatticeOf(cell, i));
        ++sites[sublattice.name];
        QVERIFY(std::any_of(sublattice.species.begin(), sublattice.species.end(),
                            [&](const Species& species) { return species.element == cell.elements[i]; }));
    }
    QVERIFY((sites == std::map<std::string, int>{{"Li", 21}, {"M", 16}, {"T", 24}, {"O", 96}}));
}

void TestDecorate::noTwoAtomsAreClose() {
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        decoratedSupercell(lzsp(), winner, seed).validate(1.4);
}

void TestDecorate::seedsReproduceAndDiffer() {
    const Structure first = decoratedSupercell(lzsp(), winner, 42);
    const Structure again = decoratedSupercell(lzsp(), winner, 42);
    QVERIFY(first.elements == again.elements);
    QVERIFY(first.positions == again.positions);
    QVERIFY(first.siteLabels == again.siteLabels);
    const Structure other = decoratedSupercell(lzsp(), winner, 43);
    QVERIFY(elementsOn(first, "M") != elementsOn(other, "M"));
    QVERIFY(elementsOn(first, "T") != elementsOn(other, "T"));
    QVERIFY(first.positions.leftCols(21) != other.positions.leftCols(21));
}

void TestDecorate::streamsAreIndependent() {
    // Other M species and another Li content leave the drawing of Si/P as it was.
    const Structure first = decoratedSupercell(lzsp(), winner, 42);
    const Structure second = decoratedSupercell(lzsp(), pristine, 42);
    QVERIFY(first.atomsOf(Element::fromSymbol("Li")).size() !=
            second.atomsOf(Element::fromSymbol("Li")).size());
    QVERIFY(elementsOn(first, "T") == elementsOn(second, "T"));
}

void TestDecorate::orderOfSpeciesDoesNotMatter() {
    const Composition turned = make({{"Nb", 3}, {"Ti", 3}, {"Zr", 4}, {"Sn", 3}, {"Hf", 3}});
    QVERIFY(decoratedSupercell(lzsp(), turned, 9).elements == decoratedSupercell(lzsp(), winner, 9).elements);
}

void TestDecorate::drawsAreUniform() {
    constexpr int draws = 1500;
    std::map<Key, int> lithium, niobium, phosphorus;
    std::map<std::pair<bool, bool>, int> neighbours;  // Nb on the first two M sites
    for (std::uint64_t seed = 0; seed < draws; ++seed) {
        const Structure cell = decoratedSupercell(lzsp(), winner, seed);
        for (std::size_t i = 0; i < cell.size(); ++i) {
            if (cell.elements[i] == Element::fromSymbol("Li")) ++lithium[keyOf(cell.position(i))];
            if (cell.elements[i] == Element::fromSymbol("Nb")) ++niobium[keyOf(cell.position(i))];
            if (cell.elements[i] == Element::fromSymbol("P")) ++phosphorus[keyOf(cell.position(i))];
        }
        const auto metals = elementsOn(cell, "M");
        ++neighbours[{metals[0] == Element::fromSymbol("Nb"), metals[1] == Element::fromSymbol("Nb")}];
    }
    // Drawing k of n sites without repetition: a site's count has variance draws·p(1−p), and the counts are
    // tied by their fixed sum, so Σ (o − e)²/(draws·p(1−p)) · (n−1)/n is χ² with n − 1 degrees of freedom.
    const auto scaled = [&](const std::map<Key, int>& observed, std::size_t n, int k) {
        const double p = static_cast<double>(k) / static_cast<double>(n);
        const double ties = static_cast<double>(n - 1) / static_cast<double>(n);
        return chiSquare(observed, n, draws * p) / (1.0 - p) * ties;
    };
    // 99.9 % and 0.1 % quantiles of χ² for 31, 15 and 23 degrees of freedom.
    const double li = scaled(lithium, 32, 21), nb = scaled(niobium, 16, 3), p = scaled(phosphorus, 24, 8);
    QVERIFY2(li > 11.98 && li < 61.10, qPrintable(QString::number(li)));
    QVERIFY2(nb > 3.48 && nb < 37.70, qPrintable(QString::number(nb)));
    QVERIFY2(p > 7.53 && p < 49.73, qPrintable(QString::number(p)));
    // Both of two sites are Nb with probability 3/16 · 2/15.
    const double both = draws * 3.0 / 16.0 * 2.0 / 15.0;
    QVERIFY(std::abs(neighbours[std::pair(true, true)] - both) < 4.0 * std::sqrt(both));
}

void TestDecorate::otherSupercells() {
    const IntMat3 identity = IntMat3::Identity();
    QCOMPARE(decoratedCell(lzsp(), pristine, identity, 1).size(), std::size_t(40));
    QCOMPARE(decoratedCell(lzsp(), make({{"Zr", 1}, {"Hf", 1}, {"Sn", 1}, {"Ti", 1}}), identity, 1).size(),
             std::size_t(40));
    const Structure doubled = decoratedCell(lzsp(), winner, 2 * lzsp().supercellMatrix, 1);
    QCOMPARE(doubled.size(), 8 * std::size_t(157));
    QCOMPARE(counts(doubled).at("Nb"), 24);
}

void TestDecorate::refusesWhatDoesNotFit() {
    const IntMat3 identity = IntMat3::Identity();
    QVERIFY(messageOf(lzsp(), winner, identity)
                .contains("3 of 16 is not a whole number of the 4 M sites of this cell"));
    QVERIFY(messageOf(lzsp(), {}, identity).contains("no species"));
    QVERIFY(messageOf(lzsp(), make({{"Zr", 8}, {"Mg", 8}}), identity).contains("there are only 4 sites"));
    QVERIFY(!messageOf(lzsp(), pristine, IntMat3::Zero()).isEmpty());
    QVERIFY(messageOf(lzsp(), pristine, 100 * identity).contains("sites"));
    // A 2+ ion needs half as many: Mg1.5 is 3 atoms in the primitive cell, and Mg1.25 (from Nb 1 of 4) does
    // not fit.
    Host divalent = lzsp();
    for (Sublattice& sublattice : divalent.sublattices) {
        if (sublattice.name == "Li") sublattice.species = {{Element::fromSymbol("Na"), 2}};
    }
    QCOMPARE(counts(decoratedCell(divalent, pristine, identity, 1)).at("Na"), 3);
    const QString what = messageOf(divalent, make({{"Zr", 3}, {"Nb", 1}}), identity);
    QVERIFY2(
        what.contains("Na1.25 makes 2.5 atoms") && what.contains("nearest contents possible are 1 and 1.5"),
        qPrintable(what));
    Host quarters = lzsp();
    for (Sublattice& sublattice : quarters.sublattices) {
        if (sublattice.name == "T") {
            sublattice.amounts = {2.25, 0.75};
            sublattice.species[1].oxidationState = 4;  // Li4, which fits
        }
    }
    QVERIFY(messageOf(quarters, pristine, identity).contains("Si2.25 on sublattice T makes 4.5 atoms"));
}

QTEST_APPLESS_MAIN(TestDecorate)
#include "test_decorate.moc"
