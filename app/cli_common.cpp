// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_common.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <new>
#include <nlohmann/json.hpp>

#include "core/workflow/run.h"

namespace ionscape::cli {

namespace {

template <class Condition>
bool inRange(const std::string& text, Condition&& condition) {
    double value = 0.0;
    return CLI::detail::lexical_cast(text, value) && std::isfinite(value) && condition(value);
}

}  // namespace

void printError(const std::string& message) {
    std::string line = message;
    std::replace(line.begin(), line.end(), '\n', ' ');
    fmt::print(stderr, "ionscape-cli: error: {}\n", line);
}

int guarded(const Action& action) {
    try {
        return action();
    } catch (const Cancelled&) {
        fmt::print(stderr, "ionscape-cli: interrupted\n");
        return interrupted;
    } catch (const InputError& error) {
        printError(error.what());
        return badInput;
    } catch (const IoError& error) {
        printError(error.what());
        return badInput;
    } catch (const std::bad_alloc&) {
        printError("out of memory; use a smaller cell or a machine with more memory");
        return failed;
    } catch (const std::exception& error) {
        printError(error.what());
        return failed;
    }
}

void printJson(const nlohmann::json& object) {
    fmt::print("{}\n", object.dump());
}

void writeOutput(const std::filesystem::path& file, const std::function<void()>& write) {
    std::error_code ignored;
    if (file.has_parent_path() && !std::filesystem::is_directory(file.parent_path(), ignored)) {
        throw InputError(fmt::format("{}: the folder {} does not exist; create it first", file.string(),
                                     file.parent_path().string()));
    }
    try {
        write();
    } catch (const IoError& error) {
        throw workflow::OutputError(error.what());
    }
}

std::string positiveNumber(const std::string& text) {
    return inRange(text, [](double x) { return x > 0.0; }) ? "" : "must be a number above zero, not " + text;
}

std::string nonNegativeNumber(const std::string& text) {
    return inRange(text, [](double x) { return x >= 0.0; }) ? ""
                                                            : "must be a number, zero or more, not " + text;
}

void addJsonFlag(CLI::App& command, bool& json) {
    command.add_flag("--json", json, "Print one JSON object on standard output");
}

void addPotentialOptions(CLI::App& command, std::string& path, int& threads) {
    command
        .add_option("--potential", path,
                    "Potential: a name that 'ionscape-cli models' lists, or the path of a model")
        ->default_str("the embedded one");
    command.add_option("--threads", threads, "Compute threads; 0 = all cores")
        ->check(nonNegativeNumber)
        ->capture_default_str();
}

}  // namespace ionscape::cli
