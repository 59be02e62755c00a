// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/weight_average.h"

#include <algorithm>

#include "core/base/error.h"

namespace ionscape::training {

WeightAverage::WeightAverage(double decay, std::vector<potential::NamedArray> weights)
    : decay_(decay), average_(std::move(weights)) {}

void WeightAverage::update(const std::vector<potential::NamedArray>& weights, std::int64_t step) {
    if (weights.size() != average_.size())
        throw ModelError("the averaged weights do not belong to this model");
    const auto t = static_cast<double>(step);
    const auto keep = static_cast<float>(std::min(decay_, (1.0 + t) / (10.0 + t)));
    for (std::size_t a = 0; a < average_.size(); ++a) {
        auto& average = average_[a].values;
        const auto& now = weights[a].values;
        for (std::size_t i = 0; i < average.size(); ++i)
            average[i] += (1.0f - keep) * (now[i] - average[i]);
    }
}

}  // namespace ionscape::training
