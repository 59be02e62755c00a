// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli learn: from the dataset of a campaign to a surrogate, what it is worth and what it says.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "app/cli_surrogate.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/composition/phase_csv.h"
#include "core/surrogate/ranking.h"
#include "core/workflow/candidates.h"
#include "core/workflow/predict_mobility.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;
using surrogate::Metrics;
using workflow::TrainedSurrogate;

const std::map<std::string, workflow::Validation> validations = {
    {"folds", workflow::Validation::Folds},
    {"type", workflow::Validation::LeaveTypeOut},
    {"element", workflow::Validation::LeaveElementOut}};

struct Options {
    std::filesystem::path dataset, phases, out, predict;
    std::string features = "multinary", missing = "refuse", test = "folds";
    workflow::SurrogateTrainingSpec spec;
    bool json = false;
};

struct Learned {
    workflow::LearningData data;
    TrainedSurrogate trained;
};

/// What one feature does.
struct FeatureReport {
    std::size_t column = 0;
    double shap = 0.0;         ///< mean |SHAP value| over all rows, unit of the target
    double direction = 0.0;    ///< Pearson's r of value and SHAP value: the sign of its effect
    double correlation = 0.0;  ///< Pearson's r of value and target over the simulated rows
    double beyond = 0.0;       ///< the same at equal mobile content
    double shuffled = 0.0, shuffledDeviation = 0.0;  ///< growth of the RMSE, unit of the target
};

/// The most important first.
std::vector<FeatureReport> featureReports(const TrainedSurrogate& t) {
    const auto& shap = t.view.explanation.values;
    const auto importance = t.view.explanation.importance();
    std::vector<FeatureReport> reports;
    for (Eigen::Index j = 0; j < importance.size(); ++j) {
        reports.push_back({static_cast<std::size_t>(j), importance[j],
                           surrogate::pearson(t.view.table.x.col(j), shap.col(j)),
                           t.view.correlation(j, importance.size()), t.beyondContent.r[j],
                           t.permutation.mean[j], t.permutation.deviation[j]});
    }
    std::stable_sort(reports.begin(), reports.end(),
                     [](const FeatureReport& a, const FeatureReport& b) { return a.shap > b.shap; });
    return reports;
}

Learned learn(Options& o) {
    o.spec.missing =
        o.missing == "refuse" ? surrogate::MissingValues::Refuse : surrogate::MissingValues::MeanAndIndicator;
    o.spec.validation = validations.at(o.test);
    std::vector<composition::PhaseEntry> phases;
    if (!o.phases.empty()) phases = composition::readPhaseEntries(o.phases);
    const SignalStop signals;
    ProgressBar progress;
    Learned learned;
    learned.data = workflow::learningData(workflow::CampaignData(o.dataset), phases);
    const workflow::Featuriser featuriser(composition::findHost(learned.data.host),
                                          workflow::featureKindFromName(o.features));
    const auto features = workflow::featureMatrix(learned.data, featuriser, signals.token(), progress);
    learned.trained = workflow::trainSurrogate(learned.data, features, o.spec, signals.token(), progress);
    return learned;
}

/// All rows of the dataset with prediction, stability and the descriptors of their compositions.
std::string predictionsCsv(const Learned& l) {
    const auto& target = l.trained.model->card().target;
    const auto& view = l.trained.view;
    const auto candidates = workflow::candidatesOf(l.data, view, target);
    const auto& known = l.data.target(target.name);
    const bool classes = workflow::hasMobilityClasses(target);
    std::string text =
        fmt::format("formula,type,seed,{},{}", surrogate::csvHeader({target.name, target.unit}),
                    surrogate::csvHeader({"error of " + target.name, target.unit}));
    if (classes) text += ",class";
    for (const auto& column : candidates.table.columns)
        text += "," + surrogate::csvHeader(column);
    text += "\n";
    const auto number = [](double value) {
        return std::isfinite(value) ? fmt::format("{:.8g}", value) : std::string();
    };
    for (std::size_t i = 0; i < candidates.rows.size(); ++i) {
        const auto& row = l.data.rows[candidates.rows[i]];
        text +=
            fmt::format("{},{},{},{},{}", row.formula, row.type, row.seed,
                        number(known.values[candidates.rows[i]]), number(known.errors[candidates.rows[i]]));
        if (classes) {
            const double predicted = *candidates.table.values[candidates.table.column("predicted")][i];
            text += "," + surrogate::className(surrogate::mobilityClass(predicted));
        }
        for (const auto& column : candidates.table.values)
            text += "," + (column[i] ? number(*column[i]) : std::string());
        text += "\n";
    }
    return text;
}

json asJson(const Options& o, const Learned& l) {
    const auto& t = l.trained;
    const auto& card = t.model->card();
    json features = json::array();
    for (const auto& r : featureReports(t)) {
        features.push_back({{"name", card.features[r.column].name},
                            {"unit", card.features[r.column].unit},
                            {"mean_abs_shap", r.shap},
                            {"direction", r.direction},
                            {"correlation_with_target", r.correlation},
                            {"correlation_at_equal_content", r.beyond},
                            {"rmse_growth_when_shuffled", r.shuffled},
                            {"rmse_growth_deviation", r.shuffledDeviation}});
    }
    json object{{"dataset", o.dataset},
                {"potential", l.data.source},
                {"target", card.target.name},
                {"unit", card.target.unit},
                {"meaning", card.target.meaning},
                {"model", t.model->regressor().kind()},
                {"settings", surrogate::toJson(t.model->regressor().settings())},
                {"rows_learnt", t.training.rows.size()},
                {"rows_predicted", t.view.rows.size()},
                {"rows", l.data.rows.size()},
                {"tested_on", o.test},
                {"folds", t.validation.folds.size()},
                {"unseen", surrogate::toJson(t.validation.metrics)},
                {"training", surrogate::toJson(card.training)},
                {"mean_baseline", surrogate::toJson(t.meanBaseline)},
                {"content_baseline", surrogate::toJson(t.contentBaseline)},
                {"coverage90", t.coverage90},
                {"calibration_factor", card.calibration.factor},
                {"explained_by", t.view.explanation.method},
                {"equal_content_chance95", t.beyondContent.chance95},
                {"features", features}};
    if (const auto formula = t.model->regressor().formula())
        object["formula"] = {{"text", formula->text}, {"remark", formula->remark}};
    return object;
}

void print(const Options& o, const Learned& l) {
    const auto& t = l.trained;
    const auto& card = t.model->card();
    const auto& unit = card.target.unit;
    fmt::print("{} of {} with {}\n{}\n", t.model->regressor().kind(), card.target.name, l.data.source,
               card.target.meaning);
    fmt::print("{} rows learnt, {} of {} predicted, {} features ({})\n", t.training.rows.size(),
               t.view.rows.size(), l.data.rows.size(), card.features.size(), o.features);
    const auto line = [&](const std::string& name, const Metrics& m) {
        fmt::print("{:<30}{}\n", name, metricsText(m, unit));
    };
    line(fmt::format("rows not seen ({} {})", t.validation.folds.size(),
                     o.test == "folds" ? "folds" : o.test + "s"),
         t.validation.metrics);
    line("the mean", t.meanBaseline);
    line("mobile content alone", t.contentBaseline);
    line("rows learnt from", card.training);
    fmt::print("{:<30}{:.0f} % (each fold calibrated on the others)\n\n", "in 90 % intervals",
               100.0 * t.coverage90);
    fmt::print("{:<28}{:>11} {:>9} {:>6} {:>8} {:>16}\n", "feature", fmt::format("|SHAP| {}", unit),
               "direction", "r", "r beyond", "when shuffled");
    for (const auto& r : featureReports(t)) {
        const auto& f = card.features[r.column];
        fmt::print("{:<28}{:>11.3g} {:>+9.2f} {:>+6.2f} {:>+8.2f} {:>+9.3g} ± {:.2g}\n",
                   f.unit.empty() ? f.name : fmt::format("{} ({})", f.name, f.unit), r.shap, r.direction,
                   r.correlation, r.beyond, r.shuffled, r.shuffledDeviation);
    }
    fmt::print(
        "r beyond: at equal mobile content; by chance the largest |r| is below {:.2f} in 95 of 100 cases\n",
        t.beyondContent.chance95);
    if (const auto formula = t.model->regressor().formula())
        fmt::print("\n{}\n{}\n", formula->text, formula->remark);
}

int run(Options& o) {
    const auto learned = learn(o);
    if (!o.out.empty()) writeOutput(o.out, [&] { learned.trained.model->save(o.out); });
    if (!o.predict.empty())
        writeOutput(o.predict, [&] { writeTextAtomically(o.predict, predictionsCsv(learned)); });
    if (o.json)
        printJson(asJson(o, learned));
    else
        print(o, learned);
    return success;
}

}  // namespace

void addLearn(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "learn", "Train a surrogate on a campaign's dataset: errors on unseen rows, baselines, what matters");
    auto o = std::make_shared<Options>();
    command->add_option("dataset", o->dataset, "Dataset of a campaign (dataset.h5)")->required();
    command->add_option("--target", o->spec.target, "MSD, log10 D*, D*, Haven ratio, energy or E_hull")
        ->capture_default_str();
    command
        ->add_option("--features", o->features, "multinary, quaternary, cell (all of a cell) or composition")
        ->check(CLI::IsMember({"multinary", "quaternary", "cell", "composition"}))
        ->capture_default_str();
    command->add_option("--model", o->spec.model, "A model that 'ionscape-cli surrogate models' lists")
        ->capture_default_str();
    command
        ->add_option("--test", o->test,
                     "Rows not seen are: those of random folds, of an occupancy type, or with an element")
        ->check(CLI::IsMember(validations))
        ->capture_default_str();
    command->add_option("--folds", o->spec.folds, "Random folds")
        ->check(CLI::Range(2, 100))
        ->capture_default_str();
    command->add_option("--search", o->spec.searchTrials, "Random settings to try in each fold; 0 = none")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command->add_flag("--balance", o->spec.balance, "Drop rows where targets crowd");
    command->add_option("--missing", o->missing, "Gaps in features: refuse, or mean with a further feature")
        ->check(CLI::IsMember({"refuse", "mean"}))
        ->capture_default_str();
    command->add_option("--seed", o->spec.seed, "Of folds, models and search")->capture_default_str();
    command->add_option("--phases", o->phases,
                        "CSV of further phases for E_hull, energies of the same potential");
    command->add_option("--out", o->out, "Model file to write (.json)");
    command->add_option("--predict", o->predict,
                        "CSV to write: every row of the dataset with prediction, E_hull and descriptors");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return run(*o); }; });
}

}  // namespace ionscape::cli
