// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/publish_dataset.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/workflow/surrogate_training.h"

namespace ionscape::workflow {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

DerivedColumn emptyColumn(std::string name, const std::string& unit, std::string meaning, std::size_t rows) {
    return {std::move(name), unit, std::move(meaning), std::vector<double>(rows, missing)};
}

std::vector<DerivedColumn> featureColumns(const FeatureMatrix& matrix) {
    std::vector<DerivedColumn> columns;
    for (std::size_t f = 0; f < matrix.features.size(); ++f) {
        const auto& feature = matrix.features[f];
        columns.push_back(emptyColumn(featureColumnPrefix + feature.name, feature.unit, feature.meaning,
                                      matrix.rows.size()));
        for (std::size_t i = 0; i < matrix.rows.size(); ++i)
            if (!matrix.rows[i].empty()) columns.back().values[i] = matrix.rows[i][f].value_or(missing);
    }
    return columns;
}

std::vector<DerivedColumn> predictionColumns(const surrogate::SurrogateModel& model,
                                             const SurrogateView& view, std::size_t rows) {
    const auto& card = model.card();
    const auto said = fmt::format("{} by {} trained on {} rows with SHA-256 {}", card.target.name,
                                  model.regressor().kind(), card.trainingRows, card.trainingChecksum);
    auto mean = emptyColumn("predicted", card.target.unit, said, rows);
    auto error = emptyColumn("predicted_error", card.target.unit, "one calibrated standard deviation", rows);
    auto half = emptyColumn("predicted_half90", card.target.unit,
                            "half of the conformal interval that holds 90 %", rows);
    auto distance = emptyColumn("predicted_distance", "",
                                "to the nearest training row; above 1 the model extrapolates", rows);
    for (std::size_t k = 0; k < view.rows.size(); ++k) {
        const auto i = view.rows[k];
        const auto at = static_cast<Eigen::Index>(k);
        mean.values[i] = view.predicted.mean[at];
        error.values[i] = view.predicted.standardDeviation[at];
        if (std::isfinite(view.predicted.half90[at])) half.values[i] = view.predicted.half90[at];
        distance.values[i] = view.predicted.distance[at];
    }
    return {std::move(mean), std::move(error), std::move(half), std::move(distance)};
}

}  // namespace

void publishDataset(const CampaignData& data, const surrogate::SurrogateModel* model,
                    const std::filesystem::path& out, const std::stop_token& stop, ProgressSink& progress) {
    auto learning = learningData(data);
    learning.stored = {};  // another version may have measured less
    const auto host = composition::findHost(learning.host);
    const auto measured = featureMatrix(learning, Featuriser(host, FeatureKind::AllOfCell), stop, progress);
    auto columns = featureColumns(measured);
    // The model's features are among them.
    learning.stored = {measured.features, measured.rows};
    const auto& hull = learning.target(hullTargetName);
    columns.push_back({hull.definition.name, hull.definition.unit, hull.definition.meaning, hull.values});
    if (model) {
        const Featuriser featuriser(host, model->inputs());
        const auto features = featureMatrix(learning, featuriser, stop, progress);
        const auto view = applySurrogate(*model, learning, features, stop, progress);
        for (auto& column : predictionColumns(*model, view, learning.rows.size()))
            columns.push_back(std::move(column));
    }
    data.copyWith(columns, learning.records, out, stop);
}

StoredFeatures storedFeatures(const CampaignData& data) {
    const std::string prefix = featureColumnPrefix;
    StoredFeatures stored;
    for (const auto& column : data.derived()) {
        if (column.name.rfind(prefix, 0) != 0) continue;
        stored.features.push_back({column.name.substr(prefix.size()), column.unit, column.meaning, {}});
        stored.rows.resize(column.values.size());
        for (std::size_t i = 0; i < column.values.size(); ++i)
            stored.rows[i].push_back(std::isfinite(column.values[i]) ? std::optional(column.values[i])
                                                                     : std::nullopt);
    }
    return stored;
}

}  // namespace ionscape::workflow
