// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/learning_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/composition/descriptors.h"
#include "core/io/structure_file.h"
#include "core/workflow/campaign_targets.h"
#include "core/workflow/dataset_hull.h"
#include "core/workflow/publish_dataset.h"

namespace ionscape::workflow {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

LearningTarget emptyTarget(std::string name, std::string unit, std::string meaning, std::size_t rows) {
    return {{std::move(name), std::move(unit), std::move(meaning)},
            std::vector<double>(rows, missing),
            std::vector<double>(rows, missing)};
}

/// Value and error of log₁₀ x.
std::pair<double, double> logarithm(double x, double error) {
    if (!(x > 0.0)) return {missing, missing};
    return {std::log10(x), error / (x * std::log(10.0))};
}

/// The formula as the host writes it; what is wrong with it otherwise.
void setFormula(LearningRow& row, const composition::Host& host, const std::string& text) {
    row.formula = text;
    try {
        const auto composition = composition::compositionFromFormula(
            host, composition::parseFormula(text), composition::mixedSitesInSupercell(host));
        row.formula = composition::canonicalFormula(host, composition);
    } catch (const InputError& error) {
        row.problem = error.what();
    }
}

void setCell(LearningRow& row, const std::filesystem::path& folder, const std::string& text) {
    if (text.empty()) return;
    const std::filesystem::path path(text);
    try {
        row.cell = io::readStructure(path.is_absolute() ? path : folder / path);
    } catch (const Error& error) {
        row.problem = error.what();
    }
}

bool anyOf(const std::string& title, std::initializer_list<const char*> words) {
    const auto small = lowerCase(title);
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return small.find(word) != std::string::npos; });
}

bool isFormula(const std::string& text) {
    try {
        return composition::parseFormula(text).size() > 1;
    } catch (const InputError&) {
        return false;
    }
}

bool holdsFormulas(const surrogate::CsvTable& table, std::size_t column) {
    constexpr std::size_t looked = 5;
    for (std::size_t i = 0; i < std::min(looked, table.rows()); ++i)
        if (!isFormula(table.text(i, column))) return false;
    return true;
}

bool isTransport(const std::string& title) {
    return anyOf(title, {"msd", "conductivity", "diffusion", "sigma", "d*"});
}

/// The number with its error into row `i` of the target; what cannot be read is the row's problem.
void setNumber(LearningTarget& target, LearningRow& row, std::size_t i, const surrogate::CsvTable& table,
               std::size_t value, std::optional<std::size_t> error, bool asLogarithm) {
    try {
        const auto number = table.number(i, value);
        if (!number) return;
        const double spread = error ? table.number(i, *error).value_or(missing) : missing;
        target.values[i] = *number;
        target.errors[i] = spread;
        if (asLogarithm) std::tie(target.values[i], target.errors[i]) = logarithm(*number, spread);
    } catch (const IoError& problem) {
        row.problem = problem.what();
    }
}

/// One record for each cell: dynamics before a relaxation alone, and what went well before what failed.
std::vector<std::size_t> recordsOfCells(const std::vector<CampaignRecord>& records) {
    const auto rank = [&](std::size_t i) {
        return std::pair(records[i].problem.empty(), records[i].job.dynamics);
    };
    std::map<std::string, std::size_t> best;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto [place, isNew] = best.try_emplace(records[i].job.id(), i);
        if (!isNew && rank(i) > rank(place->second)) place->second = i;
    }
    std::vector<std::size_t> chosen;
    for (const auto& [id, record] : best)
        chosen.push_back(record);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

}  // namespace

const LearningTarget& LearningData::target(const std::string& name) const {
    std::vector<std::string> names;
    for (const auto& target : targets) {
        if (target.definition.name == name) return target;
        names.push_back(target.definition.name);
    }
    const auto close = closeNames(name, names);
    throw InputError(fmt::format("there is no target \"{}\"{}", name,
                                 close.empty() ? "" : "; did you mean " + fmt::format("{}", close.front())));
}

std::size_t LearningData::usable(const LearningTarget& target) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        count += rows[i].problem.empty() && std::isfinite(target.values[i]) ? 1 : 0;
    return count;
}

LearningData learningData(const CampaignData& data, const std::vector<composition::PhaseEntry>& others) {
    const auto spec = data.spec();
    auto records = data.records();
    LearningData learning;
    learning.host = spec.protocol.host;
    learning.source = data.potential();
    learning.records = recordsOfCells(records);
    const auto n = learning.records.size();
    for (auto& definition : campaignTargets(spec, !others.empty())) {
        auto& target = learning.targets.emplace_back();
        target.definition = std::move(definition);
        target.values.assign(n, missing);
        target.errors.assign(n, missing);
    }
    auto &msd = learning.targets[0], &logD = learning.targets[1], &diffusion = learning.targets[2],
         &haven = learning.targets[3], &energy = learning.targets[4], &hull = learning.targets[5];
    const auto aboveHull = energiesAboveHull(records, others);
    std::set<std::string> simulated;
    for (const auto& record : records)
        if (record.job.dynamics) simulated.insert(record.job.id());
    auto stored = storedFeatures(data);
    learning.stored.features = std::move(stored.features);
    for (std::size_t i = 0; i < n; ++i) {
        const auto r = learning.records[i];
        auto& record = records[r];
        hull.values[i] = aboveHull[r];
        if (r < stored.rows.size()) learning.stored.rows.push_back(std::move(stored.rows[r]));
        learning.rows.push_back({record.job.formula, record.job.type, record.job.seed, record.problem,
                                 std::move(record.relaxed), simulated.count(record.job.id()) > 0});
        if (learning.rows.back().cell.size() > 0) energy.values[i] = record.energyPerAtom;
        if (!record.transport) continue;
        const auto& t = *record.transport;
        msd.values[i] = t.msdTarget;
        msd.errors[i] = t.msdTargetError;
        diffusion.values[i] = t.diffusion;
        diffusion.errors[i] = t.diffusionError;
        std::tie(logD.values[i], logD.errors[i]) = logarithm(t.diffusion, t.diffusionError);
        haven.values[i] = t.haven;
    }
    return learning;
}

MeasuredColumns guessColumns(const surrogate::CsvTable& table) {
    MeasuredColumns guess;
    for (std::size_t c = 0; c < table.columns().size(); ++c) {
        const auto& [title, unit] = table.columns()[c];
        if (guess.formula.empty() && holdsFormulas(table, c)) {
            guess.formula = title;
        } else if (anyOf(title, {"structure", "file", "cif"})) {
            guess.structure = title;
        } else if (lowerCase(title) == "type") {
            guess.type = title;
        } else if (table.isNumeric(c)) {
            const bool isError = anyOf(title, {"error", "uncertainty", "deviation", "±"});
            if (isError && guess.error.empty()) guess.error = title;
            if (!isError && (guess.target.empty() || (isTransport(title) && !isTransport(guess.target)))) {
                guess.target = title;
                guess.unit = unit;
            }
        }
    }
    return guess;
}

LearningData learningData(const surrogate::CsvTable& table, const MeasuredColumns& columns,
                          const std::string& hostId) {
    if (columns.formula.empty() || columns.target.empty())
        throw InputError("choose the columns of the formula and of what is to be learnt");
    const auto host = composition::findHost(hostId);
    const auto formula = table.column(columns.formula), value = table.column(columns.target);
    const auto optional = [&](const std::string& name) {
        return name.empty() ? std::nullopt : std::optional(table.column(name));
    };
    const auto error = optional(columns.error), structure = optional(columns.structure),
               type = optional(columns.type);
    LearningData learning;
    learning.host = hostId;
    learning.source = table.file().filename().string();
    auto target = columns.logarithm ? emptyTarget("log10 " + columns.target,
                                                  columns.unit.empty() ? "" : "log " + columns.unit,
                                                  "decadic logarithm of " + columns.target, table.rows())
                                    : emptyTarget(columns.target, columns.unit, columns.target, table.rows());
    for (std::size_t i = 0; i < table.rows(); ++i) {
        LearningRow row;
        setFormula(row, host, table.text(i, formula));
        if (structure) setCell(row, table.file().parent_path(), table.text(i, *structure));
        if (type) row.type = table.text(i, *type);
        setNumber(target, row, i, table, value, error, columns.logarithm);
        learning.rows.push_back(std::move(row));
    }
    learning.targets = {std::move(target)};
    return learning;
}

}  // namespace ionscape::workflow
