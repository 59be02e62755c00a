// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of superlattices against their closed formula, and the cells that come nearest to a cube.
#include <Eigen/LU>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/crystal/superlattice.h"

using namespace ionscape;
using crystal::Lattice;

class TestSuperlattice : public QObject {
    Q_OBJECT

  private slots:
    void numbersOfSuperlattices() {
        for (const int cells : {1, 2, 3, 4, 6, 8, 12, 16, 30}) {
            // The sum over a·b·c = n of b c² counts sublattices of index n in three dimensions.
            std::size_t expected = 0;
            for (int a = 1; a <= cells; ++a) {
                for (int b = 1; b <= cells; ++b) {
                    if (cells % (a * b) == 0) {
                        const auto c = static_cast<std::size_t>(cells / (a * b));
                        expected += static_cast<std::size_t>(b) * c * c;
                    }
                }
            }
            const auto forms = crystal::superlattices(cells);
            QCOMPARE(forms.size(), expected);
            for (std::size_t i = 0; i < forms.size(); ++i) {
                QCOMPARE(std::lround(forms[i].cast<double>().determinant()), static_cast<long>(cells));
                for (std::size_t j = 0; j < i && cells <= 8; ++j) {  // no two span the same lattice
                    const Mat3 change = forms[i].cast<double>() * forms[j].cast<double>().inverse();
                    QVERIFY((change.array() - change.array().round()).abs().maxCoeff() > 1e-6);
                }
            }
        }
        QVERIFY_EXCEPTION_THROWN(crystal::superlattices(0), InputError);
        QVERIFY_EXCEPTION_THROWN(crystal::superlattices(201), InputError);
    }

    void cubesAreFound_data() {
        QTest::addColumn<QList<double>>("rows");
        QTest::addColumn<int>("cells");
        QTest::addColumn<double>("edge");
        QTest::newRow("primitive") << QList<double>{3, 0, 0, 0, 3, 0, 0, 0, 3} << 8 << 6.0;
        QTest::newRow("face centred") << QList<double>{0, 2, 2, 2, 0, 2, 2, 2, 0} << 4 << 4.0;
        QTest::newRow("body centred") << QList<double>{-2, 2, 2, 2, -2, 2, 2, 2, -2} << 2 << 4.0;
        QTest::newRow("plate") << QList<double>{2, 0, 0, 0, 2, 0, 0, 0, 8} << 16 << 8.0;
        QTest::newRow("skewed needle")
            << QList<double>{2, 0, 0, 6, 2, 0, 8, 4, 4} << 2 << 4.0 / std::sqrt(2.0);
    }
    void cubesAreFound() {
        QFETCH(QList<double>, rows);
        QFETCH(int, cells);
        QFETCH(double, edge);
        Mat3 m;
        for (int i = 0; i < 9; ++i)
            m(i / 3, i % 3) = rows[i];
        const IntMat3 found = crystal::mostCubicSupercell(Lattice(m), cells);
        QCOMPARE(std::lround(found.cast<double>().determinant() * (m.determinant() < 0 ? -1.0 : 1.0)),
                 static_cast<long>(m.determinant() < 0 ? -cells : cells));
        const Lattice cell(found.cast<double>() * m);
        QVERIFY2(cell.faceDistances().minCoeff() > edge - 1e-9,
                 qPrintable(QString::number(cell.faceDistances().minCoeff())));
    }
};

QTEST_APPLESS_MAIN(TestSuperlattice)
#include "test_superlattice.moc"
