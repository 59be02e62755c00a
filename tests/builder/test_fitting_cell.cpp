// SPDX-License-Identifier: GPL-3.0-or-later
// Smallest cells that hold a formula, and the most compact of their size against all integer matrices.
#include <Eigen/LU>
#include <QTest>
#include <cmath>

#include "core/builder/fitting_cell.h"
#include "tests/builder/builder_test_support.h"

using namespace ionscape;
using namespace ionscape::builder;
using composition::parseFormula;
using testing::lzsp;

class TestFittingCell : public QObject {
    Q_OBJECT

  private slots:
    void cubesAreFound();
    void noSmallMatrixIsMoreCompact();
    void smallestCells();
    void refusals();
};

void TestFittingCell::cubesAreFound() {
    const crystal::Lattice cubic(Mat3(4.0 * Mat3::Identity()));
    const crystal::Lattice eight(Mat3(compactSupercell(cubic, 8).cast<double>() * cubic.rows()));
    // At least as good as 2 × 2 × 2.
    QVERIFY(eight.shortestVector() >= 8.0 - 1e-9);
    QVERIFY(std::abs(eight.volume() - 8.0 * 64.0) < 1e-9);
    QVERIFY(compactSupercell(cubic, 1).cast<double>().determinant() > 0.0);
}

void TestFittingCell::noSmallMatrixIsMoreCompact() {
    const crystal::Lattice primitive = lzsp().primitiveCell().lattice;
    for (const int cells : {2, 3, 4}) {
        const IntMat3 ours = compactSupercell(primitive, cells);
        QCOMPARE(static_cast<int>(std::lround(ours.cast<double>().determinant())), cells);
        const double shortest =
            crystal::Lattice(Mat3(ours.cast<double>() * primitive.rows())).shortestVector();
        // All matrices with entries −1..2 of that determinant.
        double longest = 0.0;
        for (int code = 0; code < 262144; ++code) {
            IntMat3 m;
            for (int k = 0, rest = code; k < 9; ++k, rest /= 4)
                m(k / 3, k % 3) = rest % 4 - 1;
            if (m.determinant() != cells) continue;
            longest = std::max(longest,
                               crystal::Lattice(Mat3(m.cast<double>() * primitive.rows())).shortestVector());
        }
        QVERIFY2(shortest >= longest - 1e-6, qPrintable(QString("%1 < %2").arg(shortest).arg(longest)));
    }
}

void TestFittingCell::smallestCells() {
    // Quarters of two M sites: four M sites, the primitive cell.
    const auto four = smallestFittingCell(lzsp(), parseFormula("Li3Zr0.5Hf0.5Sn0.5Ti0.5Si2PO12"));
    QCOMPARE(four.cells, 1);
    QCOMPARE(four.composition.totalCount(), 4);
    // Sixteenths need all sixteen.
    const auto sixteen =
        smallestFittingCell(lzsp(), parseFormula("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12"));
    QCOMPARE(sixteen.cells, 4);
    const auto cell = decoratedCell(lzsp(), sixteen.composition, sixteen.supercell, 1);
    QCOMPARE(cell.size(), std::size_t(157));
    QVERIFY(cell.lattice.shortestVector() > 12.0);
    // Thirds of the M sites: twelve.
    QCOMPARE(smallestFittingCell(lzsp(), parseFormula("Li3Zr0.66667Hf0.66667Ti0.66667Si2PO12")).cells, 3);
}

void TestFittingCell::refusals() {
    const auto odd =
        testing::inputErrorOf([] { smallestFittingCell(lzsp(), parseFormula("Li3Zr1.9Hf0.1Si2PO12"), 3); });
    QVERIFY2(odd.find("no cell of up to 3 primitive cells") != std::string::npos, odd.c_str());
    const auto charged =
        testing::inputErrorOf([] { smallestFittingCell(lzsp(), parseFormula("Li2Zr2Si2PO12")); });
    QVERIFY2(charged.find("balance") != std::string::npos, charged.c_str());
    QVERIFY(!testing::inputErrorOf([] { compactSupercell(lzsp().conventionalLattice, 0); }).empty());
    QVERIFY(!testing::inputErrorOf([] {
                 compositionInCell(lzsp(), parseFormula("Li3Zr2Si2PO12"), IntMat3::Zero());
             }).empty());
}

QTEST_APPLESS_MAIN(TestFittingCell)
#include "test_fitting_cell.moc"
