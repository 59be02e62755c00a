// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 of a file, to say exactly which model or data made a number.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ionscape {

/// Hexadecimal digest; throws IoError when the file cannot be read.
std::string sha256OfFile(const std::filesystem::path& file);

/// Hexadecimal digest of a text.
std::string sha256OfText(std::string_view text);

}  // namespace ionscape
