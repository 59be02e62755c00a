// SPDX-License-Identifier: GPL-3.0-or-later
// Products of tall row blocks with small packed matrices; compiled once for each instruction set.
#pragma once

#include "core/potential/engine/vector_math.h"

namespace {

/// Rows × vectors of one tile: as many accumulators as the register file holds beside operands.
template <int Rows, int Vectors>
IONSCAPE_INLINE void tile(int k, const float* a, long lda, const float* b, long ldb, float* c, long ldc,
                          const float* bias, bool accumulate) {
    F sums[Rows][Vectors];
    for (int v = 0; v < Vectors; ++v) {
        const F start = bias ? load(bias + v * lanes) : F{};
        for (int r = 0; r < Rows; ++r)
            sums[r][v] = accumulate ? load(c + r * ldc + v * lanes) + start : start;
    }
    // One pointer for four rows: the others are within reach of an address with a scaled index.
    constexpr int groups = (Rows + 3) / 4;
    const float* base[groups];
    for (int g = 0; g < groups; ++g)
        base[g] = a + 4 * g * lda;
    const long third = 3 * lda;
    for (int i = 0; i < k; ++i, b += ldb) {
        F column[Vectors];
        for (int v = 0; v < Vectors; ++v)
            column[v] = load(b + v * lanes);
        for (int r = 0; r < Rows; ++r) {
            const F x = splat(base[r / 4][r % 4 == 3 ? third : (r % 4) * lda]);
            for (int v = 0; v < Vectors; ++v)
                sums[r][v] += x * column[v];
        }
        for (int g = 0; g < groups; ++g)
            ++base[g];
    }
    for (int r = 0; r < Rows; ++r) {
        for (int v = 0; v < Vectors; ++v)
            store(c + r * ldc + v * lanes, sums[r][v]);
    }
}

template <int Rows, int Vectors>
IONSCAPE_INLINE void tileColumn(int m, int k, const float* a, long lda, const float* b, long ldb, float* c,
                                long ldc, const float* bias, bool accumulate) {
    int row = 0;
    for (; row + Rows <= m; row += Rows)
        tile<Rows, Vectors>(k, a + row * lda, lda, b, ldb, c + row * ldc, ldc, bias, accumulate);
    for (; row + 2 <= m; row += 2)
        tile<2, Vectors>(k, a + row * lda, lda, b, ldb, c + row * ldc, ldc, bias, accumulate);
    for (; row < m; ++row)
        tile<1, Vectors>(k, a + row * lda, lda, b, ldb, c + row * ldc, ldc, bias, accumulate);
}

/// c [m, n] = a [m, k] b [k, n] + bias (+ c); n a multiple of 16, rows of b are n apart.
void gemm(int m, int n, int k, const float* a, long lda, const float* b, float* c, long ldc,
          const float* bias, bool accumulate) {
    int column = 0;
    const auto panel = [&](auto rows, auto vectors) {
        constexpr int width = vectors * lanes;
        for (; column + width <= n; column += width)
            tileColumn<rows, vectors>(m, k, a, lda, b + column, n, c + column, ldc,
                                      bias ? bias + column : nullptr, accumulate);
    };
#if defined(__AVX512F__)
    panel(Constant<6>{}, Constant<4>{});
    panel(Constant<12>{}, Constant<2>{});
    panel(Constant<12>{}, Constant<1>{});
#elif defined(__AVX2__)
    panel(Constant<6>{}, Constant<2>{});
    panel(Constant<6>{}, Constant<1>{});
#else
    panel(Constant<6>{}, Constant<2>{});
    panel(Constant<4>{}, Constant<1>{});
#endif
}

}  // namespace
