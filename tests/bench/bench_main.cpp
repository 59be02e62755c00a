// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-bench: times of the numerical engine; compare within one run, machines differ.
#include <benchmark/benchmark.h>

#include "core/potential/threads.h"

namespace ionscape::bench {
void registerDensity();
void registerFeatures();
void registerPotentials();
void registerSurrogate();
void registerTransport();
}  // namespace ionscape::bench

int main(int argc, char** argv) {
    ionscape::potential::configureThreads(1);
    ionscape::bench::registerDensity();
    ionscape::bench::registerFeatures();
    ionscape::bench::registerPotentials();
    ionscape::bench::registerSurrogate();
    ionscape::bench::registerTransport();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
