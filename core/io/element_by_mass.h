// SPDX-License-Identifier: GPL-3.0-or-later
// Elements of files that give masses only.
#pragma once

#include <optional>

#include "core/crystal/element.h"

namespace ionscape::io {

/// The element whose atomic weight is nearest to `mass` (amu) and within 0.1 of it, or nothing.
std::optional<crystal::Element> elementByMass(double mass);

}  // namespace ionscape::io
