// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/density_levels.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "core/base/error.h"

namespace ionscape::transport {

double levelEnclosing(const DensityGrid& density, double share) {
    if (!(share >= 0.0 && share <= 1.0))
        throw InputError("a surface can enclose a share of the ions from 0 to 1 only");
    auto values = density.values;
    std::sort(values.begin(), values.end(), std::greater<>());
    const double all = std::accumulate(values.begin(), values.end(), 0.0);
    if (!(all > 0.0)) throw InputError("the density is zero everywhere: there is nothing to enclose");
    double sum = 0.0;
    for (const double value : values) {
        sum += value;
        if (sum >= share * all) return value;
    }
    return values.back();
}

double enclosedShare(const DensityGrid& density, double level) {
    double inside = 0.0, all = 0.0;
    for (const double value : density.values) {
        all += value;
        if (value >= level) inside += value;
    }
    return all > 0.0 ? inside / all : 0.0;
}

}  // namespace ionscape::transport
