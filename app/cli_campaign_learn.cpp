// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli campaign learn: a surrogate chooses what a campaign simulates next, round by round.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli_learning.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/error.h"
#include "core/workflow/campaign_learning.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;

struct Options {
    std::filesystem::path spec;
    workflow::CampaignOptions campaign;
    std::optional<int> rounds, batch, patience;
    std::string acquisition, model;
    std::vector<std::string> settings;
    bool json = false;
};

workflow::LearningTask readTask(const Options& o) {
    std::ifstream in(o.spec, std::ios::binary);
    if (!in) throw IoError(o.spec, "cannot be read");
    std::ostringstream text;
    text << in.rdbuf();
    workflow::LearningTask task;
    try {
        task = workflow::learningTaskFromJson(text.str());
    } catch (const InputError& error) {
        throw InputError(o.spec.string() + ": " + error.what());
    }
    auto& s = task.learning;
    if (o.rounds) s.rounds = *o.rounds;
    if (o.batch) s.batch = *o.batch;
    if (o.patience) s.patience = *o.patience;
    if (!o.acquisition.empty()) s.rule = workflow::pickRuleFromName(o.acquisition);
    // Settings in the file are those of its model.
    if (!o.model.empty() && o.model != s.model) s.modelSettings.clear();
    if (!o.model.empty()) s.model = o.model;
    s.modelSettings.insert(s.modelSettings.end(), o.settings.begin(), o.settings.end());
    return task;
}

std::string amount(std::optional<double> value, const std::string& unit) {
    return value ? fmt::format("{:.4g}{}{}", *value, unit.empty() ? "" : " ", unit) : std::string("none");
}

/// "round 3: 5 picks (ei), 1 failed; predicted to RMSE 8.1 Å², 80 % in the 90 % interval; best 92.7 Å²
/// (better by 4.2 Å²); 25 known, cross-validated RMSE 7.9 Å²"
std::string roundText(const workflow::LearningRound& r, const workflow::LearningHistory& h) {
    const auto failed =
        std::count_if(r.picks.begin(), r.picks.end(), [](const auto& pick) { return !pick.problem.empty(); });
    std::string text = fmt::format("round {}: {} {} ({})", r.number, r.picks.size(),
                                   r.picks.size() == 1 ? "pick" : "picks", r.rule);
    if (failed > 0) text += fmt::format(", {} failed", failed);
    if (r.prospective) {
        text += fmt::format("; predicted to RMSE {}, {:.0f} % in the 90 % interval",
                            amount(r.prospective->rmse, h.unit), 100.0 * r.prospective->coverage90);
    }
    text += "; best " + amount(r.best, h.unit);
    if (r.gain() && *r.gain() > 0.0) text += fmt::format(" (better by {})", amount(r.gain(), h.unit));
    if (h.latest) {
        text += fmt::format("; {} known", h.latest->known);
        if (h.latest->crossValidatedRmse)
            text += ", cross-validated RMSE " + amount(h.latest->crossValidatedRmse, h.unit);
    }
    return text;
}

std::string endText(workflow::LearningEnd end) {
    switch (end) {
        case workflow::LearningEnd::Rounds:
            return "all rounds are done";
        case workflow::LearningEnd::Patience:
            return "nothing better was found for some rounds";
        case workflow::LearningEnd::Exhausted:
            break;
    }
    return "no candidate is left";
}

int learn(const Options& o) {
    workflow::LearningEnd end{};
    json history;
    {
        const SignalStop signals;
        ProgressBar progress;
        const auto tell = [](const workflow::CampaignRecord& record) {
            if (!record.problem.empty())
                fmt::print(stderr, "{} (seed {}): {}\n", record.job.formula, record.job.seed, record.problem);
        };
        try {
            workflow::CampaignLearning learning(readTask(o), o.campaign, tell);
            end = learning.run(signals.token(), progress, [&](const workflow::LearningRound& round) {
                if (o.json) return;
                fmt::print("{}\n", roundText(round, learning.history()));
                std::fflush(stdout);
            });
            history = json::parse(workflow::toJson(learning.history()));
        } catch (const Cancelled&) {
            fmt::print(
                stderr,
                "ionscape-cli: interrupted; what was computed is in {}. Repeat the command to continue\n",
                o.campaign.folder.string());
            return interrupted;
        }
    }
    if (o.json) {
        history["end"] = endText(end);
        history["model_file"] = workflow::learningModelFile(o.campaign.folder).string();
        printJson(history);
        return success;
    }
    fmt::print("{}; history in {}\n", endText(end), workflow::learningFile(o.campaign.folder).string());
    return success;
}

}  // namespace

void addCampaignLearn(CLI::App& campaign, Action& action) {
    auto* command = campaign.add_subcommand(
        "learn", "Let a surrogate choose what to simulate next, round by round; may be stopped at any time");
    auto o = std::make_shared<Options>();
    command->add_option("spec", o->spec, "Campaign with an object \"learning\": JSON, see docs/campaigns.md")
        ->required();
    command->add_option("--folder", o->campaign.folder, "Folder of the campaign")->capture_default_str();
    command->add_option("--rounds", o->rounds, "Rounds after the first batch, all in all")
        ->check(positiveNumber);
    command->add_option("--batch", o->batch, "Picks of a round")->check(positiveNumber);
    command
        ->add_option("--patience", o->patience, "End after so many rounds without a better outcome; 0: never")
        ->check(nonNegativeNumber);
    command->add_option("--acquisition", o->acquisition,
                        "How picks are chosen: ei, ucb, variance, thompson, or random as a control");
    command->add_option("--model", o->model, "A model that 'ionscape-cli surrogate models' lists");
    command->add_option("--set", o->settings, "Settings of the model, each name=value");
    command->add_option("--jobs", o->campaign.workers, "Simulations at once")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_flag("--keep-runs", o->campaign.keepRuns, "Keep the trajectories of finished simulations");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return learn(*o); }; });
}

}  // namespace ionscape::cli
