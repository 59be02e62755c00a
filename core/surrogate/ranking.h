// SPDX-License-Identifier: GPL-3.0-or-later
// Putting candidates in order: composite scores, and classes of mobility.
#pragma once

#include <Eigen/Core>
#include <array>
#include <string>
#include <vector>

namespace ionscape::surrogate {

/// What a column counts in a composite score; negative where small values are good.
struct ScoreTerm {
    Eigen::VectorXd values;
    double weight = 1.0;
};

/// Σ weight · (value − smallest)/(largest − smallest) over Σ |weight|, each column over the rows given, so
/// that units do not matter; a column that does not vary adds nothing. Throws InputError for no terms, no
/// weight, lengths that differ and values that are not finite.
Eigen::VectorXd compositeScore(const std::vector<ScoreTerm>& terms);

enum class MobilityClass { Low, Medium, High };

/// Limits of the mean squared displacement at 1000 K, Å² (Fu et al., npj Comput. Mater. 12, 178 (2026)).
struct MobilityLimits {
    double medium = 40.0;
    double high = 120.0;
};

/// High above the upper limit, low below the lower one.
MobilityClass mobilityClass(double msd, const MobilityLimits& limits = {});
/// "low", "medium", "high"
std::string className(MobilityClass mobility);
/// Probabilities of low, medium and high for a prediction with a normal error.
std::array<double, 3> classProbabilities(double mean, double standardDeviation,
                                         const MobilityLimits& limits = {});

}  // namespace ionscape::surrogate
