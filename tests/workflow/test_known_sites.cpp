// SPDX-License-Identifier: GPL-3.0-or-later
// Sites of a CIF placed in supercells that are turned, strained and based on other vectors.
#include <Eigen/Geometry>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/crystal/supercell.h"
#include "core/workflow/known_sites.h"

using namespace ionscape;

namespace {

/// Monoclinic, C-centred, with a partly filled Li site; eight places of Li and eight of O in the cell.
const char* const cif = R"(data_x
_cell_length_a 9.0
_cell_length_b 6.0
_cell_length_c 7.0
_cell_angle_alpha 90
_cell_angle_beta 105
_cell_angle_gamma 90
loop_
_space_group_symop_operation_xyz
'x,y,z'
'-x,y,-z'
'-x,-y,-z'
'x,-y,z'
'x+1/2,y+1/2,z'
'-x+1/2,y+1/2,-z'
'-x+1/2,-y+1/2,-z'
'x+1/2,-y+1/2,z'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
LiA Li 0.12 0.21 0.34 0.5
O1 O 0.31 0.13 0.71 1
Zr1 Zr 0 0 0 1
)";

class Folder {
  public:
    Folder() { std::ofstream(file()) << cif; }
    std::filesystem::path file() const { return folder_.filePath("a.cif").toStdString(); }

  private:
    QTemporaryDir folder_;
};

/// The conventional cell with every place filled.
crystal::Structure conventional() {
    crystal::Structure s;
    s.lattice = crystal::Lattice::fromParameters(9.0, 6.0, 7.0, 90.0, 105.0, 90.0);
    const auto add = [&](const char* symbol, const Vec3& f) {
        s.append(crystal::Element::fromSymbol(symbol), s.lattice.toCartesian({f}));
    };
    const auto images = [&](const char* symbol, double x, double y, double z) {
        for (const double shift : {0.0, 0.5}) {
            for (const Vec3& f : {Vec3(x, y, z), Vec3(-x, y, -z), Vec3(-x, -y, -z), Vec3(x, -y, z)})
                add(symbol, f + Vec3(shift, shift, 0.0));
        }
    };
    images("Li", 0.12, 0.21, 0.34);
    images("O", 0.31, 0.13, 0.71);
    add("Zr", Vec3(0, 0, 0));
    add("Zr", Vec3(0.5, 0.5, 0));
    return s;
}

/// Rows in units of the conventional vectors; the atoms are those of the conventional cell, again and again.
crystal::Structure cellOf(const Mat3& rows) {
    const auto parent = conventional();
    crystal::Structure s;
    s.lattice = crystal::Lattice(Mat3(rows * parent.lattice.rows()));
    std::vector<Vec3> seen;
    for (std::size_t atom = 0; atom < parent.size(); ++atom) {
        for (int code = 0; code < 343; ++code) {
            const Vec3 cell(code % 7 - 3, code / 7 % 7 - 3, code / 49 - 3);
            const Vec3 r = parent.position(atom) + parent.lattice.toCartesian({cell});
            const Vec3 f = s.lattice.toFractional(r).v;
            if ((f.array() < -1e-7).any() || (f.array() >= 1.0 - 1e-7).any()) continue;
            s.append(parent.elements[atom], r);
        }
    }
    return s;
}

/// Turned in space, strained, and with the atoms shaken.
crystal::Structure disturbed(crystal::Structure s) {
    RandomStream random(4);
    const Mat3 turn = Eigen::AngleAxisd(0.7, Vec3(1, 2, 3).normalized()).toRotationMatrix();
    Mat3 strain = Mat3::Identity();
    strain(0, 0) = 1.02;
    strain(1, 2) = strain(2, 1) = 0.01;
    s = crystal::deformed(s, strain * turn);
    for (Eigen::Index i = 0; i < s.positions.size(); ++i)
        s.positions.data()[i] += 0.05 * random.normal();
    return s;
}

double farthestIon(const crystal::Structure& cell, const std::vector<transport::KnownSite>& sites) {
    double farthest = 0.0;
    for (const std::size_t atom : cell.atomsOf(crystal::Element::fromSymbol("Li"))) {
        double nearest = 1e9;
        for (const auto& site : sites) {
            const Vec3 d = cell.position(atom) - cell.lattice.toCartesian(site.position);
            nearest = std::min(nearest, cell.lattice.minimumImage(d).norm());
        }
        farthest = std::max(farthest, nearest);
    }
    return farthest;
}

}  // namespace

class TestKnownSites : public QObject {
    Q_OBJECT

  private slots:
    void sitesFollowTheCell_data() {
        QTest::addColumn<QList<double>>("rows");
        QTest::newRow("conventional") << QList<double>{1, 0, 0, 0, 1, 0, 0, 0, 1};
        QTest::newRow("doubled") << QList<double>{1, 0, 0, 0, 2, 0, 0, 0, 1};
        QTest::newRow("primitive") << QList<double>{0.5, 0.5, 0, -0.5, 0.5, 0, 0, 0, 1};
        QTest::newRow("skewed") << QList<double>{1, 0, 1, 0, 1, 0, -0.5, 0.5, 1};
    }

    void sitesFollowTheCell() {
        QFETCH(QList<double>, rows);
        Mat3 matrix;
        for (int i = 0; i < 9; ++i)
            matrix(i / 3, i % 3) = rows[i];
        const Folder folder;
        const auto cell = disturbed(cellOf(matrix));
        const auto li = crystal::Element::fromSymbol("Li");
        const auto sites = workflow::knownSitesFromCif(folder.file(), li, cell);
        QCOMPARE(sites.size(), cell.atomsOf(li).size());
        QVERIFY2(farthestIon(cell, sites) < 0.35, qPrintable(QString::number(farthestIon(cell, sites))));
        QCOMPARE(sites.front().label, std::string("LiA"));
    }

    void whatDoesNotFitIsRefused() {
        const Folder folder;
        const auto li = crystal::Element::fromSymbol("Li");
        auto other = conventional();
        other.lattice = crystal::Lattice::fromParameters(9.0, 6.7, 7.0, 90.0, 105.0, 90.0);
        QVERIFY_EXCEPTION_THROWN(workflow::knownSitesFromCif(folder.file(), li, other), InputError);
        QVERIFY_EXCEPTION_THROWN(
            workflow::knownSitesFromCif(folder.file(), crystal::Element::fromSymbol("Na"), conventional()),
            InputError);
        auto moved = conventional();
        moved.positions.colwise() += Vec3(2.3, 1.7, 1.9);
        QVERIFY_EXCEPTION_THROWN(workflow::knownSitesFromCif(folder.file(), li, moved), InputError);
        QVERIFY_EXCEPTION_THROWN(workflow::knownSitesFromCif("nowhere.cif", li, conventional()), IoError);
    }
};

QTEST_APPLESS_MAIN(TestKnownSites)
#include "test_known_sites.moc"
