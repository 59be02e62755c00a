// SPDX-License-Identifier: GPL-3.0-or-later
// Space groups of crystals that everybody knows.
#include <QTest>

#include "core/crystal/supercell.h"
#include "core/crystal/symmetry.h"
#include "tests/crystal/crystal_test_support.h"

using namespace ionscape;
using crystal::Element;
using crystal::Structure;

class TestSymmetry : public QObject {
    Q_OBJECT

  private slots:
    void knownCrystals() {
        check(testing::rocksalt(), 225, "Fm-3m");
        check(testing::diamond(), 227, "Fd-3m");
        check(testing::cubic("Zn", "S", 5.41, {0.25, 0.25, 0.25}), 216, "F-43m");
        IntMat3 matrix;
        matrix << 1, 1, 0, 0, 1, 1, 1, 0, 1;
        check(crystal::makeSupercell(testing::rocksalt(), matrix), 225, "Fm-3m");
    }

    void toleranceDecides() {
        Structure structure = testing::rocksalt();
        structure.positions(0, 0) += 0.05;
        QVERIFY(crystal::spaceGroup(structure, 0.01).number != 225);
        QCOMPARE(crystal::spaceGroup(structure, 0.2).number, 225);
    }

    void badInputIsRefused() {
        QVERIFY(!testing::inputErrorOf([] { crystal::spaceGroup(Structure{}); }).empty());
        Structure overlapping = testing::rocksalt();
        overlapping.elements[1] = overlapping.elements[0];
        overlapping.positions.col(1) = overlapping.positions.col(0);
        QVERIFY(testing::inputErrorOf([&] { crystal::spaceGroup(overlapping); }).find("no space group") !=
                std::string::npos);
    }

    void operationsMapTheCrystalOntoItself() {
        IntMat3 doubled;  // keeps the tetragonal part of the cubic symmetry only
        doubled << 1, 0, 0, 0, 1, 0, 0, 0, 2;
        const Structure cubic = testing::rocksalt();
        const Structure tetragonal = crystal::makeSupercell(cubic, doubled);
        // Fm-3m in its conventional cell: 48 point operations, four centrings. Along one doubled axis 16 of
        // the 48 are left and there are eight translations.
        QCOMPARE(crystal::symmetryOperations(cubic).size(), std::size_t(192));
        QCOMPARE(crystal::symmetryOperations(tetragonal).size(), std::size_t(128));
        for (const auto& operation : crystal::symmetryOperations(tetragonal)) {
            for (std::size_t i = 0; i < tetragonal.size(); ++i) {
                const Vec3 image =
                    operation.rotation.cast<double>() * tetragonal.fractional(i).v + operation.translation;
                int found = 0;
                for (std::size_t j = 0; j < tetragonal.size(); ++j) {
                    Vec3 difference = image - tetragonal.fractional(j).v;
                    difference -= difference.array().round().matrix();
                    found += tetragonal.elements[j] == tetragonal.elements[i] && difference.norm() < 1e-6;
                }
                QCOMPARE(found, 1);
            }
        }
    }

    void kindsReplaceElements() {
        const Structure diamond = testing::diamond();
        QCOMPARE(crystal::symmetryOperations(diamond).size(), std::size_t(192));
        // Two kinds of sites make it zinc blende, without the inversion between them.
        QCOMPARE(crystal::symmetryOperations(diamond, {1, 1, 1, 1, 2, 2, 2, 2}).size(), std::size_t(96));
        QVERIFY(!testing::inputErrorOf([&] { crystal::symmetryOperations(diamond, {1, 2}); }).empty());
    }

  private:
    static void check(const Structure& structure, int number, const char* symbol) {
        const auto group = crystal::spaceGroup(structure);
        QCOMPARE(group.number, number);
        QCOMPARE(group.symbol, std::string(symbol));
    }
};

QTEST_APPLESS_MAIN(TestSymmetry)
#include "test_symmetry.moc"
