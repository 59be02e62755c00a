// SPDX-License-Identifier: GPL-3.0-or-later
// A CHGNet model as a Potential.
#pragma once

#include <memory>

#include "core/potential/chgnet_model.h"

namespace ionscape::potential {

class ChgnetPotential final : public Potential {
  public:
    explicit ChgnetPotential(const ChgnetModelData& data, Precision precision = Precision::Single);

    const PotentialInfo& info() const override { return info_; }
    Evaluation evaluate(const crystal::Structure& structure, const Request& request) override;

  private:
    PotentialInfo info_;
    bool roundLikeReference_;
    ChgnetModel model_;
};

}  // namespace ionscape::potential
