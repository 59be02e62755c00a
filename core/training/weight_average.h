// SPDX-License-Identifier: GPL-3.0-or-later
// Running average of a model's weights over the steps of a training run (EMA).
#pragma once

#include <cstdint>
#include <vector>

#include "core/potential/chgnet_config.h"

namespace ionscape::training {

/// a ← d·a + (1 − d)·w after each step, with d = min(decay, (1 + t)/(10 + t)) at step t, so that the average
/// forgets the beginning of the run soon.
class WeightAverage {
  public:
    /// Starts at `weights`; names and order stay theirs.
    WeightAverage(double decay, std::vector<potential::NamedArray> weights);

    /// \param step  steps done, this one included
    void update(const std::vector<potential::NamedArray>& weights, std::int64_t step);

    const std::vector<potential::NamedArray>& weights() const { return average_; }

  private:
    double decay_;
    std::vector<potential::NamedArray> average_;
};

}  // namespace ionscape::training
