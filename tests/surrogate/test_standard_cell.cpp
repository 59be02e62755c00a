// SPDX-License-Identifier: GPL-3.0-or-later
// The cell that all descriptions of a crystal share: strained, turned, made larger, mirrored.
#include <Eigen/Geometry>
#include <QTest>

#include "core/builder/decorate.h"
#include "core/crystal/supercell.h"
#include "core/surrogate/standard_cell.h"

using namespace ionscape;
using namespace ionscape::surrogate;
using crystal::Structure;

namespace {

const composition::Host& lzsp() {
    static const auto host = composition::loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
    return host;
}

Mat3 strain() {
    Mat3 s;
    s << 1.021, 0.004, -0.006, 0.004, 0.991, 0.008, -0.006, 0.008, 0.985;
    return s;
}

Structure strainedCell(const IntMat3& matrix, const Mat3& by = strain()) {
    return crystal::deformed(
        builder::decoratedCell(lzsp(), composition::defaultComposition(lzsp()), matrix, 3), by);
}

/// What the conventional vectors become, by hand; γ ≥ 90° as the two-fold axis allows.
CellParameters expected(const Mat3& by = strain()) {
    const crystal::Lattice lattice(lzsp().conventionalLattice.rows() * by.transpose());
    CellParameters cell{lattice.lengths(), lattice.angles()};
    if (cell.angles[2] < 90.0) {
        cell.angles[2] = 180.0 - cell.angles[2];
        cell.angles[0] = 180.0 - cell.angles[0];
    }
    return cell;
}

bool same(const std::optional<CellParameters>& a, const CellParameters& b, double tolerance = 1e-8) {
    return a && (a->lengths - b.lengths).norm() < tolerance && (a->angles - b.angles).norm() < tolerance;
}

Structure turned(const Structure& structure) {
    const Mat3 rotation = Eigen::AngleAxisd(1.1, Vec3(0.3, -0.5, 0.8).normalized()).toRotationMatrix();
    return crystal::deformed(structure, rotation);
}

/// The same crystal with its lattice described by other vectors.
Structure redescribed(const Structure& structure) {
    IntMat3 m;
    m << 1, 1, 0, 0, 1, -1, 0, 0, 1;
    return crystal::makeSupercell(structure, m);
}

}  // namespace

class TestStandardCell : public QObject {
    Q_OBJECT

  private slots:
    void ofTheMdSupercell() {
        QVERIFY(same(standardCell(lzsp(), strainedCell(lzsp().supercellMatrix)), expected()));
    }

    void ofStronglyDeformedCells() {
        // As far from the host as relaxed cells of large and of small dopants get, and a little further.
        Mat3 shear = Mat3::Identity();
        shear(0, 1) = shear(1, 0) = 0.05;
        shear(1, 2) = shear(2, 1) = -0.05;
        for (const double scale : {0.92, 1.08}) {
            const Mat3 by = scale * shear;
            QVERIFY(same(standardCell(lzsp(), strainedCell(lzsp().supercellMatrix, by)), expected(by)));
        }
    }

    void ofOtherSupercells() {
        const Structure primitive = strainedCell(IntMat3::Identity());
        QVERIFY(same(standardCell(lzsp(), primitive), expected()));
        IntMat3 m;
        m << 2, 0, 1, 0, 1, 0, 0, 1, 1;
        QVERIFY(same(standardCell(lzsp(), crystal::makeSupercell(primitive, m)), expected()));
        QVERIFY(same(standardCell(lzsp(), redescribed(primitive)), expected()));
    }

    void ofTurnedCells() {
        QVERIFY(same(standardCell(lzsp(), turned(strainedCell(lzsp().supercellMatrix))), expected()));
        QVERIFY(same(standardCell(lzsp(), turned(strainedCell(IntMat3::Identity()))), expected()));
    }

    void ofTurnedAndRedescribedCells() {
        // Nothing but the framework says how this cell lies on the host.
        QVERIFY(
            same(standardCell(lzsp(), turned(redescribed(strainedCell(IntMat3::Identity())))), expected()));
    }

    void ofAMirrorImage() {
        // The two-fold axis along b turns a decoration into one of the same energy.
        const Structure structure = crystal::deformed(strainedCell(lzsp().supercellMatrix),
                                                      Vec3(-1.0, 1.0, -1.0).asDiagonal().toDenseMatrix());
        QVERIFY(same(standardCell(lzsp(), structure), expected()));
    }

    void ofSomethingElse() {
        Structure structure;
        structure.lattice = crystal::Lattice(4.0 * Mat3::Identity());
        structure.append(crystal::Element::fromSymbol("Zr"), Vec3::Zero());
        QVERIFY(!standardCell(lzsp(), structure));
    }

    void withoutAHost() {
        Structure structure;
        structure.lattice = crystal::Lattice::fromParameters(4.0, 5.0, 6.0, 95.0, 100.0, 105.0);
        structure.append(crystal::Element::fromSymbol("Li"), Vec3(0.1, 0.2, 0.3));
        structure.append(crystal::Element::fromSymbol("O"), Vec3(1.9, 1.4, 2.2));
        const CellParameters own = reducedCell(structure);
        QVERIFY((own.lengths - Vec3(4, 5, 6)).norm() < 1e-9);
        QVERIFY((own.angles - Vec3(95, 100, 105)).norm() < 1e-9);
        IntMat3 m;
        m << 2, 1, 0, -1, 3, 1, 0, 0, 1;
        QVERIFY(same(reducedCell(crystal::makeSupercell(structure, m)), own, 1e-6));
        QVERIFY(same(reducedCell(turned(redescribed(structure))), own, 1e-6));
    }
};

QTEST_APPLESS_MAIN(TestStandardCell)
#include "test_standard_cell.moc"
