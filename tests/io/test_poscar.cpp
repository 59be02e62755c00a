// SPDX-License-Identifier: GPL-3.0-or-later
// POSCAR: scale factors, coordinate modes, round trips, and every complaint with its line.
#include <cmath>

#include "core/crystal/symmetry.h"
#include "core/io/poscar.h"
#include "tests/io/io_test_support.h"

using namespace ionscape;
using crystal::Element;
using testing::refuses;
using testing::replaced;

namespace {

const std::string good =
    "comment\n"
    "2.0\n"
    "2 0 0\n"
    "0 2 0\n"
    "0 0 2\n"
    "Li Cl\n"
    "1 1\n"
    "Cartesian\n"
    "0 0 0\n"
    "1 1 1\n";

}  // namespace

class TestPoscar : public QObject {
    Q_OBJECT

  private slots:
    void readsVolumeAndSelectiveDynamics() {
        const auto structure = io::readPoscar(testing::dataFile("rocksalt.vasp"));
        QCOMPARE(structure.formula(), std::string("NaCl"));
        QVERIFY(std::abs(structure.lattice.lengths()[0] - 5.64) < 1e-12);
        QVERIFY((structure.position(4) - Vec3::Constant(2.82)).norm() < 1e-12);
        QCOMPARE(crystal::spaceGroup(structure).number, 225);
    }

    void scalesCartesianCoordinates() {
        const testing::Workspace workspace;
        const auto structure = io::readStructure(workspace.write("POSCAR", good));
        QCOMPARE(structure.lattice.volume(), 64.0);
        QCOMPARE(structure.position(1), Vec3(2, 2, 2));
        // The same cell through its volume: the scale follows from it, and applies to the coordinates too.
        const auto byVolume =
            io::readStructure(workspace.write("POSCAR.2", replaced(good, "2.0\n", "-64\n")));
        QVERIFY(testing::largestShift(structure, byVolume) < 1e-12);
    }

    void skipsWhatFollowsThePositions() {
        const testing::Workspace workspace;
        const auto structure = io::readStructure(workspace.write("CONTCAR", good + "\n0 0 0\n0 0 0\n"));
        QCOMPARE(structure.size(), std::size_t{2});
    }

    void roundTrip() {
        crystal::Structure structure;
        Mat3 rows;
        rows << 5.1, 0.2, -1.0 / 3.0, -0.4, 6.3, 0.5, 1.7, -2.9, 7.7;
        structure.lattice = crystal::Lattice(rows);
        const char* symbols[] = {"Li", "O", "Li", "P"};
        for (int i = 0; i < 4; ++i) {
            structure.append(Element::fromSymbol(symbols[i]),
                             structure.lattice.toCartesian({Vec3(0.21 * i, 1.3 - 0.17 * i, -0.23 * i)}));
        }
        const testing::Workspace workspace;
        io::writeStructure(workspace.path("POSCAR"), structure);
        const auto read = io::readStructure(workspace.path("POSCAR"));
        QVERIFY(testing::largestShift(structure.reordered({0, 2, 1, 3}), read) < 1e-14);
        QVERIFY(workspace.read("POSCAR").find("\nLi O P\n2 1 1\n") != std::string::npos);
    }

    void complaints() {
        const std::string file = "POSCAR";
        QVERIFY(refuses(file, "", 0, "empty"));
        QVERIFY(refuses(file, "comment\n", 2, "the scale factor"));
        QVERIFY(refuses(file, replaced(good, "2.0\n", "0\n"), 2, "zero"));
        QVERIFY(refuses(file, replaced(good, "2.0\n", "1 1 1\n"), 2, "one scale factor"));
        QVERIFY(refuses(file, replaced(good, "0 2 0", "0 b 0"), 4, "bad number 'b' in lattice vector 2"));
        QVERIFY(refuses(file, replaced(good, "0 2 0", "0 2"), 4, "three numbers"));
        QVERIFY(refuses(file, replaced(good, "0 2 0", "2 0 0"), 5, "no volume"));
        QVERIFY(refuses(file, replaced(replaced(good, "0 2 0", "2 0 0"), "2.0\n", "-9\n"), 5, "vector"));
        QVERIFY(refuses(file, replaced(good, "Li Cl\n", ""), 6, "VASP 4"));
        QVERIFY(refuses(file, replaced(good, "Li Cl", "Xx Cl"), 6, "unknown element 'Xx'"));
        QVERIFY(refuses(file, replaced(good, "1 1\nC", "1 1 1\nC"), 7, "2 element symbols but 3 numbers"));
        QVERIFY(refuses(file, replaced(good, "1 1\nC", "1 -1\nC"), 7, "bad number of atoms '-1'"));
        QVERIFY(refuses(file, replaced(good, "1 1\nC", "1 99999999999\nC"), 7, "truncated"));
        QVERIFY(refuses(file, replaced(good, "1 1\nC", "0 0\nC"), 7, "no atoms"));
        QVERIFY(refuses(file, replaced(good, "Cartesian", "Wrong"), 8,
                        "expected 'Direct' or 'Cartesian', found 'Wrong'"));
        QVERIFY(refuses(file, replaced(good, "1 1 1\n", "1 1 x\n"), 10,
                        "bad number 'x' in the position of atom 2 of 2"));
        QVERIFY(refuses(file, replaced(good, "1 1\nC", "1 2\nC"), 11, "the position of atom 3 of 3"));
        QVERIFY(refuses(file, replaced(good, "1 1 1\n", "0 0 1.9\n"), 8,
                        "atoms 1 (Li) and 2 (Cl) overlap: they are 0.200"));
    }
};

QTEST_APPLESS_MAIN(TestPoscar)
#include "test_poscar.moc"
