// SPDX-License-Identifier: GPL-3.0-or-later
// Splits, reference energies, and training runs on a tiny synthetic dataset.
#include <QFile>
#include <QTest>

#include <limits>
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
    void resumedRunIsExact_data();
    void resumedRunIsExact();
    void frozenWeightsStay();
    void fineTuningReportsItsStart();
    void replayKeepsWhatWasLearnt();
    void patienceEndsTheRun();
    void magneticMomentsAreLearnt();
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

void TestTraining::resumedRunIsExact_data() {
    QTest::addColumn<bool>("everything");
    // Reports before the interruption: 48 or 66 graphs, then 16 or 22 an epoch, of which 8 or 11 are batches.
    QTest::addColumn<int>("reports");
    QTest::newRow("plain, in an epoch") << false << 53;
    QTest::newRow("everything, in the second epoch") << true << 93;
    QTest::newRow("everything, while it validates") << true << 103;
    QTest::newRow("before the first state") << true << 5;
}

void TestTraining::resumedRunIsExact() {
    QFETCH(bool, everything);
    QFETCH(int, reports);
    const Dataset dataset = toyDataset(8), earlier = toyDataset(3);
    const Dataset* replay = everything ? &earlier : nullptr;
    TrainingSettings settings = quickSettings(4);
    if (everything) {
        settings.optimiser = OptimiserKind::AdamW;
        settings.averageDecay = 0.9;
        settings.schedule = Schedule::Step;
        settings.stepEpochs = 1;
        settings.warmupEpochs = 0.5;
        settings.patience = 3;
        settings.frozen = {"basis"};
        settings.replayFraction = 0.25;
    }
    const QString name = QTest::currentDataTag();
    const auto folder = [&](const char* kind, bool resume = false) {
        return files(qPrintable(name + kind), resume);
    };
    NoProgress progress;
    const auto whole = train(tinyStart(), dataset, settings, folder("whole"), {}, progress, {}, replay);
    std::stop_source source;
    StopAt stopper(source, reports);
    QVERIFY_EXCEPTION_THROWN(
        train(tinyStart(), dataset, settings, folder("parts"), source.get_token(), stopper, {}, replay),
        Cancelled);
    const auto resumed =
        train(tinyStart(), dataset, settings, folder("parts", true), {}, progress, {}, replay);
    QCOMPARE(resumed.epochs.size(), whole.epochs.size());
    for (std::size_t i = 0; i < whole.epochs.size(); ++i) {
        QCOMPARE(resumed.epochs[i].validation.forceMae, whole.epochs[i].validation.forceMae);
        QCOMPARE(resumed.epochs[i].replay.has_value(), everything);
    }
    for (std::size_t i = 0; i < whole.model.weights.size(); ++i) {
        QVERIFY(resumed.model.weights[i].values == whole.model.weights[i].values);
    }
    // The last state, with the moments and averages, is the same as well.
    const auto a = potential::readModelFile(folder("whole").folder / "state.h5");
    const auto b = potential::readModelFile(folder("parts").folder / "state.h5");
    QCOMPARE(a.averaged.empty(), !everything);
    const auto same = [](const auto& x, const auto& y) {
        return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                          [](const auto& m, const auto& n) { return m.values == n.values; });
    };
    QVERIFY(same(a.weights, b.weights));
    QVERIFY(same(a.momentum, b.momentum));
    QVERIFY(same(a.secondMoment, b.secondMoment));
    QVERIFY(same(a.averaged, b.averaged));
}

namespace {

const std::vector<float>& weight(const potential::ChgnetModelData& data, const std::string& name) {
    for (const auto& array : data.weights) {
        if (array.name == name) return array.values;
    }
    throw std::runtime_error(name);
}

}  // namespace

void TestTraining::frozenWeightsStay() {
    auto start = tinyStart();
    start.weights = potential::initialWeights(start.config, 5);
    auto settings = quickSettings(1);
    settings.frozen = {"embeddings", "convolutions:1"};
    NoProgress progress;
    const auto result = train(start, toyDataset(2), settings, files("frozen"), {}, progress);
    for (const char* name : {"atom_embedding.embedding.weight", "bond_weights_ag.weight",
                             "atom_conv_layers.0.twoBody_atom.mlp_core.layers.0.weight",
                             "bond_conv_layers.0.mlp_out.layers.1.weight"}) {
        QVERIFY2(weight(result.model, name) == weight(start, name), name);
    }
    for (const char* name : {"atom_conv_layers.1.twoBody_atom.mlp_core.layers.0.weight",
                             "mlp.layers.0.weight", "bond_basis_expansion.rbf_expansion_ag.frequencies"}) {
        QVERIFY2(weight(result.model, name) != weight(start, name), name);
    }
    settings.frozen = {"no_such_weight"};
    QVERIFY_EXCEPTION_THROWN(train(start, toyDataset(2), settings, files("unfrozen"), {}, progress),
                             InputError);
}

void TestTraining::fineTuningReportsItsStart() {
    const Dataset dataset = toyDataset(6);
    NoProgress progress;
    const auto first = train(tinyStart(), dataset, quickSettings(12), files("first"), {}, progress);
    QVERIFY(!first.start);
    std::vector<EpochReport> heard;
    std::optional<StartReport> started;
    TrainingObserver observer{[&](const StartReport& r) { started = r; },
                              [&](const EpochReport& r) { heard.push_back(r); }};
    auto settings = quickSettings(2);
    settings.learningRate = 1e-4;
    const auto second = train(first.model, dataset, settings, files("second"), {}, progress, observer);
    QVERIFY(started && second.start);
    QCOMPARE(heard.size(), std::size_t(2));
    QCOMPARE(heard[1].epoch, 2);
    // The start is the model as it was given: the same numbers that the first run measured in the end.
    QCOMPARE(started->test.forceMae, first.test.forceMae);
    QCOMPARE(started->test.energyMae, first.test.energyMae);
    // Its references fit already, and a small step does not spoil it.
    QVERIFY(second.validation.forceMae < 1.2 * first.validation.forceMae);
}

void TestTraining::replayKeepsWhatWasLearnt() {
    // The same compositions with the forces of a spring of another length: learning the second forgets the
    // first unless it is replayed.
    const Dataset earlier = toyDataset(8);
    Dataset later = toyDataset(8);
    for (auto& frame : later.frames) {
        *frame.forces *= -1.0;
        *frame.energy = -100.0 - (*frame.energy);
    }
    NoProgress progress;
    const auto start = train(tinyStart(), earlier, quickSettings(15), files("earlier"), {}, progress);
    auto settings = quickSettings(30);
    const auto forgetful = train(start.model, later, settings, files("forget"), {}, progress, {}, &earlier);
    settings.replayFraction = 0.5;
    const auto careful = train(start.model, later, settings, files("replay"), {}, progress, {}, &earlier);
    QVERIFY(forgetful.start->replay && forgetful.replay && careful.replay);
    QVERIFY(forgetful.start->replay->forceMae < 0.5 * forgetful.start->replay->meanForce);
    const double lost = forgetful.epochs.back().replay->forceMae,
                 kept = careful.epochs.back().replay->forceMae;
    QVERIFY2(kept < 0.8 * lost, qPrintable(QString("%1 and %2").arg(kept).arg(lost)));
    // Replayed energies are compared from the zero of the start, not from that of the new labels.
    QVERIFY(careful.epochs.back().replay->energyMae < 5000.0);
}

void TestTraining::patienceEndsTheRun() {
    auto settings = quickSettings(200);
    settings.learningRate = 1e-9;  // nothing gets better by it
    settings.schedule = Schedule::Constant;
    settings.averageDecay = 0.5;
    settings.patience = 3;
    NoProgress progress;
    const auto result = train(tinyStart(), toyDataset(1), settings, files("patience"), {}, progress);
    QVERIFY(result.stoppedEarly);
    QVERIFY(result.epochs.size() < 100);
    QCOMPARE(static_cast<int>(result.epochs.size()), result.bestEpoch + 3);
}

void TestTraining::magneticMomentsAreLearnt() {
    Dataset dataset = toyDataset(6);
    for (std::size_t i = 0; i < dataset.frames.size(); ++i) {
        if (i % 3 == 0) continue;  // some frames have no moments, and no cation ever has one
        Eigen::VectorXd moments(2);
        moments << std::numeric_limits<double>::quiet_NaN(), -0.8;
        dataset.frames[i].magmoms = moments;
    }
    auto settings = quickSettings(30);
    settings.learningRate = 3e-2;
    settings.magmomWeight = 1.0;
    NoProgress progress;
    const auto result = train(tinyStart(), dataset, settings, files("magmoms"), {}, progress);
    QVERIFY(result.model.config.magmoms);
    QVERIFY(result.validation.magmomAtoms > 0);
    QVERIFY(result.validation.magmomAtoms < result.validation.frames);
    QVERIFY2(result.validation.magmomMae < 0.3, qPrintable(QString::number(result.validation.magmomMae)));
    // Without a weight on them the head is not trained and not shown.
    const auto without = train(result.model, dataset, quickSettings(1), files("no magmoms"), {}, progress);
    QVERIFY(!without.model.config.magmoms);
    QVERIFY(without.start->test.magmomAtoms > 0);
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
    settings = quickSettings(1);
    settings.replayFraction = 0.5;
    QVERIFY_EXCEPTION_THROWN(train(tinyStart(), dataset, settings, files("bad"), {}, progress), InputError);
    QVERIFY_EXCEPTION_THROWN(
        train(tinyStart(), dataset, quickSettings(1), files("nowhere", true), {}, progress), InputError);
    // Resuming with other settings would silently mix two runs.
    train(tinyStart(), dataset, quickSettings(1), files("settings"), {}, progress);
    QVERIFY_EXCEPTION_THROWN(
        train(tinyStart(), dataset, quickSettings(2), files("settings", true), {}, progress), InputError);
    QVERIFY_EXCEPTION_THROWN(
        train(tinyStart(), toyDataset(3), quickSettings(1), files("settings", true), {}, progress),
        InputError);
    QVERIFY_EXCEPTION_THROWN(train(tinyStart(), dataset, quickSettings(1), files("settings"), {}, progress),
                             InputError);
}

QTEST_APPLESS_MAIN(TestTraining)
#include "test_training.moc"
