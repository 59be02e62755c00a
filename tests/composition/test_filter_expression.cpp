// SPDX-License-Identifier: GPL-3.0-or-later
// Filters against the same conditions written in C++ over all compositions of a space, and their messages.
#include <QTest>
#include <cmath>
#include <functional>

#include "core/base/error.h"
#include "core/composition/descriptors.h"
#include "core/composition/filter_expression.h"

using namespace ionscape;
using namespace ionscape::composition;

namespace {

const Host& lzsp() {
    static const Host host = loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
    return host;
}

const DescriptorSet& descriptors() {
    static const DescriptorSet set(lzsp());
    return set;
}

const std::vector<std::vector<double>>& rows() {
    static const auto all = [] {
        SpaceQuery query;
        query.types = occupancyTypeList("3-1 4-1 5-1");
        query.mobileMin = 2.5;
        query.mobileMax = 3.5;
        std::vector<std::vector<double>> values;
        forEachComposition(lzsp(), query, [&](const Composition& composition) {
            values.push_back(descriptors().values(composition));
            return true;
        });
        return values;
    }();
    return all;
}

bool matches(const FilterExpression& filter, const std::vector<double>& row) {
    std::vector<double> values;
    for (const std::size_t column : filter.columns())
        values.push_back(row[column]);
    return filter.matches(values);
}

/// What a condition in C++ sees of a row.
struct Row {
    const std::vector<double>& values;
    double operator()(const char* name) const { return values[*descriptors().find(name)]; }
};
using Condition = std::function<bool(const Row&)>;

QString messageOf(const char* text) {
    try {
        const FilterExpression filter(text, descriptors().columns());
    } catch (const InputError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

/// The result of a filter over numbers alone.
bool holds(const char* text) {
    return FilterExpression(text, descriptors().columns()).matches({});
}

}  // namespace

class TestFilterExpression : public QObject {
    Q_OBJECT

  private slots:
    void agreesWithPlainConditions();
    void arithmeticAndPrecedence();
    void missingValuesMatchNothing();
    void blankMatchesAll();
    void columnsAreListedOnce();
    void messages_data();
    void messages();
};

void TestFilterExpression::agreesWithPlainConditions() {
    const std::vector<std::pair<const char*, Condition>> cases = {
        {"S_config > 1.2 and Li < 3 and not La",
         [](const Row& r) { return r("S_config") > 1.2 && r("Li") < 3 - 1e-9 && r("La") == 0; }},
        {"Hf and Sn", [](const Row& r) { return r("Hf") > 0 && r("Sn") > 0; }},
        {"(Zr >= 0.7 or Ti) and delta <= 5 %",
         [](const Row& r) { return (r("Zr") >= 0.7 || r("Ti") > 0) && r("delta") <= 0.05; }},
        {"hf AND NOT (sn Or TI)", [](const Row& r) { return r("Hf") > 0 && !(r("Sn") > 0 || r("Ti") > 0); }},
        {"2.75 <= Li ≤ 3.25", [](const Row& r) { return r("Li") >= 2.75 - 1e-9 && r("Li") <= 3.25 + 1e-9; }},
        {"3.5 > Li > 2.5", [](const Row& r) { return r("Li") < 3.5 - 1e-9 && r("Li") > 2.5 + 1e-9; }},
        {"Zr + Hf = 1", [](const Row& r) { return std::abs(r("Zr") + r("Hf") - 1) < 1e-9; }},
        {"Hf ∧ ¬Sn ∨ Nb && !Ta",
         [](const Row& r) { return (r("Hf") > 0 && r("Sn") == 0) || (r("Nb") > 0 && r("Ta") == 0); }},
        {"entropy_class = medium", [](const Row& r) { return r("S_config") >= 1 && r("S_config") < 1.5; }},
        {"entropy_class < Medium", [](const Row& r) { return r("S_config") < 1; }},
        {"r_mean / 1.4 > 0.5003 and chi_var * 2 < 0.1",
         [](const Row& r) { return r("r_mean") / 1.4 > 0.5003 && r("chi_var") * 2 < 0.1; }},
        {"not not Hf", [](const Row& r) { return r("Hf") > 0; }},
        {"Hf != Sn", [](const Row& r) { return std::abs(r("Hf") - r("Sn")) > 1e-9; }},
        {"\"delta\" > 0.04 | Pb", [](const Row& r) { return r("delta") > 0.04; }},  // no lead in this space
        {"(Hf or Sn) and (Nb or Ta) and (hazard = 0)",
         [](const Row& r) {
             return (r("Hf") > 0 || r("Sn") > 0) && (r("Nb") > 0 || r("Ta") > 0) && r("hazard") == 0;
         }},
    };
    QVERIFY(rows().size() > 735);
    for (const auto& [text, condition] : cases) {
        const FilterExpression filter(text, descriptors().columns());
        std::size_t found = 0;
        for (const auto& row : rows()) {
            const bool match = matches(filter, row);
            QVERIFY2(match == condition(Row{row}), text);
            found += match;
        }
        if (QString(text).contains("< Medium")) continue;
        QVERIFY2(found > 0 && found < rows().size(), text);  // a case that tells something
    }
}

void TestFilterExpression::arithmeticAndPrecedence() {
    for (const char* yes : {"1 + 2 * 3 = 7",
                            "(1 + 2) * 3 = 9",
                            "8 / 4 / 2 = 1",
                            "7 - 4 - 2 = 1",
                            "-2 + 3 = 1",
                            "--2 = 2",
                            "2 − 3 = -1",
                            "2 × 3 = 6",
                            "50 % = 0.5",
                            ".5 + 1e-1 = 0.6",
                            "1 < 2 < 3",
                            "1 = 1 and 2 = 2 or 1 = 2",
                            "1 = 2 and 1 = 1 or 1 = 1",
                            "not 1 = 2",
                            "not (1 = 1 and 1 = 2)",
                            "3 >= 3",
                            "0.1 + 0.2 = 0.3",
                            "1e300 * 1e300 > 1",
                            "2 <> 3",
                            "2 == 2"})
        QVERIFY2(holds(yes), yes);
    for (const char* no : {"1 + 2 * 3 = 9", "3 > 3", "0.1 + 0.2 > 0.3", "1 < 3 < 2", "3 < 1 < 2", "0 / 0 = 0",
                           "0 / 0 >= 0", "0 / 0 != 0", "1 = 2 or 1 = 1 and 2 = 3"})
        QVERIFY2(!holds(no), no);
}

void TestFilterExpression::missingValuesMatchNothing() {
    std::vector<Column> columns(2);
    columns[0].id = "predicted";
    columns[1].id = "starred";
    columns[1].isFlag = true;
    const std::vector<double> missing{std::nan("")};
    for (const char* text : {"predicted > 1", "predicted <= 1", "predicted = 1", "predicted != 1", "starred"})
        QVERIFY2(!FilterExpression(text, columns).matches(missing), text);
    QVERIFY(FilterExpression("not starred", columns).matches(missing));
    QVERIFY(FilterExpression("starred", columns).matches(std::vector<double>{1.0}));
    QVERIFY(!FilterExpression("starred", columns).matches(std::vector<double>{0.0}));
}

void TestFilterExpression::blankMatchesAll() {
    for (const char* blank : {"", "  ", "\t\n"}) {
        const FilterExpression filter(blank, descriptors().columns());
        QVERIFY(filter.isTrivial());
        QVERIFY(filter.matches({}));
    }
    QVERIFY(FilterExpression().matches({}));
}

void TestFilterExpression::columnsAreListedOnce() {
    const FilterExpression filter("Li > 1 and Li < 3 and mobile < 3 and 1 < Li < 4", descriptors().columns());
    QCOMPARE(filter.columns().size(), std::size_t(2));
}

void TestFilterExpression::messages_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* text, const char* message) {
        QTest::newRow(text) << QByteArray(text) << QString::fromUtf8(message);
    };
    row("S_conf > 1.5", "filter, position 1: unknown name \"S_conf\": did you mean S_config");
    row("Li < 3 and dleta < 1", "filter, position 12: unknown name \"dleta\": did you mean delta");
    row("Li < 3 and qqqqqqqq < 1",
        "filter, position 12: unknown name \"qqqqqqqq\"; known are element symbols and mobile");
    row("Li <", "filter, position 5: expected a name, a number or \"(\", found the end");
    row("Li < 3 Hf", "filter, position 8: expected \"and\", \"or\" or the end, found \"Hf\"");
    row("(Hf or Sn", "filter, position 10: expected \")\" for the \"(\" at position 1, found the end");
    row("Hf or Sn)", "filter, position 9: expected \"and\", \"or\" or the end, found \")\"");
    row("delta", "filter, position 1: this is a number, not a condition");
    row("Hf and delta", "filter, position 8: this is a number, not a condition");
    row("1 + (Hf and Sn) > 2", "filter, position 5: this is a condition, not a number");
    row("Li < 3 < 4 < 5", "filter, position 12: expected \"and\", \"or\" or the end, found \"<\"");
    row("δ ≤ 5 % and Lx", "filter, position 13: unknown name \"Lx\"");
    row("Li < 1e999", "filter, position 6: this number is out of range");
    row("\"Li < 3", "filter, position 1: this \" is never closed");
    row("Li < 3;", "filter, position 7: ';' means nothing here");
    row("Li < \xff", "filter: byte 6 (0xFF) is not UTF-8 text");
    row("not", "filter, position 4: expected a name, a number or \"(\", found the end");
    row("-(Hf and Sn) < 1", "filter, position 2: this is a condition, not a number");
}

void TestFilterExpression::messages() {
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    const QString found = messageOf(text.constData());
    QVERIFY2(found.startsWith(message), qPrintable("\"" + found + "\""));
}

QTEST_APPLESS_MAIN(TestFilterExpression)
#include "test_filter_expression.moc"
