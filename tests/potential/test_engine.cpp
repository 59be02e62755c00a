// SPDX-License-Identifier: GPL-3.0-or-later
// The CHGNet engine against LibTorch's autograd and the golden values, on every instruction set of this
// processor and any number of threads.
#include <malloc.h>

#include <QTest>

#include "chgnet_test_models.h"
#include "core/base/random.h"
#include "core/crystal/supercell.h"
#include "core/io/structure_file.h"
#include "core/potential/checkpoint.h"
#include "core/potential/chgnet_potential.h"
#include "core/potential/engine/engine_potential.h"
#include "core/potential/model_file.h"
#include "golden.h"

using namespace ionscape;
using crystal::Structure;
using potential::ChgnetPotential;
using potential::EnginePotential;
using potential::Evaluation;
using potential::Precision;

Q_DECLARE_METATYPE(const potential::engine::Kernels*)

namespace {

constexpr potential::Request everything{.stress = true, .magmoms = true};

double largestDifference(const Evaluation& a, const Evaluation& b) {
    return (a.forces - b.forces).cwiseAbs().maxCoeff();
}

std::vector<const potential::engine::Kernels*> allKernels() {
    int count = 0;
    const auto* tables = potential::engine::availableKernels(count);
    return {tables, tables + count};
}

/// Shapes that exercise every branch: no hidden layer, two of them, odd widths, no norms, biases.
potential::ChgnetModelData variant(const QByteArray& name) {
    auto data = chgnet_test::randomModel();
    auto& c = data.config;
    if (name == "wide") {
        c.atomDim = c.bondDim = c.angleDim = 64;
        c.radialFunctions = c.angularFunctions = 31;
        c.atomHidden = c.bondHidden = {64};
    } else if (name == "no hidden layers") {
        c.atomHidden = c.bondHidden = c.readoutHidden = {};
    } else if (name == "many hidden layers") {
        c.atomHidden = c.bondHidden = c.angleHidden = {20, 9};
        c.convolutions = 4;
        c.angleDim = 17;
    } else if (name == "no norms, output bias") {
        c.gatedNorm = c.readoutNorm = false;
        c.outputBias = true;
        c.convolutions = 4;
    } else if (name == "one convolution") {
        c.convolutions = 1;
    }
    data.weights = potential::initialWeights(c, 11);
    // Norms and biases away from their neutral start.
    RandomStream random(5);
    for (auto& array : data.weights) {
        const bool norm =
            array.name.find("bn") != std::string::npos || array.name.find("norm") != std::string::npos;
        if (!norm && array.name.find("mlp_out") == std::string::npos) continue;
        for (float& value : array.values)
            value += static_cast<float>(0.2 * random.normal());
    }
    return data;
}

}  // namespace

class TestEngine : public QObject {
    Q_OBJECT

  private slots:
    void matchesDoublePrecision_data();
    void matchesDoublePrecision();
    void matchesLibTorchOnGoldenStructures_data();
    void matchesLibTorchOnGoldenStructures();
    void embeddedModelMatchesDoublePrecision();
    void threadsAgreeAndRepeat();
    void batchEqualsSingles();
    void graphDoesNotDependOnTheSearch();
    void energyDifferencesMatchForces();
    void memoryDoesNotGrow();
};

void TestEngine::matchesDoublePrecision_data() {
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<const potential::engine::Kernels*>("kernels");
    for (const auto* kernels : allKernels()) {
        for (const char* model : {"plain", "wide", "no hidden layers", "many hidden layers",
                                  "no norms, output bias", "one convolution"}) {
            QTest::addRow("%s, %s", model, kernels->name) << QByteArray(model) << kernels;
        }
    }
}

void TestEngine::matchesDoublePrecision() {
    QFETCH(QByteArray, model);
    QFETCH(const potential::engine::Kernels*, kernels);
    const auto data = variant(model);
    const Structure structure = chgnet_test::testStructure();
    ChgnetPotential reference(data, Precision::Double);
    EnginePotential fast(data, 1, kernels);
    const Evaluation expected = reference.evaluate(structure, everything);
    const Evaluation found = fast.evaluate(structure, everything);
    const double scale = expected.forces.cwiseAbs().maxCoeff();
    QVERIFY(scale > 1e-3);
    QVERIFY2(std::abs(found.energy - expected.energy) < 2e-5 * (1 + std::abs(expected.energy)),
             qPrintable(QString::number(found.energy - expected.energy)));
    const double difference = largestDifference(found, expected) / scale;
    QVERIFY2(difference < 2e-5, qPrintable(QString::number(difference)));
    const double stressScale = expected.stressGPa->cwiseAbs().maxCoeff();
    QVERIFY((*found.stressGPa - *expected.stressGPa).cwiseAbs().maxCoeff() < 2e-5 * stressScale);
    QCOMPARE(found.magmoms.has_value(), expected.magmoms.has_value());
    if (found.magmoms) QVERIFY((*found.magmoms - *expected.magmoms).cwiseAbs().maxCoeff() < 2e-5);
}

void TestEngine::matchesLibTorchOnGoldenStructures_data() {
    QTest::addColumn<QString>("name");
    const auto references = golden::references();
    if (!references) QSKIP("the reference folder ../shared is not here");
    for (const auto& [name, entry] : references->items())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void TestEngine::matchesLibTorchOnGoldenStructures() {
    QFETCH(QString, name);
    const auto entry = golden::references()->at(name.toStdString());
    const Structure structure = golden::structure(entry);
    static const auto data = potential::readCheckpoint(golden::checkpoint);
    static ChgnetPotential torch(data);
    static EnginePotential fast(data, 1);
    const Evaluation expected = torch.evaluate(structure, everything);
    const Evaluation found = fast.evaluate(structure, everything);
    const double atoms = static_cast<double>(structure.size());
    const double difference = largestDifference(found, expected);
    qInfo("forces %.2g eV/Å, energy %.2g eV/atom, stress %.2g GPa", difference,
          (found.energy - expected.energy) / atoms,
          (*found.stressGPa - *expected.stressGPa).cwiseAbs().maxCoeff());
    QVERIFY(difference < 2e-4);
    QVERIFY(std::abs(found.energy - expected.energy) / atoms < 5e-6);
    QVERIFY((*found.stressGPa - *expected.stressGPa).cwiseAbs().maxCoeff() < 1e-3);
    QVERIFY((*found.magmoms - *expected.magmoms).cwiseAbs().maxCoeff() < 1e-5);
    // And straight against the Python package.
    double worst = 0.0;
    for (std::size_t i = 0; i < structure.size(); ++i) {
        for (int k = 0; k < 3; ++k) {
            worst = std::max(worst, std::abs(found.forces(k, static_cast<Eigen::Index>(i)) -
                                             entry["chgnet"]["forces_eV_per_A"][i][k].get<double>()));
        }
    }
    QVERIFY2(worst < 3e-4, qPrintable(QString::number(worst)));
}

void TestEngine::embeddedModelMatchesDoublePrecision() {
    const auto data = potential::readModelFile(IONSCAPE_RESOURCES "/potentials/he-lzsp-small.h5");
    auto frames = io::readStructures(IONSCAPE_TEST_DATA "/labels/he-lzsp-held-out.xyz");
    QVERIFY(frames.size() > 6);
    frames.resize(6);
    ChgnetPotential reference(data, Precision::Double);
    EnginePotential fast(data, 1);
    for (const auto& frame : frames) {
        const Structure& structure = frame.structure;
        const Evaluation expected = reference.evaluate(structure, everything);
        const Evaluation found = fast.evaluate(structure, everything);
        const double difference = largestDifference(found, expected);
        QVERIFY2(difference < 1e-4, qPrintable(QString::number(difference)));
        QVERIFY(std::abs(found.energy - expected.energy) / double(structure.size()) < 2e-6);
        QVERIFY((*found.stressGPa - *expected.stressGPa).cwiseAbs().maxCoeff() < 2e-4);
        QVERIFY(!found.magmoms);
    }
}

void TestEngine::threadsAgreeAndRepeat() {
    const auto data = variant("plain");
    const Structure structure = crystal::makeSupercell(chgnet_test::testStructure(),
                                                       (IntMat3() << 2, 0, 0, 0, 2, 0, 0, 0, 2).finished());
    EnginePotential one(data, 1), two(data, 2), three(data, 3);
    const Evaluation a = one.evaluate(structure, everything);
    for (EnginePotential* many : {&two, &three}) {
        const Evaluation b = many->evaluate(structure, everything);
        const Evaluation again = many->evaluate(structure, everything);
        QVERIFY(largestDifference(a, b) < 1e-5 * a.forces.cwiseAbs().maxCoeff());
        QVERIFY(b.forces == again.forces);
        QCOMPARE(b.energy, again.energy);
    }
}

void TestEngine::batchEqualsSingles() {
    auto data = variant("no norms, output bias");
    EnginePotential fast(data, 2);
    Structure small = chgnet_test::testStructure();
    Structure big = crystal::makeSupercell(small, (IntMat3() << 1, 0, 0, 0, 2, 0, 0, 0, 1).finished());
    big.positions.array() += 0.01;
    // One atom in a large box has neither bonds nor angles; a dimer has a bond only.
    Structure lonely, dimer;
    lonely.lattice = dimer.lattice = crystal::Lattice(Mat3(20.0 * Mat3::Identity()));
    lonely.append(crystal::Element::fromSymbol("Li"), Vec3(1, 1, 1));
    dimer.append(crystal::Element::fromSymbol("P"), Vec3(1, 1, 1));
    dimer.append(crystal::Element::fromSymbol("O"), Vec3(2.5, 1, 1));
    const std::vector<const Structure*> all{&small, &lonely, &big, &dimer, &small};
    const auto batch = fast.evaluateBatch(all, everything);
    QCOMPARE(batch.size(), all.size());
    for (std::size_t k = 0; k < all.size(); ++k) {
        const Evaluation single = fast.evaluate(*all[k], everything);
        QVERIFY2(std::abs(batch[k].energy - single.energy) < 1e-5, qPrintable(QString::number(k)));
        QVERIFY(largestDifference(batch[k], single) <= 1e-5);
        QVERIFY((*batch[k].stressGPa - *single.stressGPa).cwiseAbs().maxCoeff() < 1e-3);
    }
    ChgnetPotential reference(data, Precision::Double);
    const Evaluation pair = reference.evaluate(dimer, everything);
    QVERIFY(largestDifference(pair, batch[3]) < 1e-4);
    QVERIFY(batch[1].forces.isZero());
}

void TestEngine::graphDoesNotDependOnTheSearch() {
    RandomStream random(8);
    Structure moving = chgnet_test::testStructure();
    potential::ChgnetGraphBuilder builder(4.5, 3.0, 0.6);
    for (int step = 0; step < 60; ++step) {
        for (Eigen::Index i = 0; i < moving.positions.size(); ++i)
            moving.positions.data()[i] += 0.02 * random.normal();
        if (step % 3 == 0) {
            Mat3 strain = Mat3::Identity();
            strain(0, 1) += 0.002 * random.normal();
            strain(2, 2) += 0.002 * random.normal();
            moving = crystal::deformed(moving, strain);
        }
        const auto expected = potential::buildChgnetGraph(moving, 4.5, 3.0);
        const auto& found = builder.build(moving);
        QVERIFY(found.first == expected.first && found.second == expected.second);
        QVERIFY(found.angleBondA == expected.angleBondA && found.angleBondB == expected.angleBondB);
        QVERIFY(found.angleSignA == expected.angleSignA && found.angleSignB == expected.angleSignB);
        for (std::size_t k = 0; k < found.vectors.size(); ++k)
            QVERIFY(found.vectors[k] == expected.vectors[k]);
    }
    QVERIFY2(builder.searches() > 1 && builder.searches() < 30,
             qPrintable(QString::number(builder.searches())));
}

void TestEngine::energyDifferencesMatchForces() {
    // Work along a path equals the change of the energy: the backward pass belongs to this forward pass.
    EnginePotential fast(variant("wide"), 2);
    Structure structure = chgnet_test::testStructure();
    RandomStream random(21);
    VectorField direction(3, structure.positions.cols());
    for (Eigen::Index i = 0; i < direction.size(); ++i)
        direction.data()[i] = random.normal();
    const Structure start = structure;
    const int steps = 16;
    const double length = 0.16;
    double work = 0.0;
    // Simpson's rule.
    for (int k = 0; k <= steps; ++k) {
        structure.positions = start.positions + direction * (length * k / steps);
        const double weight = k == 0 || k == steps ? 1.0 : (k % 2 ? 4.0 : 2.0);
        work += weight * fast.evaluate(structure, {}).forces.cwiseProduct(direction).sum();
    }
    work *= length / steps / 3.0;
    const double difference = fast.evaluate(start, {}).energy - fast.evaluate(structure, {}).energy;
    QVERIFY(std::abs(difference) > 1e-3);
    QVERIFY2(std::abs(work - difference) < 2e-4 * std::abs(difference) + 2e-5,
             qPrintable(QString("%1 %2").arg(work).arg(difference)));
}

void TestEngine::memoryDoesNotGrow() {
    EnginePotential fast(variant("plain"), 1);
    Structure structure = chgnet_test::testStructure();
    RandomStream random(4);
    const VectorField start = structure.positions;
    const auto step = [&] {
        // Vibrations: the numbers of bonds and angles change from step to step, neighbour lists are rebuilt.
        for (Eigen::Index i = 0; i < start.size(); ++i)
            structure.positions.data()[i] = start.data()[i] + 0.15 * random.normal();
        fast.evaluate(structure, everything);
    };
    for (int k = 0; k < 200; ++k)
        step();
    const std::size_t buffers = fast.engine().memory();
    const auto heap = mallinfo2().uordblks;
    for (int k = 0; k < 600; ++k)
        step();
    QVERIFY(fast.neighbourSearches() > 50);
    // Rarely a step has more bonds than any before.
    QVERIFY2(fast.engine().memory() < 1.3 * double(buffers), qPrintable(QString::number(buffers)));
    const auto grown = static_cast<double>(mallinfo2().uordblks) - static_cast<double>(heap);
    QVERIFY2(grown < 0.3 * double(buffers) + 65536, qPrintable(QString::number(grown)));
}

QTEST_APPLESS_MAIN(TestEngine)
#include "test_engine.moc"
