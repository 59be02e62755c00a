// SPDX-License-Identifier: GPL-3.0-or-later
// CHGCAR and cube files read back number by number, in the order and units of their formats.
#include <cmath>
#include <fstream>
#include <sstream>

#include "core/base/error.h"
#include "core/io/poscar.h"
#include "core/io/volumetric.h"
#include "tests/io/io_test_support.h"

using namespace ionscape;

namespace {

constexpr double bohr = 0.529177210903;

/// Value 1 + i + 10 j + 100 k at point (i, j, k).
io::VolumetricData numbered() {
    io::VolumetricData data;
    data.structure.lattice = crystal::Lattice::fromParameters(3.0, 4.0, 5.0, 80.0, 95.0, 110.0);
    data.structure.append(crystal::Element::fromSymbol("O"), Vec3(0.5, 0.6, 0.7));
    data.structure.append(crystal::Element::fromSymbol("Li"), Vec3(-0.5, 2.0, 2.5));
    data.structure.append(crystal::Element::fromSymbol("O"), Vec3(1.5, 0.6, 3.7));
    data.shape = {2, 3, 7};
    for (int k = 0; k < 7; ++k) {
        for (int j = 0; j < 3; ++j) {
            for (int i = 0; i < 2; ++i)
                data.density.push_back(1.0 + i + 10.0 * j + 100.0 * k);
        }
    }
    return data;
}

double valueAt(int i, int j, int k) {
    return 1.0 + i + 10.0 * j + 100.0 * k;
}

}  // namespace

class TestVolumetric : public QObject {
    Q_OBJECT

  private slots:
    void chgcarHoldsDensityTimesVolume() {
        const testing::Workspace workspace;
        const auto data = numbered();
        const auto file = workspace.path("CHGCAR");
        io::writeChgcar(file, data);
        // Its head is a POSCAR, atoms grouped by element.
        const auto structure = io::readPoscar(file);
        QCOMPARE(structure.formula(), std::string("O2Li"));
        QVERIFY((structure.position(1) - data.structure.lattice.wrapped(data.structure.position(2))).norm() <
                1e-6);

        std::ifstream stream(file);
        std::string line;
        while (std::getline(stream, line) && !line.empty()) {
        }
        int nx = 0, ny = 0, nz = 0;
        stream >> nx >> ny >> nz;
        QCOMPARE((std::array<int, 3>{nx, ny, nz}), data.shape);
        for (int k = 0; k < nz; ++k) {
            for (int j = 0; j < ny; ++j) {
                for (int i = 0; i < nx; ++i) {
                    double value = 0.0;
                    QVERIFY(static_cast<bool>(stream >> value));
                    QVERIFY(std::abs(value / data.structure.lattice.volume() - valueAt(i, j, k)) < 1e-7);
                }
            }
        }
        QVERIFY(!(stream >> line));
    }

    void cubeHoldsBohrAndItsLastAxisFastest() {
        const testing::Workspace workspace;
        const auto data = numbered();
        const auto file = workspace.path("density.cube");
        io::writeCube(file, data);
        std::ifstream stream(file);
        std::string line;
        std::getline(stream, line);
        std::getline(stream, line);
        int atoms = 0;
        Vec3 origin;
        stream >> atoms >> origin[0] >> origin[1] >> origin[2];
        QCOMPARE(atoms, 3);
        QCOMPARE(origin, Vec3(0, 0, 0));
        for (int axis = 0; axis < 3; ++axis) {
            int n = 0;
            Vec3 step;
            stream >> n >> step[0] >> step[1] >> step[2];
            QCOMPARE(n, data.shape[static_cast<std::size_t>(axis)]);
            QVERIFY((step * n * bohr - data.structure.lattice.vector(axis)).norm() < 1e-8);
        }
        for (std::size_t atom = 0; atom < 3; ++atom) {
            int z = 0;
            double charge = 0.0;
            Vec3 r;
            stream >> z >> charge >> r[0] >> r[1] >> r[2];
            QCOMPARE(z, data.structure.elements[atom].atomicNumber());
            QVERIFY((r * bohr - data.structure.lattice.wrapped(data.structure.position(atom))).norm() < 1e-8);
        }
        for (int i = 0; i < 2; ++i) {
            for (int j = 0; j < 3; ++j) {
                for (int k = 0; k < 7; ++k) {
                    double value = 0.0;
                    QVERIFY(static_cast<bool>(stream >> value));
                    QVERIFY(std::abs(value / (bohr * bohr * bohr) - valueAt(i, j, k)) <
                            1e-5 * valueAt(i, j, k));
                }
            }
        }
        QVERIFY(!(stream >> line));
    }

    void nonsenseIsRefused() {
        const testing::Workspace workspace;
        auto data = numbered();
        data.density.pop_back();
        QVERIFY_EXCEPTION_THROWN(io::writeCube(workspace.path("a.cube"), data), InputError);
        data.density.push_back(std::nan(""));
        QVERIFY_EXCEPTION_THROWN(io::writeChgcar(workspace.path("CHGCAR"), data), InputError);
        data.shape = {0, 3, 7};
        QVERIFY_EXCEPTION_THROWN(io::writeCube(workspace.path("a.cube"), data), InputError);
        QVERIFY_EXCEPTION_THROWN(io::writeCube(workspace.path("missing/folder/a.cube"), numbered()), IoError);
    }
};

QTEST_APPLESS_MAIN(TestVolumetric)
#include "test_volumetric.moc"
