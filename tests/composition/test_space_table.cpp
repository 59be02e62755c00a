// SPDX-License-Identifier: GPL-3.0-or-later
// The table of a space: rows and columns against compositions one by one, filters, sorting, added columns,
// cancelling.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <thread>

#include "core/base/error.h"
#include "core/composition/space_scan.h"
#include "core/composition/space_table.h"

using namespace ionscape;
using namespace ionscape::composition;
using crystal::Element;

namespace {

const Host& lzsp() {
    static const Host host = loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
    return host;
}

Space space(const std::string& types, double low, double high) {
    SpaceQuery query;
    query.types = occupancyTypeList(types);
    query.mobileMin = low;
    query.mobileMax = high;
    return {lzsp(), query};
}

const Space& published() {
    static const Space all = space("5-1", 2.5, 4.0);
    return all;
}

class CountingSink : public ProgressSink {
  public:
    void report(std::string_view, std::int64_t done, std::int64_t total, std::string_view) override {
        ++calls;
        inOrder = inOrder && done <= total;
    }
    int calls = 0;
    bool inOrder = true;
};

}  // namespace

class TestSpaceTable : public QObject {
    Q_OBJECT

  private slots:
    void publishedSpace();
    void filtersWhileBuildingAndAfterwards();
    void skipAndLimit();
    void listOfCompositions();
    void addedColumns();
    void sortingPutsMissingLast();
    void rowOfFindsEveryWayToWriteIt();
    void stopsAndReports();
    void columnsFromSeveralThreads();
    void columnNames();
};

void TestSpaceTable::publishedSpace() {
    const SpaceTable table(published(), {});
    QCOMPARE(table.rows(), std::size_t(4575));
    QVERIFY(!table.isTruncated());
    const DescriptorSet descriptors(lzsp());
    QCOMPARE(table.columns().size(), descriptors.columns().size());
    for (std::size_t row = 0; row < table.rows(); row += 61) {
        const Composition composition = published().composition(row);
        QVERIFY(table.composition(row) == composition);
        const std::vector<double> values = descriptors.values(composition);
        for (std::size_t column = 0; column < values.size(); ++column)
            QCOMPARE(table.values(column)[row], values[column]);
        QVERIFY(compositionFromFormula(lzsp(), parseFormula(table.formula(row))).totalCount() == 16);
    }
}

void TestSpaceTable::filtersWhileBuildingAndAfterwards() {
    const std::string text = "delta < 6 % and Hf and not (Fe or Co) and 2.75 <= Li <= 3.5";
    const SpaceTable all(published(), {});
    SpaceTable::Options options;
    options.filter = text;
    const SpaceTable some(published(), options);
    const auto rows = all.matching(all.filter(text));
    QVERIFY(rows.size() > 10 && rows.size() < 2000);
    QCOMPARE(some.rows(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        QVERIFY(some.composition(i) == all.composition(rows[i]));
    QCOMPARE(countMatching(published(), text), std::uint64_t(rows.size()));
    QCOMPARE(countMatching(published(), " "), published().size());
    QCOMPARE(all.matching(FilterExpression()).size(), all.rows());
}

void TestSpaceTable::skipAndLimit() {
    SpaceTable::Options options;
    options.skip = 100;
    options.maximumRows = 50;
    const SpaceTable part(published(), options);
    QCOMPARE(part.rows(), std::size_t(50));
    QVERIFY(part.isTruncated());
    QVERIFY(part.composition(0) == published().composition(100));
    options.skip = 4570;
    const SpaceTable end(published(), options);
    QCOMPARE(end.rows(), std::size_t(5));
    QVERIFY(!end.isTruncated());
}

void TestSpaceTable::listOfCompositions() {
    const std::vector<Composition> list = {
        {{{Element::fromSymbol("Zr"), 16}}},
        {{{Element::fromSymbol("Hf"), 1}, {Element::fromSymbol("Zr"), 1}}},
        {{{Element::fromSymbol("Nb"), 3}, {Element::fromSymbol("Zr"), 13}}},
        {{{Element::fromSymbol("Ti"), 1}, {Element::fromSymbol("Zr"), 1}}},
    };
    const SpaceTable table(lzsp(), list);
    QCOMPARE(table.rows(), list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
        QVERIFY(table.composition(i) == list[i]);
        QCOMPARE(table.values(table.columnIndex("mobile"))[i], mobileContent(lzsp(), list[i]));
    }
    QCOMPARE(table.formula(1), std::string("Li3ZrHfSi2PO12"));  // in the host's order
    const std::vector<Composition> wrong = {{{{Element::fromSymbol("Na"), 16}}}};
    QVERIFY_EXCEPTION_THROWN(SpaceTable(lzsp(), wrong), InputError);
}

void TestSpaceTable::addedColumns() {
    SpaceTable table(space("4-1", 2.5, 3.5), {});
    QCOMPARE(table.rows(), std::size_t(735));
    std::vector<double> predicted(table.rows(), std::nan(""));
    predicted[7] = 130.0;
    predicted[9] = 90.0;
    Column column;
    column.id = "msd";
    column.title = "Predicted MSD";
    const std::size_t index = table.setColumn(column, predicted);
    QCOMPARE(table.columnIndex("MSD"), index);
    QCOMPARE(table.values(index)[7], 130.0);
    QCOMPARE(table.matching(table.filter("msd > 100")), std::vector<std::uint32_t>{7});
    predicted[8] = 200.0;
    QCOMPARE(table.setColumn(column, predicted), index);  // replaced
    QCOMPARE(table.matching(table.filter("msd > 100")), (std::vector<std::uint32_t>{7, 8}));
    column.id = "delta";
    QVERIFY_EXCEPTION_THROWN(table.setColumn(column, predicted), InputError);
    column.id = "short";
    QVERIFY_EXCEPTION_THROWN(table.setColumn(column, {1.0}), InputError);
}

void TestSpaceTable::sortingPutsMissingLast() {
    SpaceTable table(space("3-1", 3.0, 3.2), {});
    QVERIFY(table.rows() > 6);
    std::vector<double> keys(table.rows(), std::nan(""));
    keys[1] = 2.0;
    keys[2] = 1.0;
    keys[4] = 2.0;
    Column column;
    column.id = "key";
    const std::size_t index = table.setColumn(column, keys);
    QCOMPARE(table.sorted({0, 1, 2, 3, 4}, index, false), (std::vector<std::uint32_t>{2, 1, 4, 0, 3}));
    QCOMPARE(table.sorted({0, 1, 2, 3, 4}, index, true), (std::vector<std::uint32_t>{1, 4, 2, 0, 3}));
}

void TestSpaceTable::rowOfFindsEveryWayToWriteIt() {
    const SpaceTable table(published(), {});
    for (std::size_t row = 3; row < table.rows(); row += 500) {
        Composition composition = table.composition(row);
        std::reverse(composition.counts.begin(), composition.counts.end());
        for (auto& [element, count] : composition.counts)
            count *= 2;
        QCOMPARE(table.rowOf(composition), std::optional(row));
    }
    QVERIFY(!table.rowOf({{{Element::fromSymbol("Zr"), 16}}}));
    QVERIFY(!table.rowOf({{{Element::fromSymbol("Na"), 16}}}));
}

void TestSpaceTable::stopsAndReports() {
    const Space large = space("6-1", 2.5, 4.0);
    QVERIFY(large.size() > 50'000);
    CountingSink sink;
    const SpaceTable table(large, {}, {}, &sink);
    QVERIFY(sink.calls >= 3 && sink.inOrder);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(SpaceTable(large, {}, stop.get_token()), Cancelled);
    const std::size_t column = table.columnIndex("delta");
    QVERIFY_EXCEPTION_THROWN(table.compute(std::span(&column, 1), stop.get_token()), Cancelled);
    QVERIFY_EXCEPTION_THROWN(table.matching(table.filter("Hf"), stop.get_token()), Cancelled);
    QCOMPARE(table.values(column).size(), table.rows());  // and it still computes when asked again
}

void TestSpaceTable::columnsFromSeveralThreads() {
    const SpaceTable table(published(), {});
    std::vector<std::jthread> threads;
    std::vector<const double*> seen(4, nullptr);
    for (std::size_t i = 0; i < seen.size(); ++i)
        threads.emplace_back([&, i] { seen[i] = table.values(table.columnIndex("gamma")).data(); });
    threads.clear();
    for (const double* data : seen)
        QCOMPARE(data, seen.front());
}

void TestSpaceTable::columnNames() {
    const SpaceTable table(lzsp());
    QCOMPARE(table.rows(), std::size_t(0));
    try {
        table.columnIndex("S_conf");
        QFAIL("found");
    } catch (const InputError& error) {
        QVERIFY2(QByteArray(error.what()).contains("did you mean S_config"), error.what());
    }
}

QTEST_APPLESS_MAIN(TestSpaceTable)
#include "test_space_table.moc"
