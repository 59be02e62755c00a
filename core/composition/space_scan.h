// SPDX-License-Identifier: GPL-3.0-or-later
// One pass through a space of any size, keeping nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/composition/descriptors.h"
#include "core/composition/filter_expression.h"
#include "core/composition/space.h"

namespace ionscape::composition {

/// Calls `visit` with the index and the row of each composition that matches, in the order of the space,
/// until it returns false. Throws Cancelled when stopped. \param filter  parsed with descriptors.columns()
void forEachMatching(const Space& space, const DescriptorSet& descriptors, const FilterExpression& filter,
                     const std::function<bool(std::uint64_t index, const SpaceRow& row)>& visit,
                     const std::stop_token& stop = {}, ProgressSink* progress = nullptr);

/// Number of compositions that match. Without a filter nothing is visited. Throws InputError for a wrong
/// filter, Cancelled when stopped.
std::uint64_t countMatching(const Space& space, const std::string& filter, const std::stop_token& stop = {},
                            ProgressSink* progress = nullptr);

}  // namespace ionscape::composition
