// SPDX-License-Identifier: GPL-3.0-or-later
// A dataset as it is handed on: with the features of every relaxed cell and what a surrogate predicts.
#pragma once

#include "core/surrogate/surrogate_model.h"
#include "core/workflow/featuriser.h"

namespace ionscape::workflow {

/// Prefix of the columns that hold features.
inline constexpr const char* featureColumnPrefix = "feature_";

/// Writes a copy of `data` with every structural feature (`feature_NAME`), E_hull and, with a model,
/// `predicted`, `predicted_error` (one calibrated standard deviation), `predicted_half90` and
/// `predicted_distance`; of each cell the record that learningData() takes. All are measured anew. Programs
/// that read the copy need not measure again (featureMatrix). Throws InputError for a model that cannot read
/// these cells, OutputError, Cancelled.
void publishDataset(const CampaignData& data, const surrogate::SurrogateModel* model,
                    const std::filesystem::path& out, const std::stop_token& stop, ProgressSink& progress);

/// The features that a published dataset holds; none for another.
StoredFeatures storedFeatures(const CampaignData& data);

}  // namespace ionscape::workflow
