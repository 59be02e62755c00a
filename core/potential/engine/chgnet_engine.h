// SPDX-License-Identifier: GPL-3.0-or-later
// Energies and forces of a CHGNet by hand-derived kernels: no autograd, no tensor library.
#pragma once

#include <memory>
#include <vector>

#include "core/potential/chgnet_config.h"
#include "core/potential/chgnet_graph.h"
#include "core/potential/engine/kernels.h"

namespace ionscape::potential::engine {

/// Results for all structures of a graph; valid until the next evaluation.
struct EngineOutput {
    std::vector<double> energies;  ///< eV, one a structure
    VectorField forces;            ///< eV/Å, 3 × atoms
    std::vector<Mat3> stressGPa;   ///< positive in tension, symmetric
    std::vector<double> magmoms;   ///< μ_B, one an atom; empty unless asked for and trained
};

/// Evaluates the model in float32; geometry, energies and forces are summed in float64. The arithmetic
/// differs from the autograd path (ChgnetModel) in three ways that cut its cost: the first layer of a gated
/// perceptron is split by its inputs, so that parts of atoms and bonds are computed once for each atom and
/// bond; bonds outside the bond graph enter through their basis functions; the backward pass recomputes the
/// forward values of a block of edges instead of storing them. Results are the same for the same number of
/// threads and instruction set, and buffers are reused, so that steps allocate only while systems grow.
class ChgnetEngine {
  public:
    /// `threads` >= 1. `kernels` null: the best that this processor can run.
    ChgnetEngine(const ChgnetModelData& data, int threads, const Kernels* kernels = nullptr);
    ~ChgnetEngine();
    ChgnetEngine(ChgnetEngine&&) noexcept;
    ChgnetEngine& operator=(ChgnetEngine&&) noexcept;

    const ChgnetConfig& config() const;
    const Kernels& kernels() const;
    int threads() const;

    /// Of one structure or of several side by side.
    const EngineOutput& evaluate(const ChgnetGraph& graph, bool magmoms);

    /// Bytes held in buffers.
    std::size_t memory() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::potential::engine
