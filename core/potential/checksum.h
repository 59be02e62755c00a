// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 of a file, to say exactly which model made a number.
#pragma once

#include <filesystem>
#include <string>

namespace ionscape::potential {

/// Hexadecimal digest; throws IoError when the file cannot be read.
std::string sha256OfFile(const std::filesystem::path& file);

}  // namespace ionscape::potential
