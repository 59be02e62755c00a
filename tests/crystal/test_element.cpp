// SPDX-License-Identifier: GPL-3.0-or-later
// The element table: spot values from the sources, order and look-up of all entries.
#include <QTest>
#include <set>

#include "core/base/error.h"
#include "core/crystal/element.h"

using ionscape::crystal::Element;

class TestElement : public QObject {
    Q_OBJECT

  private slots:
    void tabulatedValues_data() {
        QTest::addColumn<int>("z");
        QTest::addColumn<QString>("symbol");
        QTest::addColumn<double>("mass");
        QTest::addColumn<double>("radius");
        const auto row = [](int z, const char* symbol, double mass, double radius) {
            QTest::newRow(symbol) << z << QString(symbol) << mass << radius;
        };
        row(1, "H", 1.008, 0.31);
        row(3, "Li", 6.94, 1.28);
        row(8, "O", 15.999, 0.66);
        row(14, "Si", 28.085, 1.11);
        row(15, "P", 30.973761998, 1.07);
        row(22, "Ti", 47.867, 1.60);
        row(32, "Ge", 72.630, 1.20);
        row(40, "Zr", 91.224, 1.75);
        row(41, "Nb", 92.90637, 1.64);
        row(50, "Sn", 118.710, 1.39);
        row(57, "La", 138.90547, 2.07);
        row(72, "Hf", 178.486, 1.75);
        row(83, "Bi", 208.98040, 1.48);
        row(92, "U", 238.02891, 1.96);
        row(103, "Lr", 262.0, 1.61);
    }
    void tabulatedValues() {
        QFETCH(int, z);
        QFETCH(QString, symbol);
        QFETCH(double, mass);
        QFETCH(double, radius);
        const Element element = Element::fromSymbol(symbol.toStdString());
        QCOMPARE(element.atomicNumber(), z);
        QCOMPARE(element, Element::fromAtomicNumber(z));
        QCOMPARE(element.mass(), mass);
        QCOMPARE(element.covalentRadius(), radius);
    }

    void everyElementIsFoundByItsSymbol() {
        std::set<std::string_view> symbols, names;
        for (int z = 1; z <= Element::maxAtomicNumber; ++z) {
            const Element element = Element::fromAtomicNumber(z);
            QCOMPARE(Element::find(element.symbol())->atomicNumber(), z);
            symbols.insert(element.symbol());
            names.insert(element.name());
            QVERIFY(element.covalentRadius() > 0.2 && element.covalentRadius() < 2.7);
        }
        QCOMPARE(symbols.size(), std::size_t{103});
        QCOMPARE(names.size(), std::size_t{103});
    }

    void massesRiseButForTheKnownInversions() {
        // Argon–potassium and its like: the pairs in which the lighter element comes second.
        const std::set<int> inverted{18, 27, 52, 90, 92, 94};
        for (int z = 1; z < 96; ++z) {
            const bool rises = Element::fromAtomicNumber(z).mass() <= Element::fromAtomicNumber(z + 1).mass();
            QCOMPARE(rises, !inverted.contains(z));
        }
    }

    void unknownElementsAreNamed() {
        for (const char* symbol : {"", "Xx", "li", "LI", "Lithium", " Li"}) {
            QVERIFY(!Element::find(symbol));
            try {
                Element::fromSymbol(symbol);
                QFAIL("an unknown symbol was accepted");
            } catch (const ionscape::InputError& error) {
                QVERIFY(QByteArray(error.what()).contains(("'" + std::string(symbol) + "'").c_str()));
            }
        }
        QVERIFY_EXCEPTION_THROWN(Element::fromAtomicNumber(0), ionscape::InputError);
        QVERIFY_EXCEPTION_THROWN(Element::fromAtomicNumber(104), ionscape::InputError);
    }
};

QTEST_APPLESS_MAIN(TestElement)
#include "test_element.moc"
