// SPDX-License-Identifier: GPL-3.0-or-later
// Apart from the kernels because no multiplication and addition may be fused here.
#include "core/potential/engine/envelope.h"

#include <cmath>

namespace ionscape::potential::engine {

namespace {

template <class T>
Envelope polynomial(T x, T p) {
    if (!(x < T(1))) return {};
    const T a = -(p + 1) * (p + 2) / 2, b = p * (p + 2), c = -p * (p + 1) / 2;
    const T value = T(1) + std::pow(x, p) * a + std::pow(x, p + 1) * b + std::pow(x, p + 2) * c;
    const T slope =
        a * (p * std::pow(x, p - 1)) + b * ((p + 1) * std::pow(x, p)) + c * ((p + 2) * std::pow(x, p + 1));
    return {value, slope};
}

}  // namespace

Envelope envelope(double distance, double cutoff, int p, bool likeReference) {
    Envelope result = likeReference ? polynomial(static_cast<float>(distance) / static_cast<float>(cutoff),
                                                 static_cast<float>(p))
                                    : polynomial(distance / cutoff, static_cast<double>(p));
    result.slope /= cutoff;
    return result;
}

}  // namespace ionscape::potential::engine
