// SPDX-License-Identifier: GPL-3.0-or-later
// CIF: symmetry expansion by symbol, number and operations, round trips, and every complaint with its line.
#include <cmath>
#include <map>

#include "core/crystal/symmetry.h"
#include "core/io/cif.h"
#include "tests/io/io_test_support.h"

using namespace ionscape;
using crystal::Element;
using testing::refuses;
using testing::replaced;

namespace {

const std::string good =
    "data_cscl\n"
    "_cell_length_a 4.1\n"
    "_cell_length_b 4.1\n"
    "_cell_length_c 4.1\n"
    "_cell_angle_alpha 90\n"
    "_cell_angle_beta 90\n"
    "_cell_angle_gamma 90\n"
    "_symmetry_space_group_name_H-M 'P m -3 m'\n"
    "loop_\n"
    "_atom_site_label\n"
    "_atom_site_fract_x\n"
    "_atom_site_fract_y\n"
    "_atom_site_fract_z\n"
    "_atom_site_occupancy\n"
    "Cs1 0 0 0 1\n"
    "Cl1 0.5 0.5 0.5 1\n";

crystal::Structure read(const std::string& text) {
    const testing::Workspace workspace;
    return io::readStructure(workspace.write("a.cif", text));
}

}  // namespace

class TestCif : public QObject {
    Q_OBJECT

  private slots:
    void expandsTheHostBySymbol() {
        const auto structure = io::readCif(testing::dataFile("lzsp-filled.cif"));
        // Multiplicities of the Wyckoff sites 8f, 4d, 4e of C2/c.
        const std::map<std::string, int> expected{{"M", 8},  {"Li1", 4}, {"Li2", 4}, {"Li3", 8},
                                                  {"T1", 4}, {"T2", 8},  {"O1", 8},  {"O2", 8},
                                                  {"O3", 8}, {"O4", 8},  {"O5", 8},  {"O6", 8}};
        std::map<std::string, int> found;
        for (const auto& label : structure.siteLabels)
            ++found[label];
        QCOMPARE(found, expected);
        QCOMPARE(structure.formula(), std::string("Zr2Li4Si3O12"));
        const auto group = crystal::spaceGroup(structure);
        QCOMPARE(group.number, 15);
        QCOMPARE(group.symbol, std::string("C2/c"));
        QVERIFY(std::abs(structure.lattice.lengths()[0] - 15.586) < 1e-12);
    }

    void readsSymmetryInEveryForm() {
        QCOMPARE(read(good).formula(), std::string("CsCl"));
        const std::string byName = replaced(good, "P m -3 m", "F m -3 m");
        QCOMPARE(read(byName).size(), std::size_t{8});
        QCOMPARE(
            read(replaced(byName, "_symmetry_space_group_name_H-M 'F m -3 m'", "_space_group_IT_number 225"))
                .size(),
            std::size_t{8});
        const std::string operations =
            "loop_\n_symmetry_equiv_pos_as_xyz\n'x, y, z'\n'x+1/2, y+1/2, "
            "z'\n'x+1/2,y,1/2+z'\nx,1/2+y,1/2+z\n";
        const auto byOperations =
            read(replaced(byName, "_symmetry_space_group_name_H-M 'F m -3 m'\n", operations));
        QCOMPARE(byOperations.size(), std::size_t{8});
        QCOMPARE(crystal::spaceGroup(byOperations).number, 225);
        QCOMPARE(read(replaced(good, "_symmetry_space_group_name_H-M 'P m -3 m'\n", "")).size(),
                 std::size_t{2});
    }

    void roundedSpecialPositionsStayOneAtom() {
        // A site on the threefold axis of P-3 given with four digits.
        std::string text = replaced(good, "'P m -3 m'", "'P -3'");
        text = replaced(replaced(text, "gamma 90", "gamma 120"), "Cl1 0.5 0.5 0.5", "Cl1 0.3333 0.6667 0.5");
        QCOMPARE(read(text).elementCounts().at(Element::fromSymbol("Cl")), 2);
    }

    void roundTrip() {
        const auto structure = io::readCif(testing::dataFile("lzsp-filled.cif"));
        const testing::Workspace workspace;
        io::writeStructure(workspace.path("out.cif"), structure);
        const auto again = io::readStructure(workspace.path("out.cif"));
        QVERIFY(testing::largestShift(structure, again) < 1e-9);
    }

    void complaints() {
        const std::string file = "bad.cif";
        QVERIFY(refuses(file, "", 0, "empty"));
        QVERIFY(refuses(file, "hello\n", 1, "not a valid CIF"));
        QVERIFY(refuses(file, good + "0 0\n", 9, "Wrong number of values in the loop"));
        QVERIFY(refuses(file, replaced(good, "_length_b 4.1", "_length_a 4.1"), 3, "uplicate"));
        QVERIFY(refuses(file, "data_a\n_cell_length_a 3\n", 0, "no data block of the CIF lists atoms"));
        QVERIFY(refuses(file, replaced(good, "_cell_length_b 4.1\n", ""), 0, "no _cell_length_b"));
        QVERIFY(refuses(file, replaced(good, "_length_b 4.1", "_length_b wide"), 3,
                        "bad number 'wide' in _cell_length_b"));
        QVERIFY(refuses(file, replaced(good, "alpha 90", "alpha 190"), 2, "angle"));
        QVERIFY(refuses(file, replaced(good, "P m -3 m", "P 17 q"), 8, "unknown space group 'P 17 q'"));
        QVERIFY(refuses(
            file, replaced(good, "_symmetry_space_group_name_H-M 'P m -3 m'", "_space_group_IT_number 231"),
            8, "unknown space group '231'"));
        const std::string operation = "loop_\n_symmetry_equiv_pos_as_xyz\n'x,y,z'\n'x,y,q'";
        QVERIFY(refuses(file, replaced(good, "_symmetry_space_group_name_H-M 'P m -3 m'", operation), 11,
                        "'x,y,q' is not a symmetry operation"));
        QVERIFY(refuses(file,
                        replaced(good, "_symmetry_space_group_name_H-M 'P m -3 m'",
                                 replaced(operation, "y,q", "y,9999999z")),
                        11, "is not a symmetry operation"));
        QVERIFY(refuses(file, replaced(good, "Cs1", "Xx1"), 15, "unknown element 'Xx1' of site 'Xx1'"));
        QVERIFY(refuses(file, replaced(good, "Cl1 0.5", "Cl1 half"), 16,
                        "bad number 'half' in the position of site 'Cl1'"));
        QVERIFY(refuses(file, replaced(good, "Cl1 0.5", "Cl1 ?"), 16, "bad number '?'"));
        QVERIFY(
            refuses(file, replaced(good, "0.5 1\n", "0.5 0.75\n"), 16, "site 'Cl1' has the occupancy 0.75"));
        QVERIFY(refuses(file, replaced(good, "0.5 1\n", "0.5 0.75\n"), 16, "host"));
        QVERIFY(refuses(file, replaced(good, "0.5 0.5 0.5", "0 0 0.05"), 15, "overlap"));
        QVERIFY(refuses(file, replaced(good, "_atom_site_fract_y", "_atom_site_other"), 9,
                        "_atom_site_fract_x, _y and _z"));
    }
};

QTEST_APPLESS_MAIN(TestCif)
#include "test_cif.moc"
