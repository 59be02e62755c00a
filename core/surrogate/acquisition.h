// SPDX-License-Identifier: GPL-3.0-or-later
// Which candidates to compute next: how much each promises, and batches that do not say the same thing twice.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/surrogate/regressor.h"

namespace ionscape::surrogate {

enum class Acquisition { ExpectedImprovement, UpperConfidenceBound, MaximumVariance, Thompson };

/// "ei", "ucb", "variance", "thompson". Throws InputError naming them.
Acquisition acquisitionFromName(std::string_view name);

struct AcquisitionOptions {
    Acquisition kind = Acquisition::ExpectedImprovement;
    bool maximise = true;  ///< large targets are sought
    double margin = 0.0;   ///< improvements count from here on, unit of the target
    double kappa = 2.0;    ///< standard deviations of the confidence bound
    std::uint64_t seed = 1;
};

/// One number a candidate, the larger the more worth computing:
/// - expected improvement over `best`: σ(zΦ(z) + φ(z)), z = (μ − best − margin)/σ (Jones, Schonlau & Welch,
///   J. Glob. Optim. 13, 455 (1998)),
/// - upper confidence bound: μ + κσ (Srinivas et al., ICML 2010),
/// - maximum variance: σ,
/// - Thompson sampling: a draw from N(μ, σ²), candidates independent (Thompson, Biometrika 25, 285 (1933)).
Eigen::VectorXd acquisitionValues(const Prediction& predicted, double best,
                                  const AcquisitionOptions& options);

enum class BatchStrategy {
    /// After each pick the model learns its own prediction as if it had been computed (Ginsbourger, Le Riche
    /// &
    /// Carraro 2010): needs a fit for every pick.
    Believer,
    /// Candidates near a pick lose value: times 1 − exp(−d²/2ℓ²), d in standardised features and ℓ the mean
    /// distance of a candidate to its nearest other one, so neighbours of a pick wait (after González et al.,
    /// AISTATS 2016).
    Penalise,
};

struct BatchOptions {
    AcquisitionOptions acquisition;
    BatchStrategy strategy = BatchStrategy::Penalise;
    int size = 5;
};

struct Proposal {
    Eigen::Index row = 0;  ///< of the candidates
    double score = 0.0;    ///< when it was picked
    double mean = 0.0, standardDeviation = 0.0;
};

/// Picks candidates one by one from a model of this kind and settings fitted to `known`. Throws InputError
/// for fewer candidates than picks, Cancelled.
std::vector<Proposal> proposeBatch(const Regressor& model, const SurrogateTable& known,
                                   const Eigen::MatrixXd& candidates, const BatchOptions& options,
                                   const std::stop_token& stop = {}, ProgressSink* progress = nullptr);

/// The same from predictions that are already there, calibrated ones for instance, with
/// BatchStrategy::Penalise.
/// \param best  the best target known; \param candidates  in the space in which they resemble each other.
/// Throws InputError for fewer candidates than picks and for the other strategy.
std::vector<Proposal> proposeBatch(const Prediction& predicted, double best,
                                   const Eigen::MatrixXd& candidates, const BatchOptions& options);

}  // namespace ionscape::surrogate
