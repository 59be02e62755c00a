// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/tensornet_model.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>
#include <map>

#include "core/base/units.h"
#include "core/potential/filter_table.h"
#include "core/potential/tensornet_ops.h"

namespace ionscape::potential {

namespace {

using at::Tensor;
using Samples = FilterTable::Samples;

struct Linear {
    Tensor weight, bias;  // bias undefined where there is none
    Tensor operator()(const Tensor& x) const { return at::linear(x, weight, bias); }
    /// Applied to values and derivatives, in double precision.
    Samples operator()(const Samples& x) const {
        const Tensor w = weight.to(at::kDouble);
        return {at::linear(x.values, w, bias.to(at::kDouble)), at::linear(x.slopes, w)};
    }
};

struct LayerNorm {
    Tensor weight, bias;
    Tensor operator()(const Tensor& x) const { return at::layer_norm(x, {x.size(1)}, weight, bias, 1e-5); }
};

Samples silu(const Samples& x) {
    const Tensor s = at::sigmoid(x.values);
    return {x.values * s, x.slopes * s * (1.0 + x.values * (1.0 - s))};
}

/// (cos(π r / cutoff) + 1) / 2 times the functions.
Samples withCutoff(const Samples& x, const Tensor& r, double cutoff) {
    const double k = units::pi / cutoff;
    const Tensor c = (0.5 * (at::cos(k * r) + 1.0)).unsqueeze(1);
    const Tensor slope = (-0.5 * k * at::sin(k * r)).unsqueeze(1);
    return {x.values * c, x.slopes * c + x.values * slope};
}

Samples gaussians(const Tensor& r, const Tensor& centers, double width) {
    const Tensor d = r.unsqueeze(1) - centers.to(at::kDouble).unsqueeze(0);
    const Tensor value = at::exp(-width * d * d);
    return {value, -2.0 * width * d * value};
}

/// sin(k r)/(k r) and its derivative, with their limits at r = 0.
Samples sinc(const Tensor& r, double k) {
    const Tensor x = k * r;
    const Tensor small = x < 1e-4;
    const Tensor safe = at::where(small, at::ones_like(x), x);
    return {at::where(small, at::ones_like(x), at::sin(safe) / safe),
            k * at::where(small, -x / 3.0, (at::cos(safe) - at::sin(safe) / safe) / safe)};
}

/// Orthogonal combinations of j0 that vanish at the cutoff with their first two derivatives (Kocer, Mason &
/// Erturk, AIP Advances 10, 015021 (2020), arXiv:1907.02374).
Samples smoothBessel(const Tensor& r, int count, double cutoff) {
    std::vector<Tensor> values, slopes;
    double dBefore = 1.0;
    for (int n = 0; n < count; ++n) {
        const double a = n + 1, b = n + 2;
        const Samples low = sinc(r, a * units::pi / cutoff), high = sinc(r, b * units::pi / cutoff);
        const double scale = (n % 2 ? -1.0 : 1.0) * std::sqrt(2.0) * units::pi / std::pow(cutoff, 1.5) * a *
                             b / std::sqrt(a * a + b * b);
        Tensor value = scale * (low.values + high.values);
        Tensor slope = scale * (low.slopes + high.slopes);
        if (n > 0) {
            const double e = 1.0 * n * n * b * b / (4.0 * std::pow(a, 4) + 1.0);
            const double d = 1.0 - e / dBefore;
            const double mix = std::sqrt(e / dBefore);
            value = (value + mix * values.back()) / std::sqrt(d);
            slope = (slope + mix * slopes.back()) / std::sqrt(d);
            dBefore = d;
        }
        values.push_back(value);
        slopes.push_back(slope);
    }
    return {at::stack(values, 1), at::stack(slopes, 1)};
}

/// Sum of squares over components: the squared Frobenius norm of each matrix, [N, C].
Tensor squaredNorm(const Tensor& features) {
    return at::sum(features * features, 0);
}

/// One linear layer of channels for each kind of component.
struct TensorLinear {
    Tensor scalar, vector, tensor;
    Tensor operator()(const Tensor& x) const {
        return at::cat({at::linear(x.slice(0, 0, 1), scalar), at::linear(x.slice(0, 1, 4), vector),
                        at::linear(x.slice(0, 4, 9), tensor)},
                       0);
    }
};

struct Interaction {
    FilterTable filters;
    TensorLinear before, after;
};

}  // namespace

struct TensorNetModel::Impl {
    TensorNetConfig config;
    at::ScalarType dtype = at::kFloat;
    std::map<std::string, Tensor> byName;
    Tensor basis;                ///< [9, 9]
    Tensor fromOther, fromSelf;  ///< [elements, C]: the two halves of the pair embedding
    FilterTable embeddingFilters;
    TensorLinear embeddingLinear;
    std::vector<Linear> embeddingScalars;
    LayerNorm embeddingNorm, outNorm;
    std::vector<Interaction> interactions;

    const Tensor& weight(const std::string& name) const { return byName.at(name); }
    Linear linear(const std::string& name) const {
        const auto bias = byName.find(name + ".bias");
        return {weight(name + ".weight"), bias == byName.end() ? Tensor() : bias->second};
    }
    /// Outputs of the package run over kinds fastest; here each kind is one block.
    Linear byKind(const std::string& name) const {
        const auto reorder = [&](const Tensor& t) {
            return t.view({config.units, tensornet::kinds, -1})
                .transpose(0, 1)
                .reshape(t.sizes())
                .contiguous();
        };
        const Linear original = linear(name);
        return {reorder(original.weight), reorder(original.bias)};
    }
    TensorLinear tensorLinear(const std::string& name, int first) const {
        const auto part = [&](int i) { return weight(fmt::format("{}.{}.weight", name, first + i)); };
        return {part(0), part(1), part(2)};
    }
    LayerNorm layerNorm(const std::string& name) const {
        return {weight(name + ".weight"), weight(name + ".bias")};
    }

    void connect();
    Samples radial(const Tensor& r) const;
    Tensor asMatrix(const Tensor& features) const { return change(basis, features); }
    Tensor asComponents(const Tensor& matrices) const { return change(basis.t(), matrices); }
    static Tensor change(const Tensor& to, const Tensor& features) {
        return at::mm(to, features.reshape({tensornet::components, -1})).view(features.sizes());
    }
    Tensor embed(const BondGraph& graph, const Tensor& species, const Tensor& lengths,
                 const Tensor& tensors) const;
    Tensor interact(const Interaction& layer, const Tensor& features, const Tensor& lengths,
                    const BondGraph& graph) const;
    Tensor readout(const Tensor& features) const;
};

Samples TensorNetModel::Impl::radial(const Tensor& r) const {
    if (config.basis == RadialBasis::SmoothBessel)
        return smoothBessel(r, config.radialFunctions, config.cutoff);
    return gaussians(r, weight("bond_expansion.rbf.centers"), config.gaussianWidth);
}

void TensorNetModel::Impl::connect() {
    const at::NoGradGuard noTape;
    const std::string embedding = "tensor_embedding";
    basis = tensornet::basisMatrix().to(dtype);
    const Linear pair = linear(embedding + ".emb2");
    const Tensor& elements = weight(embedding + ".emb.weight");
    fromOther = at::linear(elements, pair.weight.slice(1, 0, config.units));
    fromSelf = at::linear(elements, pair.weight.slice(1, config.units, 2 * config.units), pair.bias);
    const auto table = [&](const std::function<Samples(const Samples&)>& network) {
        return FilterTable(
            config.cutoff, [&](const Tensor& r) { return withCutoff(network(radial(r)), r, config.cutoff); },
            dtype);
    };
    embeddingFilters = table([&](const Samples& x) -> Samples {
        std::vector<Tensor> values, slopes;
        for (int t = 1; t <= tensornet::kinds; ++t) {
            const Samples kind = linear(fmt::format("{}.distance_proj{}", embedding, t))(x);
            values.push_back(kind.values);
            slopes.push_back(kind.slopes);
        }
        return {at::cat(values, 1), at::cat(slopes, 1)};
    });
    embeddingLinear = tensorLinear(embedding + ".linears_tensor", 0);
    embeddingScalars = {linear(embedding + ".linears_scalar.0"), byKind(embedding + ".linears_scalar.1")};
    embeddingNorm = layerNorm(embedding + ".init_norm");
    for (int i = 0; i < config.blocks; ++i) {
        const std::string layer = fmt::format("layers.{}", i);
        const std::string scalars = layer + ".linears_scalar";
        interactions.push_back({table([&](Samples x) {
                                    x = silu(linear(scalars + ".0")(x));
                                    x = silu(linear(scalars + ".1")(x));
                                    return silu(byKind(scalars + ".2")(x));
                                }),
                                tensorLinear(layer + ".linears_tensor", 0),
                                tensorLinear(layer + ".linears_tensor", 3)});
    }
    outNorm = layerNorm("out_norm");
}

Tensor TensorNetModel::Impl::embed(const BondGraph& graph, const Tensor& species, const Tensor& lengths,
                                   const Tensor& tensors) const {
    const Tensor sums =
        tensornet::embedBonds(embeddingFilters(lengths), tensors, fromOther.index_select(0, species),
                              fromSelf.index_select(0, species), graph);
    Tensor scale = embeddingNorm(squaredNorm(sums));
    for (const Linear& layer : embeddingScalars)
        scale = at::silu(layer(scale));
    const std::vector<Tensor> kinds = scale.split(config.units, 1);
    const Tensor mixed = embeddingLinear(sums);
    return at::cat(
        {mixed.slice(0, 0, 1) * kinds[0], mixed.slice(0, 1, 4) * kinds[1], mixed.slice(0, 4, 9) * kinds[2]},
        0);
}

Tensor TensorNetModel::Impl::interact(const Interaction& layer, const Tensor& features, const Tensor& lengths,
                                      const BondGraph& graph) const {
    const Tensor x = features / (squaredNorm(features) + 1.0);
    const Tensor y = layer.before(x);
    const Tensor message = asMatrix(tensornet::sumMessages(layer.filters(lengths), y, graph));
    const Tensor ownMatrix = asMatrix(y);
    const Tensor reversed = tensornet::multiplyMatrices(ownMatrix, message);
    const Tensor product =
        asComponents(config.symmetricProduct ? tensornet::multiplyMatrices(message, ownMatrix) + reversed
                                             : 2.0 * reversed);
    const Tensor change = layer.after(product / (squaredNorm(product) + 1.0));
    const Tensor changeMatrix = asMatrix(change);
    return x + change + asComponents(tensornet::multiplyMatrices(changeMatrix, changeMatrix));
}

Tensor TensorNetModel::Impl::readout(const Tensor& features) const {
    const Tensor norms = at::cat({squaredNorm(features.slice(0, 0, 1)), squaredNorm(features.slice(0, 1, 4)),
                                  squaredNorm(features.slice(0, 4, 9))},
                                 1);
    const Tensor x = linear("linear")(outNorm(norms));
    const auto perceptron = [&](const char* half) {
        Tensor h = linear(fmt::format("final_layer.gated.{}.0", half))(x);
        for (int i = 1; i < 4; ++i)
            h = linear(fmt::format("final_layer.gated.{}.{}", half, 2 * i))(at::silu(h));
        return h;
    };
    return perceptron("layers") * at::sigmoid(perceptron("gates"));
}

TensorNetModel::TensorNetModel(const TensorNetData& data, Precision precision)
    : impl_(std::make_unique<Impl>()) {
    impl_->config = data.config;
    impl_->dtype = precision == Precision::Double ? at::kDouble : at::kFloat;
    const auto expected = expectedWeights(data.config);
    if (expected.size() != data.weights.size())
        throw ModelError("the weights do not follow from the settings");
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const NamedArray& array = data.weights[i];
        if (array.name != expected[i].name || array.shape != expected[i].shape)
            throw ModelError(fmt::format("the weight '{}' does not follow from the settings", array.name));
        impl_->byName[array.name] =
            at::from_blob(const_cast<float*>(array.values.data()), array.shape, at::kFloat)
                .to(impl_->dtype, false, true);
    }
    impl_->connect();
}

TensorNetModel::~TensorNetModel() = default;

TensorNetOutput TensorNetModel::evaluate(const BondGraph& graph,
                                         const std::vector<std::int64_t>& species) const {
    const Tensor vectors =
        at::from_blob(const_cast<double*>(graph.vectors.data()), {graph.bonds(), 3}, at::kDouble)
            .clone()
            .requires_grad_();
    const Tensor index = at::from_blob(const_cast<std::int64_t*>(species.data()), {graph.atoms()}, at::kLong);
    // Geometry in double precision: unit vectors and lengths lose nothing before they reach the network.
    const Tensor lengths = at::norm(vectors, 2, {1});
    const Tensor tensors = tensornet::bondTensors(vectors / lengths.unsqueeze(1)).to(impl_->dtype);
    Tensor features = impl_->embed(graph, index, lengths, tensors);
    for (const Interaction& layer : impl_->interactions)
        features = impl_->interact(layer, features, lengths, graph);
    const Tensor network = at::sum(impl_->readout(features).to(at::kDouble));

    const TensorNetConfig& config = impl_->config;
    TensorNetOutput output;
    output.energy = config.energyDeviation * network.item<double>() + config.energyMean;
    for (const std::int64_t element : species)
        output.energy += config.referenceEnergies[static_cast<std::size_t>(element)];
    output.bondGradients = VectorField::Zero(3, graph.bonds());
    if (graph.bonds() > 0) {
        const Tensor gradient = torch::autograd::grad({network}, {vectors})[0].contiguous();
        output.bondGradients = config.energyDeviation *
                               Eigen::Map<const VectorField>(gradient.data_ptr<double>(), 3, graph.bonds());
    }
    return output;
}

}  // namespace ionscape::potential
