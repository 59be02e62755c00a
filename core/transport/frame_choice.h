// SPDX-License-Identifier: GPL-3.0-or-later
// Evenly spread frames and lags of a trajectory. Internal to core/transport.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace ionscape::transport {

/// At most `most` of 0..count − 1, evenly spread, from the first.
inline std::vector<std::size_t> spreadOver(std::size_t count, std::size_t most) {
    const std::size_t stride = most == 0 || count <= most ? 1 : (count + most - 1) / most;
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < count; i += stride)
        chosen.push_back(i);
    return chosen;
}

/// About `most` different whole numbers from 1 to `last`, with even ratios.
inline std::vector<std::size_t> evenRatios(std::size_t last, std::size_t most) {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < most && last > 0; ++i) {
        const double share = most > 1 ? static_cast<double>(i) / static_cast<double>(most - 1) : 1.0;
        const auto lag = static_cast<std::size_t>(std::lround(std::pow(static_cast<double>(last), share)));
        if (chosen.empty() || lag > chosen.back()) chosen.push_back(lag);
    }
    return chosen;
}

}  // namespace ionscape::transport
