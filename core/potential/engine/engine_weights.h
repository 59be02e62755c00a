// SPDX-License-Identifier: GPL-3.0-or-later
// The weights of a CHGNet, rearranged for the engine: first layers split by input, matrices packed, the mean
// that a layer norm would subtract taken out beforehand.
#pragma once

#include <deque>
#include <vector>

#include "core/potential/chgnet_config.h"
#include "core/potential/engine/float_buffer.h"
#include "core/potential/engine/kernels.h"

namespace ionscape::potential::engine {

/// y = x W + b on padded rows, and the transpose for gradients.
struct Dense {
    int inputs = 0, outputs = 0;  ///< padded
    FloatBuffer forward;          ///< [inputs, outputs]
    FloatBuffer backward;         ///< [outputs, inputs]
    FloatBuffer bias;             ///< [outputs], zeros where there is none
};

/// Gated perceptron whose first layer is split into blocks, one for each part of its input.
struct Gated {
    Gated() = default;
    Gated(Gated&&) = default;
    Gated& operator=(Gated&&) = default;

    GatedShape shape;
    std::vector<Dense> blocks;
    FloatBuffer bias;  ///< of the first layer
    /// What the pointers of `shape` point into; a deque keeps addresses.
    std::deque<FloatBuffer> storage;
};

struct AtomLayer {
    Gated gated;  ///< blocks: centre, bond, neighbour
    /// Block of the bond from its radial basis, for bonds without messages, with its bias.
    Dense fromBasis;
    Dense out;
};

struct BondLayer {
    Gated gated;  ///< blocks: bond a, bond b, angle, atom
    Dense out;
};

struct EngineWeights {
    ChgnetConfig config;
    int atom = 0, bond = 0, angle = 0, radial = 0, angular = 0;  ///< padded widths
    /// Row z − 1: embedding of an element.
    FloatBuffer atomEmbedding;
    std::vector<double> references;
    FloatBuffer atomFrequencies, bondFrequencies, angleFrequencies;
    Dense bondEmbedding, atomWeights, bondWeights, angleEmbedding;
    std::vector<AtomLayer> atomLayers;
    std::vector<BondLayer> bondLayers;
    std::vector<Gated> angleUpdates;
    FloatBuffer readoutScale, readoutShift;  ///< empty without a norm
    std::vector<Dense> readout;              ///< the last has one output (padded)
    FloatBuffer siteWise;                    ///< [atom], for the magnetic moments
    float siteWiseBias = 0.0f;
};

/// Whether the engine has room for the hidden layers of a model; others run on LibTorch.
bool engineHandles(const ChgnetConfig& config);

/// Throws ModelError for weights that do not fit the settings and for more
/// hidden layers than the engine handles.
EngineWeights packWeights(const ChgnetModelData& data);

}  // namespace ionscape::potential::engine
