// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/feature.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"

namespace ionscape::surrogate {

std::size_t featureIndex(const std::vector<Feature>& features, const std::string& name) {
    const auto found = std::find_if(features.begin(), features.end(),
                                    [&](const Feature& feature) { return feature.name == name; });
    if (found != features.end()) return static_cast<std::size_t>(found - features.begin());
    std::vector<std::string> names;
    for (const Feature& feature : features)
        names.push_back(feature.name);
    const auto close = closeNames(name, names);
    throw InputError(
        close.empty()
            ? fmt::format("there is no feature '{}' among the {} given", name, names.size())
            : fmt::format("there is no feature '{}': did you mean {}?", name, fmt::join(close, " or ")));
}

}  // namespace ionscape::surrogate
