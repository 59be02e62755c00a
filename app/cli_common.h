// SPDX-License-Identifier: GPL-3.0-or-later
// What all subcommands share: exit codes, the error edge, output.
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace CLI {
class App;
}

namespace ionscape::cli {

enum ExitCode : int { success = 0, badInput = 2, failed = 3, interrupted = 130 };

/// What the chosen subcommand does; set while the command line is parsed, run afterwards.
using Action = std::function<int()>;

/// Runs `action` and turns every exception into one line on stderr and an exit code.
int guarded(const Action& action);

/// Prints "ionscape-cli: error: ..." on one line of stderr.
void printError(const std::string& message);

/// One JSON object and a line end on stdout.
void printJson(const nlohmann::json& object);

/// Runs `write`, which produces a file, so that a fault of the disk counts as a failure and not as bad input.
/// The folder must exist.
void writeOutput(const std::filesystem::path& file, const std::function<void()>& write);

/// Checks of option values: empty when fine, else what is wrong.
std::string positiveNumber(const std::string& text);
std::string nonNegativeNumber(const std::string& text);

/// Adds --json.
void addJsonFlag(CLI::App& command, bool& json);
/// Adds --potential and --threads.
void addPotentialOptions(CLI::App& command, std::string& path, int& threads);

// Each adds its subcommand to the program; see the file of that name.
void addAnalyze(CLI::App& program, Action& action);
void addArrhenius(CLI::App& program, Action& action);
void addBuild(CLI::App& program, Action& action);
void addCampaign(CLI::App& program, Action& action);
void addDataset(CLI::App& program, Action& action);
void addEnsemble(CLI::App& program, Action& action);
void addEvaluate(CLI::App& program, Action& action);
void addExportModel(CLI::App& program, Action& action);
void addFeatures(CLI::App& program, Action& action);
void addHosts(CLI::App& program, Action& action);
void addHull(CLI::App& program, Action& action);
void addInspect(CLI::App& program, Action& action);
void addLabel(CLI::App& program, Action& action);
void addLadder(CLI::App& program, Action& action);
void addMd(CLI::App& program, Action& action);
void addNeb(CLI::App& program, Action& action);
void addModels(CLI::App& program, Action& action);
void addPathways(CLI::App& program, Action& action);
void addPredict(CLI::App& program, Action& action);
void addPredictMobility(CLI::App& program, Action& action);
void addRelax(CLI::App& program, Action& action);
void addRun(CLI::App& program, Action& action);
void addSpace(CLI::App& program, Action& action);
void addTrain(CLI::App& program, Action& action);

}  // namespace ionscape::cli
