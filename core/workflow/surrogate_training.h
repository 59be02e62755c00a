// SPDX-License-Identifier: GPL-3.0-or-later
// From data and features to a trained surrogate with its test errors, baselines and explanations.
#pragma once

#include <memory>
#include <optional>

#include "core/surrogate/explanation.h"
#include "core/surrogate/partial_correlation.h"
#include "core/surrogate/surrogate_model.h"
#include "core/surrogate/validation.h"
#include "core/workflow/featuriser.h"

namespace ionscape::workflow {

/// How a model is tested on rows that it has not seen.
enum class Validation { Folds, LeaveTypeOut, LeaveElementOut };

struct SurrogateTrainingSpec {
    /// As surrogate::makeRegressor takes it. The usual one is the best on some tens of simulated compositions
    /// (docs/mobility.md).
    std::string model = "gaussian-process";
    std::string target = msdTargetName;
    surrogate::MissingValues missing = surrogate::MissingValues::Refuse;
    Validation validation = Validation::Folds;
    int folds = 5;
    /// Random settings tried besides the usual ones; 0: none.
    int searchTrials = 0;
    /// Drops rows where targets crowd before training (surrogate::balancedRows).
    bool balance = false;
    std::uint64_t seed = 1;
};

/// The rows of the data that can be used: known target, no problem, features.
struct LearningSelection {
    surrogate::SurrogateTable table;  ///< with the groupings "occupancy type" and "element"
    surrogate::RowEncoder encoder;
    std::vector<std::size_t> rows;  ///< into LearningData::rows, one for each row of the table
};

/// Throws InputError when fewer than 10 rows are left, naming the commonest reason, and for gaps that are
/// refused.
LearningSelection selectRows(const LearningData& data, const FeatureMatrix& features,
                             const std::string& target, surrogate::MissingValues missing);

/// A model applied to every row that has features.
struct SurrogateView {
    std::vector<std::size_t> rows;  ///< into LearningData::rows
    surrogate::SurrogateTable table;
    surrogate::CheckedPrediction predicted;
    surrogate::Explanation explanation;
    Eigen::MatrixXd correlation;  ///< Pearson's r of the features, the target last
};

/// A point of a learning curve: error on rows not seen against the number of rows learnt from.
struct LearningPoint {
    std::size_t rows = 0;
    double rmse = 0.0, spread = 0.0;  ///< mean and standard deviation over draws
};

struct TrainedSurrogate {
    std::shared_ptr<const surrogate::SurrogateModel> model;
    SurrogateTrainingSpec spec;
    LearningSelection training;
    surrogate::CrossValidation validation;  ///< rows of training.table; without the models of the folds
    surrogate::CheckedPrediction fitted;    ///< of training.table
    /// Of errors that were calibrated on other folds (surrogate::checkCalibration).
    std::vector<surrogate::CoveragePoint> calibration;
    double coverage90 = 0.0;  ///< share of rows in conformal 90 % intervals from other folds
    /// Errors of the mean of the training rows and of a straight line through the mobile content alone, on
    /// the same folds.
    surrogate::Metrics meanBaseline, contentBaseline;
    surrogate::PermutationImportance permutation;  ///< on rows that were left out
    /// Of the training rows at equal mobile content; rows of one composition count as their mean.
    surrogate::PartialCorrelations beyondContent;
    std::vector<LearningPoint> learningCurve;
    SurrogateView view;
};

/// Throws InputError, Cancelled.
TrainedSurrogate trainSurrogate(const LearningData& data, const FeatureMatrix& features,
                                const SurrogateTrainingSpec& spec, const std::stop_token& stop,
                                ProgressSink& progress);

/// What a model says of the data; rows without a feature that it needs are left out. Throws InputError when
/// no row is left.
SurrogateView applySurrogate(const surrogate::SurrogateModel& model, const LearningData& data,
                             const FeatureMatrix& features, const std::stop_token& stop,
                             ProgressSink& progress);

}  // namespace ionscape::workflow
