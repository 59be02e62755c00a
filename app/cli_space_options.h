// SPDX-License-Identifier: GPL-3.0-or-later
// The options that describe a composition space on the command line.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/composition/descriptors.h"
#include "core/composition/space.h"

namespace CLI {
class App;
}

namespace ionscape::cli {

struct SpaceOptions {
    std::string host = "lzsp";
    std::string type;
    int species = 0, sites = 16, leastSites = 1;
    std::optional<double> mobileMin, mobileMax, entropyMin, entropyMax;
    std::vector<std::string> exclude, require, leastCounts, mostCounts;
    bool anyFirst = false;
    std::string filter;
    std::string columns;
    std::uint64_t offset = 0;
    std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
    bool json = false, csv = false;
    std::string out;
};

/// Adds --host, the types, the bounds and --filter.
void addSpaceOptions(CLI::App& command, SpaceOptions& o);

/// The space that the options describe; throws InputError.
composition::Space spaceOf(const SpaceOptions& o);

/// Indices of the columns named by --columns ("all", ids or aliases, separated by commas), else of
/// `defaults`; throws InputError naming close ones, and for one that has no values for this host.
std::vector<std::size_t> chosenColumns(const composition::DescriptorSet& descriptors,
                                       const std::string& columns, const std::vector<std::string>& defaults);

/// Says on stderr which mobile contents the types allow when that is why nothing was found.
void explainEmpty(const composition::Space& space);

}  // namespace ionscape::cli
