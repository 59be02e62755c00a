// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a training run one by one: learning rate, optimisers, averaged weights, batches, freezing.
#include <ATen/ATen.h>

#include <QTest>
#include <cmath>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/training/batch_order.h"
#include "core/training/frozen_weights.h"
#include "core/training/optimiser.h"
#include "core/training/weight_average.h"

using namespace ionscape;
using namespace ionscape::training;

class TestTrainingParts : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void learningRateFollowsItsSchedule();
    void optimisersMatchTheirPapers_data();
    void optimisersMatchTheirPapers();
    void averageForgetsTheBeginning();
    void batchesMixReplayedFrames();
    void choicesOfFrozenWeights();
    void settingsAreChecked();
};

void TestTrainingParts::learningRateFollowsItsSchedule() {
    TrainingSettings s;
    s.epochs = 10;
    s.learningRate = 0.1;
    s.finalRateFraction = 0.01;
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-12; };
    QVERIFY(near(learningRateAt(s, 20, 0), 0.1));
    QVERIFY(near(learningRateAt(s, 20, 100), 0.5 * (0.1 + 0.001)));
    QVERIFY(near(learningRateAt(s, 20, 200), 0.001));
    s.warmupEpochs = 2;  // 40 batches
    QVERIFY(near(learningRateAt(s, 20, 0), 0.1 / 41));
    QVERIFY(near(learningRateAt(s, 20, 39), 0.1 * 40 / 41));
    QVERIFY(near(learningRateAt(s, 20, 40), 0.1));
    QVERIFY(near(learningRateAt(s, 20, 120), 0.5 * (0.1 + 0.001)));
    QVERIFY(near(learningRateAt(s, 20, 200), 0.001));
    s.schedule = Schedule::Constant;
    QVERIFY(near(learningRateAt(s, 20, 150), 0.1));
    s.schedule = Schedule::Step;
    s.stepEpochs = 3;
    s.stepFactor = 0.5;
    QVERIFY(near(learningRateAt(s, 20, 59), 0.1));
    QVERIFY(near(learningRateAt(s, 20, 60), 0.05));
    QVERIFY(near(learningRateAt(s, 20, 185), 0.0125));
}

void TestTrainingParts::optimisersMatchTheirPapers_data() {
    QTest::addColumn<bool>("adamw");
    QTest::newRow("AdamW") << true;
    QTest::newRow("RAdam") << false;
}

/// Against the formulas of the papers for one number in double precision.
void TestTrainingParts::optimisersMatchTheirPapers() {
    QFETCH(bool, adamw);
    const double rate = 0.05, decay = 0.1;
    at::Tensor parameter = at::full({1}, 2.0, at::kFloat);
    Optimiser optimiser(adamw ? OptimiserKind::AdamW : OptimiserKind::RAdam, decay, {{"x", parameter}});
    double x = 2.0, m = 0.0, v = 0.0;
    for (int t = 1; t <= 40; ++t) {
        const double g = 2.0 * x + std::sin(t);
        optimiser.step({at::full({1}, g, at::kFloat)}, rate);
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        const double mHat = m / (1 - std::pow(0.9, t)), c2 = 1 - std::pow(0.999, t);
        if (adamw) {
            x = x - rate * decay * x - rate * mHat / (std::sqrt(v / c2) + 1e-8);
        } else {
            const double rhoMax = 2 / 0.001 - 1, rho = rhoMax - 2 * t * std::pow(0.999, t) / c2;
            if (rho > 5) {
                const double r =
                    std::sqrt((rho - 4) * (rho - 2) * rhoMax / ((rhoMax - 4) * (rhoMax - 2) * rho));
                x -= rate * mHat * r * std::sqrt(c2) / (std::sqrt(v) + 1e-8);
            } else {
                x -= rate * mHat;
            }
        }
        QVERIFY2(std::abs(parameter.item<double>() - x) < 2e-5, qPrintable(QString::number(t)));
    }
    QVERIFY(std::abs(x) < 1.9);
}

void TestTrainingParts::averageForgetsTheBeginning() {
    WeightAverage average(0.9, {{"w", {1}, {100.0f}}});
    double expected = 100.0;
    for (int t = 1; t <= 200; ++t) {
        average.update({{"w", {1}, {float(t % 2)}}}, t);
        const double keep = std::min(0.9, (1.0 + t) / (10.0 + t));
        expected = keep * expected + (1 - keep) * (t % 2);
        QVERIFY(std::abs(average.weights()[0].values[0] - expected) < 1e-3);
    }
    QVERIFY(std::abs(expected - 0.5) < 0.05);
}

void TestTrainingParts::batchesMixReplayedFrames() {
    TrainingSettings s;
    s.batchSize = 8;
    s.replayFraction = 0.25;
    const BatchOrder order(s, 3, 20, 5);
    QCOMPARE(order.batches(), 4);  // 6 new frames a batch
    std::multiset<std::size_t> fresh;
    std::map<std::size_t, int> replayed;
    for (std::int64_t b = 0; b < order.batches(); ++b) {
        for (const auto i : order.freshOf(b))
            fresh.insert(i);
        QCOMPARE(order.replayedOf(b).size(), std::size_t(2));
        for (const auto i : order.replayedOf(b))
            ++replayed[i];
    }
    QCOMPARE(fresh.size(), std::size_t(20));
    QCOMPARE(std::set<std::size_t>(fresh.begin(), fresh.end()).size(), std::size_t(20));
    QCOMPARE(replayed.size(), std::size_t(5));  // eight draws of five frames: each once or twice
    for (const auto& [index, count] : replayed)
        QVERIFY(count <= 2);
    QVERIFY(BatchOrder(s, 3, 20, 5).freshOf(1) == order.freshOf(1));
    QVERIFY(BatchOrder(s, 4, 20, 5).freshOf(1) != order.freshOf(1));
    s.replayFraction = 0.0;
    QCOMPARE(BatchOrder(s, 3, 20, 5).batches(), 3);
    QVERIFY(BatchOrder(s, 3, 20, 5).replayedOf(0).empty());
}

void TestTrainingParts::choicesOfFrozenWeights() {
    const potential::ChgnetConfig config;  // CHGNet 0.3.0
    QVERIFY(frozenWeights(config, {}).empty());
    QCOMPARE(frozenWeights(config, {"basis"}).size(), std::size_t(3));
    QCOMPARE(frozenWeights(config, {"embeddings"}).size(), std::size_t(5));
    std::set<std::string> trained;
    const auto body = frozenWeights(config, {"all-but-readout"});
    for (const auto& array : potential::expectedWeights(config)) {
        if (!body.contains(array.name)) trained.insert(array.name.substr(0, array.name.find('.')));
    }
    QVERIFY(trained == std::set<std::string>({"composition_model", "site_wise", "readout_norm", "mlp"}));
    for (const auto& name : frozenWeights(config, {"convolutions:2"})) {
        QVERIFY2(name.find(".0.") != std::string::npos || name.find(".1.") != std::string::npos,
                 name.c_str());
        QVERIFY(!name.starts_with("atom_conv_layers.2") && !name.starts_with("mlp."));
    }
    QVERIFY(frozenWeights(config, {"convolutions:4"}).contains("atom_conv_layers.3.mlp_out.layers.1.weight"));
    for (const char* bad : {"convolutions:0", "convolutions:5", "convolutions:x", "nothing", ""})
        QVERIFY_EXCEPTION_THROWN(frozenWeights(config, {bad}), InputError);
    QVERIFY_EXCEPTION_THROWN(frozenWeights(config, {"all-but-readout", "site_wise", "readout_norm", "mlp"}),
                             InputError);
}

void TestTrainingParts::settingsAreChecked() {
    const auto refused = [](auto change) {
        TrainingSettings s;
        s.validate();
        change(s);
        try {
            s.validate();
        } catch (const InputError&) {
            return true;
        }
        return false;
    };
    QVERIFY(refused([](auto& s) { s.warmupEpochs = s.epochs; }));
    QVERIFY(refused([](auto& s) { s.averageDecay = 1.0; }));
    QVERIFY(refused([](auto& s) { s.stepFactor = 0.0; }));
    QVERIFY(refused([](auto& s) { s.replayFraction = 0.95; }));
    QVERIFY(refused([](auto& s) {
        s.replayFraction = 0.5;
        s.batchSize = 1;
    }));
    QVERIFY(refused([](auto& s) { s.patience = -1; }));
    QVERIFY(refused([](auto& s) { s.learningRate = NAN; }));
    QVERIFY(refused([](auto& s) { s.magmomWeight = -1; }));
}

QTEST_APPLESS_MAIN(TestTrainingParts)
#include "test_training_parts.moc"
