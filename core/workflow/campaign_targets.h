// SPDX-License-Identifier: GPL-3.0-or-later
// What may be learnt from a campaign, known before it has begun.
#pragma once

#include <vector>

#include "core/workflow/learning_data.h"

namespace ionscape::workflow {

inline constexpr const char* energyTargetName = "energy";

/// Whether low values of a target are good, as those of energies are.
bool isGoodWhenLow(const std::string& target);

/// The targets of learningData() for such a campaign, in this order: MSD, log10 D*, D*, Haven ratio, energy,
/// energy above the hull.
/// \param furtherPhases  the hull is of other phases besides
std::vector<surrogate::TargetDefinition> campaignTargets(const CampaignSpec& spec,
                                                         bool furtherPhases = false);

}  // namespace ionscape::workflow
