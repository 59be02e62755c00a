// SPDX-License-Identifier: GPL-3.0-or-later
// What active learning of a campaign is told: the campaign, what may be picked, and how.
#pragma once

#include "core/workflow/active_learning.h"
#include "core/workflow/campaign_spec.h"
#include "core/workflow/featuriser.h"

namespace ionscape::workflow {

struct LearningTask {
    /// Its groups are computed before the first round; there may be none.
    CampaignSpec campaign;
    std::string target = msdTargetName;  ///< of learningData()
    /// What may be picked: formulas or types with their bounds (members and dynamics play no part). None: the
    /// compositions whose relaxed cells the dataset holds.
    std::optional<CampaignGroup> pool;
    FeatureKind features = FeatureKind::Composition;  ///< those of cells need a pool of relaxed cells
    int members = 1;                                  ///< decorations of each pick; the outcome is their mean
    LearningSettings learning;
};

/// A campaign's specification with an object "learning", see docs/campaigns.md. Throws InputError naming the
/// field that is unknown, of the wrong type or impossible.
LearningTask learningTaskFromJson(const std::string& json);

/// Throws InputError naming the first setting that is impossible.
void checkSettings(const LearningTask& task);

/// Energies need no dynamics, all other targets do.
bool needsDynamics(const LearningTask& task);

}  // namespace ionscape::workflow
