// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/active_learning.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/workflow/composition_draw.h"

namespace ionscape::workflow {

namespace {

using namespace surrogate;

/// Fewer rows than this teach no model; the picks are then a fair sample.
constexpr std::size_t fewestRows = 5;

struct RuleName {
    PickRule rule;
    const char* name;
};
constexpr RuleName ruleNames[] = {{PickRule::ExpectedImprovement, "ei"},
                                  {PickRule::UpperConfidenceBound, "ucb"},
                                  {PickRule::MaximumVariance, "variance"},
                                  {PickRule::Thompson, "thompson"},
                                  {PickRule::Random, "random"}};

Acquisition acquisitionOf(PickRule rule) {
    return acquisitionFromName(pickRuleName(rule));
}

std::optional<double> bestOf(const std::vector<double>& values, bool maximise) {
    if (values.empty()) return std::nullopt;
    return maximise ? *std::max_element(values.begin(), values.end())
                    : *std::min_element(values.begin(), values.end());
}

/// Which features somebody has: a column of gaps cannot be learnt from.
std::vector<std::size_t> usedFeatures(const CandidatePool& pool, const KnownRows& known) {
    std::vector<std::size_t> used;
    for (std::size_t f = 0; f < pool.features.size(); ++f) {
        const auto has = [f](const FeatureRow& row) { return row[f].has_value(); };
        if (std::any_of(pool.rows.begin(), pool.rows.end(), has) ||
            std::any_of(known.rows.begin(), known.rows.end(), has))
            used.push_back(f);
    }
    return used;
}

FeatureRow columnsOf(const FeatureRow& row, const std::vector<std::size_t>& columns) {
    FeatureRow some;
    for (const auto column : columns)
        some.push_back(row[column]);
    return some;
}

/// Candidates and known rows teach it together what gaps there are, so that it is the same in every round.
RowEncoder encoderOf(const CandidatePool& pool, const KnownRows& known) {
    const auto used = usedFeatures(pool, known);
    std::vector<Feature> features;
    for (const auto f : used)
        features.push_back(pool.features[f]);
    std::vector<FeatureRow> rows;
    for (const auto* list : {&pool.rows, &known.rows})
        for (const auto& row : *list)
            rows.push_back(columnsOf(row, used));
    return RowEncoder(std::move(features), rows, MissingValues::MeanAndIndicator);
}

SurrogateTable encodedRows(const RowEncoder& encoder, const CandidatePool& pool, const KnownRows& known,
                           const std::vector<FeatureRow>& rows, const std::vector<std::string>& names) {
    const auto used = usedFeatures(pool, known);
    std::vector<FeatureRow> some;
    for (const auto& row : rows)
        some.push_back(columnsOf(row, used));
    auto table = encoder.encode(some, names);
    table.target = pool.target;
    return table;
}

Eigen::VectorXd vectorOf(const std::vector<double>& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

}  // namespace

PickRule pickRuleFromName(const std::string& name) {
    for (const auto& entry : ruleNames)
        if (name == entry.name) return entry.rule;
    throw InputError(
        fmt::format("there is no acquisition \"{}\"; there are ei, ucb, variance, thompson, random", name));
}

std::string pickRuleName(PickRule rule) {
    for (const auto& entry : ruleNames)
        if (rule == entry.rule) return entry.name;
    return {};
}

void checkSettings(const LearningSettings& s) {
    const auto demand = [](bool fine, const char* message) {
        if (!fine) throw InputError(std::string("active learning: ") + message);
    };
    demand(s.batch >= 1, "a round needs at least one pick");
    demand(s.rounds >= 1, "there must be at least one round");
    demand(s.initial >= 0 && s.patience >= 0, "first batch and patience must not be negative");
    demand(s.folds == 0 || s.folds >= 2, "there must be no folds or at least two");
    demand(std::isfinite(s.margin) && std::isfinite(s.kappa) && s.kappa >= 0.0,
           "margin and kappa must be numbers, kappa zero or more");
    (void)regressorOf(s);
}

std::unique_ptr<Regressor> regressorOf(const LearningSettings& settings) {
    auto model = makeRegressor(settings.model);
    for (const auto& setting : settings.modelSettings)
        model->settings().assign(setting);
    return model;
}

ActiveLearner::ActiveLearner(LearningOracle& oracle, LearningSettings settings, LearningHistory history,
                             KeepHistory keep)
    : oracle_(oracle), settings_(std::move(settings)), history_(std::move(history)), keep_(std::move(keep)) {
    checkSettings(settings_);
    const auto& target = oracle_.pool().target;
    if (history_.rounds.empty()) {
        history_.target = target.name;
        history_.unit = target.unit;
        history_.maximise = settings_.maximise;
    }
    if (history_.target != target.name || history_.maximise != settings_.maximise) {
        throw InputError(
            fmt::format("the rounds so far sought {} {}, not {} {}; go on with that or begin anew",
                        history_.maximise ? "large" : "small", history_.target,
                        settings_.maximise ? "large" : "small", target.name));
    }
}

void ActiveLearner::keep() const {
    if (keep_) keep_(history_);
}

std::optional<double> ActiveLearner::optimum() const {
    std::vector<double> values;
    for (std::size_t i = 0; i < oracle_.pool().names.size(); ++i)
        if (const auto value = oracle_.truth(i)) values.push_back(*value);
    return bestOf(values, settings_.maximise);
}

/// Of the round that comes next: rounds must not share draws.
std::uint64_t ActiveLearner::roundSeed() const {
    return RandomStream(settings_.seed, fmt::format("learning round {}", history_.rounds.size())).next();
}

const ActiveLearner::Trained& ActiveLearner::trained(const std::stop_token& stop, ProgressSink& progress) {
    if (trained_) return *trained_;
    const auto& pool = oracle_.pool();
    Trained t;
    t.known = oracle_.known(history_);
    t.state.known = t.known.y.size();
    auto answered = t.known.answered;
    for (const auto& round : history_.rounds)
        for (const auto& pick : round.picks)
            answered.insert(pick.name);
    for (std::size_t i = 0; i < pool.names.size(); ++i)
        if (answered.count(pool.names[i]) == 0) t.free.push_back(i);
    if (t.known.y.size() >= fewestRows) {
        const auto encoder = encoderOf(pool, t.known);
        auto table = encodedRows(encoder, pool, t.known, t.known.rows, t.known.names);
        table.y = vectorOf(t.known.y);
        if (const auto errors = vectorOf(t.known.yError); errors.allFinite()) table.yError = errors;
        TrainingOptions options;
        options.seed = settings_.seed;
        options.folds = std::min(settings_.folds, static_cast<int>(table.rows()));
        options.remark = "active learning";
        auto model = SurrogateModel::train(table, regressorOf(settings_), options, stop, &progress);
        model.setEncoder(encoder);
        if (model.card().validation) {
            t.state.crossValidatedRmse = model.card().validation->rmse;
            t.state.calibrationFactor = model.card().calibration.factor;
        }
        t.model = std::make_shared<const SurrogateModel>(std::move(model));
        predictFree(t);
    }
    trained_ = std::move(t);
    return *trained_;
}

void ActiveLearner::predictFree(Trained& t) const {
    if (t.free.empty()) return;
    const auto& pool = oracle_.pool();
    std::vector<FeatureRow> rows;
    std::vector<std::string> names;
    for (const auto i : t.free) {
        rows.push_back(pool.rows[i]);
        names.push_back(pool.names[i]);
    }
    t.table = encodedRows(*t.model->encoder(), pool, t.known, rows, names);
    const auto all = t.model->predict(t.table);
    t.predicted = {all.mean, all.standardDeviation};
    double squares = 0.0;
    std::size_t count = 0;
    for (std::size_t k = 0; k < t.free.size(); ++k) {
        const auto truth = oracle_.truth(t.free[k]);
        if (!truth) continue;
        squares += std::pow(all.mean[static_cast<Eigen::Index>(k)] - *truth, 2);
        ++count;
    }
    if (count > 0) t.state.remainingRmse = std::sqrt(squares / static_cast<double>(count));
}

std::shared_ptr<const SurrogateModel> ActiveLearner::model(const std::stop_token& stop,
                                                           ProgressSink& progress) {
    return trained(stop, progress).model;
}

/// What a campaign's group would draw of the free candidates.
std::vector<LearningPick> ActiveLearner::sampled(const Trained& t, int count) const {
    const auto& pool = oracle_.pool();
    std::vector<std::uint64_t> order(t.free.size());
    std::iota(order.begin(), order.end(), 0);
    if (pool.compositions.empty()) {
        RandomStream(roundSeed(), "picks").shuffle(order);
    } else if (static_cast<std::size_t>(count) < t.free.size()) {
        std::vector<double> mobile;
        for (const auto i : t.free)
            mobile.push_back(pool.mobile[i]);
        order = drawSpread(
            mobile, [&](std::uint64_t k) { return pool.compositions[t.free[k]]; },
            static_cast<std::uint64_t>(count), roundSeed());
    }
    order.resize(std::min(order.size(), static_cast<std::size_t>(count)));
    std::vector<LearningPick> picks;
    for (const auto k : order) {
        LearningPick pick;
        pick.name = pool.names[t.free[k]];
        picks.push_back(std::move(pick));
    }
    return picks;
}

std::vector<LearningPick> ActiveLearner::chosen(const Trained& t, int count, double best) const {
    std::vector<Proposal> proposals;
    if (settings_.rule == PickRule::Random) {
        std::vector<Eigen::Index> order(t.free.size());
        std::iota(order.begin(), order.end(), 0);
        RandomStream(roundSeed(), "picks").shuffle(order);
        order.resize(std::min(order.size(), static_cast<std::size_t>(count)));
        for (const auto row : order)
            proposals.push_back(
                {row, std::nan(""), t.predicted.mean[row], t.predicted.standardDeviation[row]});
    } else {
        BatchOptions options;
        options.acquisition.kind = acquisitionOf(settings_.rule);
        options.acquisition.maximise = settings_.maximise;
        options.acquisition.margin = settings_.margin;
        options.acquisition.kappa = settings_.kappa;
        options.acquisition.seed = roundSeed();
        options.size = std::min(count, static_cast<int>(t.free.size()));
        proposals = proposeBatch(t.predicted, best, t.table.x, options);
    }
    std::vector<LearningPick> picks;
    for (const auto& one : proposals) {
        LearningPick pick;
        pick.name = oracle_.pool().names[t.free[static_cast<std::size_t>(one.row)]];
        if (std::isfinite(one.score)) pick.score = one.score;
        pick.mean = one.mean;
        pick.deviation = one.standardDeviation;
        picks.push_back(std::move(pick));
    }
    return picks;
}

bool ActiveLearner::propose(const std::stop_token& stop, ProgressSink& progress) {
    if (history_.open()) return true;
    const auto& t = trained(stop, progress);
    throwIfStopped(stop);
    if (t.free.empty()) return false;
    LearningRound round;
    round.before = t.state;
    round.bestBefore = bestOf(t.known.y, settings_.maximise);
    const auto lacking = settings_.initial - static_cast<int>(t.known.y.size());
    const bool first = history_.rounds.empty() && lacking > 0;
    round.number = first ? 0 : history_.rounds.empty() ? 1 : history_.rounds.back().number + 1;
    if (first || !t.model) {
        round.rule = "sample";
        round.picks = sampled(t, first ? lacking : settings_.batch);
    } else {
        round.rule = pickRuleName(settings_.rule);
        round.model = t.model->regressor().kind();
        round.picks = chosen(t, settings_.batch, *round.bestBefore);
    }
    history_.rounds.push_back(std::move(round));
    keep();
    return true;
}

bool ActiveLearner::proposeAnew(const std::stop_token& stop, ProgressSink& progress) {
    // What is there stays until there is another one.
    const auto before = history_;
    const auto restore = [&] {
        history_ = before;
        trained_.reset();
    };
    if (history_.open()) history_.rounds.pop_back();
    trained_.reset();
    try {
        const bool proposed = propose(stop, progress);
        if (!proposed) restore();
        return proposed;
    } catch (...) {
        restore();
        throw;
    }
}

void ActiveLearner::compute(const std::stop_token& stop, ProgressSink& progress) {
    if (!history_.open()) throw InputError("active learning: there is no round to compute; propose one");
    const auto outcomes = oracle_.compute(history_, stop, progress);
    auto& round = history_.rounds.back();
    for (std::size_t i = 0; i < round.picks.size(); ++i) {
        auto& pick = round.picks[i];
        pick.value = outcomes[i].value;
        pick.error = outcomes[i].error;
        pick.problem = outcomes[i].problem;
    }
    finishRound(round, settings_.maximise, optimum());
    history_.latest.reset();
    trained_.reset();
    keep();
    history_.latest = trained(stop, progress).state;
    keep();
}

std::optional<LearningEnd> ActiveLearner::ended() const {
    const auto& rounds = history_.rounds;
    if (rounds.empty()) return std::nullopt;
    if (rounds.back().number >= settings_.rounds) return LearningEnd::Rounds;
    if (settings_.patience == 0) return std::nullopt;
    int idle = 0;
    for (auto round = rounds.rbegin(); round != rounds.rend() && round->number > 0; ++round) {
        if (!round->bestBefore || round->best != round->bestBefore) break;
        ++idle;
    }
    return idle >= settings_.patience ? std::optional(LearningEnd::Patience) : std::nullopt;
}

LearningEnd ActiveLearner::run(const std::stop_token& stop, ProgressSink& progress,
                               const std::function<void(const LearningRound&)>& told) {
    for (;;) {
        throwIfStopped(stop);
        if (!history_.open()) {
            if (const auto end = ended()) {
                // A kill may have come between the last outcome and the training.
                if (!history_.latest) {
                    history_.latest = trained(stop, progress).state;
                    keep();
                }
                return *end;
            }
            if (!propose(stop, progress)) return LearningEnd::Exhausted;
        }
        compute(stop, progress);
        if (told) told(history_.rounds.back());
    }
}

}  // namespace ionscape::workflow
