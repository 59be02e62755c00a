// SPDX-License-Identifier: GPL-3.0-or-later
// Displacements of long trajectories, and the fit that follows a dragged window.
#include <benchmark/benchmark.h>

#include "core/base/random.h"
#include "core/transport/motion_fit.h"

namespace ionscape::bench {

namespace {

constexpr int frames = 100000;
const auto li = crystal::Element::fromSymbol("Li");

const transport::TrajectoryView& walk(int ions) {
    static transport::TrajectoryView view;
    if (view.elements.size() == static_cast<std::size_t>(ions)) return view;
    view = {};
    view.elements.assign(static_cast<std::size_t>(ions), li);
    view.masses = Eigen::VectorXd::Constant(ions, li.mass());
    view.frameIntervalFs = 10.0;
    RandomStream random(1);
    VectorField positions = VectorField::Zero(3, ions);
    for (int t = 0; t < frames; ++t) {
        view.positions.push_back(positions);
        for (Eigen::Index k = 0; k < positions.size(); ++k)
            positions.data()[k] += 0.1 * (random.uniform() - 0.5);
    }
    return view;
}

void displacements(benchmark::State& state) {
    const auto& view = walk(static_cast<int>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(transport::meanSquaredDisplacement(view, li).msd.data());
}

void statistics(benchmark::State& state) {
    const auto& view = walk(static_cast<int>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(transport::motionStatistics(view, li).msd.msd.data());
}

void windowFit(benchmark::State& state) {
    const auto motion = transport::motionStatistics(walk(static_cast<int>(state.range(0))), li);
    const auto window = transport::defaultFitWindow(motion.msd);
    for (auto _ : state)
        benchmark::DoNotOptimize(transport::fitMotion(motion, window).tracer.coefficient);
}

}  // namespace

void registerTransport() {
    benchmark::RegisterBenchmark("msd/100000frames", displacements)->Arg(240)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("motionStatistics/100000frames", statistics)
        ->Arg(30)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("fitWindow/100000frames", windowFit)->Arg(30)->Unit(benchmark::kMillisecond);
}

}  // namespace ionscape::bench
