// SPDX-License-Identifier: GPL-3.0-or-later
// The cell that a run begins with. Internal to core/workflow.
#pragma once

#include "core/workflow/run.h"

namespace ionscape::workflow {

/// The structure file's, or the decorated MD cell of the formula. Throws InputError and IoError for what the
/// user gave.
crystal::Structure builtCell(const RunSpec& spec);

}  // namespace ionscape::workflow
