// SPDX-License-Identifier: GPL-3.0-or-later
// The dense layers and the gate of a gated perceptron on a block of rows, and back; compiled once for each
// instruction set.
#pragma once

#include <cmath>

#include "core/potential/engine/gemm_impl.h"
#include "core/potential/engine/kernels.h"

namespace {

using ionscape::potential::engine::blockRows;
using ionscape::potential::engine::GatedShape;
using ionscape::potential::engine::maxLayers;

constexpr float normEpsilon = 1e-5f;

void silu(long count, const float* x, float* y, float* slope) {
    for (long i = 0; i < count; i += 2 * lanes) {
        const bool pair = i + lanes < count;
        const F a = load(x + i);
        const F b = pair ? load(x + i + lanes) : a;
        F sa, sb;
        sigmoids(a, b, sa, sb);
        store(y + i, a * sa);
        if (pair) store(y + i + lanes, b * sb);
        if (!slope) continue;
        store(slope + i, sa * (1.0f + a * (1.0f - sa)));
        if (pair) store(slope + i + lanes, sb * (1.0f + b * (1.0f - sb)));
    }
}

/// 1/σ of core and gate of each row, side by side. Sums first, roots of all rows then: neither waits for the
/// other.
IONSCAPE_INLINE void inverseDeviations(const GatedShape& shape, int rows, int vectors, const float* z,
                                       float* inverse) {
    const int count = (2 * rows + lanes - 1) / lanes * lanes;
    if (!shape.norm) {
        for (int i = 0; i < count; i += lanes)
            store(inverse + i, splat(1.0f));
        return;
    }
    for (int half = 0; half < 2 * rows; ++half) {
        F squares{};
        for (int v = 0; v < vectors; ++v) {
            const F x = load(z + (half * vectors + v) * lanes);
            squares += x * x;
        }
        inverse[half] = sum(squares);
    }
    for (int i = 0; i < count; i += lanes) {
        store(inverse + i,
              1.0f / squareRoot(load(inverse + i) / static_cast<float>(shape.outputs) + normEpsilon));
    }
}

/// Calls body(constant) with the number of vectors in a row where it is a usual one, else with 0.
template <class Body>
IONSCAPE_INLINE void withVectors(int vectors, Body body) {
    if (vectors == 1) return body(Constant<1>{});
    if (vectors == 2) return body(Constant<2>{});
    if (vectors == 4) return body(Constant<4>{});
    body(Constant<0>{});
}

/// y [rows, width] of z [rows, 2 width].
void gate(const GatedShape& shape, int rows, const float* z, float* y) {
    const int width = shape.lastWidth();
    withVectors(width / lanes, [&](auto fixed) {
        const int vectors = fixed ? fixed : width / lanes;
        float inverse[2 * blockRows + lanes];
        inverseDeviations(shape, rows, vectors, z, inverse);
        for (int row = 0; row < rows; ++row, z += 2 * width, y += width) {
            const float rc = inverse[2 * row], rg = inverse[2 * row + 1];
            for (int v = 0; v < vectors; ++v) {
                const int k = v * lanes;
                F u = load(z + k), g = load(z + width + k);
                if (shape.norm) {
                    u = u * rc * load(shape.scale + k) + load(shape.shift + k);
                    g = g * rg * load(shape.scale + width + k) + load(shape.shift + width + k);
                }
                F su, sg;
                sigmoids(u, g, su, sg);
                store(y + k, u * su * sg);
            }
        }
    });
}

/// y of z as above, and z := gradient of Σ dy · y. `scratch` holds as many floats as z.
void gateBackward(const GatedShape& shape, int rows, float* z, const float* dy, float* y, float* scratch) {
    const int width = shape.lastWidth();
    withVectors(width / lanes, [&](auto fixed) {
        const int vectors = fixed ? fixed : width / lanes;
        float inverse[2 * blockRows + lanes], along[2 * blockRows];
        inverseDeviations(shape, rows, vectors, z, inverse);
        // First the gradients by the normalised rows, and their projections on these.
        for (int row = 0; row < rows; ++row) {
            const float rc = inverse[2 * row], rg = inverse[2 * row + 1];
            const float* const x = z + row * 2 * width;
            float* const gradient = scratch + row * 2 * width;
            F alongC{}, alongG{};
            for (int v = 0; v < vectors; ++v) {
                const int k = v * lanes;
                const F xc = load(x + k) * rc, xg = load(x + width + k) * rg;
                F u = xc, g = xg;
                if (shape.norm) {
                    u = xc * load(shape.scale + k) + load(shape.shift + k);
                    g = xg * load(shape.scale + width + k) + load(shape.shift + width + k);
                }
                F su, sg;
                sigmoids(u, g, su, sg);
                const F d = load(dy + row * width + k) * sg;
                const F silu = u * su;
                store(y + row * width + k, silu * sg);
                F du = d * (su + silu * (1.0f - su));
                F dg = d * silu * (1.0f - sg);
                if (shape.norm) {
                    du *= load(shape.scale + k);
                    dg *= load(shape.scale + width + k);
                    alongC += du * xc;
                    alongG += dg * xg;
                }
                store(gradient + k, du);
                store(gradient + width + k, dg);
            }
            along[2 * row] = sum(alongC);
            along[2 * row + 1] = sum(alongG);
        }
        // The mean of the gradient drops out: the next matrix has centred columns.
        const float perOutput = 1.0f / static_cast<float>(shape.outputs);
        for (int half = 0; half < 2 * rows; ++half) {
            const float r = inverse[half];
            const float m = along[half] * perOutput * r;
            for (int v = 0; v < vectors; ++v) {
                const int k = half * width + v * lanes;
                store(z + k, r * (load(scratch + k) - load(z + k) * m));
            }
        }
    });
}

/// Buffers of one block, carved out of the workspace.
struct Block {
    Block(const GatedShape& shape, float* workspace) {
        const auto take = [&](int width) {
            float* const begin = workspace;
            workspace += blockRows * width;
            return begin;
        };
        for (int l = 0; l <= shape.layers; ++l) {
            value[l] = take(2 * shape.width[l]);
            slope[l] = take(2 * shape.width[l]);
        }
        part = take(2 * shape.width[0]);
        y = take(shape.lastWidth());
        dy = take(shape.lastWidth());
    }
    float* value[maxLayers + 1];
    float* slope[maxLayers + 1];
    float* part;
    float* y;
    float* dy;
};

/// From the first layer's output in value[0] to the gate's input in value[layers].
IONSCAPE_INLINE void denseForward(const GatedShape& shape, int rows, Block& block, bool slopes) {
    for (int l = 0; l < shape.layers; ++l) {
        const int from = shape.width[l], to = shape.width[l + 1];
        silu(static_cast<long>(rows) * 2 * from, block.value[l], block.value[l],
             slopes ? block.slope[l] : nullptr);
        for (int half = 0; half < 2; ++half) {
            gemm(rows, to, from, block.value[l] + half * from, 2 * from, shape.forward[l][half],
                 block.value[l + 1] + half * to, 2 * to, shape.bias[l] + half * to, false);
        }
    }
}

/// From the gradient of the gate's input in value[layers] to that of the first layer's output in value[0].
IONSCAPE_INLINE void denseBackward(const GatedShape& shape, int rows, Block& block) {
    for (int l = shape.layers - 1; l >= 0; --l) {
        const int from = shape.width[l], to = shape.width[l + 1];
        for (int half = 0; half < 2; ++half) {
            gemm(rows, from, to, block.value[l + 1] + half * to, 2 * to, shape.backward[l][half],
                 block.value[l] + half * from, 2 * from, nullptr, false);
        }
        for (long i = 0; i < static_cast<long>(rows) * 2 * from; i += lanes)
            store(block.value[l] + i, load(block.value[l] + i) * load(block.slope[l] + i));
    }
}

}  // namespace
