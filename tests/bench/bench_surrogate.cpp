// SPDX-License-Identifier: GPL-3.0-or-later
// Training, predicting and explaining at the sizes of the HE-LZSP data: 188 rows of 16 features to learn
// from, 4575 to predict, on one core.
#include <benchmark/benchmark.h>

#include "core/base/random.h"
#include "core/surrogate/explanation.h"
#include "core/surrogate/surrogate_model.h"

namespace ionscape::bench {

namespace {

constexpr Eigen::Index trainingRows = 188, predictedRows = 4575, features = 16;

surrogate::SurrogateTable table(Eigen::Index rows, std::uint64_t seed) {
    RandomStream random(seed, "bench");
    surrogate::SurrogateTable t;
    t.target = {"MSD", "Å²", ""};
    for (Eigen::Index j = 0; j < features; ++j)
        t.features.push_back({"f" + std::to_string(j), "", "", ""});
    t.x.resize(rows, features);
    t.y.resize(rows);
    for (Eigen::Index i = 0; i < rows; ++i) {
        for (Eigen::Index j = 0; j < features; ++j)
            t.x(i, j) = random.uniform();
        t.y[i] = 100.0 * t.x(i, 0) + 40.0 * t.x(i, 1) * t.x(i, 2) + 10.0 * random.normal();
    }
    return t;
}

void fit(benchmark::State& state, const std::string& kind) {
    const auto rows = table(trainingRows, 1);
    for (auto _ : state) {
        const auto model = surrogate::makeRegressor(kind);
        model->fit(rows, 1);
        benchmark::DoNotOptimize(model->isFitted());
    }
}

/// As a user trains: five folds for the calibration, then all rows.
void train(benchmark::State& state, const std::string& kind) {
    const auto rows = table(trainingRows, 1);
    for (auto _ : state) {
        const auto model = surrogate::SurrogateModel::train(rows, surrogate::makeRegressor(kind));
        benchmark::DoNotOptimize(model.card().calibration.factor);
    }
}

void predictAndExplain(benchmark::State& state, const std::string& kind) {
    surrogate::TrainingOptions options;
    options.folds = 0;
    const auto model =
        surrogate::SurrogateModel::train(table(trainingRows, 1), surrogate::makeRegressor(kind), options);
    auto rows = table(predictedRows, 2);
    for (auto _ : state) {
        benchmark::DoNotOptimize(model.predict(rows).mean.data());
        benchmark::DoNotOptimize(surrogate::explain(model.regressor(), rows.x, rows.x).values.data());
    }
}

}  // namespace

void registerSurrogate() {
    for (const auto& kind : surrogate::regressorKinds()) {
        const auto id = kind.id;
        benchmark::RegisterBenchmark(("surrogate/fit/188x16/" + id).c_str(), [id](benchmark::State& s) {
            fit(s, id);
        })->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark(("surrogate/train/188x16/" + id).c_str(), [id](benchmark::State& s) {
            train(s, id);
        })->Unit(benchmark::kMillisecond);
        benchmark::RegisterBenchmark(("surrogate/predictAndExplain/4575x16/" + id).c_str(),
                                     [id](benchmark::State& s) { predictAndExplain(s, id); })
            ->Unit(benchmark::kMillisecond);
    }
}

}  // namespace ionscape::bench
