// SPDX-License-Identifier: GPL-3.0-or-later
// TensorNet: parity with the Python package, and the laws that any potential obeys.
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <Eigen/Geometry>
#include <filesystem>
#include <fstream>

#include "core/base/random.h"
#include "core/base/units.h"
#include "core/crystal/supercell.h"
#include "core/potential/tensornet_potential.h"
#include "golden.h"

using namespace ionscape;
using crystal::Structure;
using potential::Precision;
using potential::TensorNetPotential;

namespace {

const char* const modelFolder = IONSCAPE_SHARED "/models/TensorNet-MatPES-PBE-v2025.1-PES";

/// A small model with random weights: enough to test laws, and always at hand.
potential::TensorNetData randomModel(potential::RadialBasis basis, bool symmetricProduct = true) {
    potential::TensorNetData data;
    auto& c = data.config;
    for (const char* symbol : {"Li", "O", "Zr", "P", "Si"}) {
        c.elements.push_back(crystal::Element::fromSymbol(symbol));
        c.referenceEnergies.push_back(-0.5 * static_cast<double>(c.elements.size()));
    }
    c.units = 10;
    c.basis = basis;
    c.radialFunctions = 5;
    c.cutoff = 4.5;
    c.symmetricProduct = symmetricProduct;
    c.energyDeviation = 1.7;
    RandomStream random(11);
    data.weights = potential::expectedWeights(c);
    for (auto& array : data.weights) {
        std::size_t count = 1;
        for (const auto length : array.shape)
            count *= static_cast<std::size_t>(length);
        const double scale = 1.0 / std::sqrt(static_cast<double>(array.shape.back()));
        for (std::size_t i = 0; i < count; ++i)
            array.values.push_back(static_cast<float>(scale * random.normal()));
        if (array.name == "bond_expansion.rbf.centers") {
            for (std::size_t i = 0; i < count; ++i)
                array.values[i] = static_cast<float>(5.5 * static_cast<double>(i) / 4.0);
        }
    }
    data.info.name = "random";
    data.info.cutoff = c.cutoff;
    data.info.elements = c.elements;
    return data;
}

/// Distorted rocksalt-like cell of five elements, small and skewed: images matter.
Structure testStructure() {
    Structure s;
    Mat3 rows;
    rows << 4.3, 0.2, -0.3, 0.9, 4.6, 0.4, -0.5, 1.1, 4.1;
    s.lattice = crystal::Lattice(rows);
    RandomStream random(3);
    const char* symbols[] = {"Li", "O", "Zr", "O", "P", "O", "Si", "O"};
    for (int i = 0; i < 8; ++i) {
        const Vec3 corner(0.5 * (i & 1), 0.5 * ((i >> 1) & 1), 0.5 * ((i >> 2) & 1));
        const Vec3 jitter = 0.06 * Vec3(random.normal(), random.normal(), random.normal());
        s.append(crystal::Element::fromSymbol(symbols[i]), s.lattice.toCartesian({corner + jitter}));
    }
    return s;
}

double energyOf(TensorNetPotential& model, const Structure& s) {
    return model.evaluate(s, {}).energy;
}

/// The message of the error that opening `folder` must give.
QString refusal(const std::filesystem::path& folder) {
    try {
        potential::readTensorNet(folder);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

}  // namespace

Q_DECLARE_METATYPE(potential::RadialBasis)

class TestTensorNet : public QObject {
    Q_OBJECT

  private slots:
    void goldenValues_data();
    void goldenValues();
    void models_data();
    void forcesAreMinusTheGradient_data() { models_data(); }
    void forcesAreMinusTheGradient();
    void stressIsTheStrainDerivative_data() { models_data(); }
    void stressIsTheStrainDerivative();
    void energyIsInvariant_data() { models_data(); }
    void energyIsInvariant();
    void mirrorImagesDifferOnlyInSo3();
    void singlePrecisionIsClose();
    void isolatedAtomsHaveNoForces();
    void unknownElementIsRefused();
    void openedByPath();
    void badFoldersAreRefusedByName();
};

void TestTensorNet::models_data() {
    QTest::addColumn<potential::RadialBasis>("basis");
    QTest::addColumn<bool>("symmetricProduct");
    QTest::newRow("smooth Bessel, O(3)") << potential::RadialBasis::SmoothBessel << true;
    QTest::newRow("Gaussian, SO(3)") << potential::RadialBasis::Gaussian << false;
}

void TestTensorNet::goldenValues_data() {
    QTest::addColumn<QString>("name");
    const auto references = golden::references();
    if (!references) QSKIP("the reference folder ../shared is not here");
    for (const auto& [name, entry] : references->items())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void TestTensorNet::goldenValues() {
    QFETCH(QString, name);
    const auto references = golden::references();
    const auto& entry = (*references)[name.toStdString()];
    const auto& expected = entry["tensornet"];
    const Structure s = golden::structure(entry);
    static const auto data = potential::readTensorNet(modelFolder);
    TensorNetPotential model(data);
    auto result = model.evaluate(s, {.stress = true});
    QElapsedTimer timer;
    timer.start();
    result = model.evaluate(s, {.stress = true});
    const double milliseconds = static_cast<double>(timer.nsecsElapsed()) * 1e-6;

    const double energyError =
        std::abs(result.energy - expected["energy_eV"].get<double>()) / static_cast<double>(s.size());
    double forceError = 0, stressError = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        for (int k = 0; k < 3; ++k) {
            forceError = std::max(forceError, std::abs(result.forces(k, Eigen::Index(i)) -
                                                       expected["forces_eV_per_A"][i][k].get<double>()));
        }
    }
    const int voigt[6][2] = {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};
    for (int v = 0; v < 6; ++v) {
        const double stress = (*result.stressGPa)(voigt[v][0], voigt[v][1]) / units::eVPerAngstrom3InGPa;
        stressError = std::max(
            stressError,
            std::abs(stress - expected["stress_eV_per_A3_voigt_xx_yy_zz_yz_xz_xy"][v].get<double>()));
    }
    qInfo("energy %.2e eV/atom, forces %.2e eV/A, stress %.2e eV/A^3; %.0f ms", energyError, forceError,
          stressError, milliseconds);
    QVERIFY2(energyError < 2e-5, qPrintable(QString::number(energyError)));
    QVERIFY2(forceError < 5e-4, qPrintable(QString::number(forceError)));
    QVERIFY2(stressError < 1e-5, qPrintable(QString::number(stressError)));
}

void TestTensorNet::forcesAreMinusTheGradient() {
    QFETCH(potential::RadialBasis, basis);
    QFETCH(bool, symmetricProduct);
    TensorNetPotential model(randomModel(basis, symmetricProduct), Precision::Double);
    const Structure s = testStructure();
    const auto result = model.evaluate(s, {});
    const double h = 1e-4;
    const double scale = result.forces.cwiseAbs().maxCoeff();
    QVERIFY(scale > 1e-3);
    for (Eigen::Index i = 0; i < Eigen::Index(s.size()); ++i) {
        for (int k = 0; k < 3; ++k) {
            Structure plus = s, minus = s;
            plus.positions(k, i) += h;
            minus.positions(k, i) -= h;
            const double numeric = -(energyOf(model, plus) - energyOf(model, minus)) / (2 * h);
            QVERIFY2(
                std::abs(numeric - result.forces(k, i)) < 1e-6 * scale,
                qPrintable(QString("atom %1: %2 against %3").arg(i).arg(numeric).arg(result.forces(k, i))));
        }
    }
}

void TestTensorNet::stressIsTheStrainDerivative() {
    QFETCH(potential::RadialBasis, basis);
    QFETCH(bool, symmetricProduct);
    TensorNetPotential model(randomModel(basis, symmetricProduct), Precision::Double);
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
            QVERIFY2(std::abs(numeric - (*result.stressGPa)(i, j)) < 1e-5 * result.stressGPa->norm(),
                     qPrintable(QString("%1%2: %3 against %4")
                                    .arg(i)
                                    .arg(j)
                                    .arg(numeric)
                                    .arg((*result.stressGPa)(i, j))));
        }
    }
}

void TestTensorNet::energyIsInvariant() {
    QFETCH(potential::RadialBasis, basis);
    QFETCH(bool, symmetricProduct);
    TensorNetPotential model(randomModel(basis, symmetricProduct), Precision::Double);
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

    IntMat3 doubling = IntMat3::Identity();
    doubling(1, 1) = 2;
    QVERIFY(std::abs(energyOf(model, crystal::makeSupercell(s, doubling)) - 2 * reference.energy) < 1e-9);
}

void TestTensorNet::mirrorImagesDifferOnlyInSo3() {
    const Structure s = testStructure();
    Structure mirrored = s;
    mirrored.lattice = crystal::Lattice(-s.lattice.rows());
    mirrored.positions = -s.positions;
    TensorNetPotential o3(randomModel(potential::RadialBasis::SmoothBessel, true), Precision::Double);
    QVERIFY(std::abs(energyOf(o3, mirrored) - energyOf(o3, s)) < 1e-9);
    TensorNetPotential so3(randomModel(potential::RadialBasis::SmoothBessel, false), Precision::Double);
    const double difference = std::abs(energyOf(so3, mirrored) - energyOf(so3, s));
    QVERIFY2(difference > 1e-8, qPrintable(QString::number(difference)));
}

void TestTensorNet::singlePrecisionIsClose() {
    const auto data = randomModel(potential::RadialBasis::SmoothBessel);
    TensorNetPotential single(data), twice(data, Precision::Double);
    const Structure s = testStructure();
    const auto a = single.evaluate(s, {.stress = true});
    const auto b = twice.evaluate(s, {.stress = true});
    QVERIFY(std::abs(a.energy - b.energy) < 1e-4);
    QVERIFY((a.forces - b.forces).cwiseAbs().maxCoeff() < 1e-4);
}

void TestTensorNet::isolatedAtomsHaveNoForces() {
    TensorNetPotential model(randomModel(potential::RadialBasis::SmoothBessel));
    Structure s;
    s.lattice = crystal::Lattice(Mat3::Identity() * 20.0);
    s.append(crystal::Element::fromSymbol("Li"), Vec3(1, 1, 1));
    const auto result = model.evaluate(s, {.stress = true});
    QVERIFY(std::isfinite(result.energy));
    QVERIFY(result.forces.isZero());
    QVERIFY(result.stressGPa->isZero());
}

void TestTensorNet::unknownElementIsRefused() {
    TensorNetPotential model(randomModel(potential::RadialBasis::SmoothBessel));
    Structure s = testStructure();
    s.elements[0] = crystal::Element::fromSymbol("Nb");
    try {
        model.evaluate(s, {});
        QFAIL("a model without niobium evaluated it");
    } catch (const ModelError& error) {
        QVERIFY2(QString(error.what()).contains("niobium"), error.what());
    }
}

void TestTensorNet::openedByPath() {
    if (!std::filesystem::exists(modelFolder)) QSKIP("the reference folder ../shared is not here");
    for (const std::string& path : {std::string(modelFolder), std::string(modelFolder) + "/model.json",
                                    std::string(modelFolder) + "/"}) {
        const auto opened = potential::openPotential(path, 1);
        QCOMPARE(opened->info().architecture, std::string("TensorNet"));
        QCOMPARE(opened->info().name, std::string("TensorNet-MatPES-PBE-v2025.1-PES"));
        QCOMPARE(opened->info().elements.size(), std::size_t(89));
        QCOMPARE(opened->info().checksum.size(), std::size_t(64));
        QCOMPARE(opened->info().parameters, 837378L);
    }
}

void TestTensorNet::badFoldersAreRefusedByName() {
    const QTemporaryDir temporary;
    const std::filesystem::path folder = temporary.path().toStdString();
    const auto write = [&](const char* name, const std::string& text) {
        std::ofstream(folder / name, std::ios::binary | std::ios::trunc) << text;
    };
    QVERIFY(refusal(folder).contains("model.json"));
    write("model.json", "[1, 2");
    QVERIFY(refusal(folder).contains("JSON"));
    write("model.json", R"({"@class": "Potential", "kwargs": {}})");
    QVERIFY(refusal(folder).contains("'model'"));
    const auto settings = [](const std::string& more) {
        return R"({"@class": "Potential", "kwargs": {"model": {"@class": "TensorNet",
                "@module": "matgl.models._tensornet_pyg", "init_args": {"element_types": ["Li", "O"],
                "is_intensive": false)" +
               more + "}}}}";
    };
    write("model.json", settings(R"(, "activation_type": "tanh")"));
    QVERIFY(refusal(folder).contains("activation_type=tanh"));
    write("model.json", settings(R"(, "units": -4)"));
    QVERIFY(refusal(folder).contains("'units'"));
    write("model.json", settings(R"(, "rbf_type": "ExpNorm")"));
    QVERIFY(refusal(folder).contains("rbf_type=ExpNorm"));
    write("model.json", settings(""));
    QVERIFY(refusal(folder).contains("state.pt: is missing"));
    write("state.pt", "no archive");
    QVERIFY(refusal(folder).contains("state.pt"));
    for (const QString& message : {refusal(folder)})
        QVERIFY(!message.contains('\n'));
}

QTEST_APPLESS_MAIN(TestTensorNet)
#include "test_tensornet.moc"
