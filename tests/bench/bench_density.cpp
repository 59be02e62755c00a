// SPDX-License-Identifier: GPL-3.0-or-later
// Time of the density of mobile ions, of its smoothing and of the analyses on its grid.
#include <benchmark/benchmark.h>

#include "core/base/random.h"
#include "core/transport/density.h"

namespace ionscape::bench {

namespace {

const crystal::Lattice& cellOfIons() {
    static const auto lattice = crystal::Lattice::fromParameters(17.5, 18.0, 18.5, 85.0, 95.0, 110.0);
    return lattice;
}

/// Ions that hop between sites of a 6 × 6 × 6 grid now and then, as memory is visited in real runs.
VectorField hoppingIons(RandomStream& random, const VectorField& sites) {
    VectorField ions = sites;
    for (Eigen::Index i = 0; i < ions.size(); ++i)
        ions.data()[i] += 0.02 * random.normal();
    return ions;
}

/// 100,000 frames of 240 ions, of which 200 different ones are made beforehand.
void accumulate(benchmark::State& state) {
    RandomStream random(1);
    VectorField sites(3, 240);
    for (Eigen::Index i = 0; i < sites.size(); ++i)
        sites.data()[i] = static_cast<double>(random.below(6)) / 6.0;
    std::vector<VectorField> frames;
    for (int t = 0; t < 200; ++t)
        frames.push_back(hoppingIons(random, sites));
    const int n = static_cast<int>(state.range(0));
    for (auto _ : state) {
        transport::DensityAccumulator accumulator({n, n, n});
        for (std::size_t t = 0; t < 100000; ++t)
            accumulator.add(cellOfIons(), frames[t % frames.size()]);
        benchmark::DoNotOptimize(accumulator.density().values.data());
    }
}

void smooth(benchmark::State& state) {
    RandomStream random(1);
    const int n = static_cast<int>(state.range(0));
    transport::DensityGrid grid{cellOfIons(), {n, n, n}, {}};
    grid.values.resize(static_cast<std::size_t>(n) * static_cast<std::size_t>(n) *
                       static_cast<std::size_t>(n));
    for (double& value : grid.values)
        value = random.uniform();
    for (auto _ : state)
        benchmark::DoNotOptimize(transport::smoothed(grid, 0.3).values.data());
}

}  // namespace

void registerDensity() {
    using benchmark::RegisterBenchmark;
    RegisterBenchmark("density/100000 frames x 240 ions", accumulate)
        ->Arg(64)
        ->Arg(96)
        ->ArgName("grid")
        ->Unit(benchmark::kMillisecond);
    RegisterBenchmark("density/smoothing", smooth)
        ->Arg(64)
        ->Arg(96)
        ->ArgName("grid")
        ->Unit(benchmark::kMillisecond);
}

}  // namespace ionscape::bench
