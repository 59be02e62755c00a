// SPDX-License-Identifier: GPL-3.0-or-later
// Vertices of the ideal shapes as a plain table; internal to ideal_shapes.
#pragma once

#include <vector>

namespace ionscape::surrogate {

struct TabulatedShape {
    const char* symbol;
    const char* name;
    int coordination;
    std::vector<double> coordinates;  ///< x, y, z of one vertex after the other
};

const std::vector<TabulatedShape>& tabulatedShapes();

}  // namespace ionscape::surrogate
