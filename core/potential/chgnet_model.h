// SPDX-License-Identifier: GPL-3.0-or-later
// CHGNet (Deng et al., Nature Machine Intelligence 5, 1031 (2023)) on LibTorch, differentiable to second
// order.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/potential/chgnet_config.h"
#include "core/potential/chgnet_graph.h"

namespace at {
class Tensor;
}

namespace ionscape::potential {

enum class Precision { Single, Double };

/// Results for a batch of structures, on the autograd tape where requested.
struct ChgnetOutput;

/// The network. Weights carry the names of the Python package; the first linear layer of each gated
/// perceptron, which acts on a concatenation, is applied block by block: its atom and bond parts once per
/// atom and per bond, instead of once per edge or angle. That is the same sum in another order.
class ChgnetModel {
  public:
    /// Throws ModelError when weights and settings disagree.
    explicit ChgnetModel(const ChgnetModelData& data, Precision precision = Precision::Single);
    ~ChgnetModel();
    ChgnetModel(const ChgnetModel&) = delete;
    ChgnetModel& operator=(const ChgnetModel&) = delete;

    const ChgnetConfig& config() const;

    /// Energies, forces and (on request) virials of all structures of the batch.
    /// \param onTape  keep the results differentiable with respect to the weights (training)
    ChgnetOutput evaluate(const ChgnetGraph& batch, const Request& request, bool onTape) const;

    /// Trainable weights, in a fixed order; shares storage with the model.
    std::vector<std::pair<std::string, at::Tensor>> parameters() const;
    /// Current weights as plain arrays, reference energies included.
    std::vector<NamedArray> weights() const;
    /// Replaces all weights; names and shapes must match.
    void setWeights(const std::vector<NamedArray>& weights);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Random initial weights as PyTorch's layers draw them (uniform ±1/√fan-in; normal embedding), basis
/// frequencies at their canonical values, reference energies zero.
std::vector<NamedArray> initialWeights(const ChgnetConfig& config, std::uint64_t seed);

}  // namespace ionscape::potential
