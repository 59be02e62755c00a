// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli campaign: relaxations and simulations of many compositions into one dataset.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli_learning.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/workflow/campaign.h"
#include "core/workflow/publish_dataset.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::filesystem::path spec, out, surrogate;
    workflow::CampaignOptions campaign;
    bool json = false;
};

workflow::CampaignSpec readSpec(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw IoError(file, "cannot be read");
    std::ostringstream text;
    text << in.rdbuf();
    try {
        return workflow::campaignSpecFromJson(text.str());
    } catch (const InputError& error) {
        throw InputError(file.string() + ": " + error.what());
    }
}

/// "2 h 10 min" of what is left for one worker, from the means so far.
std::string timeLeft(double seconds) {
    const auto minutes = static_cast<long>(std::ceil(seconds / 60.0));
    return minutes < 60 ? fmt::format("{} min", minutes)
                        : fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

void report(const workflow::CampaignProgress& p, bool json) {
    if (json) {
        printJson({{"jobs", p.jobs},
                   {"relaxed", p.relaxed},
                   {"simulated", p.simulated},
                   {"problems", p.problems},
                   {"in_work", p.inWork},
                   {"waiting", p.waiting},
                   {"seconds_per_relaxation", p.secondsPerRelaxation},
                   {"seconds_per_simulation", p.secondsPerSimulation}});
        return;
    }
    fmt::print("jobs {}: {} relaxed, {} simulated ({} with a problem), {} in work, {} waiting\n", p.jobs,
               p.relaxed, p.simulated, p.problems, p.inWork, p.waiting);
    if (p.relaxed > 0) fmt::print("a relaxation takes {:.1f} s\n", p.secondsPerRelaxation);
    if (p.simulated > 0) fmt::print("a simulation takes {}\n", timeLeft(p.secondsPerSimulation));
}

int run(const Options& o) {
    const auto spec = readSpec(o.spec);
    workflow::CampaignProgress reached;
    {
        const SignalStop signals;
        ProgressBar progress;
        const auto tell = [](const workflow::CampaignRecord& record) {
            if (!record.problem.empty())
                fmt::print(stderr, "{} (seed {}): {}\n", record.job.formula, record.job.seed, record.problem);
        };
        try {
            reached = workflow::runCampaign(spec, o.campaign, signals.token(), progress, tell);
        } catch (const Cancelled&) {
            fmt::print(stderr,
                       "ionscape-cli: interrupted; what was computed is in {}. Repeat the command to "
                       "continue\n",
                       o.campaign.folder.string());
            return interrupted;
        }
    }
    report(reached, o.json);
    return success;
}

int status(const Options& o) {
    const workflow::CampaignData data(workflow::campaignFile(o.campaign.folder));
    const auto spec = data.spec();
    report(workflow::campaignProgress(spec, o.campaign.folder), o.json);
    if (o.json) return success;
    for (const auto& record : data.summaries()) {
        if (!record.problem.empty())
            fmt::print("{} (seed {}): {}\n", record.job.formula, record.job.seed, record.problem);
    }
    return success;
}

std::string number(double value) {
    return std::isfinite(value) ? fmt::format("{:.8g}", value) : std::string();
}

int exportTable(const Options& o) {
    const workflow::CampaignData data(o.spec);
    const auto spec = data.spec();
    std::string text = fmt::format(
        "formula,type,group,seed,energy (eV/atom),converged,problem,md length (ps),mean temperature (K),"
        "MSD at {:g} ps (Å²),error of MSD (Å²),D* (cm²/s),error of D* (cm²/s),D* lower 95 % (cm²/s),"
        "D* upper 95 % (cm²/s),D collective (cm²/s),error of D collective (cm²/s),Haven ratio,"
        "broken polyhedra,warning\n",
        spec.targetLagPs);
    const auto quoted = [](std::string field) {
        for (std::size_t at = 0; (at = field.find('"', at)) != std::string::npos; at += 2)
            field.insert(at, 1, '"');
        return '"' + field + '"';
    };
    for (const auto& r : data.summaries()) {
        const workflow::SimulatedTransport none{};
        const auto& t = r.transport ? *r.transport : none;
        const auto of = [&](double value) { return r.transport ? number(value) : std::string(); };
        text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", r.job.formula,
                            r.job.type, quoted(r.job.group), r.job.seed, number(r.energyPerAtom),
                            r.converged ? 1 : 0, quoted(r.problem), of(t.ps), of(t.meanTemperature),
                            of(t.msdTarget), of(t.msdTargetError), of(t.diffusion), of(t.diffusionError),
                            of(t.diffusionLower), of(t.diffusionUpper), of(t.collective),
                            of(t.collectiveError), of(t.haven), of(t.brokenPolyhedra), quoted(t.warning));
    }
    if (o.out.empty()) {
        fmt::print("{}", text);
    } else {
        writeOutput(o.out, [&] { writeTextAtomically(o.out, text); });
    }
    return success;
}

void addFolder(CLI::App& command, Options& o) {
    command.add_option("--folder", o.campaign.folder, "Folder of the campaign")->capture_default_str();
}

int publishCopy(const Options& o) {
    std::optional<surrogate::SurrogateModel> model;
    if (!o.surrogate.empty()) model = surrogate::SurrogateModel::load(o.surrogate);
    const SignalStop signals;
    ProgressBar progress;
    workflow::publishDataset(workflow::CampaignData(o.spec), model ? &*model : nullptr, o.out,
                             signals.token(), progress);
    return success;
}

}  // namespace

void addCampaign(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "campaign", "Relax and simulate many compositions into one dataset; may be stopped at any time");
    command->require_subcommand(1);
    auto o = std::make_shared<Options>();

    auto* runs = command->add_subcommand("run", "Begin or continue a campaign");
    runs->add_option("spec", o->spec, "What to compute: JSON, see docs/campaigns.md")->required();
    addFolder(*runs, *o);
    runs->add_option("--jobs", o->campaign.workers,
                     "Jobs at once in this process; more processes may work in the same folder")
        ->check(positiveNumber)
        ->capture_default_str();
    runs->add_option("--most", o->campaign.maximumJobs, "End after so many jobs; 0: when none is left")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    runs->add_flag("--keep-runs", o->campaign.keepRuns, "Keep the trajectories of finished simulations");
    addJsonFlag(*runs, o->json);
    runs->callback([o, &action] { action = [o] { return run(*o); }; });

    addCampaignLearn(*command, action);

    auto* state = command->add_subcommand("status", "How far a campaign is, also while it runs");
    addFolder(*state, *o);
    addJsonFlag(*state, o->json);
    state->callback([o, &action] { action = [o] { return status(*o); }; });

    auto* publish = command->add_subcommand(
        "publish", "Copy a dataset with features, E_hull and predictions, to hand on");
    publish->add_option("dataset", o->spec, "The dataset (dataset.h5)")->required();
    publish->add_option("--surrogate", o->surrogate, "Model file whose predictions are added");
    publish->add_option("--out", o->out, "HDF5 file to write; replaces an older one")->required();
    publish->callback([o, &action] { action = [o] { return publishCopy(*o); }; });

    auto* table = command->add_subcommand("export", "The table of a dataset as CSV");
    table->add_option("dataset", o->spec, "The dataset (dataset.h5)")->required();
    table->add_option("--out", o->out, "CSV file; standard output without");
    table->callback([o, &action] { action = [o] { return exportTable(*o); }; });
}

}  // namespace ionscape::cli
