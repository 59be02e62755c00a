// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/model_formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/potential/checkpoint.h"
#include "core/potential/chgnet_potential.h"
#include "core/potential/engine/engine_potential.h"
#include "core/potential/engine/engine_weights.h"
#include "core/potential/json_model.h"
#include "core/potential/model_file.h"
#include "core/potential/tensornet_potential.h"
#include "core/potential/torch_archive.h"
#include "core/potential/torchscript_potential.h"

namespace ionscape::potential {

namespace fs = std::filesystem;

namespace {

bool endsWith(const fs::path& path, std::initializer_list<const char*> suffixes) {
    const std::string name = path.filename().string();
    return std::any_of(suffixes.begin(), suffixes.end(),
                       [&](const char* suffix) { return name.ends_with(suffix); });
}

bool isFile(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

ModelDescription describeChgnet(const ChgnetModelData& data) {
    ModelDescription description;
    description.info = data.info;
    description.info.parameters = 0;
    for (const NamedArray& array : data.weights) {
        long count = 1;
        for (const auto length : array.shape)
            count *= static_cast<long>(length);
        description.info.parameters += count;
    }
    description.metadata = data.metadata;
    description.errors = errorsFromMetadata(data.metadata);
    return description;
}

std::unique_ptr<Potential> openChgnet(const ChgnetModelData& data) {
    if (!engine::engineHandles(data.config)) return std::make_unique<ChgnetPotential>(data);
    return std::make_unique<EnginePotential>(data);
}

bool claimsModelFile(const fs::path& path) {
    return isFile(path) && endsWith(path, {".h5"});
}
ModelDescription describeModelFile(const fs::path& path) {
    return describeChgnet(readModelHeader(path));
}
std::unique_ptr<Potential> openModelFile(const fs::path& path) {
    return openChgnet(readModelFile(path));
}

bool claimsCheckpoint(const fs::path& path) {
    return isFile(path) && endsWith(path, {".pth.tar", ".pth", ".pt"});
}
/// A checkpoint has no header of its own; reading all of it takes milliseconds.
ModelDescription describeCheckpoint(const fs::path& path) {
    return describeChgnet(readCheckpoint(path));
}
std::unique_ptr<Potential> openCheckpoint(const fs::path& path) {
    return openChgnet(readCheckpoint(path));
}

ModelDescription describeJson(const fs::path& path) {
    ModelDescription description;
    description.info = describeJsonModel(path);
    description.dtype = description.info.members > 1 ? "float32" : "float64";
    return description;
}

bool claimsTorchScript(const fs::path& path) {
    return isFile(path) && endsWith(path, {".pt", ".pth", ".model"}) && isTorchScript(path);
}
/// What the metadata leave out has to be asked of the module.
ModelDescription describeTorchScript(const fs::path& path) {
    const TorchScriptPotential potential(path);
    ModelDescription description;
    description.info = potential.info();
    description.dtype = potential.dtype();
    return description;
}
std::unique_ptr<Potential> openTorchScript(const fs::path& path) {
    return std::make_unique<TorchScriptPotential>(path);
}

/// All weights are needed to count them; reading them takes milliseconds.
ModelDescription describeTensorNet(const fs::path& path) {
    ModelDescription description;
    description.info = readTensorNet(path).info;
    return description;
}
std::unique_ptr<Potential> openTensorNet(const fs::path& path) {
    return std::make_unique<TensorNetPotential>(readTensorNet(path));
}

}  // namespace

const std::vector<ModelFormat>& modelFormats() {
    // Formats that look inside a file come before those that go by the name alone.
    static const std::vector<ModelFormat> formats{
        {"MatGL TensorNet (folder with model.json and state.pt)",
         {},
         isTensorNetFolder,
         describeTensorNet,
         openTensorNet},
        {"TorchScript export of NequIP/Allegro, SevenNet or MACE (.pth, .pt, .model)",
         {"*.pth", "*.pt", "*.model"},
         claimsTorchScript,
         describeTorchScript,
         openTorchScript},
        {"Ionscape model (.h5)", {"*.h5"}, claimsModelFile, describeModelFile, openModelFile},
        {"CHGNet checkpoint of the Python package (.pth.tar)",
         {"*.pth.tar", "*.pth", "*.pt"},
         claimsCheckpoint,
         describeCheckpoint,
         openCheckpoint},
        {"Committee or classical potential (.json)",
         {"*.json"},
         claimsJsonModel,
         describeJson,
         openJsonModel},
    };
    return formats;
}

const ModelFormat* findModelFormat(const fs::path& path) {
    for (const ModelFormat& format : modelFormats()) {
        if (format.claims(path)) return &format;
    }
    return nullptr;
}

bool looksLikeModel(const fs::path& path) {
    return findModelFormat(path) != nullptr ||
           (isFile(path) && endsWith(path, {".h5", ".pth.tar", ".pth", ".pt"}));
}

ModelDescription describePotential(const fs::path& path) {
    return requireModelFormat(path).describe(path);
}

const ModelFormat& requireModelFormat(const fs::path& path) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
        throw IoError(
            path, "there is no such potential file; check the path, or leave it out to use the embedded one");
    }
    if (const ModelFormat* format = findModelFormat(path)) return *format;
    std::string known;
    for (const ModelFormat& format : modelFormats())
        known += (known.empty() ? "" : ", ") + format.title;
    throw InputError(
        fmt::format("{}: is no potential that this program reads; it reads: {}", path.string(), known));
}

std::optional<ModelErrors> errorsFromMetadata(const std::string& metadata) {
    const auto json = nlohmann::json::parse(metadata, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    for (const char* set : {"test", "validation"}) {
        const auto found = json.find(set);
        if (found == json.end() || !found->is_object()) continue;
        const auto number = [&](const char* key) {
            const auto value = found->find(key);
            return value != found->end() && value->is_number() ? value->get<double>() : 0.0;
        };
        ModelErrors errors;
        errors.set = set;
        errors.frames = static_cast<std::size_t>(std::max(0.0, number("frames")));
        errors.energyMae = number("energy_mae_meV_per_atom");
        errors.forceMae = number("force_mae_eV_per_A");
        errors.stressMae = number("stress_mae_GPa");
        return errors;
    }
    return std::nullopt;
}

}  // namespace ionscape::potential
