// SPDX-License-Identifier: GPL-3.0-or-later
// Structure: bookkeeping, formula, density, deformation, and what validate refuses.
#include <QTest>
#include <cmath>

#include "tests/crystal/crystal_test_support.h"

using namespace ionscape;
using crystal::Element;
using crystal::Lattice;
using crystal::Structure;

class TestStructure : public QObject {
    Q_OBJECT

  private slots:
    void formulaIsReducedInOrderOfAppearance() {
        Structure structure;
        structure.lattice = Lattice(Mat3(30.0 * Mat3::Identity()));
        const auto add = [&](const char* symbol, int count) {
            for (int i = 0; i < count; ++i)
                structure.append(Element::fromSymbol(symbol), Vec3::Zero());
        };
        add("Li", 6);
        add("Zr", 4);
        add("Si", 3);
        add("P", 2);
        add("Si", 1);
        add("O", 24);
        QCOMPARE(structure.formula(), std::string("Li3Zr2Si2PO12"));
        QCOMPARE(structure.elementCounts().at(Element::fromSymbol("Si")), 4);
        QCOMPARE(structure.atomsOf(Element::fromSymbol("Si")), (std::vector<std::size_t>{10, 11, 12, 15}));
        QCOMPARE(structure.size(), std::size_t{40});
    }

    void densityOfRocksaltIsTheMeasuredOne() {
        QVERIFY(std::abs(testing::rocksalt().density() - 2.164) < 0.005);  // halite, g/cm³
        QVERIFY(std::abs(testing::diamond().density() - 3.515) < 0.005);
        QCOMPARE(testing::rocksalt().masses().sum(), 4 * (22.98976928 + 35.45));
    }

    void siteLabelsFollowTheAtoms() {
        Structure structure;
        structure.append(Element::fromSymbol("Li"), Vec3(0.1, 0, 0));
        QVERIFY(structure.siteLabels.empty());
        structure.append(Element::fromSymbol("O"), Vec3(0.5, 0, 0), "O1");
        structure.append(Element::fromSymbol("P"), Vec3(0.9, 0, 0));
        QCOMPARE(structure.siteLabels, (std::vector<std::string>{"", "O1", ""}));
        const Structure turned = structure.reordered({2, 1});
        QCOMPARE(turned.siteLabels, (std::vector<std::string>{"", "O1"}));
        QCOMPARE(turned.elements[0], Element::fromSymbol("P"));
        QCOMPARE(turned.position(1), Vec3(0.5, 0, 0));
    }

    void wrappingKeepsTheCrystal() {
        Structure structure = testing::rocksalt();
        const Structure original = structure;
        for (std::size_t i = 0; i < structure.size(); ++i) {
            structure.positions.col(static_cast<Eigen::Index>(i)) +=
                structure.lattice.toCartesian({Vec3(static_cast<double>(i) - 3.0, 2.0, -1.0)});
        }
        const Structure wrapped = structure.wrapped();
        for (std::size_t i = 0; i < structure.size(); ++i) {
            QVERIFY(structure.lattice.minimumImage(wrapped.position(i) - original.position(i)).norm() <
                    1e-12);
            const Vec3 f = wrapped.fractional(i).v;
            QVERIFY(f.minCoeff() > -1e-12 && f.maxCoeff() < 1.0 + 1e-12);
        }
    }

    void deformationMovesAtomsWithTheCell() {
        RandomStream random(1);
        const Structure structure = testing::diamond();
        const Mat3 deformation = testing::compactBasis(random, 0.9, 1.1);
        const Structure result = crystal::deformed(structure, deformation);
        for (std::size_t i = 0; i < structure.size(); ++i) {
            QVERIFY((result.fractional(i).v - structure.fractional(i).v).norm() < 1e-12);
        }
        QVERIFY(std::abs(result.lattice.volume() / structure.lattice.volume() -
                         std::abs(deformation.determinant())) < 1e-12);
        Mat3 shear = Mat3::Identity();
        shear(0, 1) = 0.1;  // x drags y along: the row vector a = (a, 0, 0) becomes (a, 0.1 a, 0)
        QVERIFY((crystal::deformed(structure, shear).lattice.vector(0) - Vec3(3.567, 0.3567, 0)).norm() <
                1e-12);
    }

    void validateNamesWhatIsWrong() {
        testing::rocksalt().validate();
        QVERIFY(contains(Structure{}, "no atoms"));

        Structure overlapping = testing::rocksalt();
        // Across the cell's boundary, so that only the periodic distance is short.
        overlapping.positions.col(6) = overlapping.positions.col(0) + Vec3(-0.3, 5.64, 0);
        QVERIFY(contains(overlapping, "atoms 1 (Na) and 7 (Cl)"));
        QVERIFY(contains(overlapping, "0.300 Å"));
        overlapping.validate(0.25);
        overlapping.positions.col(6) = overlapping.positions.col(0);
        QVERIFY(contains(overlapping, "atoms 1 (Na) and 7 (Cl)"));

        Structure notFinite = testing::rocksalt();
        notFinite.positions(2, 4) = std::numeric_limits<double>::infinity();
        QVERIFY(contains(notFinite, "atom 5 (Cl)"));

        Structure missing = testing::rocksalt();
        missing.elements.pop_back();
        QVERIFY(contains(missing, "7 elements but 8 positions"));
        Structure labels = testing::rocksalt();
        labels.siteLabels = {"Na"};
        QVERIFY(contains(labels, "8 atoms but 1 site labels"));

        Structure tiny;
        tiny.lattice = Lattice(Mat3(Vec3(0.2, 5, 5).asDiagonal()));
        tiny.append(Element::fromSymbol("Li"), Vec3::Zero());
        QVERIFY(contains(tiny, "its own image"));
    }

  private:
    static bool contains(const Structure& structure, const char* fragment) {
        const std::string message = testing::inputErrorOf([&] { structure.validate(); });
        if (message.find(fragment) != std::string::npos) return true;
        qWarning("'%s' is not in '%s'", fragment, message.c_str());
        return false;
    }
};

QTEST_APPLESS_MAIN(TestStructure)
#include "test_structure.moc"
