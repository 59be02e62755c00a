// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/workflow/synthetic_campaign.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/builder/decorate.h"
#include "core/composition/occupancy.h"
#include "core/composition/space.h"

namespace ionscape {

namespace {

std::vector<composition::Composition> spread(const composition::Host& host, const char* type, int count) {
    composition::SpaceQuery query;
    query.types = composition::occupancyTypeList(type);
    query.mobileMin = 2.5;
    query.mobileMax = 3.5;
    const composition::Space space(host, query);
    if (space.size() < static_cast<std::uint64_t>(count)) throw InputError("the space is too small");
    std::vector<composition::Composition> chosen;
    for (int i = 0; i < count; ++i)
        chosen.push_back(space.composition(space.size() * static_cast<std::uint64_t>(i) /
                                           static_cast<std::uint64_t>(count)));
    return chosen;
}

}  // namespace

double syntheticMsd(const composition::Host& host, const composition::Composition& composition) {
    return 50.0 * composition::mobileContent(host, composition) +
           40.0 * composition::configurationalEntropy(composition) - 140.0;
}

void writeSyntheticCampaign(const std::filesystem::path& file, const SyntheticCampaign& options) {
    const auto host = composition::findHost("lzsp");
    workflow::CampaignSpec spec;
    spec.name = "synthetic";
    spec.protocol.md.steps = 50000;
    workflow::CampaignGroup group;
    group.name = "synthetic";
    group.formulas = {"Li3Zr2Si2PO12"};
    spec.groups = {group};
    const auto data = workflow::CampaignData::open(file, spec, "made up", std::string(64, '0'));
    const auto quaternary = spread(host, "4-1", (options.cells + 1) / 2),
               quinary = spread(host, "5-1", (options.cells + 1) / 2);
    RandomStream random(7, "synthetic campaign");
    for (int i = 0; i < options.cells; ++i) {
        const auto& composition = (i % 2 == 0 ? quaternary : quinary)[static_cast<std::size_t>(i / 2)];
        workflow::CampaignRecord record;
        record.job = {composition::canonicalFormula(host, composition), i % 2 == 0 ? "4-1" : "5-1",
                      "synthetic", 1, i < options.simulated};
        record.relaxed = builder::decoratedSupercell(host, composition, 1);
        record.converged = true;
        record.energyPerAtom = -7.0 + 0.01 * (i % 5);
        if (i < options.simulated) {
            workflow::SimulatedTransport t;
            t.ps = 100.0;
            t.msdTarget = syntheticMsd(host, composition) + options.noise * random.normal();
            t.msdTargetError = options.noise;
            t.diffusion = t.msdTarget / (6.0e4 * spec.targetLagPs);
            t.diffusionError = options.noise / (6.0e4 * spec.targetLagPs);
            t.haven = 0.5;
            record.transport = t;
        }
        data.append(record);
    }
}

}  // namespace ionscape
