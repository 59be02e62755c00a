// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/engine/chgnet_engine.h"

#include "core/potential/engine/engine_state.h"

namespace ionscape::potential::engine {

struct ChgnetEngine::Impl {
    Impl(const ChgnetModelData& data, int threads, const Kernels& kernels)
        : state(data, threads, kernels), likeReference(data.fromPython) {}
    EngineState state;
    bool likeReference = false;
};

namespace {

const Kernels& best() {
    int count = 0;
    return *availableKernels(count)[0];
}

}  // namespace

ChgnetEngine::ChgnetEngine(const ChgnetModelData& data, int threads, const Kernels* kernels)
    : impl_(std::make_unique<Impl>(data, threads, kernels ? *kernels : best())) {}
ChgnetEngine::~ChgnetEngine() = default;
ChgnetEngine::ChgnetEngine(ChgnetEngine&&) noexcept = default;
ChgnetEngine& ChgnetEngine::operator=(ChgnetEngine&&) noexcept = default;

const ChgnetConfig& ChgnetEngine::config() const {
    return impl_->state.weights.config;
}

const Kernels& ChgnetEngine::kernels() const {
    return impl_->state.kernels;
}

int ChgnetEngine::threads() const {
    return impl_->state.team.size();
}

const EngineOutput& ChgnetEngine::evaluate(const ChgnetGraph& graph, bool magmoms) {
    EngineState& state = impl_->state;
    state.load(graph);
    state.geometry(graph, impl_->likeReference);
    state.forward();
    state.readout(magmoms);
    state.backward();
    state.forces(graph);
    return state.output;
}

std::size_t ChgnetEngine::memory() const {
    return impl_->state.bytes();
}

}  // namespace ionscape::potential::engine
