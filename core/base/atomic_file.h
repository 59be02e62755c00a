// SPDX-License-Identifier: GPL-3.0-or-later
// Writing a file so that a crash or a full disk leaves either the old or the new one, never a torn one.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace ionscape {

/// Calls `write` with a temporary path beside `file`, syncs it to disk and renames it over `file`.
/// If `write` throws, the temporary file is removed and `file` is untouched. Throws IoError.
void writeAtomically(const std::filesystem::path& file,
                     const std::function<void(const std::filesystem::path& temporary)>& write);

/// Writes `contents` atomically; throws IoError (disk full, no permission) naming the file.
void writeTextAtomically(const std::filesystem::path& file, std::string_view contents);

}  // namespace ionscape
