// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/start_model.h"

#include <algorithm>

#include "core/potential/checkpoint.h"
#include "core/potential/model_file.h"

namespace ionscape::training {

potential::ChgnetConfig smallChgnet(int width) {
    potential::ChgnetConfig c;
    c.atomDim = c.bondDim = c.angleDim = width;
    c.atomHidden = c.bondHidden = {width};
    c.readoutHidden = {width, width};
    c.radialFunctions = 15;
    c.angularFunctions = 15;
    c.convolutions = 3;
    c.atomCutoff = 5.0;
    c.bondCutoff = 3.0;
    return c;
}

potential::ChgnetModelData readStartModel(const std::filesystem::path& file) {
    return file.extension() == ".h5" ? potential::readModelFile(file) : potential::readCheckpoint(file);
}

void describeTrained(potential::ChgnetModelData& model, const std::string& name,
                     const std::filesystem::path& start, const std::vector<std::filesystem::path>& files,
                     const Dataset& dataset, const Dataset* replay) {
    auto& info = model.info;
    info.name = name;
    info.architecture = "CHGNet";
    info.cutoff = model.config.atomCutoff;
    std::string data;
    for (const auto& file : files)
        data += (data.empty() ? "" : ", ") + file.filename().string();
    info.origin =
        (start.empty() ? "trained on " : "fine-tuned from " + start.filename().string() + " on ") + data;
    for (const auto* part : {&dataset, replay}) {
        for (std::size_t i = 0; part != nullptr && i < part->frames.size(); ++i) {
            const auto& elements = part->frames[i].structure.elements;
            info.elements.insert(info.elements.end(), elements.begin(), elements.end());
        }
    }
    std::sort(info.elements.begin(), info.elements.end());
    info.elements.erase(std::unique(info.elements.begin(), info.elements.end()), info.elements.end());
}

}  // namespace ionscape::training
