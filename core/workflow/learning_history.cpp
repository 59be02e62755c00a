// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/learning_history.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/surrogate/calibration.h"
#include "core/surrogate/metrics.h"
#include "core/workflow/json_fields.h"
#include "core/workflow/run.h"

namespace ionscape::workflow {

namespace {

using nlohmann::json;

constexpr auto subject = "history of active learning";
constexpr int fileFormat = 1;

json optional(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? json(*value) : json();
}

/// A field that is null or missing stays empty.
void readOptional(JsonFields& fields, const char* name, std::optional<double>& value) {
    const json* found = fields.object(name);
    if (found == nullptr || found->is_null()) return;
    double number = 0.0;
    fields.read(name, number);
    value = number;
}

json pickJson(const LearningPick& p) {
    return {{"name", p.name},
            {"score", optional(p.score)},
            {"mean", optional(p.mean)},
            {"sd", optional(p.deviation)},
            {"value", optional(p.value)},
            {"error", optional(p.error)},
            {"problem", p.problem}};
}

LearningPick readPick(const json& object) {
    LearningPick p;
    JsonFields fields(object, subject, "rounds[].picks[].");
    fields.read("name", p.name);
    readOptional(fields, "score", p.score);
    readOptional(fields, "mean", p.mean);
    readOptional(fields, "sd", p.deviation);
    readOptional(fields, "value", p.value);
    readOptional(fields, "error", p.error);
    fields.read("problem", p.problem);
    fields.finish();
    if (p.name.empty()) throw InputError(std::string(subject) + ": a pick has no name");
    return p;
}

json stateJson(const LearningState& s) {
    return {{"known", s.known},
            {"rmse_cross_validated", optional(s.crossValidatedRmse)},
            {"calibration_factor", optional(s.calibrationFactor)},
            {"rmse_remaining", optional(s.remainingRmse)}};
}

LearningState readState(const json& object, const char* prefix) {
    LearningState s;
    JsonFields fields(object, subject, prefix);
    std::uint64_t known = 0;
    fields.read("known", known);
    s.known = known;
    readOptional(fields, "rmse_cross_validated", s.crossValidatedRmse);
    readOptional(fields, "calibration_factor", s.calibrationFactor);
    readOptional(fields, "rmse_remaining", s.remainingRmse);
    fields.finish();
    return s;
}

json roundJson(const LearningRound& r) {
    auto picks = json::array();
    for (const auto& pick : r.picks)
        picks.push_back(pickJson(pick));
    json prospective;
    if (r.prospective) {
        prospective = {{"picks", r.prospective->picks},
                       {"rmse", r.prospective->rmse},
                       {"mae", r.prospective->mae},
                       {"coverage90", r.prospective->coverage90}};
    }
    return {{"round", r.number},
            {"rule", r.rule},
            {"model", r.model},
            {"before", stateJson(r.before)},
            {"picks", picks},
            {"finished", r.finished},
            {"prospective", prospective},
            {"best_before", optional(r.bestBefore)},
            {"best", optional(r.best)},
            {"regret", optional(r.regret)}};
}

ProspectiveErrors readProspective(const json& object) {
    ProspectiveErrors e;
    JsonFields fields(object, subject, "rounds[].prospective.");
    std::uint64_t picks = 0;
    fields.read("picks", picks);
    e.picks = picks;
    fields.read("rmse", e.rmse);
    fields.read("mae", e.mae);
    fields.read("coverage90", e.coverage90);
    fields.finish();
    return e;
}

LearningRound readRound(const json& object) {
    LearningRound r;
    JsonFields fields(object, subject, "rounds[].");
    fields.read("round", r.number);
    fields.read("rule", r.rule);
    fields.read("model", r.model);
    fields.read("finished", r.finished);
    readOptional(fields, "best_before", r.bestBefore);
    readOptional(fields, "best", r.best);
    readOptional(fields, "regret", r.regret);
    if (const json* before = fields.object("before")) r.before = readState(*before, "rounds[].before.");
    if (const json* prospective = fields.object("prospective"); prospective && !prospective->is_null())
        r.prospective = readProspective(*prospective);
    const json* picks = fields.object("picks");
    fields.finish();
    if (picks == nullptr || !picks->is_array() || picks->empty())
        throw InputError(std::string(subject) + ": \"rounds[].picks\" must be a list of at least one pick");
    for (const auto& pick : *picks)
        r.picks.push_back(readPick(pick));
    return r;
}

}  // namespace

std::optional<double> LearningRound::gain() const {
    if (!best || !bestBefore) return std::nullopt;
    return std::abs(*best - *bestBefore);
}

const LearningRound* LearningHistory::open() const {
    return rounds.empty() || rounds.back().finished ? nullptr : &rounds.back();
}

std::optional<LearningState> LearningHistory::after(std::size_t round) const {
    if (round + 1 < rounds.size()) return rounds[round + 1].before;
    return round + 1 == rounds.size() && rounds.back().finished ? latest : std::nullopt;
}

void finishRound(LearningRound& round, bool maximise, std::optional<double> optimum) {
    const double sign = maximise ? 1.0 : -1.0;
    round.best = round.bestBefore;
    std::vector<double> y, mean, deviation;
    for (const auto& pick : round.picks) {
        if (!pick.value) continue;
        if (!round.best || sign * *pick.value > sign * *round.best) round.best = pick.value;
        if (!pick.mean || !pick.deviation) continue;
        y.push_back(*pick.value);
        mean.push_back(*pick.mean);
        deviation.push_back(*pick.deviation);
    }
    if (!y.empty()) {
        const auto vector = [](const std::vector<double>& values) -> Eigen::VectorXd {
            return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
        };
        const surrogate::Prediction predicted{vector(mean), vector(deviation)};
        const auto metrics = surrogate::metricsOf(vector(y), predicted.mean);
        round.prospective = ProspectiveErrors{metrics.n, metrics.rmse, metrics.mae,
                                              surrogate::coverage(vector(y), predicted, 0.9)};
    }
    if (optimum && round.best) round.regret = sign * (*optimum - *round.best);
    round.finished = true;
}

std::string toJson(const LearningHistory& h) {
    auto rounds = json::array();
    for (const auto& round : h.rounds)
        rounds.push_back(roundJson(round));
    return json{{"format", fileFormat}, {"target", h.target},
                {"unit", h.unit},       {"maximise", h.maximise},
                {"rounds", rounds},     {"latest", h.latest ? stateJson(*h.latest) : json()}}
        .dump(2);
}

LearningHistory learningHistoryFromJson(const std::string& text) {
    const json object = parseJson(text, subject);
    LearningHistory h;
    JsonFields fields(object, subject);
    int format = 0;
    fields.read("format", format);
    if (format != fileFormat)
        throw InputError(std::string(subject) + ": is of a format that this version does not know");
    fields.read("target", h.target);
    fields.read("unit", h.unit);
    fields.read("maximise", h.maximise);
    const json* rounds = fields.object("rounds");
    if (const json* latest = fields.object("latest"); latest && !latest->is_null())
        h.latest = readState(*latest, "latest.");
    fields.finish();
    if (rounds == nullptr || !rounds->is_array())
        throw InputError(std::string(subject) + ": \"rounds\" must be a list");
    for (const auto& round : *rounds) {
        if (h.open()) throw InputError(std::string(subject) + ": only the last round may be unfinished");
        h.rounds.push_back(readRound(round));
    }
    return h;
}

std::filesystem::path learningFile(const std::filesystem::path& folder) {
    return folder / "learning.json";
}

LearningHistory readLearningHistory(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return {};
    std::ifstream in(file, std::ios::binary);
    if (!in) throw IoError(file, "cannot be read");
    std::ostringstream text;
    text << in.rdbuf();
    try {
        return learningHistoryFromJson(text.str());
    } catch (const InputError& error) {
        throw IoError(file, error.what());
    }
}

void writeLearningHistory(const std::filesystem::path& file, const LearningHistory& history) {
    try {
        writeTextAtomically(file, toJson(history) + "\n");
    } catch (const IoError& error) {
        throw OutputError(error.what());
    }
}

}  // namespace ionscape::workflow
