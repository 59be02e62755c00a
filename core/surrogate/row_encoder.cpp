// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/row_encoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace ionscape::surrogate {

using nlohmann::json;

namespace {

std::string labelOf(const std::vector<std::string>& labels, std::size_t row) {
    return row < labels.size() && !labels[row].empty() ? labels[row] : fmt::format("row {}", row + 1);
}

void checkRow(const std::vector<Feature>& features, const FeatureRow& row, const std::string& label) {
    if (row.size() != features.size()) {
        throw InputError(fmt::format("{}: {} values for {} features", label, row.size(), features.size()));
    }
    for (std::size_t j = 0; j < row.size(); ++j) {
        if (row[j] && !std::isfinite(*row[j]))
            throw InputError(fmt::format("{}: {} is not a finite number", label, features[j].name));
    }
}

}  // namespace

RowEncoder::RowEncoder(std::vector<Feature> features, std::span<const FeatureRow> rows, MissingValues policy,
                       const std::vector<std::string>& labels)
    : inputs_(std::move(features)), policy_(policy), means_(inputs_.size(), 0.0) {
    if (rows.empty()) throw InputError("there are no rows to learn from");
    std::vector<std::size_t> present(inputs_.size(), 0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        checkRow(inputs_, rows[i], labelOf(labels, i));
        for (std::size_t j = 0; j < inputs_.size(); ++j) {
            if (!rows[i][j]) {
                if (policy_ != MissingValues::Refuse) continue;
                throw InputError(
                    fmt::format("{}: {} has no value; drop the row or the feature, or let gaps "
                                "take the mean with an indicator",
                                labelOf(labels, i), inputs_[j].name));
            }
            means_[j] += *rows[i][j];
            ++present[j];
        }
    }
    for (std::size_t j = 0; j < inputs_.size(); ++j) {
        if (present[j] == 0)
            throw InputError(fmt::format("the feature {} has no value in any row", inputs_[j].name));
        means_[j] /= static_cast<double>(present[j]);
        if (present[j] < rows.size()) withIndicator_.push_back(j);
    }
}

std::vector<Feature> RowEncoder::outputs() const {
    auto features = inputs_;
    for (const auto j : withIndicator_) {
        features.push_back(
            {"has_" + inputs_[j].name, "",
             fmt::format("1 where {} has a value, 0 where it took the mean of the training rows",
                         inputs_[j].name),
             ""});
    }
    return features;
}

SurrogateTable RowEncoder::encode(std::span<const FeatureRow> rows,
                                  const std::vector<std::string>& labels) const {
    SurrogateTable table;
    table.features = outputs();
    table.labels = labels;
    table.x.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(table.features.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        checkRow(inputs_, rows[i], labelOf(labels, i));
        auto out = table.x.row(static_cast<Eigen::Index>(i));
        for (std::size_t j = 0; j < inputs_.size(); ++j) {
            const bool mayLack =
                std::find(withIndicator_.begin(), withIndicator_.end(), j) != withIndicator_.end();
            if (!rows[i][j] && !mayLack) {
                throw InputError(
                    fmt::format("{}: {} has no value, and the model was made from rows that all "
                                "have one",
                                labelOf(labels, i), inputs_[j].name));
            }
            out[static_cast<Eigen::Index>(j)] = rows[i][j].value_or(means_[j]);
        }
        for (std::size_t k = 0; k < withIndicator_.size(); ++k)
            out[static_cast<Eigen::Index>(inputs_.size() + k)] = rows[i][withIndicator_[k]] ? 1.0 : 0.0;
    }
    return table;
}

json RowEncoder::toJson() const {
    json features = json::array();
    for (const auto& feature : inputs_)
        features.push_back(featureToJson(feature));
    return {{"features", features},
            {"missing_values", policy_ == MissingValues::Refuse ? "refuse" : "mean and indicator"},
            {"means", means_},
            {"with_indicator", withIndicator_}};
}

RowEncoder RowEncoder::fromJson(const json& object) {
    RowEncoder encoder;
    for (const auto& feature : object.at("features"))
        encoder.inputs_.push_back(featureFromJson(feature));
    encoder.policy_ =
        object.at("missing_values") == "refuse" ? MissingValues::Refuse : MissingValues::MeanAndIndicator;
    encoder.means_ = object.at("means").get<std::vector<double>>();
    encoder.withIndicator_ = object.at("with_indicator").get<std::vector<std::size_t>>();
    const auto n = encoder.inputs_.size();
    if (encoder.means_.size() != n ||
        std::any_of(encoder.withIndicator_.begin(), encoder.withIndicator_.end(),
                    [n](std::size_t j) { return j >= n; }))
        throw InputError("the features and their means do not fit together");
    return encoder;
}

json featureToJson(const Feature& feature) {
    return {{"name", feature.name},
            {"unit", feature.unit},
            {"meaning", feature.meaning},
            {"reference", feature.reference}};
}

Feature featureFromJson(const json& object) {
    return {object.at("name").get<std::string>(), object.at("unit").get<std::string>(),
            object.at("meaning").get<std::string>(), object.at("reference").get<std::string>()};
}

}  // namespace ionscape::surrogate
