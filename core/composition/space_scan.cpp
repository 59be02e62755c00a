// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/space_scan.h"

#include <vector>

namespace ionscape::composition {
namespace {

/// Rows between two looks at the stop token.
constexpr std::uint64_t chunk = 1 << 14;

}  // namespace

void forEachMatching(const Space& space, const DescriptorSet& descriptors, const FilterExpression& filter,
                     const std::function<bool(std::uint64_t, const SpaceRow&)>& visit,
                     const std::stop_token& stop, ProgressSink* progress) {
    std::vector<double> values(filter.columns().size());
    for (Space::Cursor cursor(space); !cursor.atEnd(); cursor.next()) {
        if (cursor.index() % chunk == 0) {
            throwIfStopped(stop);
            if (progress) {
                progress->report("compositions", static_cast<std::int64_t>(cursor.index()),
                                 static_cast<std::int64_t>(space.size()), "");
            }
        }
        const SpaceRow row = cursor.row();
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = descriptors.value(filter.columns()[i], row);
        if (filter.matches(values) && !visit(cursor.index(), row)) return;
    }
}

std::uint64_t countMatching(const Space& space, const std::string& filter, const std::stop_token& stop,
                            ProgressSink* progress) {
    const DescriptorSet descriptors(space.host(), space.query().further);
    const FilterExpression expression(filter, descriptors.columns());
    if (expression.isTrivial()) return space.size();
    std::uint64_t count = 0;
    forEachMatching(
        space, descriptors, expression,
        [&](std::uint64_t, const SpaceRow&) {
            ++count;
            return true;
        },
        stop, progress);
    return count;
}

}  // namespace ionscape::composition
