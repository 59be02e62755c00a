// SPDX-License-Identifier: GPL-3.0-or-later
// Viridis sampled at eleven points, linear between them.
#include "gui/scene/colour_scale.h"

#include <vtkLookupTable.h>

#include <algorithm>

namespace ionscape::scene {

Colour viridisColour(double position) {
    constexpr std::array<std::array<double, 3>, 11> samples{{{68, 1, 84},
                                                             {72, 36, 117},
                                                             {65, 68, 135},
                                                             {53, 95, 141},
                                                             {42, 120, 142},
                                                             {33, 145, 140},
                                                             {34, 168, 132},
                                                             {68, 191, 112},
                                                             {122, 209, 81},
                                                             {189, 223, 38},
                                                             {253, 231, 37}}};
    const double at = 10.0 * std::clamp(position, 0.0, 1.0);
    const auto low = std::min<std::size_t>(9, static_cast<std::size_t>(at));
    const double part = at - static_cast<double>(low);
    Colour rgb{};
    for (std::size_t c = 0; c < 3; ++c)
        rgb[c] = ((1.0 - part) * samples[low][c] + part * samples[low + 1][c]) / 255.0;
    return rgb;
}

void fillViridis(vtkLookupTable* table) {
    constexpr int size = 256;
    table->SetNumberOfTableValues(size);
    for (int i = 0; i < size; ++i) {
        const Colour rgb = viridisColour(static_cast<double>(i) / (size - 1));
        table->SetTableValue(i, rgb[0], rgb[1], rgb[2]);
    }
}

Colour mixed(const Colour& a, const Colour& b, double part) {
    return {a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1]), a[2] + part * (b[2] - a[2])};
}

}  // namespace ionscape::scene
