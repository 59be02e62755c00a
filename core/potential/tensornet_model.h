// SPDX-License-Identifier: GPL-3.0-or-later
// TensorNet (Simeon & De Fabritiis, NeurIPS 2023, arXiv:2306.06482) as in MatGL, for inference on LibTorch.
#pragma once

#include <memory>
#include <vector>

#include "core/potential/bond_graph.h"
#include "core/potential/chgnet_model.h"
#include "core/potential/tensornet_config.h"

namespace ionscape::potential {

/// What the network gives for one structure.
struct TensorNetOutput {
    /// Total energy, references included, eV.
    double energy = 0.0;
    /// dE/d(vector of a bond), eV/Å; 3 × bonds.
    VectorField bondGradients;
};

/// The network. Weights of messages, functions of a distance alone, are tabulated on construction; matrices
/// are held by their irreducible components (tensornet_ops.h).
class TensorNetModel {
  public:
    /// Throws ModelError when weights and settings disagree.
    TensorNetModel(const TensorNetData& data, Precision precision);
    ~TensorNetModel();
    TensorNetModel(const TensorNetModel&) = delete;
    TensorNetModel& operator=(const TensorNetModel&) = delete;

    /// \param species  index of each atom's element in TensorNetConfig::elements
    TensorNetOutput evaluate(const BondGraph& graph, const std::vector<std::int64_t>& species) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::potential
