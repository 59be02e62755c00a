// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/chgnet_model.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>
#include <map>

#include "core/base/random.h"
#include "core/base/units.h"
#include "core/potential/chgnet_output.h"
#include "core/potential/gated_ops.h"
#include "core/potential/row_ops.h"

namespace ionscape::potential {

namespace {

using at::Tensor;

Tensor indexTensor(const std::vector<std::int64_t>& values) {
    return at::from_blob(const_cast<std::int64_t*>(values.data()), {static_cast<std::int64_t>(values.size())},
                         at::kLong);
}

Tensor floatTensor(const std::vector<float>& values) {
    return at::from_blob(const_cast<float*>(values.data()), {static_cast<std::int64_t>(values.size())},
                         at::kFloat);
}

struct Linear {
    Tensor weight, bias;  // bias undefined where there is none
    Tensor operator()(const Tensor& x) const { return at::linear(x, weight, bias); }
};

struct LayerNorm {
    Tensor weight, bias;
    Tensor operator()(const Tensor& x) const { return at::layer_norm(x, {x.size(1)}, weight, bias, 1e-5); }
};

struct Mlp {
    std::vector<Linear> layers;

    Tensor operator()(Tensor x) const {
        x = layers.front()(x);
        for (std::size_t i = 1; i < layers.size(); ++i)
            x = layers[i](siluActivation(x));
        return x;
    }
};

struct GatedMlp {
    Mlp core, gate;
    LayerNorm coreNorm, gateNorm;
    bool norm = false;

    /// First layers of core and gate stacked: columns begin..begin+width of their input.
    Tensor firstBlock(const Tensor& x, std::int64_t begin, bool withBias) const {
        const auto block = [&](const Linear& layer) {
            return layer.weight.slice(1, begin, begin + x.size(1));
        };
        const Linear& c = core.layers.front();
        const Linear& g = gate.layers.front();
        const Tensor weight = at::cat({block(c), block(g)}, 0);
        return at::linear(x, weight, withBias ? at::cat({c.bias, g.bias}) : Tensor());
    }

    /// From the stacked output of the first layers. Core and gate stay side by side: their layers become one
    /// with block-diagonal weights.
    Tensor fromFirst(Tensor stacked) const {
        for (std::size_t i = 1; i < core.layers.size(); ++i) {
            const Tensor weight = at::block_diag({core.layers[i].weight, gate.layers[i].weight});
            stacked = at::linear(siluActivation(stacked), weight,
                                 at::cat({core.layers[i].bias, gate.layers[i].bias}));
        }
        if (!norm) return gatedActivation(stacked, {}, {});
        return gatedActivation(stacked, at::cat({coreNorm.weight, gateNorm.weight}),
                               at::cat({coreNorm.bias, gateNorm.bias}));
    }
};

/// Index tensors of a batch. Views into the graph, which must outlive them.
struct BatchIndices {
    explicit BatchIndices(const ChgnetGraph& g)
        : first(indexTensor(g.first)),
          second(indexTensor(g.second)),
          centre(at::cat({first, second})),
          neighbour(at::cat({second, first})),
          bond(at::cat({at::arange(g.bonds(), at::kLong), at::arange(g.bonds(), at::kLong)})),
          owner(indexTensor(g.owner)),
          shortBonds(indexTensor(g.shortBonds)),
          angleAtom(indexTensor(g.angleAtom)),
          angleA(indexTensor(g.angleBondA)),
          angleB(indexTensor(g.angleBondB)) {}
    Tensor first, second, centre, neighbour, bond, owner, shortBonds, angleAtom, angleA, angleB;
};

}  // namespace

struct ChgnetModel::Impl {
    ChgnetConfig config;
    at::ScalarType dtype = at::kFloat;
    /// In the order of expectedWeights().
    std::vector<std::pair<std::string, Tensor>> named;
    std::map<std::string, Tensor> byName;

    struct Convolution {
        GatedMlp gated;
        Linear out;
    };
    std::vector<Convolution> atomConvolutions, bondConvolutions;
    std::vector<GatedMlp> angleUpdates;
    Linear siteWise;
    LayerNorm readoutNorm;
    Mlp readout;

    Linear linear(const std::string& name) const {
        const auto bias = byName.find(name + ".bias");
        return {byName.at(name + ".weight"), bias == byName.end() ? Tensor() : bias->second};
    }
    LayerNorm layerNorm(const std::string& name) const {
        return {byName.at(name + ".weight"), byName.at(name + ".bias")};
    }
    Mlp mlp(const std::string& name, std::size_t hidden) const {
        Mlp result;
        for (std::size_t i = 0; i < hidden; ++i)
            result.layers.push_back(linear(fmt::format("{}.layers.{}", name, 2 * i)));
        result.layers.push_back(linear(fmt::format("{}.layers.{}", name, 2 * hidden + 1)));
        return result;
    }
    GatedMlp gated(const std::string& name, std::size_t hidden) const {
        GatedMlp result{
            mlp(name + ".mlp_core", hidden), mlp(name + ".mlp_gate", hidden), {}, {}, config.gatedNorm};
        if (config.gatedNorm) {
            result.coreNorm = layerNorm(name + ".bn1");
            result.gateNorm = layerNorm(name + ".bn2");
        }
        return result;
    }
    void connect();

    Tensor radialBasis(const Tensor& distance, const std::string& name, double cutoff) const;
    Tensor angularBasis(const Tensor& angle) const;
    Tensor atomConvolution(const Convolution& layer, const Tensor& atoms, const Tensor& bonds,
                           const Tensor& weights, const BatchIndices& index) const;
    Tensor angleMessages(const GatedMlp& gated, const Tensor& atoms, const Tensor& shortBonds,
                         const Tensor& angles, const BatchIndices& index) const;
    /// Energies of the atoms without their references [N], and features from which magnetic moments are read
    /// [N, A].
    std::pair<Tensor, Tensor> atomicEnergies(const ChgnetGraph& graph, const BatchIndices& index,
                                             const Tensor& vectors) const;
};

void ChgnetModel::Impl::connect() {
    for (int i = 0; i < config.convolutions; ++i) {
        const std::string atom = fmt::format("atom_conv_layers.{}", i);
        atomConvolutions.push_back(
            {gated(atom + ".twoBody_atom", config.atomHidden.size()), linear(atom + ".mlp_out.layers.1")});
        if (i + 1 == config.convolutions) break;
        const std::string bond = fmt::format("bond_conv_layers.{}", i);
        bondConvolutions.push_back(
            {gated(bond + ".twoBody_bond", config.bondHidden.size()), linear(bond + ".mlp_out.layers.1")});
        angleUpdates.push_back(
            gated(fmt::format("angle_layers.{}.twoBody_bond", i), config.angleHidden.size()));
    }
    siteWise = linear("site_wise");
    if (config.readoutNorm) readoutNorm = layerNorm("readout_norm");
    readout = mlp("mlp", config.readoutHidden.size());
}

/// Spherical Bessel functions with the polynomial envelope of DimeNet++ (Gasteiger et al. 2020).
Tensor ChgnetModel::Impl::radialBasis(const Tensor& distance, const std::string& name, double cutoff) const {
    // Operation by operation as in the Python package: near the cutoff the envelope's terms cancel, and
    // another order of them moves forces of some eV/Å by 2e-4 eV/Å in float32.
    const double p = config.cutoffExponent;
    const Tensor column = distance.unsqueeze(1);
    const Tensor scaled = column / cutoff;
    const Tensor polynomial = 1.0 + at::pow(scaled, p) * (-(p + 1) * (p + 2) / 2) +
                              at::pow(scaled, p + 1) * (p * (p + 2)) +
                              at::pow(scaled, p + 2) * (-p * (p + 1) / 2);
    const Tensor envelope = at::where(scaled < 1.0, polynomial, at::zeros_like(polynomial));
    const Tensor& frequencies = byName.at("bond_basis_expansion." + name + ".frequencies");
    return envelope * (at::sin(frequencies * (column * (1.0 / cutoff))) * std::sqrt(2.0 / cutoff) / column);
}

Tensor ChgnetModel::Impl::angularBasis(const Tensor& angle) const {
    const Tensor phase =
        angle.unsqueeze(1) * byName.at("angle_basis_expansion.fourier_expansion.frequencies");
    const Tensor constant = at::full({angle.size(0), 1}, 1.0 / std::sqrt(2.0), angle.options());
    return at::cat({constant, at::sin(phase), at::cos(phase)}, 1) / std::sqrt(units::pi);
}

Tensor ChgnetModel::Impl::atomConvolution(const Convolution& layer, const Tensor& atoms, const Tensor& bonds,
                                          const Tensor& weights, const BatchIndices& index) const {
    const std::int64_t a = config.atomDim;
    const std::int64_t b = config.bondDim;
    const Tensor fromCentre = layer.gated.firstBlock(atoms, 0, true);
    const Tensor fromBond = layer.gated.firstBlock(bonds, a, false);
    const Tensor fromNeighbour = layer.gated.firstBlock(atoms, a + b, false);
    const Tensor messages = layer.gated.fromFirst(
        gatherSum({fromCentre, index.centre}, {fromBond, index.bond}, {fromNeighbour, index.neighbour}));
    const Tensor weighted = messages * at::cat({weights, weights}, 0);
    return layer.out(scatterSum(weighted, index.centre, atoms.size(0))) + atoms;
}

Tensor ChgnetModel::Impl::angleMessages(const GatedMlp& gated, const Tensor& atoms, const Tensor& shortBonds,
                                        const Tensor& angles, const BatchIndices& index) const {
    const std::int64_t b = config.bondDim;
    const Tensor fromA = gated.firstBlock(shortBonds, 0, true);
    const Tensor fromB = gated.firstBlock(shortBonds, b, false);
    const Tensor fromAngle = gated.firstBlock(angles, 2 * b, false);
    const Tensor fromAtom = gated.firstBlock(atoms, 2 * b + config.angleDim, false);
    return gated.fromFirst(
        gatherSum({fromA, index.angleA}, {fromB, index.angleB}, {fromAtom, index.angleAtom}) + fromAngle);
}

std::pair<Tensor, Tensor> ChgnetModel::Impl::atomicEnergies(const ChgnetGraph& graph,
                                                            const BatchIndices& index,
                                                            const Tensor& vectors) const {
    // Lengths and angles in double precision: next to straight angles float32 loses half of its digits.
    const Tensor length = at::norm(vectors, 2, {1});
    const Tensor basis = radialBasis(length.to(dtype), "rbf_expansion_ag", config.atomCutoff);
    Tensor bonds = at::linear(basis, byName.at("bond_embedding.weight"));
    const Tensor atomWeights = at::linear(basis, byName.at("bond_weights_ag.weight"));
    Tensor atoms = gather(byName.at("atom_embedding.embedding.weight"), indexTensor(graph.atomicNumbers) - 1);

    const bool hasAngles = graph.angles() > 0;
    Tensor angles, angleWeights;
    if (hasAngles) {
        const Tensor shortVectors = gather(vectors, index.shortBonds);
        const Tensor shortLength = at::norm(shortVectors, 2, {1});
        const Tensor unit = shortVectors / shortLength.unsqueeze(1);
        const Tensor sign = floatTensor(graph.angleSignA) * floatTensor(graph.angleSignB);
        Tensor cosine = at::sum(gather(unit, index.angleA) * gather(unit, index.angleB), {1}) *
                        (sign.to(at::kDouble) * straightAngleFactor);
        if (!graph.roundedCosines.empty()) {
            cosine = cosine + (floatTensor(graph.roundedCosines) - cosine.detach());
        }
        angles = at::linear(angularBasis(at::acos(cosine).to(dtype)), byName.at("angle_embedding.weight"));
        const Tensor bondWeights =
            at::linear(radialBasis(shortLength.to(dtype), "rbf_expansion_bg", config.bondCutoff),
                       byName.at("bond_weights_bg.weight"));
        angleWeights = gather(bondWeights, index.angleA) * gather(bondWeights, index.angleB);
    }

    Tensor momentFeatures = atoms;
    for (int i = 0; i < config.convolutions; ++i) {
        const auto layer = static_cast<std::size_t>(i);
        atoms = atomConvolution(atomConvolutions[layer], atoms, bonds, atomWeights, index);
        if (i + 1 == config.convolutions) break;
        momentFeatures = atoms;
        if (!hasAngles) continue;
        const Tensor shortBonds = gather(bonds, index.shortBonds);
        const Tensor messages =
            angleMessages(bondConvolutions[layer].gated, atoms, shortBonds, angles, index);
        const Tensor sums = scatterSum(messages * angleWeights, index.angleA, shortBonds.size(0));
        // Bonds outside the bond graph receive no message: only the output layer's bias.
        bonds = bonds + bondConvolutions[layer].out(scatterSum(sums, index.shortBonds, bonds.size(0)));
        if (i + 2 == config.convolutions) continue;  // nothing reads the last angle update
        angles = angles +
                 angleMessages(angleUpdates[layer], atoms, gather(bonds, index.shortBonds), angles, index);
    }
    if (config.readoutNorm) atoms = readoutNorm(atoms);
    return {readout(atoms).squeeze(1), momentFeatures};
}

ChgnetModel::ChgnetModel(const ChgnetModelData& data, Precision precision) : impl_(std::make_unique<Impl>()) {
    data.config.validate();
    checkWeights(data);
    impl_->config = data.config;
    impl_->dtype = precision == Precision::Double ? at::kDouble : at::kFloat;
    for (const NamedArray& array : expectedWeights(data.config)) {
        Tensor tensor = at::empty(array.shape, at::TensorOptions().dtype(impl_->dtype));
        impl_->named.emplace_back(array.name, tensor);
        impl_->byName[array.name] = tensor;
    }
    setWeights(data.weights);
    impl_->connect();
}

ChgnetModel::~ChgnetModel() = default;

const ChgnetConfig& ChgnetModel::config() const {
    return impl_->config;
}

namespace {

constexpr const char* referenceEnergies = "composition_model.fc.weight";

/// Reference energies of all atoms, eV, summed in double precision [structures]. References fitted to
/// fractions and energies per atom ("intensive") and those fitted to counts and totals both add up to this.
Tensor referenceSum(const Tensor& perElement, const Tensor& numbers, const Tensor& owner,
                    std::int64_t structures) {
    const Tensor perAtom = perElement.view({-1}).to(at::kDouble).index_select(0, numbers - 1);
    return at::zeros({structures}, at::kDouble).index_add(0, owner, perAtom);
}

}  // namespace

ChgnetOutput ChgnetModel::evaluate(const ChgnetGraph& batch, const Request& request, bool onTape) const {
    const BatchIndices index(batch);
    const Tensor vectors =
        at::from_blob(const_cast<Vec3*>(batch.vectors.data()), {batch.bonds(), 3}, at::kDouble)
            .clone()
            .requires_grad_();

    const auto [atomic, features] = impl_->atomicEnergies(batch, index, vectors);
    ChgnetOutput output;
    const Tensor reference = referenceSum(impl_->byName.at(referenceEnergies),
                                          indexTensor(batch.atomicNumbers), index.owner, batch.structures);
    output.energy =
        at::zeros({batch.structures}, at::kDouble).index_add(0, index.owner, atomic.to(at::kDouble)) +
        reference;

    Tensor gradient = at::zeros_like(vectors);
    if (batch.bonds() > 0) {
        gradient = torch::autograd::grad({at::sum(atomic)}, {vectors}, {}, onTape, onTape)[0];
    }
    // dE/dr of a bond pulls its first atom along, its second back.
    output.forces =
        scatterSum(gradient, index.first, batch.atoms()) - scatterSum(gradient, index.second, batch.atoms());
    if (request.stress) {
        const Tensor perBond = (vectors.detach().unsqueeze(2) * gradient.unsqueeze(1)).view({-1, 9});
        const Tensor bondOwner = index.owner.index_select(0, index.first);
        const Tensor volumes =
            at::from_blob(const_cast<double*>(batch.volumes.data()), {batch.structures, 1}, at::kDouble);
        output.stressGPa =
            scatterSum(perBond, bondOwner, batch.structures) / volumes * units::eVPerAngstrom3InGPa;
    }
    if (request.magmoms && impl_->config.magmoms) {
        output.magmoms = at::abs(impl_->siteWise(features)).view({-1});
    }
    if (!onTape) {
        for (Tensor* tensor : {&output.energy, &output.forces, &output.stressGPa, &output.magmoms}) {
            if (tensor->defined()) *tensor = tensor->detach();
        }
    }
    return output;
}

std::vector<std::pair<std::string, at::Tensor>> ChgnetModel::parameters() const {
    std::vector<std::pair<std::string, at::Tensor>> result;
    for (const auto& [name, tensor] : impl_->named) {
        if (name != referenceEnergies) result.emplace_back(name, tensor);
    }
    return result;
}

std::vector<NamedArray> ChgnetModel::weights() const {
    std::vector<NamedArray> result;
    for (const auto& [name, tensor] : impl_->named) {
        const Tensor dense = tensor.detach().to(at::kFloat).contiguous();
        const auto* values = dense.data_ptr<float>();
        result.push_back({name, tensor.sizes().vec(), std::vector<float>(values, values + dense.numel())});
    }
    return result;
}

void ChgnetModel::setWeights(const std::vector<NamedArray>& weights) {
    const at::NoGradGuard noGradient;
    for (const NamedArray& array : weights) {
        const Tensor source = at::from_blob(const_cast<float*>(array.values.data()), array.shape, at::kFloat);
        impl_->byName.at(array.name).copy_(source);
    }
}

std::vector<NamedArray> initialWeights(const ChgnetConfig& config, std::uint64_t seed) {
    RandomStream random(seed, "chgnet weights");
    std::vector<NamedArray> weights = expectedWeights(config);
    double bound = 0.0;
    for (NamedArray& array : weights) {
        std::size_t count = 1;
        for (const auto size : array.shape)
            count *= static_cast<std::size_t>(size);
        array.values.assign(count, 0.0f);
        const auto endsWith = [&](const char* text) { return array.name.ends_with(text); };
        const bool norm =
            array.name.find(".bn") != std::string::npos || array.name.starts_with("readout_norm");
        if (endsWith("frequencies")) {
            const double unit = array.name.starts_with("bond_basis") ? units::pi : 1.0;
            for (std::size_t i = 0; i < count; ++i)
                array.values[i] = static_cast<float>(unit * double(i + 1));
        } else if (array.name == "atom_embedding.embedding.weight") {
            for (float& value : array.values)
                value = static_cast<float>(random.normal());
        } else if (norm) {
            if (endsWith("weight")) array.values.assign(count, 1.0f);
        } else if (array.name != referenceEnergies) {
            // A bias follows its weight and shares its fan-in.
            if (array.shape.size() == 2) bound = 1.0 / std::sqrt(static_cast<double>(array.shape[1]));
            for (float& value : array.values)
                value = static_cast<float>(bound * (2.0 * random.uniform() - 1.0));
        }
    }
    return weights;
}

}  // namespace ionscape::potential
