// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/chgnet_config.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

namespace ionscape::potential {

namespace {

constexpr int maxElements = 94;

void requireRange(const char* name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
        throw ModelError(
            fmt::format("the CHGNet setting '{}' is {}, allowed is {} to {}", name, value, low, high));
    }
}

void requireWidths(const char* name, const std::vector<int>& widths) {
    requireRange(name, static_cast<double>(widths.size()), 0, 8);
    for (const int width : widths)
        requireRange(name, width, 1, 1024);
}

class WeightList {
  public:
    void add(const std::string& name, std::vector<std::int64_t> shape) {
        arrays_.push_back({name, std::move(shape), {}});
    }

    /// The indices follow torch.nn.Sequential in chgnet.model.functions.MLP: activations count, and a dropout
    /// stands before the last layer (before the only one where there is no hidden layer).
    void addMlp(const std::string& prefix, int in, const std::vector<int>& hidden, int out, bool bias) {
        int index = 0;
        const auto linear = [&](int layerIn, int layerOut) {
            const std::string layer = fmt::format("{}.layers.{}", prefix, index);
            add(layer + ".weight", {layerOut, layerIn});
            if (bias) add(layer + ".bias", {layerOut});
        };
        for (const int width : hidden) {
            linear(in, width);
            in = width;
            index += 2;
        }
        ++index;
        linear(in, out);
    }

    void addGated(const std::string& prefix, int in, const std::vector<int>& hidden, int out, bool norm) {
        addMlp(prefix + ".mlp_core", in, hidden, out, true);
        addMlp(prefix + ".mlp_gate", in, hidden, out, true);
        if (!norm) return;
        for (const char* name : {".bn1", ".bn2"})
            addNorm(prefix + name, out);
    }

    void addNorm(const std::string& prefix, int width) {
        add(prefix + ".weight", {width});
        add(prefix + ".bias", {width});
    }

    std::vector<NamedArray> take() { return std::move(arrays_); }

  private:
    std::vector<NamedArray> arrays_;
};

}  // namespace

void ChgnetConfig::validate() const {
    for (const auto& [name, value] :
         {std::pair{"atom_fea_dim", atomDim}, {"bond_fea_dim", bondDim}, {"angle_fea_dim", angleDim}}) {
        requireRange(name, value, 1, 1024);
    }
    if (atomDim != bondDim) {
        // The python model multiplies atom messages by bond weights element by element.
        requireRange("bond_fea_dim (must equal atom_fea_dim)", bondDim, atomDim, atomDim);
    }
    requireRange("num_radial", radialFunctions, 1, 256);
    requireRange("num_angular", angularFunctions, 1, 255);
    if (angularFunctions % 2 == 0) throw ModelError("the CHGNet setting 'num_angular' must be odd");
    requireRange("n_conv", convolutions, 1, 16);
    requireWidths("atom_conv_hidden_dim", atomHidden);
    requireWidths("bond_conv_hidden_dim", bondHidden);
    requireWidths("angle_layer_hidden_dim", angleHidden);
    requireWidths("mlp_hidden_dims", readoutHidden);
    requireRange("atom_graph_cutoff", atomCutoff, 1.0, 12.0);
    requireRange("bond_graph_cutoff", bondCutoff, 0.0, atomCutoff);
    requireRange("cutoff_coeff", cutoffExponent, 1, 64);
}

std::vector<NamedArray> expectedWeights(const ChgnetConfig& c) {
    WeightList list;
    list.add("composition_model.fc.weight", {1, maxElements});
    list.add("atom_embedding.embedding.weight", {maxElements, c.atomDim});
    list.add("bond_basis_expansion.rbf_expansion_ag.frequencies", {c.radialFunctions});
    list.add("bond_basis_expansion.rbf_expansion_bg.frequencies", {c.radialFunctions});
    list.add("bond_embedding.weight", {c.bondDim, c.radialFunctions});
    list.add("bond_weights_ag.weight", {c.atomDim, c.radialFunctions});
    list.add("bond_weights_bg.weight", {c.bondDim, c.radialFunctions});
    list.add("angle_basis_expansion.fourier_expansion.frequencies", {(c.angularFunctions - 1) / 2});
    list.add("angle_embedding.weight", {c.angleDim, c.angularFunctions});
    const int angleInput = c.atomDim + 2 * c.bondDim + c.angleDim;
    for (int i = 0; i < c.convolutions; ++i) {
        const std::string prefix = fmt::format("atom_conv_layers.{}", i);
        list.addGated(prefix + ".twoBody_atom", 2 * c.atomDim + c.bondDim, c.atomHidden, c.atomDim,
                      c.gatedNorm);
        list.addMlp(prefix + ".mlp_out", c.atomDim, {}, c.atomDim, c.outputBias);
    }
    for (int i = 0; i + 1 < c.convolutions; ++i) {
        const std::string prefix = fmt::format("bond_conv_layers.{}", i);
        list.addGated(prefix + ".twoBody_bond", angleInput, c.bondHidden, c.bondDim, c.gatedNorm);
        list.addMlp(prefix + ".mlp_out", c.bondDim, {}, c.bondDim, c.outputBias);
    }
    for (int i = 0; i + 1 < c.convolutions; ++i) {
        list.addGated(fmt::format("angle_layers.{}.twoBody_bond", i), angleInput, c.angleHidden, c.angleDim,
                      c.gatedNorm);
    }
    list.add("site_wise.weight", {1, c.atomDim});
    list.add("site_wise.bias", {1});
    if (c.readoutNorm) list.addNorm("readout_norm", c.atomDim);
    list.addMlp("mlp", c.atomDim, c.readoutHidden, 1, true);
    return list.take();
}

void checkWeights(const ChgnetModelData& data) {
    std::map<std::string, const NamedArray*> present;
    for (const NamedArray& array : data.weights)
        present[array.name] = &array;
    const std::vector<NamedArray> expected = expectedWeights(data.config);
    for (const NamedArray& want : expected) {
        const auto found = present.find(want.name);
        if (found == present.end()) {
            throw ModelError(fmt::format("the weight '{}' that its settings imply is missing", want.name));
        }
        if (found->second->shape != want.shape) {
            throw ModelError(
                fmt::format("the weight '{}' has another shape than its settings imply", want.name));
        }
        present.erase(found);
    }
    if (!present.empty()) {
        throw ModelError(fmt::format("the weight '{}' does not belong to a CHGNet with its settings",
                                     present.begin()->first));
    }
}

std::string toJson(const ChgnetConfig& c) {
    return nlohmann::json{{"atom_fea_dim", c.atomDim},
                          {"bond_fea_dim", c.bondDim},
                          {"angle_fea_dim", c.angleDim},
                          {"num_radial", c.radialFunctions},
                          {"num_angular", c.angularFunctions},
                          {"n_conv", c.convolutions},
                          {"atom_conv_hidden_dim", c.atomHidden},
                          {"bond_conv_hidden_dim", c.bondHidden},
                          {"angle_layer_hidden_dim", c.angleHidden},
                          {"mlp_hidden_dims", c.readoutHidden},
                          {"atom_graph_cutoff", c.atomCutoff},
                          {"bond_graph_cutoff", c.bondCutoff},
                          {"cutoff_coeff", c.cutoffExponent},
                          {"gated_norm", c.gatedNorm},
                          {"readout_norm", c.readoutNorm},
                          {"mlp_out_bias", c.outputBias},
                          {"is_intensive", c.intensive},
                          {"magmoms", c.magmoms}}
        .dump();
}

ChgnetConfig chgnetConfigFromJson(const std::string& text) {
    ChgnetConfig c;
    try {
        const auto json = nlohmann::json::parse(text);
        const auto read = [&json](const char* name, auto& field) { json.at(name).get_to(field); };
        read("atom_fea_dim", c.atomDim);
        read("bond_fea_dim", c.bondDim);
        read("angle_fea_dim", c.angleDim);
        read("num_radial", c.radialFunctions);
        read("num_angular", c.angularFunctions);
        read("n_conv", c.convolutions);
        read("atom_conv_hidden_dim", c.atomHidden);
        read("bond_conv_hidden_dim", c.bondHidden);
        read("angle_layer_hidden_dim", c.angleHidden);
        read("mlp_hidden_dims", c.readoutHidden);
        read("atom_graph_cutoff", c.atomCutoff);
        read("bond_graph_cutoff", c.bondCutoff);
        read("cutoff_coeff", c.cutoffExponent);
        read("gated_norm", c.gatedNorm);
        read("readout_norm", c.readoutNorm);
        read("mlp_out_bias", c.outputBias);
        read("is_intensive", c.intensive);
        read("magmoms", c.magmoms);
    } catch (const nlohmann::json::exception& error) {
        throw ModelError(std::string("the model's settings cannot be read: ") + error.what());
    }
    c.validate();
    return c;
}

}  // namespace ionscape::potential
