// SPDX-License-Identifier: GPL-3.0-or-later
// The linked-cell neighbour list against a brute-force twin that shares no code with it.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/crystal/neighbour_list.h"
#include "core/crystal/supercell.h"
#include "tests/crystal/crystal_test_support.h"

using namespace ionscape;
using crystal::Element;
using crystal::Lattice;
using crystal::NeighbourPair;
using crystal::Structure;

namespace {

/// Tries every image that may reach a sphere of radius `cutoff`, by the distances between the faces.
std::vector<NeighbourPair> bruteForcePairs(const Structure& structure, double cutoff) {
    const Mat3 rows = structure.lattice.rows();
    const Mat3 reciprocal = rows.inverse();
    const auto n = static_cast<std::int32_t>(structure.size());
    std::vector<NeighbourPair> pairs;
    for (std::int32_t i = 0; i < n; ++i) {
        for (std::int32_t j = 0; j < n; ++j) {
            const Vec3 difference = structure.positions.col(j) - structure.positions.col(i);
            const Vec3 f = reciprocal.transpose() * difference;
            int low[3], high[3];
            for (int k = 0; k < 3; ++k) {
                const double reach = cutoff * reciprocal.col(k).norm();
                low[k] = static_cast<int>(std::floor(-f[k] - reach)) - 1;
                high[k] = static_cast<int>(std::ceil(-f[k] + reach)) + 1;
            }
            for (int x = low[0]; x <= high[0]; ++x) {
                for (int y = low[1]; y <= high[1]; ++y) {
                    for (int z = low[2]; z <= high[2]; ++z) {
                        if (i == j && x == 0 && y == 0 && z == 0) continue;
                        const Vec3 vector = difference + rows.transpose() * Vec3(x, y, z);
                        if (vector.norm() < cutoff) pairs.push_back({i, j, {x, y, z}, vector, vector.norm()});
                    }
                }
            }
        }
    }
    return pairs;
}

Structure randomStructure(RandomStream& random, const Lattice& lattice, int atoms, int cellsOutside) {
    Structure structure;
    structure.lattice = lattice;
    structure.elements.assign(static_cast<std::size_t>(atoms), Element::fromSymbol("Li"));
    structure.positions.resize(3, atoms);
    for (int i = 0; i < atoms; ++i) {
        const double reach = 1.0 + cellsOutside;
        structure.positions.col(i) = lattice.toCartesian(
            {Vec3::NullaryExpr([&] { return testing::uniform(random, -cellsOutside, reach); })});
    }
    return structure;
}

/// Empty when the two lists agree in order, indices, images and vectors; else what differs first.
std::string difference(const Structure& structure, double cutoff) {
    const auto fast = crystal::neighbourPairs(structure, cutoff);
    const auto slow = bruteForcePairs(structure, cutoff);
    if (fast.size() != slow.size()) {
        return "found " + std::to_string(fast.size()) + " pairs of " + std::to_string(slow.size());
    }
    for (std::size_t k = 0; k < fast.size(); ++k) {
        const NeighbourPair &a = fast[k], &b = slow[k];
        if (std::tie(a.i, a.j, a.image) != std::tie(b.i, b.j, b.image)) return "pair " + std::to_string(k);
        if ((a.vector - b.vector).norm() > 1e-9) return "vector of pair " + std::to_string(k);
        if (std::abs(a.distance - b.vector.norm()) > 1e-9) return "distance of pair " + std::to_string(k);
    }
    return {};
}

}  // namespace

class TestNeighbourList : public QObject {
    Q_OBJECT

  private slots:
    void smallCellsWithLongCutoffs() {
        RandomStream random(1);
        for (int trial = 0; trial < 20; ++trial) {
            const Lattice lattice(testing::compactBasis(random, 2.0, 4.0));
            QCOMPARE(QString::fromStdString(difference(randomStructure(random, lattice, 2, 0),
                                                       3.1 * lattice.lengths().maxCoeff())),
                     QString());
        }
        QCOMPARE(QString::fromStdString(difference(randomStructure(random, Lattice(), 1, 0), 4.3)),
                 QString());
    }

    void skewedCells() {
        RandomStream random(2);
        const Lattice twenty = Lattice::fromParameters(6, 7, 8, 20, 22, 25);
        for (int trial = 0; trial < 10; ++trial) {
            QCOMPARE(QString::fromStdString(difference(randomStructure(random, twenty, 12, 1), 5.0)),
                     QString());
        }
        for (int trial = 0; trial < 40; ++trial) {
            const Mat3 compact = testing::compactBasis(random, 3.0, 7.0);
            const Lattice lattice(Mat3(testing::skewingMatrix(random, 4, 3).cast<double>() * compact));
            QCOMPARE(QString::fromStdString(difference(randomStructure(random, lattice, 6, 0), 4.0)),
                     QString());
        }
    }

    void atomsOutsideTheCell() {
        RandomStream random(3);
        for (int trial = 0; trial < 20; ++trial) {
            const Lattice lattice(testing::compactBasis(random, 5.0, 9.0));
            QCOMPARE(QString::fromStdString(difference(randomStructure(random, lattice, 20, 4), 4.5)),
                     QString());
        }
    }

    void largeCellsUseManyBins() {
        RandomStream random(4);
        for (const double cutoff : {1.7, 3.0, 5.0, 11.0}) {
            const Lattice lattice(testing::compactBasis(random, 16.0, 24.0));
            QCOMPARE(QString::fromStdString(difference(randomStructure(random, lattice, 150, 1), cutoff)),
                     QString());
        }
    }

    void emptyAndElongatedCells() {
        RandomStream random(5);
        const Lattice needle(Mat3(Vec3(3.0, 3.5, 400.0).asDiagonal()));
        QCOMPARE(QString::fromStdString(difference(randomStructure(random, needle, 40, 0), 6.1)), QString());
        const Lattice huge(Mat3(Vec3(900.0, 800.0, 700.0).asDiagonal()));
        QCOMPARE(QString::fromStdString(difference(randomStructure(random, huge, 60, 0), 90.0)), QString());
        const Lattice plate(Mat3(Vec3(60.0, 60.0, 2.0).asDiagonal()));
        QCOMPARE(QString::fromStdString(difference(randomStructure(random, plate, 50, 0), 7.1)), QString());
    }

    void leftHandedCells() {
        RandomStream random(6);
        Mat3 rows = testing::compactBasis(random, 5.0, 8.0);
        rows.row(0).swap(rows.row(1));
        QCOMPARE(QString::fromStdString(difference(randomStructure(random, Lattice(rows), 15, 1), 6.0)),
                 QString());
    }

    void coordinationOfRocksalt() {
        const Structure structure = testing::rocksalt();
        // Shells of the rocksalt lattice: 6 at a/2, 12 at a/√2, 8 at a√3/2, 6 at a.
        const double a = 5.64;
        for (const auto& [cutoff, neighbours] :
             {std::pair{0.6 * a, 6}, {0.75 * a, 18}, {0.9 * a, 26}, {1.05 * a, 32}}) {
            const auto pairs = crystal::neighbourPairs(structure, cutoff);
            QCOMPARE(pairs.size(), structure.size() * static_cast<std::size_t>(neighbours));
        }
    }

    void cutoffIsExclusive() {
        Structure structure;
        structure.lattice = Lattice(Mat3(4.0 * Mat3::Identity()));
        structure.append(Element::fromSymbol("Li"), Vec3::Zero());
        QVERIFY(crystal::neighbourPairs(structure, 4.0).empty());
        QCOMPARE(crystal::neighbourPairs(structure, 4.0 + 1e-9).size(), std::size_t{6});
        QVERIFY(crystal::neighbourPairs(Structure{}, 5.0).empty());
    }

    void bothDirectionsAreListed() {
        RandomStream random(7);
        const Structure structure =
            randomStructure(random, Lattice(testing::compactBasis(random, 6.0, 9.0)), 15, 1);
        const auto pairs = crystal::neighbourPairs(structure, 5.0);
        for (const NeighbourPair& pair : pairs) {
            const auto reverse = std::find_if(pairs.begin(), pairs.end(), [&](const NeighbourPair& other) {
                return other.i == pair.j && other.j == pair.i && other.image[0] == -pair.image[0] &&
                       other.image[1] == -pair.image[1] && other.image[2] == -pair.image[2];
            });
            QVERIFY(reverse != pairs.end());
            QVERIFY((reverse->vector + pair.vector).norm() < 1e-12);
        }
    }

    void badInputIsNamed() {
        Structure structure = testing::rocksalt();
        for (const double cutoff : {0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
            QVERIFY(testing::inputErrorOf([&] {
                        crystal::neighbourPairs(structure, cutoff);
                    }).find("cutoff") != std::string::npos);
        }
        QVERIFY(testing::inputErrorOf([&] { crystal::neighbourPairs(structure, 1e5); }).find("smaller") !=
                std::string::npos);
        // The same point, two cells away.
        structure.positions.col(5) =
            structure.positions.col(2) + structure.lattice.toCartesian({Vec3(2, -1, 0)});
        const std::string message = testing::inputErrorOf([&] { crystal::neighbourPairs(structure, 3.0); });
        QVERIFY2(message.find("atoms 3 (Na) and 6 (Cl)") != std::string::npos, message.c_str());
        structure.positions(0, 5) = 1e30;
        QVERIFY(testing::inputErrorOf([&] { crystal::neighbourPairs(structure, 3.0); }).find("atom 6 (Cl)") !=
                std::string::npos);
        structure.positions(0, 5) = std::nan("");
        QVERIFY(testing::inputErrorOf([&] { crystal::neighbourPairs(structure, 3.0); }).find("atom 6 (Cl)") !=
                std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestNeighbourList)
#include "test_neighbour_list.moc"
