// SPDX-License-Identifier: GPL-3.0-or-later
// Counts under every kind of constraint against plain enumeration, and the three ways through a space (index,
// cursor, search) against each other.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/composition/space.h"

using namespace ionscape;
using namespace ionscape::composition;
using crystal::Element;

namespace {

const Host& lzsp() {
    static const Host host = loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
    return host;
}

Element element(const char* symbol) {
    return Element::fromSymbol(symbol);
}

/// Sixteenths of each species of the mixed sublattice, so that equal compositions are equal.
using Key = std::map<Element, double>;

Key keyOf(const Composition& composition) {
    Key key;
    for (const auto& [species, count] : composition.counts)
        key[species] = static_cast<double>(count) / composition.totalCount();
    return key;
}

/// The twin: every ordered choice of different species for the slots, conditions looked at one by one at the
/// end.
void choose(const std::vector<int>& counts, const SpaceQuery& query, Composition& chosen,
            std::set<Key>& found) {
    const std::size_t slot = chosen.counts.size();
    const auto& species = lzsp().mixed().species;
    if (slot < counts.size()) {
        for (const Species& s : species) {
            if (query.ownFirst && slot == 0 && s.element != species.front().element) continue;
            const bool taken = std::any_of(chosen.counts.begin(), chosen.counts.end(),
                                           [&](const auto& c) { return c.first == s.element; });
            if (taken) continue;
            chosen.counts.emplace_back(s.element, counts[slot]);
            choose(counts, query, chosen, found);
            chosen.counts.pop_back();
        }
        return;
    }
    const double mobile = mobileContent(lzsp(), chosen), entropy = configurationalEntropy(chosen);
    if (mobile < query.mobileMin - 1e-9 || mobile > query.mobileMax + 1e-9) return;
    if (entropy < query.entropyMin || entropy > query.entropyMax) return;
    const auto countOf = [&](Element e) {
        for (const auto& [present, count] : chosen.counts) {
            if (present == e) return count;
        }
        return 0;
    };
    for (const Element e : query.require) {
        if (countOf(e) == 0) return;
    }
    for (const Element e : query.exclude) {
        if (countOf(e) > 0) return;
    }
    for (const auto& bounds : query.countBounds) {
        const int count = countOf(bounds.element);
        if (count < bounds.minimum || (count > 0 && count > bounds.maximum)) return;
    }
    found.insert(keyOf(chosen));
}

std::set<Key> twin(const SpaceQuery& query) {
    std::set<Key> found;
    for (const OccupancyType& type : query.types) {
        Composition chosen;
        choose(type.counts, query, chosen, found);
    }
    return found;
}

SpaceQuery randomQuery(RandomStream& random) {
    static const std::vector<std::string> types = {"3-1",   "3-2", "3-3", "4:4:4:4", "1:1:1", "8:8",
                                                   "2:1:1", "4-2", "4-3", "6:6:4",   "16",    "12:4"};
    SpaceQuery query;
    for (std::uint64_t i = 0, n = 1 + random.below(3); i < n; ++i)
        query.types.push_back(occupancyType(types[random.below(types.size())]));
    query.ownFirst = random.below(3) > 0;
    const auto& species = lzsp().mixed().species;
    const auto anyDopant = [&] { return species[1 + random.below(species.size() - 1)].element; };
    if (random.below(2)) query.mobileMin = 2.0 + 0.25 * static_cast<double>(random.below(6));
    if (random.below(2)) query.mobileMax = query.mobileMin + 0.25 * static_cast<double>(random.below(6));
    if (random.below(3) == 0) query.entropyMin = 1.08;
    if (random.below(4) == 0) query.exclude.push_back(anyDopant());
    if (random.below(4) == 0) query.require.push_back(species[14].element);  // Hf
    if (random.below(3) == 0) query.countBounds.push_back({species[0].element, 0, 5});
    if (random.below(3) == 0) query.countBounds.push_back({species[16].element, 4, 6});  // Sn must occur
    if (random.below(3) == 0) query.countBounds.push_back({species[19].element, 0, 4});  // Nb may
    std::erase(query.exclude, species[14].element);
    std::erase(query.exclude, species[16].element);
    return query;
}

}  // namespace

class TestSpaceConstraints : public QObject {
    Q_OBJECT

  private slots:
    void randomQueriesAgreeWithTheTwin();
    void indexCursorAndSearchAgree();
    void unionsCountOnce();
    void hugeSpacesAreCountedAndReached();
    void mobileRangeIsThatOfTheCompositions();
    void entropyBoundsChooseTypes();
    void listsOfTypes();
    void allTypes();
};

void TestSpaceConstraints::randomQueriesAgreeWithTheTwin() {
    int notEmpty = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        RandomStream random(seed, "space queries");
        const SpaceQuery query = randomQuery(random);
        const std::set<Key> expected = twin(query);
        const Space space(lzsp(), query);
        std::set<Key> found;
        for (Space::Cursor cursor(space); !cursor.atEnd(); cursor.next())
            found.insert(keyOf(space.composition(cursor.row())));
        QVERIFY2(found == expected, qPrintable(QString("seed %1").arg(seed)));
        QCOMPARE(space.size(), std::uint64_t(expected.size()));
        notEmpty += !expected.empty();
    }
    QVERIFY(notEmpty > 20);
}

void TestSpaceConstraints::indexCursorAndSearchAgree() {
    SpaceQuery query;
    query.types = occupancyTypeList("4-1, 3-2 4-2");
    query.mobileMin = 2.5;
    query.mobileMax = 3.5;
    query.exclude = {element("Fe")};
    const Space space(lzsp(), query);
    QVERIFY(space.size() > 1500);
    std::uint64_t at = 0;
    for (Space::Cursor cursor(space); !cursor.atEnd(); cursor.next(), ++at) {
        QCOMPARE(cursor.index(), at);
        Composition composition = space.composition(cursor.row());
        if (at % 97 != 0) continue;
        QVERIFY(space.composition(at) == composition);
        std::reverse(composition.counts.begin(), composition.counts.end());
        QCOMPARE(space.indexOf(composition), std::optional(at));
        Space::Cursor resumed(space, at);
        resumed.next();
        if (!resumed.atEnd()) QVERIFY(space.composition(resumed.row()) == space.composition(at + 1));
    }
    QCOMPARE(at, space.size());
    QVERIFY(!space.indexOf(
        Composition{{{element("Zr"), 4}, {element("Fe"), 4}, {element("Hf"), 4}, {element("Sn"), 4}}}));
    QVERIFY(!space.indexOf(Composition{{{element("Zr"), 16}}}));
    QVERIFY(!space.indexOf(
        Composition{{{element("Zr"), 4}, {element("Zr"), 4}, {element("Hf"), 4}, {element("Sn"), 4}}}));
    QVERIFY(!space.indexOf(Composition{}));
    // Proportions count, not the number of sites.
    const Composition small{{{element("Zr"), 1}, {element("Sn"), 1}, {element("Hf"), 1}, {element("Ti"), 1}}};
    QCOMPARE(space.indexOf(small),
             space.indexOf(Composition{
                 {{element("Ti"), 4}, {element("Zr"), 4}, {element("Hf"), 4}, {element("Sn"), 4}}}));
    QVERIFY(space.indexOf(small).has_value());
    QVERIFY_EXCEPTION_THROWN(space.composition(space.size()), InputError);
}

void TestSpaceConstraints::unionsCountOnce() {
    SpaceQuery query;
    query.types = occupancyTypeList("4-1 4:4:4:4 1:1:1:1 4-2 5:3:4:4");
    const Space space(lzsp(), query);
    QCOMPARE(space.types().size(), std::size_t(2));
    SpaceQuery first = query, second = query;
    first.types = {occupancyType("4-1")};
    second.types = {occupancyType("4-2")};
    QCOMPARE(space.size(), countCompositions(lzsp(), first) + countCompositions(lzsp(), second));
    QCOMPARE(space.offset(1), countCompositions(lzsp(), first));
}

void TestSpaceConstraints::hugeSpacesAreCountedAndReached() {
    SpaceQuery query;
    query.types = {occupancyType("8-2")};
    query.mobileMin = -1e9;
    const Space space(lzsp(), query);
    QCOMPARE(space.size(), std::uint64_t(100947) * 17);  // C(23,6) · 17
    query.types = allOccupancyTypes(8, 16);
    query.mobileMin = 2.0;
    query.mobileMax = 4.0;
    const Space all(lzsp(), query);
    QVERIFY(all.size() > 100'000'000);
    for (const double fraction : {0.0, 0.1, 0.5, 0.77, 0.999999}) {
        const auto index = static_cast<std::uint64_t>(fraction * static_cast<double>(all.size()));
        const Composition composition = all.composition(index);
        checkComposition(lzsp(), composition);
        const double mobile = mobileContent(lzsp(), composition);
        QVERIFY(mobile >= 2.0 && mobile <= 4.0);
        QCOMPARE(all.indexOf(composition), std::optional(index));
    }
}

void TestSpaceConstraints::mobileRangeIsThatOfTheCompositions() {
    SpaceQuery query;
    query.types = occupancyTypeList("3-1 4-2");
    query.mobileMin = -1e9;
    query.require = {element("Mg")};
    double least = 1e9, most = -1e9;
    forEachComposition(lzsp(), query, [&](const Composition& composition) {
        least = std::min(least, mobileContent(lzsp(), composition));
        most = std::max(most, mobileContent(lzsp(), composition));
        return true;
    });
    query.mobileMin = 100.0;  // empty, and yet the range is known
    query.mobileMax = 200.0;
    const Space space(lzsp(), query);
    QCOMPARE(space.size(), std::uint64_t(0));
    const auto range = space.mobileRange();
    QVERIFY(range);
    QVERIFY(std::abs(range->first - least) < 1e-12 && std::abs(range->second - most) < 1e-12);
    query.require.assign(4, element("Mg"));
    query.require = {element("Mg"), element("Ca"), element("Zn"), element("Ni"), element("Co")};
    QVERIFY(!Space(lzsp(), query).mobileRange());
}

void TestSpaceConstraints::entropyBoundsChooseTypes() {
    SpaceQuery query;
    query.types = occupancyTypes();
    query.entropyMin = 1.5;
    query.entropyMax = 1.8;
    std::string names;
    const Space space(lzsp(), query);
    for (const OccupancyType& type : space.types())
        names += type.name + " ";
    QCOMPARE(names, std::string("5-1 5-2 5-3 6-1 6-2 6-3 "));
}

void TestSpaceConstraints::listsOfTypes() {
    QCOMPARE(occupancyTypeList("5-*").size(), std::size_t(3));
    QCOMPARE(occupancyTypeList(" 5-1,6-* 8:8 ").size(), std::size_t(5));
    for (const char* bad : {"", " , ", "5-1,9-*", "5-1,x"})
        QVERIFY_EXCEPTION_THROWN(occupancyTypeList(bad), InputError);
}

void TestSpaceConstraints::allTypes() {
    // Partitions of 16 into 4 parts: 34 (OEIS A026810).
    QCOMPARE(allOccupancyTypes(4, 16, 1, false).size(), std::size_t(34));
    std::set<std::vector<int>> expected;
    for (int a = 1; a < 16; ++a) {
        for (int b = 1; b < 16; ++b) {
            for (int c = 1; c <= b; ++c) {
                if (const int d = 16 - a - b - c; d >= 1 && d <= c) expected.insert({a, b, c, d});
            }
        }
    }
    std::set<std::vector<int>> found;
    for (const OccupancyType& type : allOccupancyTypes(4, 16))
        found.insert(type.counts);
    QVERIFY(found == expected);
    QCOMPARE(allOccupancyTypes(4, 16).size(), expected.size());
    QCOMPARE(allOccupancyTypes(1, 16).size(), std::size_t(1));
    QCOMPARE(allOccupancyTypes(5, 16, 3).size(), std::size_t(2));  // 4:3:3:3:3 and 3:4:3:3:3
    QVERIFY(allOccupancyTypes(9, 8).empty());
    QVERIFY_EXCEPTION_THROWN(allOccupancyTypes(0, 16), InputError);
    QVERIFY_EXCEPTION_THROWN(allOccupancyTypes(12, 200), InputError);
}

QTEST_APPLESS_MAIN(TestSpaceConstraints)
#include "test_space_constraints.moc"
