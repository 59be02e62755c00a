// SPDX-License-Identifier: GPL-3.0-or-later
// Run files that may be there already from an interrupted call. Internal to core/workflow.
#pragma once

#include "core/workflow/run.h"

namespace ionscape::workflow {

/// False also for a file whose creation was interrupted: it holds nothing to continue from.
bool holdsRun(const std::filesystem::path& file);

/// Throws InputError when wanted.output is of another run, naming what differs besides length, place,
/// threads and what is done when a committee disagrees.
void requireSameRun(const RunSpec& wanted);

/// runJob, or resumeJob where spec.output holds a part of that run.
RunSummary runOrResume(RunSpec spec, const std::stop_token& stop, ProgressSink& progress,
                       RunObserver& observer);

}  // namespace ionscape::workflow
