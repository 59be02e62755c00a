// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/surrogate_training.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "core/base/error.h"
#include "core/base/mean_spread.h"
#include "core/base/random.h"
#include "core/composition/descriptors.h"
#include "core/surrogate/balancing.h"
#include "core/surrogate/settings_search.h"

namespace ionscape::workflow {

namespace {

using namespace surrogate;

constexpr std::size_t fewestRows = 10;
constexpr int permutationRepeats = 10;

std::vector<std::string> elementsOf(const std::string& formula) {
    std::vector<std::string> elements;
    try {
        for (const auto& [element, amount] : composition::parseFormula(formula))
            elements.emplace_back(element.symbol());
    } catch (const InputError&) {
        // The row has no formula of the host and so no features either.
    }
    return elements;
}

/// Elements that every row has say nothing about a row.
Grouping elementGrouping(const LearningData& data, const std::vector<std::size_t>& rows) {
    std::map<std::string, std::size_t> counts;
    Grouping grouping{"element", {}};
    for (const auto row : rows) {
        grouping.groupsOfRow.push_back(elementsOf(data.rows[row].formula));
        for (const auto& element : grouping.groupsOfRow.back())
            ++counts[element];
    }
    for (auto& groups : grouping.groupsOfRow)
        std::erase_if(groups, [&](const std::string& element) { return counts[element] == rows.size(); });
    return grouping;
}

Grouping typeGrouping(const LearningData& data, const std::vector<std::size_t>& rows) {
    Grouping grouping{"occupancy type", {}};
    for (const auto row : rows) {
        const auto& type = data.rows[row].type;
        grouping.groupsOfRow.push_back({type.empty() ? "other" : type});
    }
    return grouping;
}

std::vector<std::string> labelsOf(const LearningData& data, const std::vector<std::size_t>& rows) {
    std::vector<std::string> labels;
    for (const auto row : rows)
        labels.push_back(data.rows[row].formula);
    return labels;
}

std::vector<FeatureRow> taken(const FeatureMatrix& features, const std::vector<std::size_t>& rows) {
    std::vector<FeatureRow> chosen;
    for (const auto row : rows)
        chosen.push_back(features.rows[row]);
    return chosen;
}

void balance(LearningSelection& selection) {
    const auto kept = balancedRows(selection.table.y);
    std::vector<std::size_t> rows;
    for (const auto row : kept)
        rows.push_back(selection.rows[static_cast<std::size_t>(row)]);
    selection.table = selection.table.subset(kept);
    selection.rows = std::move(rows);
}

std::vector<Fold> foldsOf(const SurrogateTable& table, const SurrogateTrainingSpec& spec) {
    switch (spec.validation) {
        case Validation::LeaveTypeOut:
            return leaveOneGroupOut(table, "occupancy type");
        case Validation::LeaveElementOut:
            return leaveOneGroupOut(table, "element");
        case Validation::Folds:
            break;
    }
    return kFold(table, std::min<int>(spec.folds, static_cast<int>(separableRows(table))), spec.seed);
}

/// A straight line through the amount of the mobile ion in the formula.
SurrogateTable contentAlone(const LearningData& data, const LearningSelection& selection) {
    const auto ion = composition::findHost(data.host).mobile().species.front().element;
    SurrogateTable table = selection.table;
    table.features = {{std::string(ion.symbol()) + "_content", "per f.u.", "from the formula", ""}};
    table.x.resize(table.rows(), 1);
    for (Eigen::Index i = 0; i < table.rows(); ++i) {
        const auto& formula = data.rows[selection.rows[static_cast<std::size_t>(i)]].formula;
        table.x(i, 0) = composition::amountOf(composition::parseFormula(formula), ion);
    }
    return table;
}

/// Decorations of one composition are no independent observations: what the shuffles move are compositions.
PartialCorrelations correlationsBeyond(const Eigen::VectorXd& content, const SurrogateTable& table,
                                       std::uint64_t seed) {
    std::map<std::string, std::vector<Eigen::Index>> rowsOf;
    for (Eigen::Index i = 0; i < table.rows(); ++i)
        rowsOf[table.units[static_cast<std::size_t>(i)]].push_back(i);
    const auto n = static_cast<Eigen::Index>(rowsOf.size());
    Eigen::MatrixXd x(n, table.x.cols());
    Eigen::VectorXd y(n), control(n);
    Eigen::Index unit = 0;
    for (const auto& [name, rows] : rowsOf) {
        x.row(unit) = table.x(rows, Eigen::all).colwise().mean();
        y[unit] = table.y(rows).mean();
        control[unit++] = content(rows).mean();
    }
    return partialCorrelations(x, y, control, seed);
}

/// Of models that did not see the rows: fold by fold, weighted by the rows.
PermutationImportance permutationOverFolds(const CrossValidation& validation, const SurrogateTable& table,
                                           std::uint64_t seed, const std::stop_token& stop) {
    PermutationImportance sum;
    sum.mean = sum.deviation = Eigen::RowVectorXd::Zero(table.x.cols());
    double weights = 0.0;
    for (const auto& fold : validation.folds) {
        if (fold.rows.size() < 2) continue;
        const auto importance =
            permutationImportance(*fold.model, table.subset(fold.rows), permutationRepeats, seed, stop);
        const auto weight = static_cast<double>(fold.rows.size());
        sum.mean += weight * importance.mean;
        sum.deviation += weight * importance.deviation.cwiseAbs2();
        sum.rmse += weight * importance.rmse;
        weights += weight;
    }
    if (weights > 0.0) {
        sum.mean /= weights;
        sum.deviation = (sum.deviation / weights).cwiseSqrt();
        sum.rmse /= weights;
    }
    return sum;
}

/// The same test rows for every size, three draws of the training rows; settings are those of the model.
std::vector<LearningPoint> learningCurve(const Regressor& model, const SurrogateTable& table,
                                         std::uint64_t seed, const std::stop_token& stop,
                                         ProgressSink& progress) {
    constexpr double shares[] = {0.2, 0.4, 0.6, 0.8, 1.0};
    constexpr int draws = 3;
    // Draws differ in size where units do: sizes of a share are averaged.
    std::vector<double> errors[std::size(shares)];
    std::size_t rows[std::size(shares)] = {};
    for (int draw = 0; draw < draws; ++draw) {
        const auto split = holdOut(table, 0.25, seed + static_cast<std::uint64_t>(draw));
        auto training = split.training;
        RandomStream random(seed + static_cast<std::uint64_t>(draw), "learning curve");
        random.shuffle(training);
        const auto test = table.subset(split.test);
        for (std::size_t s = 0; s < std::size(shares); ++s) {
            throwIfStopped(stop);
            progress.report("learning curve", draw * 5 + static_cast<std::int64_t>(s), 5 * draws, {});
            const auto count = static_cast<std::size_t>(shares[s] * static_cast<double>(training.size()));
            if (count < 5) continue;
            const std::vector<Eigen::Index> some(training.begin(),
                                                 training.begin() + static_cast<std::ptrdiff_t>(count));
            const auto one = model.fresh();
            one->fit(table.subset(some), seed, stop);
            errors[s].push_back(metricsOf(test.y, one->predictMean(test.x)).rmse);
            rows[s] += count;
        }
    }
    std::vector<LearningPoint> curve;
    for (std::size_t s = 0; s < std::size(shares); ++s) {
        if (errors[s].empty()) continue;
        const auto over = meanSpread(errors[s]);
        curve.push_back({rows[s] / errors[s].size(), over.mean, over.n > 1 ? over.standardDeviation : 0.0});
    }
    return curve;
}

/// The search of the settings; none where none is asked for.
Preparation preparationOf(const SurrogateTrainingSpec& spec) {
    if (spec.searchTrials <= 0) return {};
    SearchOptions options;
    options.trials = spec.searchTrials;
    options.seed = spec.seed;
    return searchedSettings(std::move(options), spec.folds);
}

}  // namespace

LearningSelection selectRows(const LearningData& data, const FeatureMatrix& features,
                             const std::string& targetName, MissingValues missing) {
    const auto& target = data.target(targetName);
    LearningSelection selection;
    std::map<std::string, std::size_t> reasons;
    for (std::size_t i = 0; i < data.rows.size(); ++i) {
        const auto& problem = data.rows[i].problem.empty() ? features.problems[i] : data.rows[i].problem;
        if (!problem.empty())
            ++reasons[problem];
        else if (!std::isfinite(target.values[i]))
            ++reasons["no " + targetName];
        else
            selection.rows.push_back(i);
    }
    if (selection.rows.size() < fewestRows) {
        std::string why;
        if (!reasons.empty()) {
            const auto commonest =
                std::max_element(reasons.begin(), reasons.end(),
                                 [](const auto& a, const auto& b) { return a.second < b.second; });
            why = fmt::format(" (of the others, {} say: {})", commonest->second, commonest->first);
        }
        throw InputError(fmt::format("only {} of {} rows can be learnt from{}; at least {} are needed",
                                     selection.rows.size(), data.rows.size(), why, fewestRows));
    }
    const auto rows = taken(features, selection.rows);
    const auto labels = labelsOf(data, selection.rows);
    selection.encoder = RowEncoder(features.features, rows, missing, labels);
    auto& table = selection.table;
    table = selection.encoder.encode(rows, labels);
    table.target = target.definition;
    const auto n = static_cast<Eigen::Index>(selection.rows.size());
    table.y.resize(n);
    Eigen::VectorXd errors(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        table.y[i] = target.values[selection.rows[static_cast<std::size_t>(i)]];
        errors[i] = target.errors[selection.rows[static_cast<std::size_t>(i)]];
    }
    if (errors.allFinite()) table.yError = errors;
    table.units = labels;
    table.groupings = {typeGrouping(data, selection.rows), elementGrouping(data, selection.rows)};
    return selection;
}

SurrogateView applySurrogate(const SurrogateModel& model, const LearningData& data,
                             const FeatureMatrix& features, const std::stop_token& stop,
                             ProgressSink& progress) {
    SurrogateView view;
    std::string problem = "no row has features";
    std::vector<FeatureRow> rows;
    for (std::size_t i = 0; i < data.rows.size(); ++i) {
        if (!features.problems[i].empty()) {
            problem = features.problems[i];
            continue;
        }
        try {  // a gap that the model did not learn with
            (void)model.encode(features.features, std::vector<FeatureRow>{features.rows[i]});
        } catch (const InputError& error) {
            problem = error.what();
            continue;
        }
        view.rows.push_back(i);
        rows.push_back(features.rows[i]);
    }
    if (view.rows.empty()) throw InputError(problem);
    view.table = model.encode(features.features, rows, labelsOf(data, view.rows));
    view.predicted = model.predict(view.table);
    // Thousands of rows get fewer orders of the features each: their errors say what that costs, and means
    // over all rows do not need more.
    ExplanationOptions options;
    constexpr Eigen::Index pairsOfAll = 200000;
    options.pairs =
        static_cast<int>(std::clamp<Eigen::Index>(pairsOfAll / view.table.rows(), 20, options.pairs));
    view.explanation =
        explain(model.regressor(), model.domain().rows(), view.table.x, options, stop, &progress);
    return view;
}

TrainedSurrogate trainSurrogate(const LearningData& data, const FeatureMatrix& features,
                                const SurrogateTrainingSpec& spec, const std::stop_token& stop,
                                ProgressSink& progress) {
    TrainedSurrogate trained;
    trained.spec = spec;
    trained.training = selectRows(data, features, spec.target, spec.missing);
    if (spec.balance) balance(trained.training);
    const auto& table = trained.training.table;
    const auto folds = foldsOf(table, spec);
    auto regressor = makeRegressor(spec.model);
    TrainingOptions options;
    options.seed = spec.seed;
    options.remark = data.source;
    options.prepare = preparationOf(spec);
    trained.validation = crossValidate(*regressor, table, folds, spec.seed, stop, &progress, options.prepare);
    options.validation = &trained.validation;
    trained.meanBaseline = crossValidate(*makeRegressor("mean"), table, folds, spec.seed, stop).metrics;
    const auto content = contentAlone(data, trained.training);
    trained.contentBaseline = crossValidate(*makeRegressor("ridge"), content, folds, spec.seed, stop).metrics;
    trained.beyondContent = correlationsBeyond(content.x.col(0), table, spec.seed);
    progress.report("importance", 0, 0, {});
    trained.permutation = permutationOverFolds(trained.validation, table, spec.seed, stop);
    auto model = SurrogateModel::train(table, std::move(regressor), options, stop, &progress);
    model.setEncoder(trained.training.encoder);
    trained.model = std::make_shared<const SurrogateModel>(std::move(model));
    trained.fitted = trained.model->predict(table);
    trained.learningCurve = learningCurve(trained.model->regressor(), table, spec.seed, stop, progress);
    const auto checked = checkCalibration(trained.validation);
    trained.calibration = calibrationCurve(trained.validation.y, checked.calibrated);
    trained.coverage90 = checked.conformal90;
    // Nobody asks the models of the folds any more.
    for (auto& fold : trained.validation.folds)
        fold.model.reset();
    trained.view = applySurrogate(*trained.model, data, features, stop, progress);
    Eigen::MatrixXd all(table.rows(), table.x.cols() + 1);
    all << table.x, table.y;
    trained.view.correlation = correlationMatrix(all);
    return trained;
}

}  // namespace ionscape::workflow
