// SPDX-License-Identifier: GPL-3.0-or-later
// A TensorNet as a Potential.
#pragma once

#include <array>

#include "core/potential/tensornet_model.h"

namespace ionscape::potential {

class TensorNetPotential final : public Potential {
  public:
    explicit TensorNetPotential(const TensorNetData& data, Precision precision = Precision::Single);

    const PotentialInfo& info() const override { return info_; }
    Evaluation evaluate(const crystal::Structure& structure, const Request& request) override;

  private:
    PotentialInfo info_;
    /// Index of each atomic number in the model's elements.
    std::array<std::int64_t, crystal::Element::maxAtomicNumber + 1> speciesOf_{};
    TensorNetModel model_;
};

}  // namespace ionscape::potential
