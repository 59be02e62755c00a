// SPDX-License-Identifier: GPL-3.0-or-later
#include "untrained_model.h"

#include "core/potential/chgnet_model.h"
#include "core/potential/model_file.h"

namespace ionscape::testing {

void writeUntrainedModel(const std::filesystem::path& file, std::uint64_t seed) {
    potential::ChgnetModelData data;
    auto& c = data.config;
    c.atomDim = c.bondDim = c.angleDim = 4;
    c.radialFunctions = 5;
    c.angularFunctions = 5;
    c.convolutions = 2;
    c.atomHidden = c.bondHidden = {4};
    c.readoutHidden = {4};
    c.atomCutoff = 3.5;
    c.bondCutoff = 2.3;
    c.magmoms = false;
    data.weights = potential::initialWeights(c, seed);
    data.info.name = "untrained";
    data.info.architecture = "CHGNet";
    data.info.cutoff = c.atomCutoff;
    for (const char* symbol : {"Li", "Zr", "Si", "P", "O", "Hf", "Sn", "Ti", "Nb"}) {
        data.info.elements.push_back(crystal::Element::fromSymbol(symbol));
    }
    potential::writeModelFile(file, data);
}

}  // namespace ionscape::testing
