// SPDX-License-Identifier: GPL-3.0-or-later
// Extended XYZ: columns in any order, labels, exact round trips, and every complaint with its line.
#include <cmath>

#include "core/base/random.h"
#include "core/base/units.h"
#include "core/io/extxyz.h"
#include "tests/io/io_test_support.h"

using namespace ionscape;
using crystal::Element;
using testing::refuses;
using testing::replaced;

namespace {

const std::string good =
    "2\n"
    "Lattice=\"4 0 0 0 4 0 0 0 4\" Properties=species:S:1:pos:R:3:forces:R:3 energy=-1.5 config=relax "
    "pbc=\"T T T\"\n"
    "Li 0 0 0 1 2 3\n"
    "Cl 2 2 2 -1 -2 -3\n";

}  // namespace

class TestExtxyz : public QObject {
    Q_OBJECT

  private slots:
    void readsColumnsInAnyOrder() {
        const auto frames = io::readExtxyz(testing::dataFile("two-frames.xyz"));
        QCOMPARE(frames.size(), std::size_t{2});
        const io::LabelledStructure& first = frames[0];
        QCOMPARE(first.structure.formula(), std::string("LiCl"));
        QCOMPARE(first.structure.position(1), Vec3(2, 2, 2));
        QCOMPARE(Vec3(first.forces->col(0)), Vec3(0.1, -0.2, 0.3));
        QCOMPARE(*first.energy, -3.5);
        QCOMPARE((*first.stressGPa)(1, 1), 0.02 * 160.2176634);
        QCOMPARE((*first.stressGPa)(2, 2), -0.03 * 160.2176634);
        QCOMPARE(first.info.at("config"), std::string("md1000"));
        QCOMPARE(first.info.at("note"), std::string("two words"));
        QCOMPARE(first.info.at("flag"), std::string("T"));
        QVERIFY(!first.info.contains("energy") && !first.info.contains("Lattice") &&
                !first.info.contains("pbc"));
        const io::LabelledStructure& second = frames[1];
        QVERIFY(!second.forces && !second.energy && !second.stressGPa && second.info.empty());
        QCOMPARE(second.structure.position(0), Vec3(-1, 0.5, 7));
        QCOMPARE(second.structure.lattice.vector(2), Vec3(0, 0, 3));
    }

    void roundTripIsExact() {
        RandomStream random(1);
        io::LabelledStructure frame;
        Mat3 rows = 5.0 * Mat3::Identity();
        for (int i = 0; i < 9; ++i)
            rows(i / 3, i % 3) += random.uniform();
        frame.structure.lattice = crystal::Lattice(rows);
        for (int i = 0; i < 4; ++i) {
            const Vec3 f(0.25 * i + 0.01 * random.uniform(), 0.25 * i, -0.25 * i);
            frame.structure.append(Element::fromAtomicNumber(3 + 5 * i),
                                   frame.structure.lattice.toCartesian({f}),
                                   i == 1 ? "" : "site" + std::to_string(i));
        }
        frame.forces = VectorField::NullaryExpr(3, 4, [&] { return random.normal(); });
        frame.energy = -100.0 / 3.0;
        frame.stressGPa = Mat3(Mat3::NullaryExpr([&] { return random.normal(); }));
        frame.info = {{"config", "md 1000 \"K\""}, {"path", "a\\b"}, {"empty", ""}};

        const testing::Workspace workspace;
        io::writeStructures(workspace.path("round.extxyz"), {frame, frame});
        const auto read = io::readStructures(workspace.path("round.extxyz"));
        QCOMPARE(read.size(), std::size_t{2});
        QCOMPARE(read[1].structure.positions, frame.structure.positions);
        QCOMPARE(read[1].structure.lattice.rows(), rows);
        QCOMPARE(read[1].structure.elements, frame.structure.elements);
        QCOMPARE(read[1].structure.siteLabels, frame.structure.siteLabels);
        QCOMPARE(*read[1].forces, *frame.forces);
        QCOMPARE(*read[1].energy, *frame.energy);
        QVERIFY((*read[1].stressGPa - *frame.stressGPa).norm() < 1e-14);
        QCOMPARE(read[1].info, frame.info);
    }

    void acceptsWindowsLineEndsAndAtomicNumbers() {
        const testing::Workspace workspace;
        const auto file = workspace.write(
            "a.xyz", "\r\n1\r\nLattice=[4 0 0 0 4 0 0 0 4] Properties=Z:I:1:pos:R:3\r\n3 0 0 0\r\n\r\n");
        QCOMPARE(io::readStructure(file).formula(), std::string("Li"));
    }

    void complaints() {
        const std::string file = "bad.xyz";
        QVERIFY(refuses(file, "", 0, "empty"));
        QVERIFY(refuses(file, "two\n", 1, "expected the number of atoms"));
        QVERIFY(refuses(file, "0\n\n", 1, "0 atoms"));
        QVERIFY(refuses(file, "2\n", 2, "truncated"));
        QVERIFY(refuses(file, replaced(good, "Cl 2 2 2 -1 -2 -3\n", ""), 4, "atom 2 of 2"));
        QVERIFY(refuses(file, replaced(good, "2\n", "999999999999\n"), 2, "truncated"));
        QVERIFY(refuses(file, replaced(good, "Li 0", "Xx 0"), 3, "unknown element 'Xx'"));
        QVERIFY(refuses(file, replaced(good, "2 2 2", "2 2,0 2"), 4, "bad number '2,0' in the position"));
        QVERIFY(refuses(file, replaced(good, "-3\n", "nan\n"), 4, "bad number 'nan' in the force"));
        QVERIFY(refuses(file, replaced(good, " -3\n", "\n"), 4, "has 6 columns; Properties promise 7"));
        QVERIFY(refuses(file, replaced(good, "-3\n", "-3 1\n"), 4, "has 8 columns"));
        QVERIFY(refuses(file, replaced(good, "2\nL", "1\nL"), 4, "may be wrong"));
        QVERIFY(refuses(file, replaced(good, "2 2 2", "0 0 3.9"), 1,
                        "atoms 1 (Li) and 2 (Cl) overlap: they are 0.100"));
        QVERIFY(refuses(file, replaced(good, "-1.5", "low"), 2, "bad number 'low' in energy"));
        QVERIFY(refuses(file, replaced(good, "0 4\"", "0\""), 2, "Lattice has 8 numbers"));
        QVERIFY(refuses(file, replaced(good, "0 0 4\"", "0 0 0\""), 2, "no volume"));
        QVERIFY(refuses(file, replaced(good, "config=relax", "stress=\"1 2 3\""), 2, "stress has 3 numbers"));
        QVERIFY(refuses(file, replaced(good, "config", "energy"), 2, "'energy' twice"));
        QVERIFY(refuses(file, replaced(good, "T T T\"", "T T T"), 2, "never closed"));
        QVERIFY(refuses(file, replaced(good, "pos:R:3", "pos:R:2"), 2, "pos:R:3"));
        QVERIFY(refuses(file, replaced(good, "pos:R:3", "pos:R"), 2, "name:type:columns"));
        QVERIFY(refuses(file, replaced(good, "species", "kind"), 2, "species:S:1"));
        QVERIFY(refuses(file, replaced(good, "pos:R", "place:R"), 2, "no positions"));
    }

    void framesThatAreNotPeriodicAreRefused() {
        QVERIFY(refuses("a.xyz", replaced(good, "T T T", "T T F"), 2, "not periodic in all directions"));
        QVERIFY(refuses("a.xyz", "1\nwater molecule\nO 0 0 0\n", 2, "no Lattice"));
    }

    void theLineIsTheOneOfALaterFrame() {
        QVERIFY(refuses("a.xyz", good + replaced(good, "Cl", "Q"), 8, "unknown element 'Q'"));
    }
};

QTEST_APPLESS_MAIN(TestExtxyz)
#include "test_extxyz.moc"
