// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/campaign_oracle.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "core/base/error.h"
#include "core/base/mean_spread.h"
#include "core/composition/descriptors.h"
#include "core/surrogate/ensemble_features.h"
#include "core/workflow/campaign_targets.h"
#include "core/workflow/composition_draw.h"

namespace ionscape::workflow {

namespace {

constexpr std::uint64_t largestPool = 100'000;
/// Between looks at what another process has in work.
constexpr auto patience = std::chrono::milliseconds(500);

std::string groupName(const LearningRound& round) {
    return fmt::format("round {}", round.number);
}

std::string rowId(const LearningRow& row) {
    CampaignJob job;
    job.formula = row.formula;
    job.seed = row.seed;
    return job.id();
}

/// Why jobs failed, by formula; of several decorations the first one's reason.
std::map<std::string, std::string> failures(std::vector<CampaignRecord> records, bool ofDynamics) {
    std::stable_sort(records.begin(), records.end(),
                     [](const auto& a, const auto& b) { return a.job.seed > b.job.seed; });
    std::map<std::string, std::string> reasons;
    for (const auto& record : records)
        if (!record.problem.empty() && (record.job.dynamics || !ofDynamics))
            reasons[record.job.formula] = record.problem;
    return reasons;
}

}  // namespace

/// What the dataset says of each composition.
struct CampaignOracle::Answers {
    struct Of {
        std::vector<const LearningRow*> rows;  ///< with an outcome
        std::vector<double> values, errors;
        std::string problem;  ///< of one that failed
    };
    LearningData data;
    std::map<std::string, Of> byFormula;

    /// The mean over decorations with its error.
    static PickOutcome outcome(const Of& of, const std::string& target) {
        PickOutcome outcome;
        const auto n = static_cast<double>(of.values.size());
        if (of.values.empty()) {
            outcome.problem = of.problem.empty() ? fmt::format("there is no {}", target) : of.problem;
            return outcome;
        }
        double sum = 0.0, squares = 0.0;
        for (std::size_t i = 0; i < of.values.size(); ++i) {
            sum += of.values[i];
            squares += of.errors[i] * of.errors[i];
        }
        outcome.value = sum / n;
        if (std::isfinite(squares)) outcome.error = std::sqrt(squares) / n;
        // Decorations differ by more than each run's own error tells.
        if (of.values.size() > 1) {
            const double between = meanSpread(of.values).standardError;
            outcome.error = std::max(outcome.error.value_or(0.0), between);
        }
        return outcome;
    }
};

CampaignOracle::CampaignOracle(LearningTask task, CampaignOptions options, CampaignObserver observer,
                               MeasuredRows measured)
    : task_(std::move(task)),
      options_(std::move(options)),
      observer_(std::move(observer)),
      host_(composition::findHost(task_.campaign.protocol.host)),
      featuriser_(host_, task_.features),
      measured_(std::move(measured)) {
    checkSettings(task_);
}

std::string CampaignOracle::idOf(const std::string& formula, int member) const {
    CampaignJob job;
    job.formula = formula;
    job.seed = task_.campaign.protocol.seed + static_cast<std::uint64_t>(member);
    return job.id();
}

std::set<std::string> CampaignOracle::idsOf(const LearningRound& round) const {
    std::set<std::string> ids;
    for (const auto& pick : round.picks)
        for (int member = 0; member < task_.members; ++member)
            ids.insert(idOf(pick.name, member));
    return ids;
}

/// What the folder's campaign was, what the task adds to it, and a group for each round.
CampaignSpec CampaignOracle::specWith(const LearningHistory& history) const {
    CampaignSpec spec = task_.campaign;
    std::vector<CampaignGroup> groups;
    std::error_code ignored;
    const auto file = campaignFile(options_.folder);
    if (std::filesystem::exists(file, ignored)) groups = CampaignData(file).spec().groups;
    const auto put = [&](const CampaignGroup& group) {
        const auto same = std::find_if(groups.begin(), groups.end(),
                                       [&](const CampaignGroup& one) { return one.name == group.name; });
        if (same == groups.end())
            groups.push_back(group);
        else
            *same = group;
    };
    for (const auto& group : task_.campaign.groups)
        put(group);
    for (const auto& round : history.rounds) {
        CampaignGroup group;
        group.name = groupName(round);
        for (const auto& pick : round.picks)
            group.formulas.push_back(pick.name);
        group.members = task_.members;
        group.dynamics = needsDynamics(task_);
        put(group);
    }
    spec.groups = std::move(groups);
    return spec;
}

/// Until the dataset holds all of them; another process may have claimed some.
void CampaignOracle::runJobs(const LearningHistory& history, const std::set<std::string>& ids,
                             const std::stop_token& stop, ProgressSink& progress) const {
    auto options = options_;
    options.only = ids;
    const auto spec = specWith(history);
    for (;;) {
        runCampaign(spec, options, stop, progress, observer_);
        throwIfStopped(stop);
        if (campaignJobsLeft(spec, options_.folder, ids) == 0) return;
        std::this_thread::sleep_for(patience);
    }
}

void CampaignOracle::prepare(const LearningHistory& history, const std::stop_token& stop,
                             ProgressSink& progress) {
    setTarget();
    if (!task_.campaign.groups.empty()) {
        std::set<std::string> ids;
        for (const auto& job : campaignJobs(task_.campaign))
            ids.insert(job.id());
        runJobs(history, ids, stop, progress);
    }
    pool_.features = featuriser_.features();
    if (task_.pool)
        listSpace(stop, progress);
    else
        listCells(stop, progress);
    if (pool_.names.empty())
        throw InputError("active learning: there is nothing to pick from; the pool is empty");
}

void CampaignOracle::setTarget() {
    std::error_code ignored;
    const auto file = campaignFile(options_.folder);
    if (task_.target == hullTargetName) {
        throw InputError(
            "active learning: energies above the hull change with every phase that is computed; seek the "
            "energy");
    }
    std::vector<std::string> names;
    for (const auto& target : campaignTargets(task_.campaign)) {
        if (target.name == task_.target) pool_.target = target;
        names.push_back(target.name);
    }
    if (pool_.target.name.empty()) {
        throw InputError(fmt::format("active learning: a campaign has no target \"{}\"; it has {}",
                                     task_.target, fmt::join(names, ", ")));
    }
    if (std::filesystem::exists(file, ignored) || task_.pool || !task_.campaign.groups.empty()) return;
    throw InputError(fmt::format(
        "active learning: {} has no dataset with relaxed cells yet; name a pool of compositions or "
        "run the campaign first",
        options_.folder.string()));
}

void CampaignOracle::addCandidate(const std::string& formula, const surrogate::FeatureRow& row) {
    auto composition = composition::compositionFromFormula(host_, composition::parseFormula(formula),
                                                           composition::mixedSitesInSupercell(host_));
    pool_.names.push_back(formula);
    pool_.rows.push_back(row);
    pool_.mobile.push_back(composition::mobileContent(host_, composition));
    pool_.compositions.push_back(std::move(composition));
}

void CampaignOracle::listSpace(const std::stop_token& stop, ProgressSink& progress) {
    const auto& group = *task_.pool;
    if (group.formulas.empty() && group.count == 0) {
        const auto size = campaignSpace(host_, group).size();
        if (size > largestPool)
            throw InputError(
                fmt::format("active learning: the pool has {} compositions; narrow it, or draw "
                            "{} of them or fewer with \"count\"",
                            size, largestPool));
    }
    CampaignSpec spec = task_.campaign;
    spec.groups = {group};
    const auto jobs = campaignJobs(spec);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        throwIfStopped(stop);
        if (i % 100 == 0)
            progress.report("candidates", static_cast<std::int64_t>(i),
                            static_cast<std::int64_t>(jobs.size()), {});
        addCandidate(jobs[i].formula, featuriser_.row(jobs[i].formula, {}));
    }
}

void CampaignOracle::listCells(const std::stop_token& stop, ProgressSink& progress) {
    const auto data = learningData(CampaignData(campaignFile(options_.folder)));
    if (!data.stored.features.empty()) {
        // A dataset that was handed on: featureMatrix() knows how to read what it holds.
        const auto matrix = featureMatrix(data, featuriser_, stop, progress);
        for (std::size_t i = 0; i < data.rows.size(); ++i)
            if (matrix.problems[i].empty()) measured_.try_emplace(rowId(data.rows[i]), matrix.rows[i]);
    }
    std::map<std::string, const LearningRow*> first;
    for (const auto& row : data.rows) {
        if (!row.problem.empty() || row.cell.size() == 0) continue;
        auto& found = first[row.formula];
        if (found == nullptr || row.seed < found->seed) found = &row;
    }
    std::int64_t done = 0;
    for (const auto& [formula, row] : first) {
        throwIfStopped(stop);
        progress.report("features", done++, static_cast<std::int64_t>(first.size()), {});
        try {
            addCandidate(formula, features(*row));
        } catch (const InputError&) {
            // A cell that cannot be measured is no candidate.
        }
    }
}

const surrogate::FeatureRow& CampaignOracle::features(const LearningRow& row) const {
    const auto [place, isNew] = measured_.try_emplace(rowId(row));
    if (!isNew) return place->second;
    try {
        place->second = featuriser_.row(row.formula, row.cell);
    } catch (...) {
        measured_.erase(place);
        throw;
    }
    return place->second;
}

CampaignOracle::Answers CampaignOracle::answers() const {
    Answers answers;
    std::error_code ignored;
    const auto file = campaignFile(options_.folder);
    if (!std::filesystem::exists(file, ignored)) return answers;
    const CampaignData dataset(file);
    const auto summaries = dataset.summaries();
    answers.data = learningData(dataset);
    const auto& target = answers.data.target(task_.target);
    for (auto& [formula, problem] : failures(summaries, needsDynamics(task_)))
        answers.byFormula[formula].problem = problem;
    std::vector<std::size_t> order;
    const auto& records = answers.data.records;
    for (std::size_t i = 0; i < records.size(); ++i)
        if (records[i] < summaries.size()) order.push_back(i);
    // Workers append as they finish; nothing may depend on that.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return answers.data.rows[a].seed < answers.data.rows[b].seed;
    });
    for (const auto i : order) {
        const auto& row = answers.data.rows[i];
        if (needsDynamics(task_) && !summaries[records[i]].job.dynamics) continue;
        auto& of = answers.byFormula[row.formula];
        if (!row.problem.empty() || !std::isfinite(target.values[i])) continue;
        of.rows.push_back(&row);
        of.values.push_back(target.values[i]);
        of.errors.push_back(target.errors[i]);
    }
    return answers;
}

KnownRows CampaignOracle::known(const LearningHistory&) const {
    const auto all = answers();
    KnownRows known;
    for (const auto& [formula, of] : all.byFormula) {
        // For an energy the cells of the pool itself are the answers.
        known.answered.insert(formula);
        const auto outcome = Answers::outcome(of, task_.target);
        if (!outcome.value) continue;
        std::vector<surrogate::FeatureRow> rows;
        try {
            for (const auto* row : of.rows)
                rows.push_back(features(*row));
        } catch (const InputError&) {
            continue;  // of another host, or a cell that cannot be measured
        }
        known.names.push_back(formula);
        known.rows.push_back(surrogate::ensembleFeatures(rows).mean);
        known.y.push_back(*outcome.value);
        known.yError.push_back(outcome.error.value_or(std::nan("")));
    }
    return known;
}

std::vector<PickOutcome> CampaignOracle::compute(const LearningHistory& history, const std::stop_token& stop,
                                                 ProgressSink& progress) {
    const auto& round = *history.open();
    runJobs(history, idsOf(round), stop, progress);
    const auto all = answers();
    std::vector<PickOutcome> outcomes;
    for (const auto& pick : round.picks) {
        const auto found = all.byFormula.find(pick.name);
        outcomes.push_back(
            Answers::outcome(found == all.byFormula.end() ? Answers::Of{} : found->second, task_.target));
    }
    return outcomes;
}

}  // namespace ionscape::workflow
