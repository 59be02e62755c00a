// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/rehearsal.h"

#include <fmt/format.h>

#include <cmath>
#include <mutex>

#include "core/base/error.h"
#include "core/base/mean_spread.h"
#include "core/base/parallel.h"
#include "core/composition/descriptors.h"
#include "core/surrogate/ensemble_features.h"

namespace ionscape::workflow {

namespace {

Spread spreadOf(const std::vector<double>& values) {
    if (values.empty()) return {};
    const auto all = meanSpread(values);
    return {all.mean, all.n > 1 ? all.standardDeviation : 0.0};
}

/// Histories of one rule from all first batches, round by round as far as all of them go.
RehearsalCurve curveOf(PickRule rule, const std::vector<LearningHistory>& histories) {
    RehearsalCurve curve;
    curve.rule = rule;
    std::size_t rounds = histories.front().rounds.size();
    for (const auto& history : histories) {
        rounds = std::min(rounds, history.rounds.size());
        curve.found += history.rounds.back().regret == 0.0;
    }
    for (std::size_t r = 0; r < rounds; ++r) {
        RehearsalPoint point;
        point.round = histories.front().rounds[r].number;
        std::vector<double> known, best, regret, rmse, prospective;
        for (const auto& history : histories) {
            const auto& round = history.rounds[r];
            if (round.best) best.push_back(*round.best);
            if (round.regret) regret.push_back(*round.regret);
            if (round.prospective) prospective.push_back(round.prospective->rmse);
            const auto after = history.after(r);
            if (!after) continue;
            known.push_back(static_cast<double>(after->known));
            if (after->remainingRmse) rmse.push_back(*after->remainingRmse);
        }
        point.known = spreadOf(known).mean;
        point.best = spreadOf(best);
        point.regret = spreadOf(regret);
        point.rmse = rmse.empty() ? Spread{std::nan(""), std::nan("")} : spreadOf(rmse);
        if (!prospective.empty()) point.prospective = spreadOf(prospective);
        curve.points.push_back(point);
    }
    return curve;
}

LearningHistory play(const CandidatePool& pool, const std::vector<double>& y, LearningSettings settings,
                     const std::stop_token& stop) {
    settings.patience = 0;
    TableOracle oracle(pool, y);
    NoProgress silent;
    ActiveLearner learner(oracle, settings, {});
    learner.run(stop, silent);
    return learner.history();
}

}  // namespace

KnownPool knownPool(const LearningData& data, const FeatureMatrix& features, const std::string& targetName) {
    const auto& target = data.target(targetName);
    const auto host = composition::findHost(data.host);
    struct Of {
        std::vector<surrogate::FeatureRow> rows;
        double sum = 0.0;
    };
    std::map<std::string, Of> byFormula;
    for (std::size_t i = 0; i < data.rows.size(); ++i) {
        const auto& row = data.rows[i];
        if (!row.problem.empty() || !features.problems[i].empty() || !std::isfinite(target.values[i]))
            continue;
        auto& of = byFormula[row.formula];
        of.rows.push_back(features.rows[i]);
        of.sum += target.values[i];
    }
    KnownPool known;
    known.pool.features = features.features;
    known.pool.target = target.definition;
    for (const auto& [formula, of] : byFormula) {
        auto composition = composition::compositionFromFormula(host, composition::parseFormula(formula),
                                                               composition::mixedSitesInSupercell(host));
        known.pool.names.push_back(formula);
        known.pool.rows.push_back(surrogate::ensembleFeatures(of.rows).mean);
        known.pool.mobile.push_back(composition::mobileContent(host, composition));
        known.pool.compositions.push_back(std::move(composition));
        known.y.push_back(of.sum / static_cast<double>(of.rows.size()));
    }
    return known;
}

KnownPool knownPool(const surrogate::SurrogateTable& table) {
    KnownPool known;
    known.pool.features = table.features;
    known.pool.target = table.target;
    std::map<std::string, int> uses;
    for (Eigen::Index i = 0; i < table.rows(); ++i)
        ++uses[table.labelOf(i)];
    for (Eigen::Index i = 0; i < table.rows(); ++i) {
        const auto label = table.labelOf(i);
        known.pool.names.push_back(uses[label] == 1 ? label : fmt::format("{} (row {})", label, i + 1));
        surrogate::FeatureRow row;
        for (Eigen::Index f = 0; f < table.x.cols(); ++f)
            row.emplace_back(table.x(i, f));
        known.pool.rows.push_back(std::move(row));
        known.y.push_back(table.y[i]);
    }
    return known;
}

TableOracle::TableOracle(CandidatePool pool, std::vector<double> y)
    : pool_(std::move(pool)), y_(std::move(y)) {
    if (y_.size() != pool_.names.size() || y_.size() != pool_.rows.size())
        throw InputError("candidates, features and targets must be as many");
    for (std::size_t i = 0; i < pool_.names.size(); ++i)
        if (!index_.emplace(pool_.names[i], i).second)
            throw InputError(fmt::format("two candidates are called {}", pool_.names[i]));
}

KnownRows TableOracle::known(const LearningHistory& history) const {
    std::map<std::size_t, const LearningPick*> picks;
    KnownRows known;
    for (const auto& round : history.rounds) {
        for (const auto& pick : round.picks) {
            known.answered.insert(pick.name);
            if (pick.value) picks[index_.at(pick.name)] = &pick;
        }
    }
    for (const auto& [index, pick] : picks) {
        known.names.push_back(pick->name);
        known.rows.push_back(pool_.rows[index]);
        known.y.push_back(*pick->value);
        known.yError.push_back(std::nan(""));
    }
    return known;
}

std::vector<PickOutcome> TableOracle::compute(const LearningHistory& history, const std::stop_token& stop,
                                              ProgressSink&) {
    throwIfStopped(stop);
    std::vector<PickOutcome> outcomes;
    for (const auto& pick : history.open()->picks) {
        const auto found = index_.find(pick.name);
        if (found == index_.end())
            throw InputError(fmt::format("the table has no {}, which was picked before", pick.name));
        const double y = y_[found->second];
        outcomes.push_back(std::isfinite(y)
                               ? PickOutcome{y, std::nullopt, {}}
                               : PickOutcome{std::nullopt, std::nullopt, "the table has no value"});
    }
    return outcomes;
}

std::optional<double> TableOracle::truth(std::size_t candidate) const {
    return std::isfinite(y_[candidate]) ? std::optional(y_[candidate]) : std::nullopt;
}

std::vector<RehearsalCurve> rehearse(const CandidatePool& pool, const std::vector<double>& y,
                                     const RehearsalSpec& spec, const std::stop_token& stop,
                                     ProgressSink& progress) {
    if (spec.rules.empty() || spec.repeats < 1 || spec.workers < 1)
        throw InputError("a rehearsal needs at least one way of picking, one repeat and one worker");
    const auto first = static_cast<std::size_t>(std::max(1, spec.learning.initial));
    if (pool.names.size() <= first)
        throw InputError(
            fmt::format("{} rows with a target are too few for a first batch of {} and rounds "
                        "after it",
                        pool.names.size(), first));
    const auto repeats = static_cast<std::size_t>(spec.repeats);
    const auto total = static_cast<std::int64_t>(spec.rules.size() * repeats);
    std::vector<std::vector<LearningHistory>> histories(spec.rules.size(),
                                                        std::vector<LearningHistory>(repeats));
    std::mutex mutex;
    std::int64_t done = 0;
    const auto playOne = [&](std::ptrdiff_t task) {
        throwIfStopped(stop);
        const auto rule = static_cast<std::size_t>(task) % spec.rules.size();
        const auto repeat = static_cast<std::size_t>(task) / spec.rules.size();
        auto settings = spec.learning;
        settings.rule = spec.rules[rule];
        settings.seed += repeat;
        histories[rule][repeat] = play(pool, y, settings, stop);
        const std::lock_guard lock(mutex);
        progress.report("rehearse", ++done, total, {});
    };
    forEachInParallel(total, playOne, spec.workers);
    std::vector<RehearsalCurve> curves;
    for (std::size_t r = 0; r < spec.rules.size(); ++r)
        curves.push_back(curveOf(spec.rules[r], histories[r]));
    return curves;
}

}  // namespace ionscape::workflow
