// SPDX-License-Identifier: GPL-3.0-or-later
// A campaign's dataset with cells as they are built and targets that follow a known law.
#pragma once

#include <filesystem>

#include "core/composition/descriptors.h"
#include "core/workflow/campaign_data.h"

namespace ionscape {

struct SyntheticCampaign {
    int cells = 60;
    int simulated = 40;  ///< the first ones
    double noise = 3.0;  ///< Å², standard deviation
};

/// 50 (Li content) + 40 S_config − 140, Å²: what the targets are without noise.
double syntheticMsd(const composition::Host& host, const composition::Composition& composition);

/// Compositions of types 4-1 and 5-1 of LZSP in turn; throws when there are too few.
void writeSyntheticCampaign(const std::filesystem::path& file, const SyntheticCampaign& options = {});

}  // namespace ionscape
