// SPDX-License-Identifier: GPL-3.0-or-later
// The CHGNet engine behind the interface of all potentials.
#pragma once

#include "core/potential/chgnet_graph_builder.h"
#include "core/potential/engine/chgnet_engine.h"
#include "core/potential/potential.h"

namespace ionscape::potential {

class EnginePotential final : public Potential {
  public:
    /// `threads` = 0: what configureThreads() has set.
    explicit EnginePotential(const ChgnetModelData& data, int threads = 0,
                             const engine::Kernels* kernels = nullptr);

    const PotentialInfo& info() const override { return info_; }
    Evaluation evaluate(const crystal::Structure& structure, const Request& request) override;
    std::vector<Evaluation> evaluateBatch(const std::vector<const crystal::Structure*>& structures,
                                          const Request& request) override;

    const engine::ChgnetEngine& engine() const { return engine_; }
    /// Neighbour searches so far.
    long neighbourSearches() const;

  private:
    PotentialInfo info_;
    bool fromPython_ = false;
    engine::ChgnetEngine engine_;
    ChgnetGraphBuilder builder_;
    /// One for each place in a batch, so that neighbour lists survive from call to call.
    std::vector<ChgnetGraphBuilder> batchBuilders_;
    ChgnetGraph batch_;
};

}  // namespace ionscape::potential
