// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli: everything the program computes, without a window.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "app/cli_common.h"
#include "app/cli_convert.h"
#include "app/cli_surrogate.h"
#include "core/base/version.h"
#include "core/potential/threads.h"

using namespace ionscape;

namespace {

constexpr const char* footer =
    "Exit codes: 0 done, 2 bad input, 3 failed, 130 interrupted (what was computed is kept).\n"
    "Each subcommand explains itself: ionscape-cli run --help";

/// CLI11 says that a subcommand is missing when the one that was given does not exist.
std::string parseProblem(const CLI::App& program, const CLI::ParseError& error) {
    const auto unknown = program.remaining();
    const bool wrongSubcommand = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr &&
                                 program.get_subcommands().empty() && !unknown.empty();
    return wrongSubcommand ? "there is no subcommand \"" + unknown.front() + "\"" : error.what();
}

/// Buffered output that could not be delivered must not end as success.
int finished(int code) {
    const bool delivered = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    if (delivered || code != cli::success) return code;
    cli::printError("standard output could not be written");
    return cli::failed;
}

}  // namespace

int main(int argc, char** argv) {
    // A file-size limit is met like a full disk: as an error of write() and not as the end of the process.
    std::signal(SIGXFSZ, SIG_IGN);

    CLI::App program("Explorer of high-entropy solid electrolytes", "ionscape-cli");
    program.set_version_flag("--version", fmt::format("ionscape-cli {}", versionString()));
    program.require_subcommand(1);
    program.footer(footer);
    cli::Action action;
    for (auto* add : {cli::addHosts,      cli::addInspect,   cli::addSpace,
                      cli::addBuild,      cli::addEnsemble,  cli::addHull,
                      cli::addPredict,    cli::addRelax,     cli::addLadder,
                      cli::addMd,         cli::addNeb,       cli::addRun,
                      cli::addAnalyze,    cli::addArrhenius, cli::addPathways,
                      cli::addCampaign,   cli::addConvert,   cli::addModels,
                      cli::addDataset,    cli::addTrain,     cli::addExportModel,
                      cli::addEvaluate,   cli::addLabel,     cli::addFeatures,
                      cli::addSurrogate,  cli::addScreen,    cli::addPredictMobility,
                      cli::addRobustness, cli::addLearn}) {
        add(program, action);
    }
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return finished(program.exit(error));  // --help, --version
        cli::printError(parseProblem(program, error) + " (see ionscape-cli --help)");
        return cli::badInput;
    }
    potential::configureThreads(0);
    return finished(cli::guarded(action));
}
