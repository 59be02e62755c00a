// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/engine/engine_weights.h"

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>
#include <map>
#include <string>

namespace ionscape::potential::engine {

namespace {

/// [outputs, inputs], as torch stores a linear layer.
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

class Reader {
  public:
    explicit Reader(const ChgnetModelData& data) {
        for (const NamedArray& array : data.weights)
            arrays_[array.name] = &array;
    }

    Matrix matrix(const std::string& name) const {
        const NamedArray& array = *arrays_.at(name);
        return Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
                   array.values.data(), array.shape[0], array.shape[1])
            .cast<double>();
    }
    /// Zeros of length `size` where there is no such array.
    Vector vector(const std::string& name, Eigen::Index size) const {
        const auto found = arrays_.find(name);
        if (found == arrays_.end()) return Vector::Zero(size);
        return Eigen::Map<const Eigen::VectorXf>(found->second->values.data(), size).cast<double>();
    }

  private:
    std::map<std::string, const NamedArray*> arrays_;
};

/// Linear layer `index` of a perceptron with `hidden` hidden layers (see WeightList::addMlp).
std::string layerName(const std::string& mlp, std::size_t index, std::size_t hidden) {
    return fmt::format("{}.layers.{}", mlp, index < hidden ? 2 * index : 2 * hidden + 1);
}

FloatBuffer paddedVector(const Vector& v) {
    FloatBuffer buffer(static_cast<std::size_t>(padded(static_cast<int>(v.size()))), 0.0f);
    for (Eigen::Index i = 0; i < v.size(); ++i)
        buffer[static_cast<std::size_t>(i)] = static_cast<float>(v[i]);
    return buffer;
}

/// Core's vector, padding, gate's vector, padding.
FloatBuffer stackedVector(const Vector& core, const Vector& gate) {
    FloatBuffer buffer = paddedVector(core);
    const FloatBuffer second = paddedVector(gate);
    buffer.insert(buffer.end(), second.begin(), second.end());
    return buffer;
}

/// Packs [outputs, inputs] matrices, their outputs side by side, each padded.
Dense pack(const std::vector<Matrix>& parts, const Vector& bias = {}) {
    Dense dense;
    const auto in = static_cast<int>(parts.front().cols());
    dense.inputs = padded(in);
    for (const Matrix& part : parts)
        dense.outputs += padded(static_cast<int>(part.rows()));
    const auto size = static_cast<std::size_t>(dense.inputs) * static_cast<std::size_t>(dense.outputs);
    dense.forward.assign(size, 0.0f);
    dense.backward.assign(size, 0.0f);
    int offset = 0;
    for (const Matrix& part : parts) {
        for (int o = 0; o < part.rows(); ++o) {
            for (int i = 0; i < in; ++i) {
                const auto value = static_cast<float>(part(o, i));
                dense.forward[static_cast<std::size_t>(i * dense.outputs + offset + o)] = value;
                dense.backward[static_cast<std::size_t>((offset + o) * dense.inputs + i)] = value;
            }
        }
        offset += padded(static_cast<int>(part.rows()));
    }
    dense.bias = paddedVector(bias);
    dense.bias.resize(static_cast<std::size_t>(dense.outputs), 0.0f);
    return dense;
}

/// Takes the mean over the outputs out, for a layer norm that follows.
void centre(Matrix& weight, Vector& bias) {
    weight.rowwise() -= weight.colwise().mean().eval();
    bias.array() -= bias.mean();
}

/// First layers of core and gate before they are packed.
struct FirstLayers {
    Matrix core, gate;
    Vector coreBias, gateBias;
};

struct GatedParts {
    Gated gated;
    FirstLayers first;
};

GatedParts readGated(const Reader& reader, const std::string& name, const std::vector<int>& hidden,
                     int outputs, bool norm, const std::vector<int>& inputs) {
    if (hidden.size() > maxLayers) {
        throw ModelError(fmt::format("{}: {} hidden layers; the fast engine handles at most {}", name,
                                     hidden.size(), maxLayers));
    }
    GatedParts parts;
    GatedShape& shape = parts.gated.shape;
    shape.layers = static_cast<int>(hidden.size());
    shape.norm = norm;
    shape.outputs = outputs;
    auto& storage = parts.gated.storage;
    const auto keep = [&](FloatBuffer buffer) { return storage.emplace_back(std::move(buffer)).data(); };
    for (std::size_t l = 0; l <= hidden.size(); ++l) {
        Matrix weight[2];
        Vector bias[2];
        for (int half = 0; half < 2; ++half) {
            const std::string layer = layerName(name + (half ? ".mlp_gate" : ".mlp_core"), l, hidden.size());
            weight[half] = reader.matrix(layer + ".weight");
            bias[half] = reader.vector(layer + ".bias", weight[half].rows());
            if (norm && l == hidden.size()) centre(weight[half], bias[half]);
        }
        shape.width[l] = padded(static_cast<int>(weight[0].rows()));
        if (l == 0) {
            parts.gated.bias = stackedVector(bias[0], bias[1]);
            parts.first = {weight[0], weight[1], bias[0], bias[1]};
            continue;
        }
        shape.bias[l - 1] = keep(stackedVector(bias[0], bias[1]));
        for (int half = 0; half < 2; ++half) {
            Dense dense = pack({weight[half]});
            shape.forward[l - 1][half] = keep(std::move(dense.forward));
            shape.backward[l - 1][half] = keep(std::move(dense.backward));
        }
    }
    if (norm) {
        shape.scale = keep(stackedVector(reader.vector(name + ".bn1.weight", outputs),
                                         reader.vector(name + ".bn2.weight", outputs)));
        shape.shift = keep(stackedVector(reader.vector(name + ".bn1.bias", outputs),
                                         reader.vector(name + ".bn2.bias", outputs)));
    }
    Eigen::Index column = 0;
    for (const int width : inputs) {
        parts.gated.blocks.push_back(
            pack({parts.first.core.middleCols(column, width), parts.first.gate.middleCols(column, width)}));
        column += width;
    }
    return parts;
}

Dense readLinear(const Reader& reader, const std::string& name) {
    const Matrix weight = reader.matrix(name + ".weight");
    return pack({weight}, reader.vector(name + ".bias", weight.rows()));
}

void readReadout(const Reader& reader, const ChgnetConfig& c, EngineWeights& w) {
    if (c.readoutNorm) {
        w.readoutScale = paddedVector(reader.vector("readout_norm.weight", c.atomDim));
        w.readoutShift = paddedVector(reader.vector("readout_norm.bias", c.atomDim));
    }
    for (std::size_t l = 0; l <= c.readoutHidden.size(); ++l)
        w.readout.push_back(readLinear(reader, layerName("mlp", l, c.readoutHidden.size())));
    w.siteWise = paddedVector(reader.vector("site_wise.weight", c.atomDim));
    w.siteWiseBias = static_cast<float>(reader.vector("site_wise.bias", 1)[0]);
}

void readLayers(const Reader& reader, const ChgnetConfig& c, EngineWeights& w) {
    const Matrix embedding = reader.matrix("bond_embedding.weight");
    // What the output layers' biases have added to bonds that get no messages.
    Vector drift = Vector::Zero(c.bondDim);
    const std::vector<int> angleInputs{c.bondDim, c.bondDim, c.angleDim, c.atomDim};
    for (int i = 0; i < c.convolutions; ++i) {
        const std::string atom = fmt::format("atom_conv_layers.{}", i);
        auto parts = readGated(reader, atom + ".twoBody_atom", c.atomHidden, c.atomDim, c.gatedNorm,
                               {c.atomDim, c.bondDim, c.atomDim});
        AtomLayer layer;
        const Matrix core = parts.first.core.middleCols(c.atomDim, c.bondDim);
        const Matrix gate = parts.first.gate.middleCols(c.atomDim, c.bondDim);
        layer.fromBasis = pack({core * embedding, gate * embedding});
        layer.fromBasis.bias =
            stackedVector(parts.first.coreBias + core * drift, parts.first.gateBias + gate * drift);
        layer.gated = std::move(parts.gated);
        layer.out = readLinear(reader, atom + ".mlp_out.layers.1");
        w.atomLayers.push_back(std::move(layer));
        if (i + 1 == c.convolutions) break;
        const std::string bond = fmt::format("bond_conv_layers.{}", i);
        w.bondLayers.push_back(
            {readGated(reader, bond + ".twoBody_bond", c.bondHidden, c.bondDim, c.gatedNorm, angleInputs)
                 .gated,
             readLinear(reader, bond + ".mlp_out.layers.1")});
        drift += reader.vector(bond + ".mlp_out.layers.1.bias", c.bondDim);
        w.angleUpdates.push_back(readGated(reader, fmt::format("angle_layers.{}.twoBody_bond", i),
                                           c.angleHidden, c.angleDim, c.gatedNorm, angleInputs)
                                     .gated);
    }
}

}  // namespace

bool engineHandles(const ChgnetConfig& c) {
    return std::max({c.atomHidden.size(), c.bondHidden.size(), c.angleHidden.size()}) <= maxLayers;
}

EngineWeights packWeights(const ChgnetModelData& data) {
    data.config.validate();
    checkWeights(data);
    const ChgnetConfig& c = data.config;
    const Reader reader(data);
    EngineWeights w;
    w.config = c;
    w.atom = padded(c.atomDim);
    w.bond = padded(c.bondDim);
    w.angle = padded(c.angleDim);
    w.radial = padded(c.radialFunctions);
    w.angular = padded(c.angularFunctions);
    const Matrix embedding = reader.matrix("atom_embedding.embedding.weight");
    for (Eigen::Index z = 0; z < embedding.rows(); ++z) {
        const FloatBuffer row = paddedVector(embedding.row(z));
        w.atomEmbedding.insert(w.atomEmbedding.end(), row.begin(), row.end());
    }
    const Vector references = reader.matrix("composition_model.fc.weight").row(0);
    w.references.assign(references.data(), references.data() + references.size());
    const std::string radial = "bond_basis_expansion.rbf_expansion_";
    w.atomFrequencies = paddedVector(reader.vector(radial + "ag.frequencies", c.radialFunctions));
    w.bondFrequencies = paddedVector(reader.vector(radial + "bg.frequencies", c.radialFunctions));
    w.angleFrequencies = paddedVector(
        reader.vector("angle_basis_expansion.fourier_expansion.frequencies", (c.angularFunctions - 1) / 2));
    w.bondEmbedding = readLinear(reader, "bond_embedding");
    w.atomWeights = readLinear(reader, "bond_weights_ag");
    w.bondWeights = readLinear(reader, "bond_weights_bg");
    w.angleEmbedding = readLinear(reader, "angle_embedding");
    readLayers(reader, c, w);
    readReadout(reader, c, w);
    return w;
}

}  // namespace ionscape::potential::engine
