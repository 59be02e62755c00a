// SPDX-License-Identifier: GPL-3.0-or-later
// The file of an ensemble run: a header line and one JSON line a member. Internal to core/workflow.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/workflow/ensemble_run.h"

namespace ionscape::workflow {

nlohmann::json toJson(const MemberRecord& record);
MemberRecord memberRecordFromJson(const nlohmann::json& object);

/// Appends lines, each on its way to the disk before the call returns.
class EnsembleFile {
  public:
    /// Begins `file` with `header` or continues one with the same header: members() are those found, and a
    /// line that was torn off in writing is cut away. Throws InputError naming the first field that differs,
    /// and for a file of something else; IoError.
    EnsembleFile(const std::filesystem::path& file, const nlohmann::json& header);
    const std::vector<MemberRecord>& members() const { return members_; }
    /// Throws OutputError.
    void append(const MemberRecord& record);

  private:
    std::filesystem::path file_;
    std::vector<MemberRecord> members_;
};

/// Appends text to a file and makes sure that it was taken; throws OutputError.
void appendText(const std::filesystem::path& file, const std::string& text);

}  // namespace ionscape::workflow
