// SPDX-License-Identifier: GPL-3.0-or-later
// From rows with gaps to a table without: what a missing value becomes is said, never guessed.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/surrogate/feature.h"
#include "core/surrogate/surrogate_table.h"

namespace ionscape::surrogate {

enum class MissingValues {
    /// A row with a gap is an error that names row and column.
    Refuse,
    /// A gap takes the mean of the training rows, and a further column `has_<name>` (1 or 0) tells the model
    /// so; only for features that have gaps in the training rows.
    MeanAndIndicator,
};

/// Learns from the training rows what to do with gaps, and does the same to rows that are predicted later.
class RowEncoder {
  public:
    RowEncoder() = default;
    /// \param labels  of the rows, for messages; may be empty
    /// Throws InputError: no rows, rows of another length, a number that is not finite, a gap where gaps are
    /// refused, a feature without any value.
    RowEncoder(std::vector<Feature> features, std::span<const FeatureRow> rows, MissingValues policy,
               const std::vector<std::string>& labels = {});

    MissingValues policy() const { return policy_; }
    /// Of the rows that go in.
    const std::vector<Feature>& inputs() const { return inputs_; }
    /// Of the table that comes out: the inputs, then the indicators.
    std::vector<Feature> outputs() const;
    /// A table with features, x and labels. Throws InputError as above, also for a gap in a feature that had
    /// none in the training rows.
    SurrogateTable encode(std::span<const FeatureRow> rows,
                          const std::vector<std::string>& labels = {}) const;

    nlohmann::json toJson() const;
    static RowEncoder fromJson(const nlohmann::json& object);

  private:
    std::vector<Feature> inputs_;
    MissingValues policy_ = MissingValues::Refuse;
    std::vector<double> means_;               ///< of each input over the rows that have it
    std::vector<std::size_t> withIndicator_;  ///< inputs that had gaps
};

nlohmann::json featureToJson(const Feature& feature);
Feature featureFromJson(const nlohmann::json& object);

}  // namespace ionscape::surrogate
