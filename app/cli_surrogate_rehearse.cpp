// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli surrogate rehearse: which way of picking would have found the best rows of a table soonest.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli_learning.h"
#include "app/cli_surrogate.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/workflow/rehearsal.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;
using workflow::RehearsalCurve;

struct Options {
    LearningTableOptions table;
    std::string dataset, features = "composition", out;
    RegressorOptions regressor{"gaussian-process", {}, 1};
    std::vector<std::string> rules = {"ei", "ucb", "variance", "thompson", "random"};
    workflow::RehearsalSpec spec;
    bool minimise = false, json = false;
};

workflow::KnownPool readKnown(const Options& o, const std::stop_token& stop, ProgressSink& progress) {
    if (o.table.file.empty() == o.dataset.empty())
        throw InputError("name what to learn from: either --table or --dataset");
    if (o.dataset.empty()) return workflow::knownPool(readLearningTable(o.table).table);
    const auto data = workflow::learningData(workflow::CampaignData(o.dataset));
    const workflow::Featuriser featuriser(composition::findHost(data.host),
                                          workflow::featureKindFromName(o.features));
    return workflow::knownPool(data, workflow::featureMatrix(data, featuriser, stop, progress),
                               o.table.columns.target);
}

std::string csvText(const std::vector<RehearsalCurve>& curves, const surrogate::TargetDefinition& target) {
    const auto header = [&](const char* name) { return surrogate::csvHeader({name, target.unit}); };
    std::string text = fmt::format("acquisition,round,known,{},{},{},{},{},{},{},{}\n", header("best"),
                                   header("best_sd"), header("regret"), header("regret_sd"), header("RMSE"),
                                   header("RMSE_sd"), header("RMSE_of_picks"), header("RMSE_of_picks_sd"));
    const auto number = [](double value) {
        return std::isfinite(value) ? fmt::format("{:.8g}", value) : std::string();
    };
    for (const auto& curve : curves) {
        for (const auto& p : curve.points) {
            const auto picks = p.prospective.value_or(workflow::Spread{std::nan(""), std::nan("")});
            text += fmt::format("{},{},{:g}", workflow::pickRuleName(curve.rule), p.round, p.known);
            for (const double value : {p.best.mean, p.best.deviation, p.regret.mean, p.regret.deviation,
                                       p.rmse.mean, p.rmse.deviation, picks.mean, picks.deviation})
                text += "," + number(value);
            text += "\n";
        }
    }
    return text;
}

json curveJson(const RehearsalCurve& curve) {
    const auto spread = [](const workflow::Spread& s) {
        return std::isfinite(s.mean) ? json{{"mean", s.mean}, {"sd", s.deviation}} : json();
    };
    auto points = json::array();
    for (const auto& p : curve.points) {
        points.push_back({{"round", p.round},
                          {"known", p.known},
                          {"best", spread(p.best)},
                          {"regret", spread(p.regret)},
                          {"rmse", spread(p.rmse)},
                          {"rmse_of_picks", p.prospective ? spread(*p.prospective) : json()}});
    }
    return {{"acquisition", workflow::pickRuleName(curve.rule)}, {"rounds", points}, {"found", curve.found}};
}

void printTable(const Options& o, const std::vector<RehearsalCurve>& curves,
                const surrogate::TargetDefinition& target) {
    const auto cell = [](const workflow::Spread& s) {
        return std::isfinite(s.mean) ? fmt::format("{:.4g} ± {:.2g}", s.mean, s.deviation) : std::string("–");
    };
    const auto& unit = target.unit.empty() ? target.name : target.unit;
    for (const char* what : {"regret", "RMSE"}) {
        const bool isRegret = std::string(what) == "regret";
        fmt::print("{} of {} ({}), mean ± standard deviation over {} first batches\n", what, target.name,
                   unit, o.spec.repeats);
        fmt::print("{:>5} {:>6}", "round", "known");
        for (const auto& curve : curves)
            fmt::print(" {:>19}", workflow::pickRuleName(curve.rule));
        fmt::print("\n");
        std::size_t rounds = 0;
        for (const auto& curve : curves)
            rounds = std::max(rounds, curve.points.size());
        for (std::size_t r = 0; r < rounds; ++r) {
            const auto& first = curves.front().points;
            fmt::print("{:>5} {:>6}", r, r < first.size() ? fmt::format("{:g}", first[r].known) : "");
            for (const auto& curve : curves)
                fmt::print(" {:>19}", r < curve.points.size()
                                          ? cell(isRegret ? curve.points[r].regret : curve.points[r].rmse)
                                          : "–");
            fmt::print("\n");
        }
        fmt::print("\n");
    }
    for (const auto& curve : curves)
        fmt::print("{} had the best row at the end in {} of {}\n", workflow::pickRuleName(curve.rule),
                   curve.found, o.spec.repeats);
}

int rehearse(Options& o) {
    auto& s = o.spec.learning;
    s.model = o.regressor.kind;
    s.modelSettings = o.regressor.settings;
    s.seed = o.regressor.seed;
    s.maximise = !o.minimise;
    o.spec.rules.clear();
    for (const auto& rule : o.rules)
        o.spec.rules.push_back(workflow::pickRuleFromName(rule));
    workflow::KnownPool known;
    std::vector<RehearsalCurve> curves;
    {
        const SignalStop signals;
        ProgressBar progress;
        known = readKnown(o, signals.token(), progress);
        curves = workflow::rehearse(known.pool, known.y, o.spec, signals.token(), progress);
    }
    const auto& target = known.pool.target;
    if (!o.out.empty()) writeOutput(o.out, [&] { writeTextAtomically(o.out, csvText(curves, target)); });
    if (!o.json) {
        printTable(o, curves, target);
        return success;
    }
    auto list = json::array();
    for (const auto& curve : curves)
        list.push_back(curveJson(curve));
    printJson({{"target", target.name},
               {"unit", target.unit},
               {"rows", known.y.size()},
               {"repeats", o.spec.repeats},
               {"model", s.model},
               {"curves", list}});
    return success;
}

}  // namespace

void addSurrogateRehearse(CLI::App& group, Action& action) {
    auto* command = group.add_subcommand(
        "rehearse",
        "Play active learning on a table whose targets are known, one way of picking beside another");
    auto o = std::make_shared<Options>();
    addLearningTable(*command, o->table);
    // Either of the two is needed.
    auto* table = command->get_option("--table")->required(false);
    command->add_option("--dataset", o->dataset, "Instead of a table: the dataset of a campaign (dataset.h5)")
        ->excludes(table);
    command
        ->add_option("--feature-set", o->features,
                     "What is learnt of a dataset: composition, multinary, quaternary or cell")
        ->capture_default_str();
    addRegressor(*command, o->regressor);
    command->add_option("--acquisition", o->rules, "Ways of picking to compare")
        ->delimiter(',')
        ->capture_default_str();
    command->add_option("--initial", o->spec.learning.initial, "Rows known at the beginning")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--batch", o->spec.learning.batch, "Picks of a round")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--rounds", o->spec.learning.rounds, "Rounds after the beginning")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--repeats", o->spec.repeats, "First batches to begin from")
        ->check(positiveNumber)
        ->capture_default_str();
    command
        ->add_option("--kappa", o->spec.learning.kappa, "Standard deviations of the confidence bound (ucb)")
        ->capture_default_str();
    command
        ->add_option("--folds", o->spec.learning.folds,
                     "Folds that calibrate the errors in every round; 0 = none, which is quicker")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command->add_flag("--minimise", o->minimise, "Small targets are sought");
    command->add_option("--jobs", o->spec.workers, "Repeats at once")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--out", o->out, "CSV file with all curves");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return rehearse(*o); }; });
}

}  // namespace ionscape::cli
