// SPDX-License-Identifier: GPL-3.0-or-later
// Running the main job for the subcommands run and md, and printing what it amounts to.
#pragma once

#include <optional>

#include "core/workflow/run.h"

namespace CLI {
class App;
}

namespace ionscape::cli {

/// Options of the molecular dynamics that run and md share.
struct MdOptions {
    double ps = 10.0;
    double equilibrationPs = 0.0;
    double timestepFs = 1.0;
    int frameInterval = 10;
};
/// Adds the watch over a committee: --spread-every, --spread-threshold, --spread-action.
void addSpreadOptions(CLI::App& command, dynamics::UncertaintySettings& settings);
/// Carries over those of the options that were given.
void applySpreadOptions(const CLI::App& command, const dynamics::UncertaintySettings& given,
                        dynamics::UncertaintySettings& settings);

void addMdOptions(CLI::App& command, workflow::RunSpec& spec, MdOptions& options);
/// Carries the options over into the specification; throws InputError.
void applyMdOptions(workflow::RunSpec& spec, const MdOptions& options);

/// Runs (or with `resume` continues) the job and prints its summary. When interrupted, prints what there is
/// so far and how to continue.
int executeJob(const workflow::RunSpec& spec, bool json);
/// \param uncertainty  replaces the run's own watch over a committee
int executeResume(const std::filesystem::path& file, std::optional<double> totalPs,
                  const std::optional<dynamics::UncertaintySettings>& uncertainty, bool json);

/// For people; the JSON form is workflow::toJson.
std::string summaryText(const workflow::RunSummary& summary, const std::string& mobileElement);

}  // namespace ionscape::cli
