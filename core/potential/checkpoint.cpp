// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/checkpoint.h"

#include <fmt/format.h>

#include "core/base/checksum.h"
#include "core/potential/pickle.h"
#include "core/potential/torch_archive.h"

namespace ionscape::potential {

namespace {

using Kind = PickleValue::Kind;

/// Typed access to the constructor arguments in "model_args"; absent ones keep the package's defaults.
class Arguments {
  public:
    explicit Arguments(const PickleValue& dict) : dict_(dict) {}

    void read(const char* name, int& field) const {
        if (const auto* v = value(name)) {
            if (v->kind != Kind::Integer || std::abs(v->integer) > 1000000) wrongType(name, "an integer");
            field = static_cast<int>(v->integer);
        }
    }
    void read(const char* name, double& field) const {
        if (const auto* v = value(name)) {
            if (v->kind != Kind::Integer && v->kind != Kind::Real) wrongType(name, "a number");
            field = v->kind == Kind::Integer ? static_cast<double>(v->integer) : v->real;
        }
    }
    void read(const char* name, bool& field) const {
        if (const auto* v = value(name)) {
            if (v->kind != Kind::Bool) wrongType(name, "true or false");
            field = v->integer != 0;
        }
    }
    /// An integer, a list of them, or 0/None for no hidden layer.
    void read(const char* name, std::vector<int>& widths) const {
        const auto* v = value(name);
        if (!v) return;
        widths.clear();
        if (v->kind == Kind::None) return;
        if (v->kind == Kind::Integer) {
            if (v->integer != 0) widths.push_back(checkedWidth(name, *v));
            return;
        }
        if (v->kind != Kind::List && v->kind != Kind::Tuple) wrongType(name, "an integer or a list of them");
        for (const auto* item : v->items)
            widths.push_back(checkedWidth(name, *item));
    }
    /// Refuses by name what is not supported.
    void require(const char* name, const std::vector<std::string>& allowed) const {
        const auto* v = value(name);
        if (!v) return;
        const std::string text = v->kind == Kind::Text ? v->text : v->kind == Kind::None ? "None" : "?";
        for (const auto& option : allowed) {
            if (text == option) return;
        }
        throw ModelError(fmt::format("the setting {}='{}' is not supported; supported: {}", name, text,
                                     fmt::join(allowed, ", ")));
    }
    bool isText(const char* name, const std::string& text) const {
        const auto* v = value(name);
        return v && v->kind == Kind::Text && v->text == text;
    }
    const PickleValue* value(const char* name) const { return dict_.find(name); }

  private:
    static int checkedWidth(const char* name, const PickleValue& v) {
        if (v.kind != Kind::Integer || v.integer < 1 || v.integer > 4096)
            wrongType(name, "a width from 1 to 4096");
        return static_cast<int>(v.integer);
    }
    [[noreturn]] static void wrongType(const char* name, const char* expected) {
        throw ModelError(fmt::format("the setting '{}' is not {}", name, expected));
    }
    const PickleValue& dict_;
};

ChgnetConfig readConfig(const PickleValue& modelArguments) {
    const Arguments arguments(modelArguments);
    ChgnetConfig c;
    arguments.read("atom_fea_dim", c.atomDim);
    arguments.read("bond_fea_dim", c.bondDim);
    arguments.read("angle_fea_dim", c.angleDim);
    arguments.read("num_radial", c.radialFunctions);
    arguments.read("num_angular", c.angularFunctions);
    arguments.read("n_conv", c.convolutions);
    arguments.read("atom_conv_hidden_dim", c.atomHidden);
    arguments.read("bond_conv_hidden_dim", c.bondHidden);
    arguments.read("angle_layer_hidden_dim", c.angleHidden);
    arguments.read("mlp_hidden_dims", c.readoutHidden);
    arguments.read("atom_graph_cutoff", c.atomCutoff);
    arguments.read("bond_graph_cutoff", c.bondCutoff);
    arguments.read("cutoff_coeff", c.cutoffExponent);
    arguments.read("mlp_out_bias", c.outputBias);
    arguments.read("is_intensive", c.intensive);
    arguments.require("non_linearity", {"silu"});
    arguments.require("gMLP_norm", {"layer", "None"});
    arguments.require("readout_norm", {"layer", "None"});
    arguments.require("conv_norm", {"None"});
    arguments.require("final_mlp", {"MLP", "normal"});
    c.gatedNorm = arguments.isText("gMLP_norm", "layer") || !arguments.value("gMLP_norm");
    c.readoutNorm = arguments.isText("readout_norm", "layer") || !arguments.value("readout_norm");
    for (const char* name : {"update_bond", "update_angle", "mlp_first"}) {
        bool on = true;
        arguments.read(name, on);
        if (!on) throw ModelError(fmt::format("the setting {}=False is not supported", name));
    }
    c.validate();
    return c;
}

ChgnetModelData interpret(const PickleValue& root) {
    const PickleValue* model = root.kind == Kind::Dict ? root.find("model") : nullptr;
    const PickleValue* state = model && model->kind == Kind::Dict ? model->find("state_dict") : nullptr;
    const PickleValue* arguments = model && model->kind == Kind::Dict ? model->find("model_args") : nullptr;
    if (!state || !arguments || state->kind != Kind::Dict || arguments->kind != Kind::Dict) {
        throw ModelError(
            "it holds no model with 'state_dict' and 'model_args': it is not a CHGNet checkpoint");
    }
    ChgnetModelData data;
    data.config = readConfig(*arguments);
    for (const auto& [name, value] : state->entries) {
        if (name->kind != Kind::Text || value->kind != Kind::Tensor) {
            throw ModelError("its state_dict holds something that is not a named tensor");
        }
        data.weights.push_back(value->tensor);
        data.weights.back().name = name->text;
    }
    checkWeights(data);
    const PickleValue* version = arguments->find("version");
    data.info.name = version && version->kind == Kind::Text ? "CHGNet " + version->text : "CHGNet";
    return data;
}

}  // namespace

ChgnetModelData readCheckpoint(const std::filesystem::path& file) {
    const std::string checksum = sha256OfFile(file);
    const TorchArchive archive(file);
    try {
        const std::string pickle = archive.read("data.pkl");
        const PickleDocument document =
            readPickle(pickle, [&](const std::string& key) { return archive.read("data/" + key); });
        ChgnetModelData data = interpret(document.root());
        data.fromPython = true;
        data.info.architecture = "CHGNet";
        data.info.cutoff = data.config.atomCutoff;
        data.info.origin = "checkpoint of the Python package";
        data.info.checksum = checksum;
        data.info.file = file.string();
        return data;
    } catch (const ModelError& error) {
        throw ModelError(file.string() + ": " + error.what());
    }
}

}  // namespace ionscape::potential
