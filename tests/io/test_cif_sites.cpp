// SPDX-License-Identifier: GPL-3.0-or-later
// The asymmetric unit of a CIF with its occupancies, and occupancies that cannot be.
#include <cmath>

#include "core/io/cif.h"
#include "tests/io/io_test_support.h"

using namespace ionscape;
using testing::replaced;

namespace {

const std::string good =
    "data_mixed\n"
    "_cell_length_a 4.1\n"
    "_cell_length_b 4.1\n"
    "_cell_length_c 4.1\n"
    "_cell_angle_alpha 90\n"
    "_cell_angle_beta 90\n"
    "_cell_angle_gamma 90\n"
    "_symmetry_space_group_name_H-M 'P m -3 m'\n"
    "loop_\n"
    "_atom_site_label\n"
    "_atom_site_type_symbol\n"
    "_atom_site_fract_x\n"
    "_atom_site_fract_y\n"
    "_atom_site_fract_z\n"
    "_atom_site_occupancy\n"
    "Zr1 Zr4+ 0 0 0 0.75\n"
    "Hf1 Hf4+ 0 0 1 0.25(2)\n"
    "O1 O2- 0.5 0 0 .\n"
    "Li1 Li+ 0.5 0.5 0.5 0.5\n";

io::CifCrystal read(const std::string& text) {
    const testing::Workspace workspace;
    return io::readCifCrystal(workspace.write("a.cif", text));
}

/// The message without the folder; empty when nothing was wrong.
QString complaint(const std::string& text) {
    try {
        read(text);
    } catch (const IoError& error) {
        const QString what = QString::fromUtf8(error.what());
        return what.mid(what.indexOf("a.cif"));
    }
    return {};
}

}  // namespace

class TestCifSites : public QObject {
    Q_OBJECT

  private slots:
    void readsSpeciesChargesAndOccupancies() {
        const auto crystal = read(good);
        QCOMPARE(crystal.spaceGroup, std::string("Pm-3m"));
        QCOMPARE(crystal.operations.size(), std::size_t{48});
        QCOMPARE(crystal.operations.front(), std::string("x,y,z"));
        QCOMPARE(crystal.sites.size(), std::size_t{4});
        QCOMPARE(crystal.sites[0].label, std::string("Zr1"));
        QCOMPARE(*crystal.sites[0].oxidationState, 4);
        QCOMPARE(crystal.sites[0].occupancy, 0.75);
        QCOMPARE(crystal.sites[1].occupancy, 0.25);
        QCOMPARE(*crystal.sites[2].oxidationState, -2);
        QCOMPARE(crystal.sites[2].occupancy, 1.0);
        QCOMPARE(*crystal.sites[3].oxidationState, 1);
        QCOMPARE(crystal.sites[3].line, 19L);
        QVERIFY(!read(replaced(good, "Zr4+", "Zr4")).sites[0].oxidationState.has_value());
    }

    void impossibleOccupanciesAreNamed() {
        QCOMPARE(complaint(replaced(good, "0.25(2)", "0.35")),
                 QString("a.cif:17: the occupancies on the site of 'Hf1' add up to 1.1, more than 1"));
        QVERIFY(
            complaint(replaced(good, "0 0 0 0.75", "0 0 0 1.3"))
                .startsWith("a.cif:16: site 'Zr1' has the occupancy 1.3: it must be above 0 and at most 1"));
        QVERIFY(complaint(replaced(good, "0.5 0.5 0.5 0.5", "0.5 0.5 0.5 -0.1"))
                    .startsWith("a.cif:19: site 'Li1' has the occupancy -0.1"));
        QVERIFY(complaint(replaced(good, "0.5 0.5 0.5 0.5", "0.5 0.5 0.5 0"))
                    .startsWith("a.cif:19: site 'Li1' has the occupancy 0"));
        QVERIFY(complaint(replaced(good, "0.75", "most")).contains("bad number 'most' in the occupancy"));
        // A cell is not built from this, and the message says why.
        const testing::Workspace workspace;
        QVERIFY_EXCEPTION_THROWN(io::readCif(workspace.write("a.cif", good)), IoError);
    }

    void writesWhatItReads() {
        const testing::Workspace workspace;
        io::CifCrystal crystal = read(good);
        io::writeCifCrystal(workspace.path("b.cif"), crystal);
        const auto back = io::readCifCrystal(workspace.path("b.cif"));
        QCOMPARE(back.operations.size(), crystal.operations.size());
        QVERIFY((back.lattice.rows() - crystal.lattice.rows()).norm() < 1e-9);
        QCOMPARE(back.sites.size(), crystal.sites.size());
        for (std::size_t i = 0; i < back.sites.size(); ++i) {
            QCOMPARE(back.sites[i].label, crystal.sites[i].label);
            QCOMPARE(back.sites[i].occupancy, crystal.sites[i].occupancy);
            QVERIFY((back.sites[i].position.v - crystal.sites[i].position.v).norm() < 1e-12);
        }
        crystal.operations.clear();
        io::writeCifCrystal(workspace.path("c.cif"), crystal);
        QCOMPARE(io::readCifCrystal(workspace.path("c.cif")).operations.size(), std::size_t{1});
        crystal.sites[1].occupancy = 1.5;
        QVERIFY_EXCEPTION_THROWN(io::writeCifCrystal(workspace.path("d.cif"), crystal), InputError);
        crystal.sites[1].occupancy = 0.1;
        crystal.sites[1].label = crystal.sites[0].label;
        QVERIFY_EXCEPTION_THROWN(io::writeCifCrystal(workspace.path("d.cif"), crystal), InputError);
    }
};

QTEST_APPLESS_MAIN(TestCifSites)
#include "test_cif_sites.moc"
