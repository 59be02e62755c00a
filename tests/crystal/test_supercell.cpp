// SPDX-License-Identifier: GPL-3.0-or-later
// Supercells describe the same crystal: size, order, labels, and every distance.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/crystal/neighbour_list.h"
#include "core/crystal/supercell.h"
#include "tests/crystal/crystal_test_support.h"

using namespace ionscape;
using crystal::Element;
using crystal::Lattice;
using crystal::Structure;

class TestSupercell : public QObject {
    Q_OBJECT

  private slots:
    void randomMatricesPreserveTheCrystal() {
        RandomStream random(1);
        int tried = 0;
        while (tried < 40) {
            IntMat3 matrix;
            for (int i = 0; i < 9; ++i)
                matrix(i / 3, i % 3) = static_cast<int>(random.below(7)) - 3;
            const int size = std::abs(static_cast<int>(std::lround(matrix.cast<double>().determinant())));
            if (size == 0 || size > 24) continue;
            ++tried;
            const Structure cell = smallCell(random);
            const Structure super = crystal::makeSupercell(cell, matrix);
            QCOMPARE(super.size(), cell.size() * static_cast<std::size_t>(size));
            QVERIFY((super.lattice.rows() - matrix.cast<double>() * cell.lattice.rows()).norm() < 1e-12);
            super.validate(0.3);
            const auto expected = environments(cell, static_cast<std::size_t>(size));
            const auto found = environments(super, 1);
            QCOMPARE(found.size(), expected.size());
            for (std::size_t i = 0; i < found.size(); ++i) {
                QCOMPARE(found[i].first, expected[i].first);
                QVERIFY(std::abs(found[i].second - expected[i].second) < 1e-9);
            }
        }
    }

    void imagesAreGroupedByTheirParent() {
        RandomStream random(2);
        const Structure cell = smallCell(random);
        IntMat3 matrix;
        matrix << 1, 1, -1, -1, 1, 1, 1, -1, 1;  // the MD cell of LZSP
        const Structure super = crystal::makeSupercell(cell, matrix);
        QCOMPARE(super.size(), 4 * cell.size());
        for (std::size_t i = 0; i < super.size(); ++i) {
            QCOMPARE(super.elements[i], cell.elements[i / 4]);
            QCOMPARE(super.siteLabels[i], cell.siteLabels[i / 4]);
            const Vec3 translation = cell.lattice.toFractional(super.position(i) - cell.position(i / 4)).v;
            QVERIFY((translation - translation.array().round().matrix()).norm() < 1e-10);
        }
        const Structure same = crystal::makeSupercell(cell, IntMat3::Identity());
        QCOMPARE(same.positions, cell.positions);
    }

    void singularMatricesAreRefused() {
        RandomStream random(3);
        const Structure cell = smallCell(random);
        IntMat3 matrix;
        matrix << 1, 2, 3, 4, 5, 6, 7, 8, 9;
        QVERIFY(testing::inputErrorOf([&] { crystal::makeSupercell(cell, matrix); }).find("singular") !=
                std::string::npos);
    }

  private:
    static Structure smallCell(RandomStream& random) {
        Structure cell;
        cell.lattice = Lattice(testing::compactBasis(random, 4.0, 6.0));
        cell.append(Element::fromSymbol("Li"), cell.lattice.toCartesian({Vec3(0.1, 0.2, 0.3)}), "Li1");
        cell.append(Element::fromSymbol("O"), cell.lattice.toCartesian({Vec3(0.6, -0.2, 1.4)}), "O1");
        cell.append(Element::fromSymbol("P"), cell.lattice.toCartesian({Vec3(0.4, 0.5, 0.9)}), "T");
        return cell;
    }

    /// (elements of the pair, distance) of all pairs within 6 Å, sorted, each `times` over.
    static std::vector<std::pair<int, double>> environments(const Structure& structure, std::size_t times) {
        std::vector<std::pair<int, double>> result;
        for (const auto& pair : crystal::neighbourPairs(structure, 6.0)) {
            const int first = structure.elements[static_cast<std::size_t>(pair.i)].atomicNumber();
            const int second = structure.elements[static_cast<std::size_t>(pair.j)].atomicNumber();
            // Rounded, so that equal distances sort alike whatever their last digit.
            const double distance = std::round(pair.distance * 1e8) / 1e8;
            for (std::size_t k = 0; k < times; ++k)
                result.emplace_back(1000 * first + second, distance);
        }
        std::sort(result.begin(), result.end());
        return result;
    }
};

QTEST_APPLESS_MAIN(TestSupercell)
#include "test_supercell.moc"
