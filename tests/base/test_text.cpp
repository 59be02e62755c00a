// SPDX-License-Identifier: GPL-3.0-or-later
// Distances of words, close names and the check of UTF-8.
#include <QTest>

#include "core/base/text.h"

using namespace ionscape;

class TestText : public QObject {
    Q_OBJECT

  private slots:
    void distances();
    void closeOnes();
    void utf8();
};

void TestText::distances() {
    QCOMPARE(editDistance("", ""), std::size_t(0));
    QCOMPARE(editDistance("", "abc"), std::size_t(3));
    QCOMPARE(editDistance("kitten", "sitting"), std::size_t(3));  // Levenshtein's own example
    QCOMPARE(editDistance("flaw", "lawn"), std::size_t(2));
    QCOMPARE(editDistance("same", "same"), std::size_t(0));
}

void TestText::closeOnes() {
    const std::vector<std::string> names = {"S_config", "delta", "delta_chi", "density", "Li", "S_config"};
    QCOMPARE(closeNames("S_conf", names), std::vector<std::string>{"S_config"});
    QCOMPARE(closeNames("DELTA", names).front(), std::string("delta"));
    QCOMPARE(closeNames("dlta", names), std::vector<std::string>{"delta"});
    QCOMPARE(closeNames("de", names, 2).size(), std::size_t(2));
    QVERIFY(closeNames("pressure", names).empty());
    QVERIFY(closeNames("", names).empty());
    QVERIFY(closeNames("x", {}).empty());
}

void TestText::utf8() {
    const auto good = std::string_view::npos;
    for (const char* text : {"", "plain", "δ ≤ 5 %", "\xf0\x9f\x99\x82", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf"})
        QCOMPARE(findInvalidUtf8(text), good);
    QCOMPARE(findInvalidUtf8("ab\xff"), std::size_t(2));
    QCOMPARE(findInvalidUtf8("\x80"), std::size_t(0));
    QCOMPARE(findInvalidUtf8("a\xc3"), std::size_t(1));             // ends early
    QCOMPARE(findInvalidUtf8("\xc0\xaf"), std::size_t(0));          // overlong
    QCOMPARE(findInvalidUtf8("\xe0\x80\xaf"), std::size_t(0));      // overlong
    QCOMPARE(findInvalidUtf8("\xed\xa0\x80"), std::size_t(0));      // surrogate
    QCOMPARE(findInvalidUtf8("\xf4\x90\x80\x80"), std::size_t(0));  // beyond U+10FFFF
}

QTEST_APPLESS_MAIN(TestText)
#include "test_text.moc"
