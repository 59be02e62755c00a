// SPDX-License-Identifier: GPL-3.0-or-later
// Sites and occupants: the way from a decorated cell to an occupation and back, and who may change places.
#include <QTest>
#include <algorithm>
#include <set>

#include "tests/builder/builder_test_support.h"

using namespace ionscape;
using namespace ionscape::builder;
using testing::lzsp;
using testing::winner;

class TestCellSites : public QObject {
    Q_OBJECT

  private slots:
    void decorationsComeBack();
    void wrappedAndRoundedCellsComeBack();
    void chargesAreFormal();
    void exchangeableSitesAreTheMixedOnes();
    void refusals();
};

void TestCellSites::decorationsComeBack() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    QCOMPARE(cell.size(), std::size_t(168));
    QVERIFY((cell.sublattices == std::vector<std::string>{"Li", "M", "T", "O"}));
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const crystal::Structure built = decoratedSupercell(lzsp(), winner(), seed);
        const crystal::Structure back = cell.structureOf(cell.occupationOf(built));
        QVERIFY(back.elements == built.elements);
        QVERIFY(back.siteLabels == built.siteLabels);
        QVERIFY(back.positions == built.positions);
    }
}

void TestCellSites::wrappedAndRoundedCellsComeBack() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    const crystal::Structure built = decoratedSupercell(lzsp(), winner(), 3);
    crystal::Structure changed = built.wrapped();
    for (double& x : changed.positions.reshaped())
        x = std::round(x * 1e4) / 1e4;  // as a file with four decimals
    QVERIFY(cell.occupationOf(changed) == cell.occupationOf(built));
}

void TestCellSites::chargesAreFormal() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    const Occupation occupation = testing::randomOccupation(cell, winner(), lzsp().supercellMatrix, 1);
    const Eigen::VectorXd charges = cell.charges(occupation);
    QVERIFY(std::abs(charges.sum()) < 1e-12);
    double squares = 0.0;  // 21 Li⁺, 13 M⁴⁺, 3 Nb⁵⁺, 16 Si⁴⁺, 8 P⁵⁺, 96 O²⁻
    squares = 21 * 1 + 13 * 16 + 3 * 25 + 16 * 16 + 8 * 25 + 96 * 4;
    QCOMPARE(charges.squaredNorm(), squares);
}

void TestCellSites::exchangeableSitesAreTheMixedOnes() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    const Occupation occupation = testing::randomOccupation(cell, winner(), lzsp().supercellMatrix, 1);
    std::vector<std::size_t> sizes;
    for (const auto& group : exchangeableSites(cell, occupation))
        sizes.push_back(group.size());
    QVERIFY((sizes == std::vector<std::size_t>{32, 16, 24}));  // Li and vacancies, M, Si and P; no O
    const auto metals = exchangeableSites(cell, occupation, {"M"});
    QCOMPARE(metals.size(), std::size_t(1));
    std::multiset<std::string> names;
    for (const std::size_t site : metals.front())
        names.insert(cell.nameOf(occupation[site]));
    QVERIFY((names == std::multiset<std::string>{"Zr", "Zr", "Zr", "Zr", "Hf", "Hf", "Hf", "Sn", "Sn", "Sn",
                                                 "Ti", "Ti", "Ti", "Nb", "Nb", "Nb"}));
}

void TestCellSites::refusals() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    const crystal::Structure built = decoratedSupercell(lzsp(), winner(), 1);
    crystal::Structure moved = built;
    moved.positions(1, 4) += 0.05;
    QVERIFY(testing::inputErrorOf([&] { cell.occupationOf(moved); }).find("atom 5 (Li) sits on no site") !=
            std::string::npos);
    crystal::Structure wrong = built;
    wrong.elements[30] = crystal::Element::fromSymbol("Li");  // on an M site
    QVERIFY(testing::inputErrorOf([&] { cell.occupationOf(wrong); }).find("no species of sublattice M") !=
            std::string::npos);
    crystal::Structure twice = built;
    twice.positions.col(1) = twice.positions.col(0);
    QVERIFY(testing::inputErrorOf([&] { cell.occupationOf(twice); }).find("taken") != std::string::npos);
    const Occupation occupation = cell.occupationOf(built);
    QVERIFY(testing::inputErrorOf([&] { exchangeableSites(cell, occupation, {"X"}); }).find("Li, M, T, O") !=
            std::string::npos);
    QVERIFY(testing::inputErrorOf([&] { exchangeableSites(cell, occupation, {"O"}); }).find("one species") !=
            std::string::npos);
}

QTEST_APPLESS_MAIN(TestCellSites)
#include "test_cell_sites.moc"
