// SPDX-License-Identifier: GPL-3.0-or-later
// CHGNet: parity with the Python package, and the laws that any potential obeys.
#include <QTest>

#include <Eigen/Geometry>

#include "chgnet_test_models.h"
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/crystal/supercell.h"
#include "core/potential/checkpoint.h"
#include "core/potential/chgnet_potential.h"
#include "golden.h"

using namespace ionscape;
using chgnet_test::randomModel;
using chgnet_test::testStructure;
using crystal::Structure;
using potential::ChgnetPotential;
using potential::Precision;

namespace {

double energyOf(ChgnetPotential& model, const Structure& s) {
    return model.evaluate(s, {}).energy;
}

}  // namespace

class TestChgnet : public QObject {
    Q_OBJECT

  private slots:
    void goldenValues_data();
    void goldenValues();
    void splitWeightsMatchDoublePrecision();
    void forcesAreMinusTheGradient();
    void stressIsTheStrainDerivative();
    void energyIsInvariant();
    void energyIsExtensive();
    void isolatedAtomsHaveNoForces();
    void unknownElementIsRefused();
};

void TestChgnet::goldenValues_data() {
    QTest::addColumn<QString>("name");
    const auto references = golden::references();
    if (!references) QSKIP("the reference folder ../shared is not here");
    for (const auto& [name, entry] : references->items())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void TestChgnet::goldenValues() {
    QFETCH(QString, name);
    const auto references = golden::references();
    const auto& entry = (*references)[name.toStdString()];
    const auto& expected = entry["chgnet"];
    const Structure s = golden::structure(entry);
    ChgnetPotential model(potential::readCheckpoint(golden::checkpoint));
    const auto result = model.evaluate(s, {.stress = true, .magmoms = true});

    const double energy = result.energy / static_cast<double>(s.size());
    double forceError = 0, stressError = 0, magmomError = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        for (int k = 0; k < 3; ++k) {
            forceError = std::max(forceError, std::abs(result.forces(k, Eigen::Index(i)) -
                                                       expected["forces_eV_per_A"][i][k].get<double>()));
        }
        magmomError = std::max(magmomError, std::abs((*result.magmoms)[Eigen::Index(i)] -
                                                     expected["magmom_muB"][i].get<double>()));
    }
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            stressError = std::max(stressError, std::abs((*result.stressGPa)(i, j) -
                                                         expected["stress_GPa"][i][j].get<double>()));
        }
    }
    const double energyError = std::abs(energy - expected["energy_eV_per_atom"].get<double>());
    qInfo("energy %.2e eV/atom, forces %.2e eV/A, stress %.2e GPa, magmoms %.2e mu_B", energyError,
          forceError, stressError, magmomError);
    QVERIFY2(energyError < 1e-5, qPrintable(QString::number(energyError)));
    QVERIFY2(forceError < 2e-4, qPrintable(QString::number(forceError)));
    QVERIFY2(stressError < 2e-3, qPrintable(QString::number(stressError)));
    QVERIFY2(magmomError < 1e-4, qPrintable(QString::number(magmomError)));
}

void TestChgnet::splitWeightsMatchDoublePrecision() {
    const auto data = randomModel();
    ChgnetPotential single(data), twice(data, Precision::Double);
    const Structure s = testStructure();
    const auto a = single.evaluate(s, {.stress = true});
    const auto b = twice.evaluate(s, {.stress = true});
    QVERIFY(std::abs(a.energy - b.energy) < 1e-4);
    QVERIFY((a.forces - b.forces).cwiseAbs().maxCoeff() < 1e-4);
}

void TestChgnet::forcesAreMinusTheGradient() {
    ChgnetPotential model(randomModel(), Precision::Double);
    const Structure s = testStructure();
    const auto result = model.evaluate(s, {});
    const double h = 1e-4;
    double scale = result.forces.cwiseAbs().maxCoeff();
    for (Eigen::Index i = 0; i < Eigen::Index(s.size()); ++i) {
        for (int k = 0; k < 3; ++k) {
            Structure plus = s, minus = s;
            plus.positions(k, i) += h;
            minus.positions(k, i) -= h;
            const double numeric = -(energyOf(model, plus) - energyOf(model, minus)) / (2 * h);
            QVERIFY2(
                std::abs(numeric - result.forces(k, i)) < 1e-6 * std::max(1.0, scale),
                qPrintable(QString("atom %1: %2 against %3").arg(i).arg(numeric).arg(result.forces(k, i))));
        }
    }
}

void TestChgnet::stressIsTheStrainDerivative() {
    ChgnetPotential model(randomModel(), Precision::Double);
    const Structure s = testStructure();
    const auto result = model.evaluate(s, {.stress = true});
    const double h = 1e-5;
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            Mat3 strain = Mat3::Zero();
            strain(i, j) = h;
            const double plus = energyOf(model, crystal::deformed(s, Mat3::Identity() + strain));
            const double minus = energyOf(model, crystal::deformed(s, Mat3::Identity() - strain));
            const double numeric = (plus - minus) / (2 * h) / s.lattice.volume() * units::eVPerAngstrom3InGPa;
            QVERIFY2(std::abs(numeric - (*result.stressGPa)(i, j)) <
                         1e-5 * std::max(1.0, result.stressGPa->norm()),
                     qPrintable(QString("%1%2: %3 against %4")
                                    .arg(i)
                                    .arg(j)
                                    .arg(numeric)
                                    .arg((*result.stressGPa)(i, j))));
        }
    }
}

void TestChgnet::energyIsInvariant() {
    ChgnetPotential model(randomModel(), Precision::Double);
    const Structure s = testStructure();
    const auto reference = model.evaluate(s, {});

    Structure moved = s;
    moved.positions.colwise() += Vec3(11.3, -7.1, 0.4);
    QVERIFY(std::abs(energyOf(model, moved) - reference.energy) < 1e-9);

    const Mat3 rotation = Eigen::AngleAxisd(0.7, Vec3(1, 2, -0.5).normalized()).toRotationMatrix();
    Structure rotated = s;
    rotated.lattice = crystal::Lattice(s.lattice.rows() * rotation.transpose());
    rotated.positions = rotation * s.positions;
    const auto turned = model.evaluate(rotated, {});
    QVERIFY(std::abs(turned.energy - reference.energy) < 1e-9);
    QVERIFY((turned.forces - rotation * reference.forces).cwiseAbs().maxCoeff() < 1e-8);

    const Structure permuted = s.reordered({5, 2, 7, 0, 1, 6, 3, 4});
    QVERIFY(std::abs(energyOf(model, permuted) - reference.energy) < 1e-9);
}

void TestChgnet::energyIsExtensive() {
    ChgnetPotential model(randomModel(), Precision::Double);
    const Structure s = testStructure();
    IntMat3 doubling = IntMat3::Identity();
    doubling(1, 1) = 2;
    const double once = energyOf(model, s);
    QVERIFY(std::abs(energyOf(model, crystal::makeSupercell(s, doubling)) - 2 * once) < 1e-9);
}

void TestChgnet::isolatedAtomsHaveNoForces() {
    ChgnetPotential model(randomModel());
    Structure s;
    s.lattice = crystal::Lattice(Mat3::Identity() * 20.0);
    s.append(crystal::Element::fromSymbol("Li"), Vec3(1, 1, 1));
    const auto result = model.evaluate(s, {.stress = true});
    QVERIFY(std::isfinite(result.energy));
    QVERIFY(result.forces.isZero());
    QVERIFY(result.stressGPa->isZero());
}

void TestChgnet::unknownElementIsRefused() {
    auto data = randomModel();
    data.info.elements = {crystal::Element::fromSymbol("Li"), crystal::Element::fromSymbol("O")};
    ChgnetPotential model(data);
    try {
        model.evaluate(testStructure(), {});
        QFAIL("a model without zirconium evaluated it");
    } catch (const ModelError& error) {
        QVERIFY2(QString(error.what()).contains("zirconium"), error.what());
    }
}

QTEST_APPLESS_MAIN(TestChgnet)
#include "test_chgnet.moc"
