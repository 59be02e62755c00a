// SPDX-License-Identifier: GPL-3.0-or-later
// Features of several decorations of one composition: mean and spread.
#pragma once

#include <vector>

#include "core/surrogate/feature.h"

namespace ionscape::surrogate {

struct EnsembleFeatures {
    FeatureRow mean;
    /// Standard deviation with n − 1 in the denominator; empty where fewer than two members have the feature.
    FeatureRow spread;
    /// Members that have each feature.
    std::vector<std::size_t> members;
};

/// Of the rows of the members, each feature over those that have it. Throws InputError for no row or rows of
/// different lengths.
EnsembleFeatures ensembleFeatures(const std::vector<FeatureRow>& rows);

}  // namespace ionscape::surrogate
