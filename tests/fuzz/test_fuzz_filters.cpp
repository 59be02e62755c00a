// SPDX-License-Identifier: GPL-3.0-or-later
// Random and damaged filters: each is either parsed, and then evaluates to something, or refused with one of
// our errors that names a position.
#include <QTest>
#include <limits>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/composition/descriptors.h"
#include "core/composition/filter_expression.h"

using namespace ionscape;
using namespace ionscape::composition;

namespace {

const std::vector<Column>& columns() {
    static const auto list = DescriptorSet(loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json")).columns();
    return list;
}

const std::vector<std::string> words{
    "Li",  "Hf",    "not ", " and ", " or ", "S_config", "delta", "(",      ")",  "<",    "<=",       ">",
    ">=",  "=",     "!=",   "≤",     "¬",    "∧",        "+",     "-",      "*",  "/",    "%",        "1",
    "2.5", "1e308", "nan",  "high",  "inf",  " ",        "\"",    "\"Li\"", "é",  "\xff", "\xe2\x89", "0",
    "Sn",  "|",     "&",    "!",     "δ",    "\n",       ".",     ",",      "1e", "0x10", "and",      "AND"};

std::string randomText(RandomStream& random) {
    std::string text;
    for (std::uint64_t i = 0, n = random.below(30); i < n; ++i)
        text += words[random.below(words.size())];
    return text;
}

const std::vector<std::string> good{"S_config > 1.5 and Li < 3 and not La",
                                    "(Zr >= 0.5 or Ti) and delta <= 5 %",
                                    "2.5 <= Li <= 3.5 and (Hf or Sn) and -chi_mean * 2 + 1 < r_mean / 1.4",
                                    "not (entropy_class = high or \"delta\" > .1)"};

std::string damaged(RandomStream& random) {
    std::string text = good[random.below(good.size())];
    for (std::uint64_t i = 0, n = 1 + random.below(3); i < n && !text.empty(); ++i) {
        const std::size_t at = random.below(text.size());
        switch (random.below(4)) {
            case 0:
                text[at] = static_cast<char>(random.below(256));
                break;
            case 1:
                text.erase(at, 1 + random.below(6));
                break;
            case 2:
                text.insert(at, words[random.below(words.size())]);
                break;
            default:
                text.insert(at, text.substr(random.below(text.size()), random.below(20)));
        }
    }
    return text;
}

/// Parses and evaluates over odd values; true if the text was accepted.
bool accepted(const std::string& text) {
    try {
        const FilterExpression filter(text, columns());
        const double odd[] = {0.0,
                              -0.0,
                              1.0,
                              1e308,
                              std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::quiet_NaN()};
        for (const double value : odd)
            filter.matches(std::vector<double>(filter.columns().size(), value));
        return true;
    } catch (const InputError& error) {
        const QByteArray message(error.what());
        if (!message.startsWith("filter")) throw std::runtime_error("no position: " + message.toStdString());
        return false;
    }
}

std::string repeated(const std::string& part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i)
        text += part;
    return text;
}

}  // namespace

class TestFuzzFilters : public QObject {
    Q_OBJECT

  private slots:
    void randomAndDamaged();
    void deepNestingIsRefusedNotFollowed();
    void longButFlatIsFine();
};

void TestFuzzFilters::randomAndDamaged() {
    int yes = 0, no = 0;
    for (std::uint64_t seed = 0; seed < 40'000; ++seed) {
        RandomStream random(seed, "filters");
        const std::string text = seed % 2 ? randomText(random) : damaged(random);
        (accepted(text) ? yes : no) += 1;
    }
    QVERIFY(yes > 1000 && no > 1000);
}

void TestFuzzFilters::deepNestingIsRefusedNotFollowed() {
    QVERIFY(accepted(repeated("(", 30) + "Hf" + repeated(")", 30)));
    for (const char* open : {"(", "not (", "-(", "1 + (", "Hf and (", "1 < ("})
        QVERIFY2(!accepted(repeated(open, 1000) + "Hf"), open);
    QVERIFY(!accepted(repeated("(", 9'999)));
    QVERIFY(!accepted(repeated(" ", 20'000)));  // too long
}

void TestFuzzFilters::longButFlatIsFine() {
    QVERIFY(accepted("Hf" + repeated(" and Sn", 1000)));
    QVERIFY(accepted(repeated("not ", 2000) + "Hf"));
    QVERIFY(accepted("1" + repeated("+1", 3000) + " > 2"));
    QVERIFY(accepted(repeated("-", 5000) + "1 < 2"));
}

QTEST_APPLESS_MAIN(TestFuzzFilters)
#include "test_fuzz_filters.moc"
