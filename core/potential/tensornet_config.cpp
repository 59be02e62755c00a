// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/tensornet_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/checksum.h"
#include "core/potential/pickle.h"
#include "core/potential/torch_archive.h"

namespace ionscape::potential {

namespace fs = std::filesystem;
using nlohmann::json;
using Kind = PickleValue::Kind;

namespace {

/// A model.json is some kB; anything much larger is something else.
constexpr std::uintmax_t largestJson = 1 << 22;

json parseJson(const fs::path& file) {
    std::error_code problem;
    const auto size = fs::file_size(file, problem);
    if (problem) throw IoError(file, "cannot be read; a TensorNet is a folder with model.json and state.pt");
    if (size > largestJson) throw IoError(file, "is far too large for the settings of a model");
    std::ifstream in(file, std::ios::binary);
    json object = json::parse(in, nullptr, false);
    if (!object.is_object()) throw IoError(file, "is not a JSON object with the settings of a MatGL model");
    return object;
}

/// Members of the JSON object with their types checked; absent ones keep the defaults of MatGL.
class Settings {
  public:
    explicit Settings(const json& object) : object_(object) {}

    const json* find(const char* name) const {
        const auto found = object_.find(name);
        return found == object_.end() || found->is_null() ? nullptr : &*found;
    }
    void read(const char* name, int& field, int least, int most) const {
        const json* value = find(name);
        if (!value) return;
        if (!value->is_number_integer() || *value < least || *value > most)
            throw ModelError(
                fmt::format("the setting '{}' is not an integer from {} to {}", name, least, most));
        field = value->get<int>();
    }
    void read(const char* name, double& field, double least, double most) const {
        const json* value = find(name);
        if (!value) return;
        if (!value->is_number() || !(value->get<double>() >= least && value->get<double>() <= most))
            throw ModelError(
                fmt::format("the setting '{}' is not a number from {} to {}", name, least, most));
        field = value->get<double>();
    }
    /// Refuses by name what is not supported.
    std::string choice(const char* name, const std::string& fallback,
                       const std::vector<std::string>& allowed) const {
        const json* value = find(name);
        const std::string text = !value               ? fallback
                                 : value->is_string() ? value->get<std::string>()
                                                      : value->dump();
        if (std::find(allowed.begin(), allowed.end(), text) == allowed.end()) {
            throw ModelError(fmt::format("the setting {}={:.60} is not supported; supported: {}", name, text,
                                         fmt::join(allowed, ", ")));
        }
        return text;
    }
    void requireFalse(const char* name, bool fallback = false) const {
        const json* value = find(name);
        if (value ? *value != json(false) : fallback)
            throw ModelError(
                fmt::format("the setting {} must be false; other models are not supported", name));
    }

  private:
    const json& object_;
};

const json& objectAt(const json& parent, const char* name) {
    const auto found = parent.find(name);
    if (found == parent.end() || !found->is_object())
        throw ModelError(fmt::format("it has no '{}': it is not a model saved by MatGL", name));
    return *found;
}

std::vector<crystal::Element> readElements(const json& init) {
    const auto list = init.find("element_types");
    if (list == init.end() || !list->is_array() || list->empty() ||
        list->size() > static_cast<std::size_t>(crystal::Element::maxAtomicNumber))
        throw ModelError("its 'element_types' are not a list of elements");
    std::vector<crystal::Element> elements;
    for (const json& entry : *list) {
        const auto element =
            crystal::Element::find(entry.is_string() ? entry.get_ref<const std::string&>() : std::string());
        if (!element || std::find(elements.begin(), elements.end(), *element) != elements.end())
            throw ModelError("its 'element_types' are not a list of distinct elements");
        elements.push_back(*element);
    }
    return elements;
}

TensorNetConfig readConfig(const json& root) {
    const Settings potential(objectAt(root, "kwargs"));
    const json& model = objectAt(root.at("kwargs"), "model");
    Settings(root).choice("@class", "", {"Potential"});
    Settings(model).choice("@class", "", {"TensorNet"});
    // Models of the older DGL backend sum their first messages differently.
    Settings(model).choice("@module", "", {"matgl.models._tensornet_pyg"});
    potential.requireFalse("calc_repuls");
    potential.requireFalse("calc_magmom");

    const json& init = objectAt(model, "init_args");
    const Settings settings(init);
    TensorNetConfig config;
    config.elements = readElements(init);
    settings.read("units", config.units, 1, 1024);
    settings.read("nblocks", config.blocks, 0, 16);
    settings.read("cutoff", config.cutoff, 1.0, 20.0);
    settings.read("width", config.gaussianWidth, 1e-3, 1e3);
    settings.requireFalse("include_state");
    settings.requireFalse("is_intensive", true);
    settings.choice("activation_type", "swish", {"swish"});
    settings.choice("task_type", "regression", {"regression"});
    settings.choice("ntargets", "1", {"1"});
    config.symmetricProduct =
        settings.choice("equivariance_invariance_group", "O(3)", {"O(3)", "SO(3)"}) == "O(3)";
    if (settings.choice("rbf_type", "Gaussian", {"Gaussian", "SphericalBessel"}) == "Gaussian") {
        settings.read("num_rbf", config.radialFunctions, 1, 512);
    } else {
        settings.choice("use_smooth", "false", {"true"});
        config.basis = RadialBasis::SmoothBessel;
        config.radialFunctions = 3;
        settings.read("max_n", config.radialFunctions, 1, 64);
    }
    return config;
}

double scalar(const PickleValue* value, const char* name, double fallback) {
    if (!value) return fallback;
    if (value->kind != Kind::Tensor || value->tensor.values.size() != 1 ||
        !std::isfinite(value->tensor.values[0]))
        throw ModelError(fmt::format("its '{}' is not one finite number", name));
    return value->tensor.values[0];
}

/// Buffers of the package that follow from the settings, or that are read on their own.
bool isBuffer(const std::string& name) {
    for (const char* known : {"data_mean", "data_std", "element_refs.property_offset", "element_refs.onehot",
                              "model.bond_expansion.rbf.cutoff"}) {
        if (name == known) return true;
    }
    return false;
}

void readState(const PickleValue& state, TensorNetData& data) {
    if (state.kind != Kind::Dict) throw ModelError("it holds no weights by name");
    std::map<std::string, const NamedArray*> found;
    for (const auto& [name, value] : state.entries) {
        if (name->kind != Kind::Text || value->kind != Kind::Tensor)
            throw ModelError("it holds something that is not a named tensor");
        if (isBuffer(name->text)) continue;
        if (!name->text.starts_with("model."))
            throw ModelError(fmt::format("the weight '{:.80}' does not belong to a TensorNet", name->text));
        found[name->text.substr(6)] = &value->tensor;
    }
    for (const NamedArray& expected : expectedWeights(data.config)) {
        const auto entry = found.find(expected.name);
        if (entry == found.end()) throw ModelError(fmt::format("the weight '{}' is missing", expected.name));
        if (entry->second->shape != expected.shape)
            throw ModelError(
                fmt::format("the weight '{}' has another shape than the settings imply", expected.name));
        data.weights.push_back(*entry->second);
        data.weights.back().name = expected.name;
        found.erase(entry);
    }
    if (!found.empty()) {
        throw ModelError(
            fmt::format("the weight '{:.80}' does not follow from the settings", found.begin()->first));
    }
    data.config.energyMean = scalar(state.find("data_mean"), "data_mean", 0.0);
    data.config.energyDeviation = scalar(state.find("data_std"), "data_std", 1.0);
    data.config.referenceEnergies.assign(data.config.elements.size(), 0.0);
    if (const PickleValue* references = state.find("element_refs.property_offset")) {
        const NamedArray& array = references->tensor;
        if (array.shape.size() != 1 || array.values.size() != data.config.elements.size())
            throw ModelError("its element references are not one number an element");
        std::copy(array.values.begin(), array.values.end(), data.config.referenceEnergies.begin());
    }
}

template <class Read>
void namingFile(const fs::path& file, Read&& read) {
    try {
        read();
    } catch (const ModelError& error) {
        throw ModelError(file.string() + ": " + error.what());
    }
}

}  // namespace

std::vector<NamedArray> expectedWeights(const TensorNetConfig& config) {
    std::vector<NamedArray> result;
    const auto array = [&](const std::string& name, std::vector<std::int64_t> shape) {
        result.push_back({name, std::move(shape), {}});
    };
    const auto linear = [&](const std::string& name, std::int64_t in, std::int64_t out, bool bias = true) {
        array(name + ".weight", {out, in});
        if (bias) array(name + ".bias", {out});
    };
    const std::int64_t u = config.units, radial = config.radialFunctions;
    if (config.basis == RadialBasis::Gaussian) array("bond_expansion.rbf.centers", {radial});
    const std::string embedding = "tensor_embedding";
    for (int i = 1; i <= 3; ++i)
        linear(fmt::format("{}.distance_proj{}", embedding, i), radial, u);
    array(embedding + ".emb.weight", {static_cast<std::int64_t>(config.elements.size()), u});
    linear(embedding + ".emb2", 2 * u, u);
    for (int i = 0; i < 3; ++i)
        linear(fmt::format("{}.linears_tensor.{}", embedding, i), u, u, false);
    linear(embedding + ".linears_scalar.0", u, 2 * u);
    linear(embedding + ".linears_scalar.1", 2 * u, 3 * u);
    linear(embedding + ".init_norm", 0, u);
    result[result.size() - 2].shape = {u};
    for (int block = 0; block < config.blocks; ++block) {
        const std::string layer = fmt::format("layers.{}", block);
        linear(layer + ".linears_scalar.0", radial, u);
        linear(layer + ".linears_scalar.1", u, 2 * u);
        linear(layer + ".linears_scalar.2", 2 * u, 3 * u);
        for (int i = 0; i < 6; ++i)
            linear(fmt::format("{}.linears_tensor.{}", layer, i), u, u, false);
    }
    linear("out_norm", 0, 3 * u);
    result[result.size() - 2].shape = {3 * u};
    linear("linear", 3 * u, u);
    for (const char* half : {"layers", "gates"}) {
        for (int i = 0; i < 4; ++i)
            linear(fmt::format("final_layer.gated.{}.{}", half, 2 * i), u, i == 3 ? 1 : u);
    }
    return result;
}

fs::path tensorNetFolder(const fs::path& path) {
    return path.filename() == "model.json" ? fs::absolute(path).parent_path() : path;
}

bool isTensorNetFolder(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) return fs::is_regular_file(path / "model.json", ignored);
    return path.filename() == "model.json" && fs::is_regular_file(path, ignored) &&
           fs::is_regular_file(path.parent_path() / "state.pt", ignored);
}

TensorNetData readTensorNet(const fs::path& path) {
    const fs::path folder = tensorNetFolder(path);
    const fs::path settings = folder / "model.json", state = folder / "state.pt";
    TensorNetData data;
    const json root = parseJson(settings);
    namingFile(settings, [&] {
        try {
            data.config = readConfig(root);
        } catch (const json::exception&) {
            throw ModelError("its settings are not those of a MatGL model");
        }
    });
    std::error_code ignored;
    if (!fs::is_regular_file(state, ignored))
        throw IoError(state, "is missing; a TensorNet is a folder with model.json and state.pt");
    data.info.checksum = sha256OfFile(state);
    const TorchArchive archive(state);
    namingFile(state, [&] {
        const std::string pickle = archive.read("data.pkl");
        const PickleDocument document =
            readPickle(pickle, [&](const std::string& key) { return archive.read("data/" + key); });
        readState(document.root(), data);
    });
    fs::path named = fs::absolute(folder).lexically_normal();
    if (named.filename().empty()) named = named.parent_path();  // written with a slash at its end
    data.info.name = named.filename().string();
    data.info.architecture = "TensorNet";
    data.info.elements = data.config.elements;
    data.info.cutoff = data.config.cutoff;
    data.info.origin = "MatGL checkpoint";
    data.info.file = path.string();
    for (const NamedArray& array : data.weights)
        data.info.parameters += static_cast<long>(array.values.size());
    return data;
}

}  // namespace ionscape::potential
