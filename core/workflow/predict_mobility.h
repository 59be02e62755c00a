// SPDX-License-Identifier: GPL-3.0-or-later
// A composition's mobility without molecular dynamics: build, relax, measure, ask the surrogate.
#pragma once

#include <optional>

#include "core/surrogate/surrogate_model.h"
#include "core/workflow/featuriser.h"

namespace ionscape::workflow {

struct MobilityRequest {
    std::string formula;
    std::string host = "lzsp";
    /// Of the first decoration; the others have the next ones.
    std::uint64_t seed = 1;
    /// Decorations; their features are averaged.
    int members = 1;
    dynamics::RelaxSettings relaxSettings;
    std::string potential;  ///< as RunSpec::potential
    int threads = 0;
};

struct MobilityPrediction {
    std::string formula;  ///< canonical
    surrogate::TargetDefinition target;
    double mean = 0.0;
    double standardDeviation = 0.0;  ///< calibrated
    double half90 = 0.0;             ///< half of the interval that holds 90 %; infinite with few rows
    /// To the nearest training row; above 1 is extrapolation.
    double distance = 0.0;
    /// Standard deviation of the predictions for the single decorations; none for one.
    std::optional<double> spread;
    std::vector<surrogate::Feature> features;
    surrogate::FeatureRow row;  ///< mean over the decorations
    /// The first decoration after relaxation; no atom where the model needs no cell.
    crystal::Structure relaxed;
    /// What should be known, such as a relaxation that did not converge; empty when all is well.
    std::string warning;
    std::string potential;  ///< its name; empty where none was used
    double seconds = 0.0;   ///< wall time
};

/// Throws InputError for a composition that is none of the host's and features that the model does not know,
/// Cancelled, and what relaxation throws.
MobilityPrediction predictMobility(const surrogate::SurrogateModel& model, const MobilityRequest& request,
                                   const std::stop_token& stop, ProgressSink& progress);

/// Are the classes of mobility (surrogate::mobilityClass) defined for this target?
bool hasMobilityClasses(const surrogate::TargetDefinition& target);

}  // namespace ionscape::workflow
