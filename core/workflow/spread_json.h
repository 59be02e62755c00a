// SPDX-License-Identifier: GPL-3.0-or-later
// What a committee said in a run, as JSON and as one line of text. Internal to core/workflow.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/workflow/run.h"

namespace ionscape::workflow {

/// Atoms are counted from 1, as in all messages.
nlohmann::json toJson(const dynamics::SpreadRecord& record);
/// Throws nlohmann::json::exception.
dynamics::SpreadRecord spreadRecordFromJson(const nlohmann::json& json);
nlohmann::json toJson(const SpreadSummary& summary);

/// "force spread 0.812 eV/Å on atom 17 (Li) in MD step 1200, above 0.5 eV/Å"; empty where nothing was above
/// the threshold. \param stage  "MD", "relaxation"
std::string flagText(const dynamics::SpreadRecord& record, double threshold,
                     const crystal::Structure& structure, const std::string& stage);

}  // namespace ionscape::workflow
