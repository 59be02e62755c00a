// SPDX-License-Identifier: GPL-3.0-or-later
// Steps along the gradient with adaptive moments: RAdam and AdamW.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/potential/chgnet_config.h"
#include "core/training/training_settings.h"

namespace at {
class Tensor;
}

namespace ionscape::training {

/// Momentum and second moment of each parameter; β1 = 0.9, β2 = 0.999, ε = 1e-8.
class Optimiser {
  public:
    /// Updates the given tensors in place; they share storage with the model.
    /// \param weightDecay  of AdamW: each step shrinks the parameters by rate × decay first
    Optimiser(OptimiserKind kind, double weightDecay,
              std::vector<std::pair<std::string, at::Tensor>> parameters);
    ~Optimiser();

    /// One step along the negative gradients (one a parameter; undefined ones are skipped).
    void step(const std::vector<at::Tensor>& gradients, double learningRate);

    /// Everything an exact resume needs.
    struct State {
        std::int64_t steps = 0;
        std::vector<potential::NamedArray> momentum, secondMoment;
    };
    State state() const;
    void restore(const State& state);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::training
