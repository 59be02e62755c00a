// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/continued_run.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/trajectory/h5md.h"

namespace ionscape::workflow {

namespace {

/// What decides the numbers of a run, without what only decides its length and place.
nlohmann::json identity(RunSpec spec) {
    spec.output.clear();
    spec.overwrite = false;
    spec.threads = 0;
    spec.md.steps = 0;
    // The file holds the committee's own threshold, the specification perhaps a 0 for it.
    spec.uncertainty = {};
    return nlohmann::json::parse(toJson(spec));
}

}  // namespace

bool holdsRun(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) return false;
    return trajectory::H5mdReader(file).structure("initial").has_value();
}

void requireSameRun(const RunSpec& wanted) {
    const auto differences = nlohmann::json::diff(identity(storedSpec(wanted.output)), identity(wanted));
    if (differences.empty()) return;
    throw InputError(
        fmt::format("{}: is of another run ({} differs); choose another folder or remove the file",
                    wanted.output.string(), differences.front().at("path").get<std::string>().substr(1)));
}

RunSummary runOrResume(RunSpec spec, const std::stop_token& stop, ProgressSink& progress,
                       RunObserver& observer) {
    if (!holdsRun(spec.output)) {
        spec.overwrite = std::filesystem::exists(spec.output);
        return runJob(spec, stop, progress, observer);
    }
    requireSameRun(spec);
    const double totalPs = 1e-3 * static_cast<double>(spec.md.steps) * spec.md.timestepFs;
    return resumeJob(spec.output, totalPs, stop, progress, observer);
}

}  // namespace ionscape::workflow
