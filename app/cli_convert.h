// SPDX-License-Identifier: GPL-3.0-or-later
// The subcommand convert.
#pragma once

#include "app/cli_common.h"

namespace ionscape::cli {

void addConvert(CLI::App& program, Action& action);

}  // namespace ionscape::cli
