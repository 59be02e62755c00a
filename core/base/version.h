// SPDX-License-Identifier: GPL-3.0-or-later
// The program's version, as written into every file it makes.
#pragma once

#include <string_view>

namespace ionscape {

/// Semantic version, e.g. "0.1.0".
std::string_view versionString();

}  // namespace ionscape
