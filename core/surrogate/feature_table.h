// SPDX-License-Identifier: GPL-3.0-or-later
// Feature rows of several cells as text.
#pragma once

#include <string>
#include <vector>

#include "core/surrogate/feature.h"

namespace ionscape::surrogate {

struct FeatureTable {
    std::vector<Feature> features;
    std::vector<std::string> names;  ///< of the cells, one a row
    std::vector<FeatureRow> rows;
};

/// "volume [Å³ per f.u.]"; the name alone where there is no unit.
std::string featureTitle(const Feature& feature);

/// Comma-separated values (RFC 4180) with the column "cell" first and featureTitle as the others' titles; a
/// missing value is an empty field. Numbers have the digits that give them back exactly.
std::string featureCsv(const FeatureTable& table);

}  // namespace ionscape::surrogate
