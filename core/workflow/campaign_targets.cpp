// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/campaign_targets.h"

#include <fmt/format.h>

namespace ionscape::workflow {

bool isGoodWhenLow(const std::string& target) {
    return target == energyTargetName || target == hullTargetName;
}

std::vector<surrogate::TargetDefinition> campaignTargets(const CampaignSpec& spec, bool furtherPhases) {
    const std::string run =
        fmt::format("{:g} K, {:g} ps", spec.protocol.md.temperature,
                    1e-3 * spec.protocol.md.timestepFs * static_cast<double>(spec.protocol.md.steps));
    const std::string ion = spec.protocol.mobileElement;
    return {
        {msdTargetName, "Å²",
         fmt::format("b + 6 D* Δt of the fitted line at Δt = {:g} ps for {}, {}", spec.targetLagPs, ion,
                     run)},
        {logDiffusionName, "log cm²/s", fmt::format("decadic logarithm of D* of {} in cm²/s, {}", ion, run)},
        {"D*", "cm²/s", fmt::format("tracer diffusion coefficient of {}, {}", ion, run)},
        {"Haven ratio", "", "D*/D_σ, " + run},
        {energyTargetName, "eV/atom", "energy per atom of the relaxed cell"},
        {hullTargetName, "eV/atom",
         fmt::format("energy above the convex hull of the relaxed cells of the dataset{}",
                     furtherPhases ? " and of further phases" : "")}};
}

}  // namespace ionscape::workflow
