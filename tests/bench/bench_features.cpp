// SPDX-License-Identifier: GPL-3.0-or-later
// Time of the structural features of a relaxed-like cell and of the symmetry measures in it.
#include <benchmark/benchmark.h>

#include "bench_systems.h"
#include "core/base/random.h"
#include "core/surrogate/structural_features.h"
#include "core/surrogate/symmetry_measure.h"

namespace ionscape::bench {

namespace {

const surrogate::FeatureContext& context() {
    static const auto lzsp = surrogate::featureContext(composition::findHost("lzsp"));
    return lzsp;
}

void features(benchmark::State& state) {
    const auto& structure = cell(static_cast<int>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(surrogate::structuralFeatures(structure, context()).size());
}

/// The nearest of all shapes of a coordination for a badly distorted polyhedron.
void nearestShape(benchmark::State& state) {
    RandomStream random(1);
    VectorField ligands = surrogate::idealShapes(static_cast<int>(state.range(0))).front().points;
    for (Eigen::Index i = 0; i < ligands.size(); ++i)
        ligands.data()[i] += 0.3 * random.normal();
    for (auto _ : state)
        benchmark::DoNotOptimize(surrogate::nearestShape(ligands)->measure);
}

}  // namespace

void registerFeatures() {
    using benchmark::RegisterBenchmark;
    RegisterBenchmark("surrogate/structural features", features)
        ->Arg(40)
        ->Arg(160)
        ->Arg(640)
        ->ArgName("atoms")
        ->Unit(benchmark::kMillisecond);
    RegisterBenchmark("surrogate/nearest shape", nearestShape)
        ->DenseRange(4, 8)
        ->ArgName("ligands")
        ->Unit(benchmark::kMicrosecond);
}

}  // namespace ionscape::bench
