// SPDX-License-Identifier: GPL-3.0-or-later
// Time of one MD step's forces: the engine against LibTorch's autograd, by system size and threads.
#include <benchmark/benchmark.h>

#include "bench_systems.h"
#include "core/potential/chgnet_potential.h"
#include "core/potential/engine/engine_potential.h"
#include "core/potential/threads.h"

namespace ionscape::bench {

namespace {

/// Atoms tremble as they do in MD, so that neighbour lists are checked and seldom rebuilt.
void evaluateSteps(benchmark::State& state, potential::Potential& potential, int atoms) {
    crystal::Structure s = cell(atoms);
    double sign = 1.0;
    for (auto _ : state) {
        s.positions.array() += 0.01 * sign;
        sign = -sign;
        benchmark::DoNotOptimize(potential.evaluate(s, {}).energy);
    }
    const auto size = static_cast<double>(s.size());
    state.counters["atoms"] = size;
    state.counters["us/atom"] = benchmark::Counter(
        size * 1e-6, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void engineStep(benchmark::State& state, Model which) {
    const int threads = static_cast<int>(state.range(1));
    potential::EnginePotential potential(model(which), threads);
    evaluateSteps(state, potential, static_cast<int>(state.range(0)));
    state.counters["MB"] = static_cast<double>(potential.engine().memory()) / 1e6;
    state.SetLabel(potential.engine().kernels().name);
}

void torchStep(benchmark::State& state, Model which) {
    potential::configureThreads(static_cast<int>(state.range(1)));
    potential::ChgnetPotential potential(model(which));
    evaluateSteps(state, potential, static_cast<int>(state.range(0)));
}

/// Eight primitive cells in one call, against eight calls.
void engineBatch(benchmark::State& state, bool together) {
    potential::EnginePotential potential(model(Model::Embedded), static_cast<int>(state.range(0)));
    const std::vector<const crystal::Structure*> cells(8, &cell(40));
    for (auto _ : state) {
        if (together) {
            benchmark::DoNotOptimize(potential.evaluateBatch(cells, {}).size());
        } else {
            for (const auto* s : cells)
                benchmark::DoNotOptimize(potential.evaluate(*s, {}).energy);
        }
    }
}

void instructionSet(benchmark::State& state, const potential::engine::Kernels* kernels) {
    potential::EnginePotential potential(model(Model::Embedded), 1, kernels);
    evaluateSteps(state, potential, 160);
}

}  // namespace

void registerPotentials() {
    using benchmark::RegisterBenchmark;
    for (const auto& [name, which] :
         {std::pair{"embedded", Model::Embedded}, {"CHGNet", Model::FullChgnet}}) {
        for (const int threads : {1, 2}) {
            for (const int atoms : {40, 160, 640, 2560}) {
                RegisterBenchmark((std::string("engine/") + name).c_str(), engineStep, which)
                    ->Args({atoms, threads})
                    ->ArgNames({"atoms", "threads"})
                    ->UseRealTime()
                    ->Unit(benchmark::kMillisecond);
            }
            for (const int atoms : {40, 160}) {
                RegisterBenchmark((std::string("libtorch/") + name).c_str(), torchStep, which)
                    ->Args({atoms, threads})
                    ->ArgNames({"atoms", "threads"})
                    ->UseRealTime()
                    ->Unit(benchmark::kMillisecond);
            }
        }
    }
    for (const bool together : {false, true}) {
        RegisterBenchmark(together ? "batch/one call" : "batch/eight calls", engineBatch, together)
            ->Args({1})
            ->Args({2})
            ->ArgNames({"threads"})
            ->UseRealTime()
            ->Unit(benchmark::kMillisecond);
    }
    int count = 0;
    const auto* tables = potential::engine::availableKernels(count);
    for (int i = 0; i < count; ++i) {
        RegisterBenchmark((std::string("instructions/") + tables[i]->name).c_str(), instructionSet, tables[i])
            ->UseRealTime()
            ->Unit(benchmark::kMillisecond);
    }
}

}  // namespace ionscape::bench
