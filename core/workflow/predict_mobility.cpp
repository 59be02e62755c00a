// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/predict_mobility.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "core/base/error.h"
#include "core/builder/decorate.h"
#include "core/composition/descriptors.h"
#include "core/dynamics/relaxer.h"
#include "core/surrogate/ensemble_features.h"
#include "core/workflow/manifest.h"
#include "core/workflow/open_potential.h"

namespace ionscape::workflow {

namespace {

using surrogate::FeatureRow;
using Clock = std::chrono::steady_clock;

/// Names the decoration that is worked on.
class MemberProgress final : public ProgressSink {
  public:
    MemberProgress(ProgressSink& sink, int member, int members)
        : sink_(sink), member_(member), members_(members) {}
    void report(std::string_view stage, std::int64_t done, std::int64_t total,
                std::string_view detail) override {
        if (members_ == 1)
            sink_.report(stage, done, total, detail);
        else
            sink_.report(stage, member_ * total + done, members_ * total, detail);
    }

  private:
    ProgressSink& sink_;
    int member_, members_;
};

double deviation(const Eigen::VectorXd& values) {
    return std::sqrt((values.array() - values.mean()).square().sum() /
                     static_cast<double>(values.size() - 1));
}

/// Builds and relaxes one decoration after the other and measures it.
std::vector<FeatureRow> measuredCells(const MobilityRequest& request, const composition::Host& host,
                                      const composition::Composition& composition,
                                      const Featuriser& featuriser, MobilityPrediction& prediction,
                                      const std::stop_token& stop, ProgressSink& progress) {
    std::vector<FeatureRow> rows;
    std::unique_ptr<potential::Potential> potential;
    for (int member = 0; member < request.members; ++member) {
        throwIfStopped(stop);
        progress.report("build", member, request.members, {});
        const auto built =
            builder::decoratedSupercell(host, composition, request.seed + static_cast<std::uint64_t>(member));
        if (!potential) {
            potential = openPotentialFor(built, request.potential, request.threads);
            prediction.potential = potential->info().name;
        }
        MemberProgress part(progress, member, request.members);
        const auto result = dynamics::relax(built, *potential, request.relaxSettings, stop, part);
        if (!result.converged)
            prediction.warning = problemOf(
                {result.converged, result.steps, result.energy, result.maxForce, result.maxStressGPa});
        progress.report("features", member, request.members, {});
        rows.push_back(featuriser.row(composition, result.structure));
        if (member == 0) prediction.relaxed = result.structure;
    }
    return rows;
}

}  // namespace

MobilityPrediction predictMobility(const surrogate::SurrogateModel& model, const MobilityRequest& request,
                                   const std::stop_token& stop, ProgressSink& progress) {
    const auto start = Clock::now();
    if (request.members < 1) throw InputError("a prediction needs at least one decoration");
    const auto host = composition::findHost(request.host);
    const auto composition = composition::compositionFromFormula(
        host, composition::parseFormula(request.formula), composition::mixedSitesInSupercell(host));
    const Featuriser featuriser(host, model.inputs());
    MobilityPrediction prediction;
    prediction.formula = composition::canonicalFormula(host, composition);
    prediction.target = model.card().target;
    prediction.features = featuriser.features();
    const auto rows = featuriser.needsCell()
                          ? measuredCells(request, host, composition, featuriser, prediction, stop, progress)
                          : std::vector<FeatureRow>{featuriser.row(composition, {})};
    prediction.row = surrogate::ensembleFeatures(rows).mean;
    const auto checked = model.predict(featuriser.features(), std::vector<FeatureRow>{prediction.row});
    prediction.mean = checked.mean[0];
    prediction.standardDeviation = checked.standardDeviation[0];
    prediction.half90 = checked.half90[0];
    prediction.distance = checked.distance[0];
    if (rows.size() > 1) prediction.spread = deviation(model.predict(featuriser.features(), rows).mean);
    prediction.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return prediction;
}

bool hasMobilityClasses(const surrogate::TargetDefinition& target) {
    return target.name == msdTargetName && target.unit == "Å²";
}

}  // namespace ionscape::workflow
