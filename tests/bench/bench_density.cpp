// SPDX-License-Identifier: GPL-3.0-or-later
// Time of the density of mobile ions, of its smoothing and of the analyses on its grid.
#include <benchmark/benchmark.h>

#include <cmath>

#include "core/base/random.h"
#include "core/base/units.h"
#include "core/transport/jumps.h"
#include "core/transport/migration_path.h"

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

/// A landscape of cosines with as many wells as the cell has ångströms in threes, and some roughness.
transport::FreeEnergyGrid landscape(int n) {
    RandomStream random(1);
    transport::FreeEnergyGrid grid{cellOfIons(), {n, n, n}, {}};
    grid.values.resize(static_cast<std::size_t>(n) * static_cast<std::size_t>(n) *
                       static_cast<std::size_t>(n));
    for (std::size_t i = 0; i < grid.size(); ++i) {
        const Vec3 f = 12.0 * units::pi * grid.fractional(i).v;
        grid.values[i] =
            0.15 * (3.0 - std::cos(f[0]) - std::cos(f[1]) - std::cos(f[2])) + 0.01 * random.uniform();
    }
    return grid;
}

void sites(benchmark::State& state) {
    transport::DensityGrid density = landscape(static_cast<int>(state.range(0)));
    for (double& value : density.values)
        value = std::exp(-value / 0.08);
    for (auto _ : state)
        benchmark::DoNotOptimize(transport::findSites(density).sites.size());
}

void percolation(benchmark::State& state) {
    const auto grid = landscape(static_cast<int>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(transport::percolationLevels(grid).dimensionAt(1.0));
}

/// Levels and the three paths.
void paths(benchmark::State& state) {
    const auto grid = landscape(static_cast<int>(state.range(0)));
    for (auto _ : state) {
        const auto levels = transport::percolationLevels(grid);
        for (int axis = 0; axis < 3; ++axis)
            benchmark::DoNotOptimize(transport::percolatingPath(grid, levels, axis, {1000.0, 3.0})->length);
    }
}

/// 100,000 frames of 240 ions followed through 216 sites.
void track(benchmark::State& state) {
    RandomStream random(1);
    std::vector<transport::Site> list(216);
    VectorField homes(3, 240);
    for (int s = 0; s < 216; ++s) {
        list[static_cast<std::size_t>(s)].centre = {Vec3(s % 6, s / 6 % 6, s / 36) / 6.0};
        list[static_cast<std::size_t>(s)].coreRadius = 0.6;
    }
    for (Eigen::Index i = 0; i < homes.size(); ++i)
        homes.data()[i] = static_cast<double>(random.below(6)) / 6.0;
    std::vector<VectorField> frames;
    for (int t = 0; t < 200; ++t)
        frames.push_back(hoppingIons(random, homes));
    for (auto _ : state) {
        transport::SiteTracker tracker(cellOfIons(), list, 10.0);
        for (std::size_t t = 0; t < 100000; ++t)
            tracker.add(frames[t % frames.size()]);
        benchmark::DoNotOptimize(tracker.record().jumps.size());
    }
}

}  // namespace

void registerDensity() {
    using benchmark::RegisterBenchmark;
    RegisterBenchmark("density/100000 frames x 240 ions", accumulate)
        ->Arg(64)
        ->Arg(96)
        ->ArgName("grid")
        ->Unit(benchmark::kMillisecond);
    const auto onGrid = [](const char* name, void (*row)(benchmark::State&)) {
        RegisterBenchmark(name, row)->Arg(64)->Arg(96)->ArgName("grid")->Unit(benchmark::kMillisecond);
    };
    onGrid("pathways/sites", sites);
    onGrid("pathways/percolation", percolation);
    onGrid("pathways/percolation and three paths", paths);
    RegisterBenchmark("pathways/100000 frames x 240 ions through 216 sites", track)
        ->Unit(benchmark::kMillisecond);
    RegisterBenchmark("density/smoothing", smooth)
        ->Arg(64)
        ->Arg(96)
        ->ArgName("grid")
        ->Unit(benchmark::kMillisecond);
}

}  // namespace ionscape::bench
