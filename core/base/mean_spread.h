// SPDX-License-Identifier: GPL-3.0-or-later
// Mean and spread of a sample, for any number that is computed for several members of an ensemble.
#pragma once

#include <cstddef>
#include <vector>

namespace ionscape {

struct MeanSpread {
    double mean = 0.0;
    /// With n − 1 in the denominator; not a number for a single value, whose spread nobody knows.
    double standardDeviation = 0.0;
    /// Of the mean: standardDeviation / √n, for independent values.
    double standardError = 0.0;
    double minimum = 0.0;
    double maximum = 0.0;
    std::size_t n = 0;
};

/// Two passes, so that a small spread on a large mean (total energies) keeps its digits. Throws InputError
/// for no value or one that is not finite.
MeanSpread meanSpread(const std::vector<double>& values);

}  // namespace ionscape
