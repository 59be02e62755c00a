// SPDX-License-Identifier: GPL-3.0-or-later
// Cells built from a host, then turned, strained, shifted, shuffled and rattled, are recognised; others are
// not.
#include <Eigen/Geometry>
#include <Eigen/LU>
#include <QTest>
#include <cmath>
#include <map>

#include "core/base/random.h"
#include "core/builder/decorate.h"
#include "core/composition/recognise_host.h"
#include "core/crystal/supercell.h"

using namespace ionscape;
using namespace ionscape::composition;
using crystal::Element;
using crystal::Structure;

namespace {

const std::vector<Host>& hosts() {
    static const std::vector<Host> all = [] {
        std::vector<Host> loaded;
        for (const char* id : {"lzsp", "na-nasicon", "latp", "halide", "li3ps4", "llzo", "argyrodite"})
            loaded.push_back(loadHost(std::string(IONSCAPE_RESOURCES "/hosts/") + id + ".json"));
        return loaded;
    }();
    return all;
}

const Host& host(const std::string& id) {
    for (const Host& one : hosts()) {
        if (one.id == id) return one;
    }
    throw std::logic_error(id);
}

Composition parse(const Host& h, const char* formula) {
    return compositionFromFormula(h, parseFormula(formula), mixedSitesInSupercell(h));
}

/// Another description of nearly the same crystal.
Structure disguised(const Structure& cell, double rattle, double strain, std::uint64_t seed) {
    RandomStream random(seed, "disguise");
    IntMat3 basis;
    basis << 1, 1, 0, 0, 1, 0, 0, -1, 1;
    Mat3 deformation = Mat3::Identity();
    deformation.diagonal() += strain * Vec3(1.0, -0.5, 0.3);
    deformation(0, 1) = 0.5 * strain;
    const Mat3 rotation =
        (Eigen::AngleAxisd(0.7, Vec3::UnitX()) * Eigen::AngleAxisd(-1.9, Vec3::UnitZ())).toRotationMatrix();
    Structure turned;
    turned.lattice =
        crystal::Lattice(basis.cast<double>() * cell.lattice.rows() * deformation * rotation.transpose());
    const Vec3 origin(3.1, -2.2, 0.7);
    std::vector<std::size_t> order(cell.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    random.shuffle(order);
    for (const std::size_t i : order) {
        const Vec3 moved = rotation * (deformation.transpose() * cell.position(i)) + origin;
        const Vec3 noise(random.normal(), random.normal(), random.normal());
        turned.append(cell.elements[i], turned.lattice.wrapped(moved + rattle / std::sqrt(3.0) * noise));
    }
    return turned;
}

}  // namespace

class TestRecogniseHost : public QObject {
    Q_OBJECT

  private slots:
    void builtCells_data();
    void builtCells();
    void otherSupercells();
    void othersAreNotRecognised();
};

void TestRecogniseHost::builtCells_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("formula");
    QTest::newRow("lzsp") << "lzsp"
                          << "Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12";
    QTest::newRow("na-nasicon") << "na-nasicon"
                                << "Na3Zr2Si2PO12";
    QTest::newRow("latp") << "latp"
                          << "Li1.375Al0.375Ti1.625P3O12";
    QTest::newRow("halide") << "halide"
                            << "Li3In0.5Y0.5Br3Cl3";
    QTest::newRow("li3ps4") << "li3ps4"
                            << "Li3.25P0.75Ge0.25S3O";
    QTest::newRow("llzo") << "llzo"
                          << "Li6.5La3Zr1.5Ta0.5O12";
    QTest::newRow("argyrodite") << "argyrodite"
                                << "Li6PS5Cl";
}

void TestRecogniseHost::builtCells() {
    QFETCH(QString, id);
    QFETCH(QString, formula);
    const Host& h = host(id.toStdString());
    const Composition composition = parse(h, formula.toStdString().c_str());
    const Structure cell = builder::decoratedSupercell(h, composition, 5);
    const auto exact = recogniseHost(hosts(), cell);
    QVERIFY(exact.has_value());
    QCOMPARE(exact->hostId, h.id);
    QVERIFY(exact->rmsShift < 1e-3 && exact->largestShift < 5e-3);
    QVERIFY(std::abs(exact->volumeRatio - 1.0) < 1e-6 && std::abs(exact->largestStrain) < 1e-6);
    QCOMPARE(exact->primitiveCells,
             static_cast<int>(std::lround(h.supercellMatrix.cast<double>().determinant())));

    const double rattle = 0.15, strain = 0.02;
    const auto found = recogniseHost(hosts(), disguised(cell, rattle, strain, 8));
    QVERIFY(found.has_value());
    QCOMPARE(found->hostId, h.id);
    const Formula expected = compositionFormula(h, composition);
    for (const auto& [element, amount] : compositionFormula(h, found->composition))
        QVERIFY(std::abs(amountOf(expected, element) - amount) < 1e-9);
    QVERIFY2(std::abs(found->rmsShift - rattle) < 0.03, qPrintable(QString::number(found->rmsShift)));
    QVERIFY(std::abs(found->largestStrain - strain) < 0.004);
    QVERIFY(std::abs(found->volumeRatio - 1.02 * 0.99 * 1.006) < 1e-6);
}

void TestRecogniseHost::otherSupercells() {
    const Host& h = host("lzsp");
    Composition pristine;
    pristine.counts = {{Element::fromSymbol("Zr"), 1}};
    IntMat3 doubled = IntMat3::Identity();
    doubled(2, 2) = 2;
    for (const IntMat3& matrix : {IntMat3(IntMat3::Identity()), doubled}) {
        const auto found = recogniseHost(h, builder::decoratedCell(h, pristine, matrix, 3));
        QVERIFY(found.has_value());
        QCOMPARE(found->primitiveCells, matrix.determinant());
        QVERIFY(found->rmsShift < 1e-3);
    }
}

void TestRecogniseHost::othersAreNotRecognised() {
    const Host& h = host("lzsp");
    const Structure cell = builder::decoratedSupercell(h, parse(h, "Li3Zr2Si2PO12"), 1);
    // One lithium missing: charges do not balance.
    std::vector<std::size_t> rest;
    for (std::size_t i = 1; i < cell.size(); ++i)
        rest.push_back(i);
    QVERIFY(!recogniseHost(hosts(), cell.reordered(rest)).has_value());
    // The right atoms on wrong sites: Zr and T exchanged.
    Structure exchanged = cell;
    std::vector<std::size_t> zirconium = cell.atomsOf(Element::fromSymbol("Zr"));
    std::vector<std::size_t> silicon = cell.atomsOf(Element::fromSymbol("Si"));
    for (std::size_t i = 0; i < 4; ++i)
        std::swap(exchanged.elements[zirconium[i]], exchanged.elements[silicon[i]]);
    QVERIFY(!recogniseHost(hosts(), exchanged).has_value());
    // Rattled beyond the tolerance, strained beyond it, and an element that no host has.
    QVERIFY(!recogniseHost(hosts(), disguised(cell, 1.5, 0.0, 2)).has_value());
    QVERIFY(!recogniseHost(hosts(), disguised(cell, 0.0, 0.15, 2)).has_value());
    Structure strange = cell;
    strange.elements[zirconium[0]] = Element::fromSymbol("U");
    QVERIFY(!recogniseHost(hosts(), strange).has_value());
    Structure salt;
    salt.append(Element::fromSymbol("Li"), Vec3::Zero());
    QVERIFY(!recogniseHost(hosts(), salt).has_value());
}

QTEST_APPLESS_MAIN(TestRecogniseHost)
#include "test_recognise_host.moc"
