// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/mean_spread.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace ionscape {

MeanSpread meanSpread(const std::vector<double>& values) {
    if (values.empty()) throw InputError("there are no values to average");
    MeanSpread result;
    result.n = values.size();
    const auto n = static_cast<double>(result.n);
    for (const double value : values) {
        if (!std::isfinite(value)) throw InputError("a value to average is not a finite number");
        result.mean += value / n;
    }
    double squares = 0.0;
    for (const double value : values)
        squares += (value - result.mean) * (value - result.mean);
    result.standardDeviation =
        result.n > 1 ? std::sqrt(squares / (n - 1.0)) : std::numeric_limits<double>::quiet_NaN();
    result.standardError = result.standardDeviation / std::sqrt(n);
    const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
    result.minimum = *lowest;
    result.maximum = *highest;
    return result;
}

}  // namespace ionscape
