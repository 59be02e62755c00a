// SPDX-License-Identifier: GPL-3.0-or-later
// A trained model with all that must be known to use it, as one JSON file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/surrogate/calibration.h"
#include "core/surrogate/metrics.h"
#include "core/surrogate/regressor.h"
#include "core/surrogate/row_encoder.h"
#include "core/surrogate/training_domain.h"
#include "core/surrogate/validation.h"

namespace ionscape::surrogate {

struct TrainingOptions {
    std::uint64_t seed = 1;
    /// Folds of the cross-validation that calibrates the errors and gives the metrics of unseen rows; 0:
    /// none, and the errors stay as the model gives them.
    int folds = 5;
    /// A cross-validation of the same rows that is taken instead.
    const CrossValidation* validation = nullptr;
    /// Chooses the settings, from all rows for the model and from those learnt in each fold.
    Preparation prepare;
    /// Anything worth keeping with the model, such as the potential whose runs gave the targets.
    std::string remark;
};

/// What a model file says of itself.
struct ModelCard {
    std::vector<Feature> features;
    TargetDefinition target;
    std::string trainingChecksum;  ///< SurrogateTable::checksum()
    std::size_t trainingRows = 0;
    std::uint64_t seed = 0;
    Metrics training;                   ///< on the rows it learnt from
    std::optional<Metrics> validation;  ///< on rows left out, fold by fold
    int folds = 0;
    Calibration calibration;
    std::string remark;
    std::string program;  ///< "Ionscape 0.1.0"
};

/// Predictions with what calibration and training rows say about them.
struct CheckedPrediction {
    Eigen::VectorXd mean;
    Eigen::VectorXd standardDeviation;  ///< calibrated
    Eigen::VectorXd distance;           ///< TrainingDomain::distance: above 1 is extrapolation
    /// Half the width of the interval that holds 90 % of new targets (conformal; infinite without enough
    /// rows).
    Eigen::VectorXd half90;
};

class SurrogateModel {
  public:
    /// Fits `regressor` (of its kind, with its settings or those that are prepared) to all rows; before that,
    /// with folds, cross-validates it. Throws InputError, Cancelled.
    static SurrogateModel train(const SurrogateTable& table, std::unique_ptr<Regressor> regressor,
                                const TrainingOptions& options = {}, const std::stop_token& stop = {},
                                ProgressSink* progress = nullptr);

    const ModelCard& card() const { return card_; }
    const Regressor& regressor() const { return *regressor_; }
    /// How rows with gaps become rows of the table; without gaps in training, it refuses them.
    void setEncoder(RowEncoder encoder) { encoder_ = std::move(encoder); }
    const std::optional<RowEncoder>& encoder() const { return encoder_; }
    /// The features that rows must have before they are encoded.
    const std::vector<Feature>& inputs() const { return encoder_ ? encoder_->inputs() : card_.features; }
    const TrainingDomain& domain() const { return domain_; }

    /// Throws InputError naming the first feature that differs from the training table's in name or unit.
    void checkFeatures(const std::vector<Feature>& features) const;
    CheckedPrediction predict(const SurrogateTable& table) const;
    /// Rows as they are featurised; those with gaps go through the encoder.
    CheckedPrediction predict(const std::vector<Feature>& features, std::span<const FeatureRow> rows,
                              const std::vector<std::string>& labels = {}) const;
    /// The table that such rows become.
    SurrogateTable encode(const std::vector<Feature>& features, std::span<const FeatureRow> rows,
                          const std::vector<std::string>& labels = {}) const;

    void save(const std::filesystem::path& file) const;
    /// Throws IoError for a file that is no model or of a later format.
    static SurrogateModel load(const std::filesystem::path& file);

  private:
    ModelCard card_;
    std::unique_ptr<Regressor> regressor_;
    std::optional<RowEncoder> encoder_;
    TrainingDomain domain_;
};

/// Throws InputError naming the first of `given` that is not as `expected` in name or unit.
void requireSameFeatures(const std::vector<Feature>& expected, const std::vector<Feature>& given);

}  // namespace ionscape::surrogate
