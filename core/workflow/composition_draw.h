// SPDX-License-Identifier: GPL-3.0-or-later
// The space that a campaign's group describes, and drawing of it so that mobile content and elements are
// evenly represented. Internal to core/workflow.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/composition/space.h"

namespace ionscape::workflow {

struct CampaignGroup;

/// What a group without formulas chooses from. Throws InputError for what the space refuses.
composition::Space campaignSpace(const composition::Host& host, const CampaignGroup& group);

/// Indices into the space, without repetition; all of it for count 0 or one that is not smaller. The space is
/// cut into `count` slices of equal size along the mobile content. From each slice, in an order that jumps
/// through the range (van der Corput), the composition is taken whose elements were taken least so far, among
/// some drawn at random. Throws InputError for a space of more than ten million.
std::vector<std::uint64_t> drawCompositions(const composition::Space& space, std::uint64_t count,
                                            std::uint64_t seed);

/// The same from any list: the mobile content of each of its compositions, and the compositions themselves.
std::vector<std::uint64_t> drawSpread(
    const std::vector<double>& mobile,
    const std::function<composition::Composition(std::uint64_t index)>& composition, std::uint64_t count,
    std::uint64_t seed);

}  // namespace ionscape::workflow
