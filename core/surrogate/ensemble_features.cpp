// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/ensemble_features.h"

#include "core/base/error.h"
#include "core/base/mean_spread.h"

namespace ionscape::surrogate {

EnsembleFeatures ensembleFeatures(const std::vector<FeatureRow>& rows) {
    if (rows.empty()) throw InputError("an ensemble needs at least one member");
    EnsembleFeatures result;
    for (const FeatureRow& row : rows) {
        if (row.size() != rows.front().size())
            throw InputError("the members of an ensemble must have the same features");
    }
    for (std::size_t f = 0; f < rows.front().size(); ++f) {
        std::vector<double> values;
        for (const FeatureRow& row : rows) {
            if (row[f]) values.push_back(*row[f]);
        }
        std::optional<double> mean, spread;
        if (!values.empty()) {
            const MeanSpread statistics = meanSpread(values);
            mean = statistics.mean;
            if (values.size() > 1) spread = statistics.standardDeviation;
        }
        result.mean.push_back(mean);
        result.spread.push_back(spread);
        result.members.push_back(values.size());
    }
    return result;
}

}  // namespace ionscape::surrogate
