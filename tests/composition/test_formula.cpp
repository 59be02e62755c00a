// SPDX-License-Identifier: GPL-3.0-or-later
// Formula text: what parses to what, where it refuses, and that random bytes do no harm.
#include <QTest>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/composition/formula.h"

using namespace ionscape;
using namespace ionscape::composition;
using crystal::Element;

class TestFormula : public QObject {
    Q_OBJECT

  private slots:
    void amounts_data();
    void amounts();
    void refuses_data();
    void refuses();
    void orderIsOfFirstAppearance();
    void textLeavesOutOnesAndZeros();
    void prettyIsUnicodeAndParsesBack();
    void randomFormulasSurviveText();
    void randomBytesOnlyThrowInputError();
};

void TestFormula::amounts_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("element");
    QTest::addColumn<double>("amount");
    const auto row = [](const char* text, const char* element, double amount) {
        QTest::addRow("%s in %s", element, text) << QString::fromUtf8(text) << QString(element) << amount;
    };
    row("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12", "Li", 2.625);
    row("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12", "Nb", 0.375);
    row("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12", "P", 1.0);
    row("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12", "O", 12.0);
    row("Li3Zr2Si2PO12", "Na", 0.0);
    row("Na3(ZrO2)2", "O", 4.0);
    row("Na3(ZrO2)2", "Zr", 2.0);
    row("Ca((PO4)2(OH)0.5)3", "O", 25.5);
    row("Ca((PO4)2(OH)0.5)3", "H", 1.5);
    row("CoCO3", "Co", 1.0);
    row("CoCO3", "O", 3.0);
    row("CHCHO", "C", 2.0);
    row("CHCHO", "H", 2.0);
    row("Li\u2082.\u2086\u2082\u2085Zr\u2081\u2080", "Li", 2.625);
    row("Li\u2082.\u2086\u2082\u2085Zr\u2081\u2080", "Zr", 10.0);
    row("  Li 3 Zr2\tSi2 P O12 ", "Li", 3.0);
    row("Zr.5O", "Zr", 0.5);
    row("H1000000", "H", 1e6);
}

void TestFormula::amounts() {
    QFETCH(QString, text);
    QFETCH(QString, element);
    QFETCH(double, amount);
    const Formula formula = parseFormula(text.toUtf8().toStdString());
    QCOMPARE(amountOf(formula, Element::fromSymbol(element.toStdString())), amount);
}

void TestFormula::refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const QByteArray& text, const char* message) {
        QTest::addRow("%s", text.toPercentEncoding().left(40).constData())
            << text << QString::fromUtf8(message);
    };
    row("", "position 1: expected an element symbol, found the end");
    row("   ", "expected an element symbol, found the end");
    row("3Li", "position 1: expected an element symbol, found \"3\"");
    row("Li3Xx2", "position 4: there is no element \"Xx\"");
    row("Li3zr2", "position 4: expected an element symbol, found \"z\"");
    row("Li-3", "position 3: amounts have no sign");
    row("Li+", "position 3: amounts have no sign");
    row("Li0", "position 3: the amount 0 must lie above 0");
    row("Li0.000", "must lie above 0");
    row("Li1000001", "position 3: the amount 1000001");
    row("Li1e3", "position 4: expected an element symbol, found \"e\"");
    row("Linan", "position 3: expected an element symbol, found \"n\"");
    row("Li1..2", "position 3: \"1..2\" is not a number");
    row("Li1.2.3", "is not a number");
    row("Li2.", "\"2.\" is not a number");
    row("Li.", "\".\" is not a number");
    row("Na3(ZrO2", "position 4: this \"(\" is never closed");
    row("Na3ZrO2)2", "position 8: unexpected \")\"");
    row("Na()2", "position 4: expected an element symbol, found \")\"");
    row("CuSO4\u00B7H2O", "position 6: expected an element symbol, found character U+00B7");
    row("\u2082Li\u00B7", "position 1: expected an element symbol, found \"2\"");
    row("Li\u2083\u00B7", "position 4: expected an element symbol, found character U+00B7");
    row("Li\xFF", "position 3: byte 0xFF is not UTF-8");
    row("Li\xE2\x82", "position 3: byte 0xE2 is not UTF-8");
    row(QByteArray("Li\0Zr", 5), "position 3: expected an element symbol, found character U+0000");
    row("(Li1000000)2", "the amount of Li is above the limit");
    row("Li999999Zr2Li2", "the amount of Li is above the limit");
    row(QByteArray(200, '(') + "H" + QByteArray(200, ')'), "nested deeper than 32");
    row(QByteArray(20000, 'H'), "20000 characters are too many");
    row("H" + QByteArray(400, '9'), "must lie above 0");
}

void TestFormula::refuses() {
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    try {
        parseFormula(text.toStdString());
        QFAIL("no error");
    } catch (const InputError& error) {
        const auto what = QString::fromUtf8(error.what());
        QVERIFY2(what.contains(message), error.what());
        QVERIFY2(!what.contains('\n'), "one line");
    }
}

void TestFormula::orderIsOfFirstAppearance() {
    const Formula formula = parseFormula("O2Zr(LiO)2");
    QCOMPARE(formula.size(), std::size_t(3));
    QCOMPARE(formulaText(formula), std::string("O4ZrLi2"));
}

void TestFormula::textLeavesOutOnesAndZeros() {
    const Formula formula = {{Element::fromSymbol("Li"), 2.62501},
                             {Element::fromSymbol("P"), 1.0},
                             {Element::fromSymbol("S"), 0.00001},
                             {Element::fromSymbol("O"), 12.0},
                             {Element::fromSymbol("Cl"), 100.0}};
    QCOMPARE(formulaText(formula), std::string("Li2.625PO12Cl100"));
    QCOMPARE(formulaText(formula, 5), std::string("Li2.62501PS0.00001O12Cl100"));
    QCOMPARE(formulaText(formula, 0), std::string("Li3PO12Cl100"));
}

void TestFormula::prettyIsUnicodeAndParsesBack() {
    const Formula formula = parseFormula("Li2.625Zr0.5Si2PO12");
    const std::string pretty = formulaPretty(formula);
    QCOMPARE(QString::fromStdString(pretty), QString::fromUtf8("Li₂.₆₂₅Zr₀.₅Si₂PO₁₂"));
    QVERIFY(parseFormula(pretty) == formula);
}

void TestFormula::randomFormulasSurviveText() {
    RandomStream random(7, "formula round trip");
    for (int i = 0; i < 1000; ++i) {
        Formula formula;
        std::vector<int> numbers(Element::maxAtomicNumber);
        for (int z = 0; z < Element::maxAtomicNumber; ++z)
            numbers[static_cast<std::size_t>(z)] = z + 1;
        random.shuffle(numbers);
        const std::size_t size = 1 + random.below(12);
        for (std::size_t k = 0; k < size; ++k) {
            formula.emplace_back(Element::fromAtomicNumber(numbers[k]),
                                 static_cast<double>(1 + random.below(400)) / 16.0);
        }
        const std::string text = formulaText(formula);
        QVERIFY2(parseFormula(text) == formula, text.c_str());
        QVERIFY(parseFormula(formulaPretty(formula)) == formula);
    }
}

void TestFormula::randomBytesOnlyThrowInputError() {
    RandomStream random(11, "formula fuzz");
    const std::string alphabet = "LiZrSiPOHCx0123456789.()+- \t\xE2\x82\x80\xC3\xFF";
    int parsed = 0, refused = 0;
    for (int i = 0; i < 100'000; ++i) {
        std::string text(random.below(24), '\0');
        const bool likely = i % 2 == 0;
        for (char& c : text) {
            c = likely ? alphabet[random.below(alphabet.size())] : static_cast<char>(random.below(256));
        }
        try {
            const Formula formula = parseFormula(text);
            ++parsed;
            QVERIFY(!formula.empty());
            for (const auto& [element, amount] : formula)
                QVERIFY(amount > 0.0 && amount <= 1e6);
        } catch (const InputError&) {
            ++refused;
        }
    }
    QVERIFY2(parsed > 100 && refused > 10'000, "the strings must exercise both outcomes");
}

QTEST_APPLESS_MAIN(TestFormula)
#include "test_formula.moc"
