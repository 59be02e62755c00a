// SPDX-License-Identifier: GPL-3.0-or-later
// Writing a host as the JSON file that loadHost reads.
#pragma once

#include <filesystem>
#include <string>

#include "core/composition/host.h"

namespace ionscape::composition {

/// The text of the file, in the layout of the shipped hosts; positions and cell with seven digits behind the
/// point. Throws InputError when the host does not pass the checks of loadHost.
std::string hostText(const Host& host);

/// Writes it atomically. Throws as hostText, and IoError.
void writeHost(const std::filesystem::path& file, const Host& host);

}  // namespace ionscape::composition
