// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/robustness.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/composition/descriptors.h"
#include "core/io/extxyz.h"
#include "core/surrogate/csv_table.h"
#include "core/surrogate/metrics.h"
#include "core/workflow/featuriser.h"

namespace ionscape::workflow {

namespace {

/// Linear between the two nearest values.
double quantile(const std::vector<double>& ascending, double level) {
    const double at = level * static_cast<double>(ascending.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const auto above = std::min(below + 1, ascending.size() - 1);
    return std::lerp(ascending[below], ascending[above], at - static_cast<double>(below));
}

/// Over the decorations at hand.
void summarise(Robustness& result) {
    const auto n = static_cast<Eigen::Index>(result.decorations.size());
    std::vector<double> values;
    Eigen::VectorXd predictions(n), energies(n);
    double squares = 0.0;
    for (Eigen::Index i = 0; i < n; ++i) {
        const auto& one = result.decorations[static_cast<std::size_t>(i)];
        values.push_back(one.mean);
        predictions[i] = one.mean;
        energies[i] = one.energyPerAtom;
        squares += one.standardDeviation * one.standardDeviation;
        result.extrapolated += one.distance > 1.0;
    }
    result.spread = meanSpread(values);
    std::sort(values.begin(), values.end());
    result.p5 = quantile(values, 0.05);
    result.median = quantile(values, 0.5);
    result.p95 = quantile(values, 0.95);
    result.modelError = std::sqrt(squares / static_cast<double>(n));
    result.withEnergy = surrogate::pearson(surrogate::ranks(predictions), surrogate::ranks(energies));
}

}  // namespace

Robustness robustness(const surrogate::SurrogateModel& model, const EnsembleSpec& ensemble,
                      const std::stop_token& stop, ProgressSink& progress) {
    const auto host = composition::findHost(ensemble.host);
    const Featuriser featuriser(host, model.inputs());
    if (!featuriser.needsCell())
        throw InputError(
            "the model learnt from compositions alone and says the same of every decoration; take one that "
            "learnt from features of relaxed cells");
    if (ensemble.structures.empty()) throw InputError("the relaxed cells of the ensemble need a file");
    const auto composition = composition::compositionFromFormula(
        host, composition::parseFormula(ensemble.formula), composition::mixedSitesInSupercell(host));
    const auto summary = runEnsemble(ensemble, stop, progress);
    const auto frames = io::readExtxyz(ensemble.structures);
    Robustness result;
    result.formula = composition::canonicalFormula(host, composition);
    result.target = model.card().target;
    result.potential = summary.potential;
    std::vector<surrogate::FeatureRow> rows;
    for (std::size_t i = 0; i < summary.members.size(); ++i) {
        throwIfStopped(stop);
        progress.report("features", static_cast<std::int64_t>(i),
                        static_cast<std::int64_t>(summary.members.size()), {});
        const auto& member = summary.members[i];
        if (!member.failure.empty() || !member.converged) {
            if (result.firstProblem.empty())
                result.firstProblem =
                    member.failure.empty() ? "the relaxation did not converge" : member.failure;
            ++result.leftOut;
            continue;
        }
        try {
            auto row = featuriser.row(composition, frames.at(i).structure);
            (void)model.encode(featuriser.features(), std::vector<surrogate::FeatureRow>{row});
            rows.push_back(std::move(row));
        } catch (const InputError& error) {
            if (result.firstProblem.empty()) result.firstProblem = error.what();
            ++result.leftOut;
            continue;
        }
        result.decorations.push_back({member.seed, member.energyPerAtom, 0.0, 0.0, 0.0});
    }
    if (rows.size() < 2)
        throw InputError(fmt::format("{} of {} decorations can be predicted; at least two are needed ({})",
                                     rows.size(), summary.members.size(),
                                     result.firstProblem.empty() ? "ask for more" : result.firstProblem));
    const auto predicted = model.predict(featuriser.features(), rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto k = static_cast<Eigen::Index>(i);
        auto& one = result.decorations[i];
        one.mean = predicted.mean[k];
        one.standardDeviation = predicted.standardDeviation[k];
        one.distance = predicted.distance[k];
    }
    summarise(result);
    return result;
}

std::string csvText(const Robustness& result) {
    const auto& t = result.target;
    std::string text = fmt::format("seed,energy (eV/atom),{},{},distance\n",
                                   surrogate::csvHeader({t.name + "_predicted", t.unit}),
                                   surrogate::csvHeader({t.name + "_sd", t.unit}));
    for (const auto& one : result.decorations) {
        text += fmt::format("{},{:.8f},{:.8g},{:.8g},{:.6g}\n", one.seed, one.energyPerAtom, one.mean,
                            one.standardDeviation, one.distance);
    }
    return text;
}

}  // namespace ionscape::workflow
