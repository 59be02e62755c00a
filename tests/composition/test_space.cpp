// SPDX-License-Identifier: GPL-3.0-or-later
// The enumeration against published counts, the table of entropies and a brute-force twin.
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/composition/space.h"

using namespace ionscape;
using namespace ionscape::composition;
using crystal::Element;

namespace {

const Host& lzsp() {
    static const Host host = loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
    return host;
}

/// The dopants and valences typed in again, independent of the host file.
const std::vector<std::pair<std::string, int>>& dopants() {
    static const std::vector<std::pair<std::string, int>> list = {
        {"Mg", 2}, {"Ca", 2}, {"Zn", 2}, {"Ni", 2}, {"Co", 2}, {"Al", 3}, {"In", 3}, {"Ga", 3},
        {"Sc", 3}, {"Y", 3},  {"Fe", 3}, {"La", 3}, {"Gd", 3}, {"Hf", 4}, {"Ge", 4}, {"Sn", 4},
        {"Ti", 4}, {"Ce", 4}, {"Nb", 5}, {"Ta", 5}, {"Sb", 5}, {"Bi", 5}, {"V", 5}};
    return list;
}

using Assignment = std::map<std::string, int>;

/// Every ordered choice of different dopants for the counts after the first, made a set of element → count
/// maps. Li · 8 = 24 + Σ count (4 − valence) is exact in whole numbers. Limits are in eighths.
void bruteForce(const std::vector<int>& counts, std::size_t slot, Assignment& chosen, int liEighths, int low,
                int high, std::set<Assignment>& found) {
    if (slot == counts.size()) {
        if (liEighths >= low && liEighths <= high) found.insert(chosen);
        return;
    }
    for (const auto& [symbol, valence] : dopants()) {
        if (chosen.count(symbol)) continue;
        chosen[symbol] = counts[slot];
        bruteForce(counts, slot + 1, chosen, liEighths + counts[slot] * (4 - valence), low, high, found);
        chosen.erase(symbol);
    }
}

std::set<Assignment> enumerated(const SpaceQuery& query, std::size_t& visits) {
    std::set<Assignment> found;
    visits = 0;
    forEachComposition(lzsp(), query, [&](const Composition& composition) {
        Assignment assignment;
        for (const auto& [element, count] : composition.counts)
            assignment[std::string(element.symbol())] = count;
        found.insert(assignment);
        ++visits;
        return true;
    });
    return found;
}

SpaceQuery query(const std::string& type, double low = 0.0, double high = 1e9) {
    SpaceQuery result;
    result.types = {occupancyType(type)};
    result.mobileMin = low;
    result.mobileMax = high;
    return result;
}

QString messageOf(const SpaceQuery& bad) {
    try {
        countCompositions(lzsp(), bad);
    } catch (const InputError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

std::size_t binomial(std::size_t n, std::size_t k) {
    std::size_t value = 1;
    for (std::size_t i = 1; i <= k; ++i)
        value = value * (n - k + i) / i;
    return value;
}

}  // namespace

class TestSpace : public QObject {
    Q_OBJECT

  private slots:
    void publishedCounts();
    void entropiesOfTheTypes_data();
    void entropiesOfTheTypes();
    void agreesWithBruteForce_data();
    void agreesWithBruteForce();
    void unboundedCountsAreBinomial();
    void everyVisitIsValidAndWithinBounds();
    void orderIsFixedAndVisitingStops();
    void requireAndExclude();
    void boundsAreInclusiveForFractions();
    void typesAreParsed();
    void badQueriesAreRefused();
};

void TestSpace::publishedCounts() {
    QCOMPARE(countCompositions(lzsp(), query("4-1", 2.5, 3.5)), std::size_t(735));
    QCOMPARE(countCompositions(lzsp(), query("5-1", 2.5, 4.0)), std::size_t(4575));
}

void TestSpace::entropiesOfTheTypes_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("entropy");
    const std::vector<std::pair<const char*, double>> table = {
        {"3-1", 1.095}, {"3-2", 1.082}, {"3-3", 1.072}, {"4-1", 1.386}, {"4-2", 1.371}, {"4-3", 1.355},
        {"5-1", 1.602}, {"5-2", 1.581}, {"5-3", 1.565}, {"6-1", 1.775}, {"6-2", 1.754}, {"6-3", 1.733},
        {"7-1", 1.927}, {"7-2", 1.906}, {"7-3", 1.873}, {"8-1", 2.079}, {"8-2", 2.047}, {"8-3", 2.014}};
    QCOMPARE(occupancyTypes().size(), table.size());
    for (const auto& [name, entropy] : table)
        QTest::addRow("%s", name) << QString(name) << entropy;
}

void TestSpace::entropiesOfTheTypes() {
    QFETCH(QString, name);
    QFETCH(double, entropy);
    const OccupancyType type = occupancyType(name.toStdString());
    int total = 0;
    std::vector<double> amounts;
    for (const int count : type.counts) {
        total += count;
        amounts.push_back(count);
    }
    QCOMPARE(total, 16);
    QCOMPARE(static_cast<int>(type.counts.size()), name.left(1).toInt());
    QVERIFY(std::abs(configurationalEntropy(amounts) - entropy) <= 5.0e-4);
}

void TestSpace::agreesWithBruteForce_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("low");
    QTest::addColumn<int>("high");
    const auto row = [](const char* type, int low, int high) {
        QTest::addRow("%s from %d to %d eighths", type, low, high) << QString(type) << low << high;
    };
    row("4-1", 20, 28);
    row("3-1", 20, 28);
    row("3-2", 0, 32);
    row("3-3", 20, 32);
    row("4-2", 20, 28);
    row("4-3", 24, 24);
    row("5-1", 20, 32);
    row("5-3", 22, 23);
    row("3:5:3:5", 20, 28);  // equal counts that do not stand side by side
    row("16", 0, 32);
    row("16", 0, 23);
}

void TestSpace::agreesWithBruteForce() {
    QFETCH(QString, type);
    QFETCH(int, low);
    QFETCH(int, high);
    SpaceQuery asked = query(type.toStdString(), low / 8.0, high / 8.0);
    const std::vector<int>& counts = asked.types.front().counts;
    std::set<Assignment> expected;
    Assignment chosen{{"Zr", counts.front()}};
    bruteForce(counts, 1, chosen, 24, low, high, expected);
    std::size_t visits = 0;
    const std::set<Assignment> found = enumerated(asked, visits);
    QVERIFY(found == expected);
    QCOMPARE(visits, expected.size());
}

void TestSpace::unboundedCountsAreBinomial() {
    const double none = -1e9;
    QCOMPARE(countCompositions(lzsp(), query("4-1", none)), binomial(23, 3));
    QCOMPARE(countCompositions(lzsp(), query("5-1", none)), binomial(23, 4));
    QCOMPARE(countCompositions(lzsp(), query("6-2", none)), binomial(23, 3) * binomial(20, 2));
    QCOMPARE(countCompositions(lzsp(), query("8-2", none)), binomial(23, 6) * 17);
}

void TestSpace::everyVisitIsValidAndWithinBounds() {
    const SpaceQuery asked = query("5-2", 2.5, 3.0);
    std::size_t visits = 0;
    bool good = true;
    forEachComposition(lzsp(), asked, [&](const Composition& composition) {
        ++visits;
        checkComposition(lzsp(), composition);
        const double content = mobileContent(lzsp(), composition);
        good = good && content >= 2.5 && content <= 3.0 && composition.totalCount() == 16;
        for (std::size_t i = 0; i < composition.counts.size(); ++i) {
            good = good && composition.counts[i].second == asked.types.front().counts[i];
        }
        good = good && composition.counts.front().first == Element::fromSymbol("Zr");
        return true;
    });
    QVERIFY(visits > 100);
    QVERIFY(good);
}

void TestSpace::orderIsFixedAndVisitingStops() {
    std::vector<Composition> first, second;
    forEachComposition(lzsp(), query("4-1", 2.5, 3.5), [&](const Composition& c) {
        first.push_back(c);
        return true;
    });
    forEachComposition(lzsp(), query("4-1", 2.5, 3.5), [&](const Composition& c) {
        second.push_back(c);
        return second.size() < 10;
    });
    QCOMPARE(first.size(), std::size_t(735));
    QCOMPARE(second.size(), std::size_t(10));
    QVERIFY(std::equal(second.begin(), second.end(), first.begin()));
}

void TestSpace::requireAndExclude() {
    SpaceQuery all = query("4-1", 2.5, 3.5);
    std::size_t withHafnium = 0, withBoth = 0, withoutHafnium = 0;
    const Element hafnium = Element::fromSymbol("Hf"), niobium = Element::fromSymbol("Nb");
    forEachComposition(lzsp(), all, [&](const Composition& composition) {
        const auto has = [&](Element element) {
            return std::any_of(composition.counts.begin(), composition.counts.end(),
                               [&](const auto& entry) { return entry.first == element; });
        };
        withHafnium += has(hafnium);
        withoutHafnium += !has(hafnium);
        withBoth += has(hafnium) && has(niobium);
        return true;
    });
    SpaceQuery asked = all;
    asked.require = {hafnium};
    QCOMPARE(countCompositions(lzsp(), asked), withHafnium);
    asked.require = {hafnium, niobium};
    QCOMPARE(countCompositions(lzsp(), asked), withBoth);
    QVERIFY(withBoth > 0);
    asked.require = {};
    asked.exclude = {hafnium};
    QCOMPARE(countCompositions(lzsp(), asked), withoutHafnium);
}

void TestSpace::boundsAreInclusiveForFractions() {
    // Zr, one 3+ and one 4+ at 1:1:1 of three: Li = 3 + 2/3, not exact in binary.
    const double content = 3.0 + 2.0 / 3.0;
    QCOMPARE(countCompositions(lzsp(), query("1:1:1", content, content)), std::size_t(8 * 5 + 5 * 5));
}

void TestSpace::typesAreParsed() {
    QVERIFY((occupancyType("5-1").counts == std::vector<int>{4, 3, 3, 3, 3}));
    QVERIFY((occupancyType("4:3:3:3:3").counts == std::vector<int>{4, 3, 3, 3, 3}));
    QCOMPARE(occupancyType("12:4").name, std::string("12:4"));
    for (const char* bad :
         {"", ":", "4:", ":4", "4::4", "4:0", "4:-1", "4:x", "4 :4", "9-9", "4:99999", "4:3.5", "+4:4"}) {
        try {
            occupancyType(bad);
            QFAIL(bad);
        } catch (const InputError& error) {
            QVERIFY2(QByteArray(error.what()).contains("3-1 3-2"), error.what());
        }
    }
}

void TestSpace::badQueriesAreRefused() {
    SpaceQuery bad = query("4-1", 3.5, 2.5);
    QVERIFY(messageOf(bad).contains("out of order"));
    bad = query("4-1");
    bad.mobileMin = std::nan("");
    QVERIFY(messageOf(bad).contains("out of order"));
    bad = query("4-1");
    bad.require = {Element::fromSymbol("Na")};
    QVERIFY(messageOf(bad).contains("Na cannot be required or excluded"));
    bad.require = {};
    bad.exclude = {Element::fromSymbol("Zr")};
    QVERIFY(messageOf(bad).contains("Zr cannot be required or excluded"));
    bad.require = {Element::fromSymbol("Hf")};
    bad.exclude = {Element::fromSymbol("Hf")};
    QVERIFY(messageOf(bad).contains("both required and excluded"));
    bad = SpaceQuery{};
    bad.types = {{"4:0", {4, 0}}};
    QVERIFY(messageOf(bad).contains("at least 1"));
    bad.types.clear();
    QVERIFY(messageOf(bad).contains("at least one occupancy type"));
    bad = query("4-1");
    bad.entropyMin = 2.0;
    bad.entropyMax = 1.0;
    QVERIFY(messageOf(bad).contains("entropy are out of order"));
    bad = query("4-1");
    bad.countBounds = {{Element::fromSymbol("Na"), 1, 2}};
    QVERIFY(messageOf(bad).contains("Na cannot be bounded"));
    bad.countBounds = {{Element::fromSymbol("Hf"), 3, 2}};
    QVERIFY(messageOf(bad).contains("Hf are out of order"));
    bad.countBounds = {{Element::fromSymbol("Hf"), 3, 4}};
    bad.exclude = {Element::fromSymbol("Hf")};
    QVERIFY(messageOf(bad).contains("Hf is excluded, but at least 3 sites"));
    // More species than the host has is an empty space, no error.
    bad = SpaceQuery{};
    bad.types = {{"many", std::vector<int>(25, 1)}};
    bad.mobileMin = -1e9;
    QCOMPARE(countCompositions(lzsp(), bad), std::size_t(0));
}

QTEST_APPLESS_MAIN(TestSpace)
#include "test_space.moc"
