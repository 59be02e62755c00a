// SPDX-License-Identifier: GPL-3.0-or-later
// What active learning proposed, what came of it and how good its models were, round by round, as one file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ionscape::workflow {

/// A candidate that was chosen. Numbers are in the unit of the target.
struct LearningPick {
    std::string name;  ///< canonical formula, or the label of a table's row
    /// Of the acquisition, and what the model said before anything was computed; none without a model.
    std::optional<double> score, mean, deviation;
    /// The outcome with one standard deviation; none while it is not known, and where there is a problem.
    std::optional<double> value, error;
    std::string problem;  ///< why there is no outcome; empty when all is well
};

/// A model on the rows that were known at its time.
struct LearningState {
    std::size_t known = 0;                     ///< compositions with an outcome
    std::optional<double> crossValidatedRmse;  ///< none while there are too few rows for a model
    std::optional<double> calibrationFactor;   ///< by which its standard deviations were multiplied
    std::optional<double> remainingRmse;       ///< on candidates not known yet; where the truth is known
};

/// Predictions against outcomes of picks that were predicted before they were computed.
struct ProspectiveErrors {
    std::size_t picks = 0;
    double rmse = 0.0, mae = 0.0;
    double coverage90 = 0.0;  ///< share within ± 1.645 predicted standard deviations
};

struct LearningRound {
    int number = 0;     ///< 0: the first batch, which no model chose
    std::string rule;   ///< "ei", "ucb", "variance", "thompson", "random"; "sample": a fair sample
    std::string model;  ///< kind of the model that predicted; empty without one
    LearningState before;
    std::vector<LearningPick> picks;
    bool finished = false;  ///< every pick has an outcome or a problem; what follows is empty until then
    std::optional<ProspectiveErrors> prospective;
    std::optional<double> bestBefore, best;  ///< best outcome known before and after the round
    std::optional<double> regret;            ///< what the best candidate has over `best`, where it is known

    /// How much the best outcome got better; none without an outcome before or after.
    std::optional<double> gain() const;
};

struct LearningHistory {
    std::string target, unit;
    bool maximise = true;  ///< large targets are sought
    std::vector<LearningRound> rounds;
    /// Of the model that was trained after the last finished round.
    std::optional<LearningState> latest;

    /// Proposed and not finished.
    const LearningRound* open() const;
    /// The state after a finished round: before the next one, or the latest.
    std::optional<LearningState> after(std::size_t round) const;
};

/// Fills in what follows from the picks' outcomes and marks the round as finished.
/// \param optimum  the best that there is, where it is known
void finishRound(LearningRound& round, bool maximise, std::optional<double> optimum);

std::string toJson(const LearningHistory& history);
/// Throws InputError naming the field that is unknown, missing or of the wrong type.
LearningHistory learningHistoryFromJson(const std::string& text);

/// Where a campaign's folder keeps it.
std::filesystem::path learningFile(const std::filesystem::path& folder);
/// Empty where there is no file. Throws IoError for one that cannot be read or is damaged.
LearningHistory readLearningHistory(const std::filesystem::path& file);
/// In one piece. Throws OutputError.
void writeLearningHistory(const std::filesystem::path& file, const LearningHistory& history);

}  // namespace ionscape::workflow
