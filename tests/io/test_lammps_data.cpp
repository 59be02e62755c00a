// SPDX-License-Identifier: GPL-3.0-or-later
// LAMMPS data files: round trips of skewed cells, the convention, and every complaint with its line.
#include <Eigen/LU>
#include <cmath>

#include "core/base/random.h"
#include "core/crystal/neighbour_list.h"
#include "core/io/lammps_data.h"
#include "tests/io/io_test_support.h"

using namespace ionscape;
using crystal::Element;
using testing::refuses;
using testing::replaced;

namespace {

const std::string good =
    "title\n"
    "\n"
    "2 atoms\n"
    "2 atom types\n"
    "0.0 4.0 xlo xhi\n"
    "-1.0 4.0 ylo yhi\n"
    "0.0 6.0 zlo zhi\n"
    "\n"
    "Masses\n"
    "\n"
    "1 6.94  # Li\n"
    "2 15.999\n"
    "\n"
    "Atoms  # charge\n"
    "\n"
    "2 2 -2 1.0 1.0 3.0 0 0 0\n"
    "1 1 1 0.5 -0.5 0.25 0 0 1\n"
    "\n"
    "Velocities\n"
    "\n"
    "1 0 0 0\n"
    "2 0 0 0\n";

crystal::Structure read(const std::string& text) {
    const testing::Workspace workspace;
    return io::readStructure(workspace.write("a.data", text));
}

/// A random crystal: rotated, skewed, left- or right-handed, perhaps with atoms that nearly coincide.
crystal::Structure anyCrystal(RandomStream& random) {
    Mat3 rows;
    do {
        for (double& x : rows.reshaped())
            x = 12.0 * (random.uniform() - 0.5);
    } while (std::abs(rows.determinant()) < 60.0);
    crystal::Structure structure;
    structure.lattice = crystal::Lattice(rows);
    const char* symbols[] = {"Zr", "Li", "O", "Li", "P", "O"};
    for (const char* symbol : symbols) {
        const Vec3 f(random.uniform(), random.uniform(), random.uniform());
        structure.append(Element::fromSymbol(symbol), structure.lattice.toCartesian({3.0 * f}));
    }
    return structure;
}

crystal::Structure randomCrystal(RandomStream& random) {
    while (true) {
        const auto structure = anyCrystal(random);
        if (crystal::neighbourPairs(structure, 0.7).empty()) return structure;
    }
}

/// Elements and sorted distances to all neighbours: the same for two descriptions of one crystal.
std::vector<std::vector<double>> shells(const crystal::Structure& structure) {
    std::vector<std::vector<double>> result(structure.size());
    for (const auto& pair : crystal::neighbourPairs(structure, 7.0))
        result[static_cast<std::size_t>(pair.i)].push_back(pair.distance);
    for (auto& shell : result)
        std::sort(shell.begin(), shell.end());
    return result;
}

}  // namespace

class TestLammpsData : public QObject {
    Q_OBJECT

  private slots:
    void roundTripKeepsTheCrystal() {
        RandomStream random(4, "lammps");
        const testing::Workspace workspace;
        for (int trial = 0; trial < 40; ++trial) {
            const auto structure = randomCrystal(random);
            const auto file = workspace.path("a.lmp");
            io::writeStructure(file, structure);
            const auto back = io::readStructure(file);
            QVERIFY(back.elements == structure.elements);
            QVERIFY(std::abs(back.lattice.volume() - structure.lattice.volume()) < 1e-8);
            const auto before = shells(structure), after = shells(back);
            for (std::size_t i = 0; i < before.size(); ++i) {
                QCOMPARE(after[i].size(), before[i].size());
                for (std::size_t n = 0; n < before[i].size(); ++n)
                    QVERIFY(std::abs(after[i][n] - before[i][n]) < 1e-8);
            }
            // LAMMPS's convention.
            const Mat3 box = back.lattice.rows();
            QVERIFY(box(0, 1) == 0.0 && box(0, 2) == 0.0 && box(1, 2) == 0.0);
            QVERIFY(box.diagonal().minCoeff() > 0.0);
            const double limit = 0.5 + 1e-9;
            QVERIFY(std::abs(box(1, 0)) <= limit * box(0, 0) && std::abs(box(2, 0)) <= limit * box(0, 0));
            QVERIFY(std::abs(box(2, 1)) <= limit * box(1, 1));
            for (std::size_t i = 0; i < back.size(); ++i) {
                const Vec3 f = back.fractional(i).v;
                QVERIFY(f.minCoeff() > -1e-9 && f.maxCoeff() < 1.0 + 1e-9);
            }
        }
    }

    void textIsWhatLammpsReads() {
        crystal::Structure structure;
        structure.lattice = crystal::Lattice(Mat3(Vec3(4, 5, 6).asDiagonal()));
        structure.append(Element::fromSymbol("Li"), Vec3(0.5, 0.5, 0.25));
        structure.append(Element::fromSymbol("O"), Vec3(1, 2, 3));
        structure.append(Element::fromSymbol("Li"), Vec3(2, 2, 2));
        const testing::Workspace workspace;
        io::writeLammpsData(workspace.path("a.data"), structure);
        const QString text = QString::fromStdString(workspace.read("a.data"));
        QVERIFY(text.contains("3 atoms\n2 atom types\n"));
        QVERIFY(text.contains("0.0 4 xlo xhi\n0.0 5 ylo yhi\n0.0 6 zlo zhi\n0 0 0 xy xz yz\n"));
        QVERIFY(
            text.contains("Masses\n\n1 6.94  # Li\n2 15.999  # O\n\nAtoms  # atomic\n\n1 1 0.5 0.5 0.25\n"));
        QVERIFY(text.endsWith("2 2 1 2 3\n3 1 2 2 2\n"));
        io::writeLammpsData(workspace.path("b.data"), structure, Vec3(1, -2, 1));
        const QString charged = QString::fromStdString(workspace.read("b.data"));
        QVERIFY(charged.contains("Atoms  # charge\n\n1 1 1 0.5 0.5 0.25\n2 2 -2 1 2 3\n"));
        QVERIFY(testing::largestShift(structure, io::readLammpsData(workspace.path("b.data"))) < 1e-12);
        const Eigen::VectorXd two = Eigen::VectorXd::Zero(2);
        QVERIFY_EXCEPTION_THROWN(io::writeLammpsData(workspace.path("c.data"), structure, two), InputError);
    }

    void readsOrderBoundsAndMasses() {
        const auto structure = read(good);
        QCOMPARE(structure.elements[0].symbol(), std::string_view("Li"));
        QCOMPARE(structure.elements[1].symbol(), std::string_view("O"));  // by its mass
        QVERIFY((structure.position(0) - Vec3(0.5, 0.5, 0.25)).norm() < 1e-12);
        QVERIFY((structure.lattice.lengths() - Vec3(4, 5, 6)).norm() < 1e-12);
        const auto plain = read(replaced(replaced(good, "2 2 -2 1.0", "2 2 1.0"), "1 1 1 0.5", "1 1 0.5"));
        QVERIFY(testing::largestShift(structure, plain) > 1.0);  // still said to carry charges
        QVERIFY(testing::largestShift(structure, read(replaced(good, "  # charge", ""))) < 1e-12);
    }

    void complaints() {
        const auto complains = [](const char* from, const char* to, long line, const char* what) {
            return refuses("a.data", replaced(good, from, to), line, what);
        };
        QVERIFY(complains("2 atoms", "two atoms", 3, "bad number of atoms 'two'"));
        QVERIFY(complains("2 atoms\n", "\n", 14, "number of atoms must stand above"));
        QVERIFY(complains("2 atom types\n", "\n", 9, "number of atom types must stand above"));
        QVERIFY(complains("4.0 xlo", "x xlo", 5, "bad number 'x'"));
        QVERIFY(complains("0.0 4.0 xlo xhi\n", "\n", 0, "xlo xhi bounds are missing"));
        QVERIFY(complains("15.999", "15.2", 12, "no element has the mass 15.2"));
        QVERIFY(complains("# charge", "# full", 14, "atom style 'full' cannot be read"));
        QVERIFY(complains("1 1 1 0.5 -0.5 0.25 0 0 1", "1 1 1 0.5", 17, "an atom needs 6 columns"));
        QVERIFY(complains("1 1 1 0.5", "2 1 1 0.5", 17, "atom 2 is listed twice"));
        QVERIFY(complains("1 1 1 0.5", "1 3 1 0.5", 14, "atom 1 has type 3, which has no mass"));
        QVERIFY(complains("0.5 -0.5 0.25", "1.0 1.0 3.1", 14, "apart"));
        QVERIFY(refuses("a.data", good.substr(0, good.find("1 1 1")), 17, "the file ends where"));
        QVERIFY(refuses("a.data", good.substr(0, good.find("Atoms")), 13, "the file has no Atoms section"));
    }
};

QTEST_APPLESS_MAIN(TestLammpsData)
#include "test_lammps_data.moc"
