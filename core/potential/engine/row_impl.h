// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of feature tables; compiled once for each instruction set.
#pragma once

#include "core/potential/engine/vector_math.h"

namespace {

IONSCAPE_INLINE float* row(float* base, long index, int width) {
    return base + index * width;
}
IONSCAPE_INLINE const float* row(const float* base, long index, int width) {
    return base + index * width;
}

IONSCAPE_INLINE void sumRows(int n, const float* a, const float* b, const float* c, float* out) {
    for (int k = 0; k < n; k += lanes)
        store(out + k, load(a + k) + load(b + k) + load(c + k));
}
IONSCAPE_INLINE void addRow(int n, const float* from, float* to) {
    for (int k = 0; k < n; k += lanes)
        store(to + k, load(to + k) + load(from + k));
}
IONSCAPE_INLINE void addProduct(int n, const float* a, const float* b, float* to) {
    for (int k = 0; k < n; k += lanes)
        store(to + k, load(to + k) + load(a + k) * load(b + k));
}
IONSCAPE_INLINE void product(int n, const float* a, const float* b, float* out) {
    for (int k = 0; k < n; k += lanes)
        store(out + k, load(a + k) * load(b + k));
}

void add(long count, const float* from, float* to) {
    for (long k = 0; k < count; k += lanes)
        store(to + k, load(to + k) + load(from + k));
}

IONSCAPE_INLINE int blockSize(int most, long begin, long end) {
    return end - begin < most ? static_cast<int>(end - begin) : most;
}

}  // namespace
