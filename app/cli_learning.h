// SPDX-License-Identifier: GPL-3.0-or-later
// The subcommands of active learning: campaign learn and surrogate rehearse.
#pragma once

#include "app/cli_common.h"

namespace ionscape::cli {

void addCampaignLearn(CLI::App& campaign, Action& action);
void addSurrogateRehearse(CLI::App& surrogate, Action& action);

}  // namespace ionscape::cli
