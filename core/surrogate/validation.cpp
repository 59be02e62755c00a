// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"

namespace ionscape::surrogate {

namespace {

using Rows = std::vector<Eigen::Index>;

/// Rows that must not be separated.
std::vector<Rows> unitsOf(const SurrogateTable& table) {
    std::vector<Rows> units;
    std::map<std::string, std::size_t> unitOf;
    for (Eigen::Index i = 0; i < table.rows(); ++i) {
        const auto name = table.units.empty() ? std::string() : table.units[static_cast<std::size_t>(i)];
        if (name.empty()) {
            units.push_back({i});
            continue;
        }
        const auto [at, isNew] = unitOf.emplace(name, units.size());
        if (isNew) units.emplace_back();
        units[at->second].push_back(i);
    }
    return units;
}

std::vector<Rows> shuffledUnits(const SurrogateTable& table, std::uint64_t seed) {
    auto units = unitsOf(table);
    RandomStream random(seed, "folds");
    random.shuffle(units);
    return units;
}

/// Tested are the units [begin, end); the rest is for training.
Fold foldOf(std::string name, const std::vector<Rows>& units, std::size_t begin, std::size_t end) {
    Fold fold{std::move(name), {}, {}};
    for (std::size_t i = 0; i < units.size(); ++i) {
        auto& part = i >= begin && i < end ? fold.test : fold.training;
        part.insert(part.end(), units[i].begin(), units[i].end());
    }
    std::sort(fold.test.begin(), fold.test.end());
    std::sort(fold.training.begin(), fold.training.end());
    return fold;
}

}  // namespace

Eigen::Index separableRows(const SurrogateTable& table) {
    return static_cast<Eigen::Index>(unitsOf(table).size());
}

std::vector<Fold> kFold(const SurrogateTable& table, int k, std::uint64_t seed) {
    const auto units = shuffledUnits(table, seed);
    const auto n = units.size();
    if (k < 2 || static_cast<std::size_t>(k) > n)
        throw InputError(fmt::format(
            "{} rows or groups of like rows cannot be split into {} folds; take 2 to {}", n, k, n));
    std::vector<Fold> folds;
    const auto parts = static_cast<std::size_t>(k);
    for (std::size_t i = 0; i < parts; ++i)
        folds.push_back(foldOf(fmt::format("fold {}", i + 1), units, i * n / parts, (i + 1) * n / parts));
    return folds;
}

Fold holdOut(const SurrogateTable& table, double testShare, std::uint64_t seed) {
    const auto units = shuffledUnits(table, seed);
    const auto n = units.size();
    if (!(testShare > 0.0 && testShare < 1.0) || n < 2)
        throw InputError(fmt::format(
            "{:g} of {} rows or groups of like rows cannot be held out; take a share between 0 and 1",
            testShare, n));
    const auto test = static_cast<std::size_t>(std::lround(testShare * static_cast<double>(n)));
    return foldOf("held out", units, 0, std::clamp<std::size_t>(test, 1, n - 1));
}

std::vector<Fold> leaveOneGroupOut(const SurrogateTable& table, std::string_view name,
                                   Eigen::Index leastTraining) {
    const auto& grouping = table.grouping(name);
    std::set<std::string> groups;
    for (const auto& of : grouping.groupsOfRow)
        groups.insert(of.begin(), of.end());
    std::vector<Fold> folds;
    for (const auto& group : groups) {
        Fold fold{"without " + group, {}, {}};
        for (Eigen::Index i = 0; i < table.rows(); ++i) {
            const auto& of = grouping.groupsOfRow[static_cast<std::size_t>(i)];
            const bool isIn = std::find(of.begin(), of.end(), group) != of.end();
            (isIn ? fold.test : fold.training).push_back(i);
        }
        if (static_cast<Eigen::Index>(fold.training.size()) >= std::max<Eigen::Index>(3, leastTraining))
            folds.push_back(std::move(fold));
    }
    if (folds.empty()) {
        throw InputError(fmt::format("no group by {} leaves {} rows to learn from", name,
                                     std::max<Eigen::Index>(3, leastTraining)));
    }
    return folds;
}

CrossValidation crossValidate(const Regressor& model, const SurrogateTable& table,
                              const std::vector<Fold>& folds, std::uint64_t seed, const std::stop_token& stop,
                              ProgressSink* progress, const Preparation& prepare) {
    if (folds.empty()) throw InputError("there are no folds to validate with");
    table.validate(true);
    CrossValidation result;
    for (std::size_t f = 0; f < folds.size(); ++f) {
        if (progress) {
            progress->report("validate", static_cast<std::int64_t>(f),
                             static_cast<std::int64_t>(folds.size()), folds[f].name);
        }
        const auto training = table.subset(folds[f].training);
        const std::shared_ptr<Regressor> each = model.fresh();
        if (prepare) prepare(*each, training, stop);
        each->fit(training, seed, stop);
        FoldResult fold;
        fold.name = folds[f].name;
        fold.rows = folds[f].test;
        fold.predicted = each->predict(table.x(folds[f].test, Eigen::all));
        fold.metrics = metricsOf(table.y(folds[f].test), fold.predicted.mean);
        fold.training = metricsOf(training.y, each->predictMean(training.x));
        fold.model = each;
        result.rows.insert(result.rows.end(), fold.rows.begin(), fold.rows.end());
        result.folds.push_back(std::move(fold));
    }
    const auto n = static_cast<Eigen::Index>(result.rows.size());
    result.y = table.y(result.rows);
    result.predicted = {Eigen::VectorXd(n), Eigen::VectorXd(n)};
    Eigen::Index at = 0;
    for (const auto& fold : result.folds) {
        const auto m = fold.predicted.mean.size();
        result.predicted.mean.segment(at, m) = fold.predicted.mean;
        result.predicted.standardDeviation.segment(at, m) = fold.predicted.standardDeviation;
        at += m;
    }
    result.metrics = metricsOf(result.y, result.predicted.mean);
    return result;
}

}  // namespace ionscape::surrogate
