// SPDX-License-Identifier: GPL-3.0-or-later
// Splits, reference energies, and training runs on a tiny synthetic dataset.
#include <QtTest>

#include <set>

#include "core/base/random.h"
#include "core/potential/chgnet_model.h"
#include "core/potential/chgnet_potential.h"
#include "core/potential/model_file.h"
#include "core/training/trainer.h"

using namespace ionscape;
using namespace ionscape::training;

namespace {

/// Harmonic pair energies between nearest images in cubes of 6 compositions: labels with consistent forces.
Dataset toyDataset(int framesEach) {
    const std::vector<std::vector<const char*>> compositions{{"Li", "O"}, {"Na", "O"}, {"Li", "S"},
                                                             {"Na", "S"}, {"K", "O"},  {"K", "S"}};
    Dataset dataset;
    RandomStream random(1);
    for (const auto& symbols : compositions) {
        for (int k = 0; k < framesEach; ++k) {
            io::LabelledStructure frame;
            frame.structure.lattice = crystal::Lattice(Mat3::Identity() * 4.0);
            Vec3 origin(0.2, 0.1, 0.3);
            Vec3 partner = origin + Vec3(1.9, 0.1 * random.normal(), 0.0) +
                           0.15 * Vec3(random.normal(), random.normal(), random.normal());
            frame.structure.append(crystal::Element::fromSymbol(symbols[0]), origin);
            frame.structure.append(crystal::Element::fromSymbol(symbols[1]), partner);
            const Vec3 d = frame.structure.lattice.minimumImage(partner - origin);
            const double stretch = d.norm() - 1.9;
            frame.energy = -3.0 - symbols[0][0] * 0.01 + 0.5 * 4.0 * stretch * stretch;
            VectorField forces(3, 2);
            forces.col(1) = -4.0 * stretch * d.normalized();
            forces.col(0) = -forces.col(1);
            frame.forces = forces;
            dataset.frames.push_back(frame);
            dataset.compositions.push_back(std::string(symbols[0]) + symbols[1]);
        }
    }
    return dataset;
}

potential::ChgnetModelData tinyStart() {
    potential::ChgnetModelData data;
    auto& c = data.config;
    c.atomDim = c.bondDim = c.angleDim = 8;
    c.radialFunctions = 6;
    c.angularFunctions = 5;
    c.convolutions = 2;
    c.atomHidden = c.bondHidden = c.readoutHidden = {8};
    c.atomCutoff = 4.0;
    c.bondCutoff = 2.5;
    return data;
}

TrainingSettings quickSettings(int epochs) {
    TrainingSettings settings;
    settings.epochs = epochs;
    settings.batchSize = 4;
    settings.learningRate = 1e-2;
    settings.threads = 1;
    return settings;
}

/// Asks to stop at the n-th report.
class StopAt final : public ProgressSink {
  public:
    StopAt(std::stop_source& source, int count) : source_(source), count_(count) {}
    void report(std::string_view, std::int64_t, std::int64_t, std::string_view) override {
        if (--count_ == 0) source_.request_stop();
    }

  private:
    std::stop_source& source_;
    int count_;
};

}  // namespace

class TestTraining : public QObject {
    Q_OBJECT

  private slots:
    void splitNeverSharesAComposition();
    void referenceEnergiesAreRecovered();
    void metricsMatchHandComputation();
    void trainingLearns();
    void resumedRunIsExact();
    void badInputIsNamed();

  private:
    QTemporaryDir folder_;
    TrainingFiles files(const char* name, bool resume = false) const {
        return {folder_.filePath(name).toStdString(), resume};
    }
};

void TestTraining::splitNeverSharesAComposition() {
    Dataset dataset;
    for (int c = 0; c < 40; ++c) {
        for (int k = 0; k <= c % 5; ++k) {
            dataset.compositions.push_back("composition " + std::to_string(c));
            dataset.frames.emplace_back();
        }
    }
    const Split split = splitByComposition(dataset, 3);
    std::set<std::string> names[3];
    std::set<std::size_t> all;
    const std::vector<std::size_t>* parts[3] = {&split.training, &split.validation, &split.test};
    for (int part = 0; part < 3; ++part) {
        for (const auto i : *parts[part]) {
            names[part].insert(dataset.compositions[i]);
            QVERIFY(all.insert(i).second);
        }
    }
    QCOMPARE(all.size(), dataset.frames.size());
    QCOMPARE(names[0].size(), std::size_t(32));
    QCOMPARE(names[1].size(), std::size_t(4));
    QCOMPARE(names[2].size(), std::size_t(4));
    for (const auto& name : names[1])
        QVERIFY(!names[0].contains(name) && !names[2].contains(name));
    QVERIFY(splitByComposition(dataset, 3).test == split.test);
    QVERIFY(splitByComposition(dataset, 4).test != split.test);
    QVERIFY(splitByComposition(dataset, 3, 1).test == split.test);
    QVERIFY(splitByComposition(dataset, 3, 1).validation != split.validation);
    QVERIFY_EXCEPTION_THROWN(splitByComposition(dataset, 3, -1), InputError);
    QVERIFY_EXCEPTION_THROWN(splitByComposition(dataset, 3, 1000), InputError);
}

void TestTraining::referenceEnergiesAreRecovered() {
    Dataset dataset;
    const char* symbols[] = {"Li", "O", "Zr"};
    const double energies[] = {-1.5, -5.0, -8.25};
    RandomStream random(2);
    for (int k = 0; k < 30; ++k) {
        io::LabelledStructure frame;
        double energy = 0;
        for (int e = 0; e < 3; ++e) {
            for (std::uint64_t n = 1 + random.below(4); n > 0; --n) {
                frame.structure.append(crystal::Element::fromSymbol(symbols[e]), Vec3::Zero());
                energy += energies[e];
            }
        }
        frame.energy = energy;
        dataset.frames.push_back(frame);
    }
    const auto fitted = fitReferenceEnergies(dataset);
    for (int e = 0; e < 3; ++e) {
        const int z = crystal::Element::fromSymbol(symbols[e]).atomicNumber();
        QVERIFY(std::abs(fitted[std::size_t(z - 1)] - energies[e]) < 1e-4);
    }
    QCOMPARE(fitted[10], 0.0f);  // sodium does not occur
}

void TestTraining::metricsMatchHandComputation() {
    io::LabelledStructure label;
    label.structure.append(crystal::Element::fromSymbol("Li"), Vec3::Zero());
    label.structure.append(crystal::Element::fromSymbol("O"), Vec3::Ones());
    label.energy = 1.0;
    label.forces = VectorField::Zero(3, 2);
    label.stressGPa = Mat3::Zero();
    VectorField forces = VectorField::Zero(3, 2);
    forces(0, 0) = 0.6;
    ErrorAccumulator errors;
    errors.add(label, 1.02, forces, Mat3::Constant(2.0));
    const ErrorMetrics m = errors.metrics();
    QVERIFY(std::abs(m.energyMae - 10.0) < 1e-9);  // 0.02 eV over 2 atoms
    QVERIFY(std::abs(m.forceMae - 0.1) < 1e-12);   // 0.6 over 6 components
    QVERIFY(std::abs(m.forceRmse - 0.6 / std::sqrt(6.0)) < 1e-12);
    QVERIFY(std::abs(m.stressMae - 2.0) < 1e-12);
}

void TestTraining::trainingLearns() {
    const Dataset dataset = toyDataset(12);
    NoProgress progress;
    const auto result = train(tinyStart(), dataset, quickSettings(25), files("learn"), {}, progress);
    QCOMPARE(result.epochs.size(), std::size_t(25));
    QVERIFY2(
        result.validation.forceMae < 0.5 * result.validation.meanForce,
        qPrintable(QString("%1 of %2").arg(result.validation.forceMae).arg(result.validation.meanForce)));
    QVERIFY(result.epochs.back().trainingLoss < 0.3 * result.epochs.front().trainingLoss);
    const auto saved = potential::readModelFile(files("learn").folder / "best.h5");
    potential::ChgnetPotential model(saved);
    const auto again =
        evaluate(model, subset(dataset, splitByComposition(dataset, 1).validation), {}, progress);
    QVERIFY(std::abs(again.forceMae - result.validation.forceMae) < 1e-5);
    QFile log(QString::fromStdString((files("learn").folder / "log.csv").string()));
    QVERIFY(log.open(QIODevice::ReadOnly));
    QCOMPARE(log.readAll().count('\n'), 26);
}

void TestTraining::resumedRunIsExact() {
    const Dataset dataset = toyDataset(8);
    NoProgress progress;
    const auto whole = train(tinyStart(), dataset, quickSettings(4), files("whole"), {}, progress);
    std::stop_source source;
    StopAt stopper(source, 13);  // in the middle of an epoch
    QVERIFY_EXCEPTION_THROWN(
        train(tinyStart(), dataset, quickSettings(4), files("parts"), source.get_token(), stopper),
        Cancelled);
    const auto resumed = train(tinyStart(), dataset, quickSettings(4), files("parts", true), {}, progress);
    QCOMPARE(resumed.epochs.size(), whole.epochs.size());
    for (std::size_t i = 0; i < whole.epochs.size(); ++i) {
        QCOMPARE(resumed.epochs[i].validation.forceMae, whole.epochs[i].validation.forceMae);
    }
    for (std::size_t i = 0; i < whole.model.weights.size(); ++i) {
        QVERIFY(resumed.model.weights[i].values == whole.model.weights[i].values);
    }
}

void TestTraining::badInputIsNamed() {
    NoProgress progress;
    const Dataset dataset = toyDataset(2);
    TrainingSettings settings = quickSettings(1);
    settings.batchSize = 0;
    QVERIFY_EXCEPTION_THROWN(train(tinyStart(), dataset, settings, files("bad"), {}, progress), InputError);
    Dataset two = toyDataset(1);
    two.frames.resize(2);
    two.compositions.resize(2);
    QVERIFY_EXCEPTION_THROWN(splitByComposition(two, 1), InputError);
    // Resuming with other settings would silently mix two runs.
    train(tinyStart(), dataset, quickSettings(1), files("settings"), {}, progress);
    QVERIFY_EXCEPTION_THROWN(
        train(tinyStart(), dataset, quickSettings(2), files("settings", true), {}, progress), InputError);
    QVERIFY_EXCEPTION_THROWN(train(tinyStart(), dataset, quickSettings(1), files("settings"), {}, progress),
                             InputError);
}

QTEST_APPLESS_MAIN(TestTraining)
#include "test_training.moc"
