// SPDX-License-Identifier: GPL-3.0-or-later
// Which cells of a dataset would rather be mixtures of others: energies above their common convex hull.
#pragma once

#include <vector>

#include "core/composition/convex_hull.h"
#include "core/workflow/campaign_data.h"

namespace ionscape::workflow {

/// eV/atom above the hull of all relaxed cells (of each composition the lowest counts) and `others`, one a
/// record; not a number for cells that did not relax and for compositions that no mixture of the others has:
/// then nothing is known of their stability. The cells of a campaign share one framework, so without others
/// this tells demixing within it, not decomposition into other phases. The energies of `others` must be of
/// the campaign's potential.
std::vector<double> energiesAboveHull(const std::vector<CampaignRecord>& records,
                                      const std::vector<composition::PhaseEntry>& others = {});

}  // namespace ionscape::workflow
