// SPDX-License-Identifier: GPL-3.0-or-later
// How much a predicted mobility depends on which atom sits where: predictions for many decorations of one
// composition.
#pragma once

#include "core/base/mean_spread.h"
#include "core/surrogate/surrogate_model.h"
#include "core/workflow/ensemble_run.h"

namespace ionscape::workflow {

/// One relaxed decoration.
struct DecorationPrediction {
    std::uint64_t seed = 0;
    double energyPerAtom = 0.0;  ///< eV
    double mean = 0.0;
    double standardDeviation = 0.0;  ///< of the model, calibrated
    double distance = 0.0;           ///< to the training data; above 1 is extrapolation
};

struct Robustness {
    std::string formula;  ///< canonical
    surrogate::TargetDefinition target;
    std::string potential;
    std::vector<DecorationPrediction> decorations;  ///< those that can be predicted
    std::size_t leftOut = 0;                        ///< that failed, did not converge or cannot be measured
    std::string firstProblem;                       ///< of the first of those
    /// Of the predictions. The standard deviation is what the arrangement alone does.
    MeanSpread spread;
    double p5 = 0.0, median = 0.0, p95 = 0.0;
    /// Root of the mean squared error that the model claims for one decoration. Most of it is common to all
    /// decorations; where the spread is smaller, single ones cannot be ranked with confidence.
    double modelError = 0.0;
    /// Spearman's correlation of prediction and energy: are the favourable arrangements the mobile ones?
    double withEnergy = 0.0;
    std::size_t extrapolated = 0;
};

/// Relaxes the decorations of `ensemble` (continuing its file; `structures` must be set) and predicts each.
/// The published test takes 1000 random ones. Throws InputError for a model that needs no cell, since it
/// cannot tell decorations apart, and when fewer than two relax, and as runEnsemble does.
Robustness robustness(const surrogate::SurrogateModel& model, const EnsembleSpec& ensemble,
                      const std::stop_token& stop, ProgressSink& progress);

/// CSV, a line a decoration.
std::string csvText(const Robustness& result);

}  // namespace ionscape::workflow
