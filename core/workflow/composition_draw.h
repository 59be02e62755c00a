// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing compositions of a space so that mobile content and elements are evenly represented. Internal to
// core/workflow.
#pragma once

#include <cstdint>
#include <vector>

#include "core/composition/space.h"

namespace ionscape::workflow {

/// Indices into the space, without repetition; all of it for count 0 or one that is not smaller. The space is
/// cut into `count` slices of equal size along the mobile content. From each slice, in an order that jumps
/// through the range (van der Corput), the composition is taken whose elements were taken least so far, among
/// some drawn at random. Throws InputError for a space of more than ten million.
std::vector<std::uint64_t> drawCompositions(const composition::Space& space, std::uint64_t count,
                                            std::uint64_t seed);

}  // namespace ionscape::workflow
