// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/optimiser.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/base/error.h"

namespace ionscape::training {

namespace {

constexpr double beta1 = 0.9;
constexpr double beta2 = 0.999;
constexpr double epsilon = 1e-8;

potential::NamedArray toArray(const std::string& name, const at::Tensor& tensor) {
    const at::Tensor dense = tensor.contiguous();
    const auto* values = dense.data_ptr<float>();
    return {name, tensor.sizes().vec(), std::vector<float>(values, values + dense.numel())};
}

}  // namespace

struct Optimiser::Impl {
    OptimiserKind kind = OptimiserKind::RAdam;
    double weightDecay = 0.0;
    std::vector<std::pair<std::string, at::Tensor>> parameters;
    std::vector<at::Tensor> momentum, secondMoment;
    std::int64_t steps = 0;
};

Optimiser::Optimiser(OptimiserKind kind, double weightDecay,
                     std::vector<std::pair<std::string, at::Tensor>> parameters)
    : impl_(std::make_unique<Impl>()) {
    impl_->kind = kind;
    impl_->weightDecay = kind == OptimiserKind::AdamW ? weightDecay : 0.0;
    impl_->parameters = std::move(parameters);
    for (const auto& [name, tensor] : impl_->parameters) {
        impl_->momentum.push_back(at::zeros_like(tensor.detach()));
        impl_->secondMoment.push_back(at::zeros_like(tensor.detach()));
    }
}

Optimiser::~Optimiser() = default;

void Optimiser::step(const std::vector<at::Tensor>& gradients, double learningRate) {
    const at::NoGradGuard noGradient;
    const double t = static_cast<double>(++impl_->steps);
    const double correction1 = 1.0 - std::pow(beta1, t);
    const double correction2 = 1.0 - std::pow(beta2, t);
    // How far the second moment can be trusted (RAdam); Adam trusts it always.
    bool adaptive = true;
    double rectification = 1.0;
    if (impl_->kind == OptimiserKind::RAdam) {
        const double rhoMax = 2.0 / (1.0 - beta2) - 1.0;
        const double rho = rhoMax - 2.0 * t * std::pow(beta2, t) / correction2;
        adaptive = rho > 5.0;
        if (adaptive) {
            rectification = std::sqrt((rho - 4) * (rho - 2) * rhoMax / ((rhoMax - 4) * (rhoMax - 2) * rho));
        }
    }
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        if (!gradients[i].defined()) continue;
        at::Tensor parameter = impl_->parameters[i].second;
        at::Tensor& m = impl_->momentum[i];
        at::Tensor& v = impl_->secondMoment[i];
        if (impl_->weightDecay > 0) parameter.mul_(1.0 - learningRate * impl_->weightDecay);
        m.mul_(beta1).add_(gradients[i], 1.0 - beta1);
        v.mul_(beta2).addcmul_(gradients[i], gradients[i], 1.0 - beta2);
        if (!adaptive) {
            parameter.add_(m, -learningRate / correction1);
            continue;
        }
        // Adam adds ε to the corrected root, RAdam (as in PyTorch) to the uncorrected one.
        const double small = impl_->kind == OptimiserKind::AdamW ? epsilon * std::sqrt(correction2) : epsilon;
        parameter.addcdiv_(m, v.sqrt().add_(small),
                           -learningRate * rectification * std::sqrt(correction2) / correction1);
    }
}

Optimiser::State Optimiser::state() const {
    State state{impl_->steps, {}, {}};
    for (std::size_t i = 0; i < impl_->parameters.size(); ++i) {
        const std::string& name = impl_->parameters[i].first;
        state.momentum.push_back(toArray(name, impl_->momentum[i]));
        state.secondMoment.push_back(toArray(name, impl_->secondMoment[i]));
    }
    return state;
}

void Optimiser::restore(const State& state) {
    if (state.momentum.size() != impl_->parameters.size() ||
        state.secondMoment.size() != impl_->parameters.size()) {
        throw ModelError("the training state does not belong to this model");
    }
    impl_->steps = state.steps;
    for (std::size_t i = 0; i < impl_->parameters.size(); ++i) {
        for (const auto& [array, tensor] : {std::pair{&state.momentum[i], &impl_->momentum[i]},
                                            std::pair{&state.secondMoment[i], &impl_->secondMoment[i]}}) {
            if (array->shape != tensor->sizes().vec())
                throw ModelError("the training state does not belong to this model");
            tensor->copy_(at::from_blob(const_cast<float*>(array->values.data()), array->shape, at::kFloat));
        }
    }
}

}  // namespace ionscape::training
