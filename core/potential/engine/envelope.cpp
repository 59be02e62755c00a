// SPDX-License-Identifier: GPL-3.0-or-later
// Apart from the kernels because no multiplication and addition may be fused here.
#include "core/potential/engine/envelope.h"

#include <cmath>

namespace ionscape::potential::engine {

namespace {

/// x to p − 1, p, p + 1 and p + 2.
template <class T>
struct Powers {
    T below, same, above, twoAbove;
};

Powers<double> powers(double x, double p) {
    const double below = std::pow(x, p - 1), same = below * x, above = same * x;
    return {below, same, above, above * x};
}

/// Each on its own, as the Python package rounds them.
Powers<float> powers(float x, float p) {
    return {std::pow(x, p - 1), std::pow(x, p), std::pow(x, p + 1), std::pow(x, p + 2)};
}

template <class T>
Envelope polynomial(T x, T p) {
    if (!(x < T(1))) return {};
    const T a = -(p + 1) * (p + 2) / 2, b = p * (p + 2), c = -p * (p + 1) / 2;
    const Powers<T> to = powers(x, p);
    const T value = T(1) + to.same * a + to.above * b + to.twoAbove * c;
    const T slope = a * (p * to.below) + b * ((p + 1) * to.same) + c * ((p + 2) * to.above);
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
