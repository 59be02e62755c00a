// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_systems.h"

#include <map>

#include "core/base/random.h"
#include "core/builder/decorate.h"
#include "core/crystal/supercell.h"
#include "core/potential/chgnet_model.h"
#include "core/potential/model_file.h"

namespace ionscape::bench {

namespace {

crystal::Structure build(int atoms) {
    const auto host = composition::findHost("lzsp");
    const auto formula = composition::parseFormula("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12");
    crystal::Structure s =
        builder::decoratedSupercell(host, composition::compositionFromFormula(host, formula), 1);
    IntMat3 times = IntMat3::Identity();
    if (atoms >= 640) times.diagonal() << 2, 2, 1;
    if (atoms >= 2560) times.diagonal() << 4, 2, 2;
    s = crystal::makeSupercell(s, times);
    if (atoms < 160) {
        const auto four = composition::parseFormula("Li3Zr2Si2PO12");
        s = builder::decoratedCell(host, composition::compositionFromFormula(host, four), IntMat3::Identity(),
                                   1);
    }
    RandomStream random(1);
    for (Eigen::Index i = 0; i < s.positions.size(); ++i)
        s.positions.data()[i] += 0.05 * random.normal();
    return s;
}

potential::ChgnetModelData fullChgnet() {
    potential::ChgnetModelData data;
    data.weights = potential::initialWeights(data.config, 1);
    data.info.name = "CHGNet 0.3.0, random weights";
    return data;
}

}  // namespace

const crystal::Structure& cell(int atoms) {
    static std::map<int, crystal::Structure> cells;
    auto found = cells.find(atoms);
    if (found == cells.end()) found = cells.emplace(atoms, build(atoms)).first;
    return found->second;
}

const potential::ChgnetModelData& model(Model which) {
    static const potential::ChgnetModelData embedded =
        potential::readModelFile(potential::embeddedPotentialPath());
    static const potential::ChgnetModelData full = fullChgnet();
    return which == Model::Embedded ? embedded : full;
}

}  // namespace ionscape::bench
