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

inline float inverseDeviation(const F& squares, int outputs) {
    return 1.0f / std::sqrt(sum(squares) / static_cast<float>(outputs) + normEpsilon);
}

/// Calls body(constant) with the number of vectors in a row where it is a usual one, else with 0.
template <class Body>
inline void withVectors(int vectors, Body body) {
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
        for (int row = 0; row < rows; ++row, z += 2 * width, y += width) {
            float rc = 1.0f, rg = 1.0f;
            if (shape.norm) {
                F cc{}, gg{};
                for (int v = 0; v < vectors; ++v) {
                    const F c = load(z + v * lanes), g = load(z + width + v * lanes);
                    cc += c * c;
                    gg += g * g;
                }
                rc = inverseDeviation(cc, shape.outputs);
                rg = inverseDeviation(gg, shape.outputs);
            }
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

/// y of z as above, and z := gradient of Σ dy · y.
void gateBackward(const GatedShape& shape, int rows, float* z, const float* dy, float* y) {
    const int width = shape.lastWidth();
    withVectors(width / lanes, [&](auto fixed) {
        const int vectors = fixed ? fixed : width / lanes;
        for (int row = 0; row < rows; ++row, z += 2 * width, y += width, dy += width) {
            float rc = 1.0f, rg = 1.0f;
            if (shape.norm) {
                F cc{}, gg{};
                for (int v = 0; v < vectors; ++v) {
                    const F c = load(z + v * lanes), g = load(z + width + v * lanes);
                    cc += c * c;
                    gg += g * g;
                }
                rc = inverseDeviation(cc, shape.outputs);
                rg = inverseDeviation(gg, shape.outputs);
            }
            F alongC{}, alongG{};
            // With a norm: first the normalised rows' gradients, kept in a buffer while the row is read
            // twice.
            float gradients[2 * 1024];
            for (int v = 0; v < vectors; ++v) {
                const int k = v * lanes;
                const F xc = load(z + k) * rc, xg = load(z + width + k) * rg;
                F u = xc, g = xg;
                if (shape.norm) {
                    u = xc * load(shape.scale + k) + load(shape.shift + k);
                    g = xg * load(shape.scale + width + k) + load(shape.shift + width + k);
                }
                F su, sg;
                sigmoids(u, g, su, sg);
                const F d = load(dy + k) * sg;
                const F silu = u * su;
                store(y + k, silu * sg);
                F du = d * (su + silu * (1.0f - su));
                F dg = d * silu * (1.0f - sg);
                if (shape.norm) {
                    du *= load(shape.scale + k);
                    dg *= load(shape.scale + width + k);
                    alongC += du * xc;
                    alongG += dg * xg;
                }
                store(gradients + k, du);
                store(gradients + width + k, dg);
            }
            // The mean of the gradient drops out: the next matrix has centred columns.
            const float mc = shape.norm ? sum(alongC) / static_cast<float>(shape.outputs) * rc : 0.0f;
            const float mg = shape.norm ? sum(alongG) / static_cast<float>(shape.outputs) * rg : 0.0f;
            for (int v = 0; v < vectors; ++v) {
                const int k = v * lanes;
                store(z + k, rc * (load(gradients + k) - load(z + k) * mc));
                store(z + width + k, rg * (load(gradients + width + k) - load(z + width + k) * mg));
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
inline void denseForward(const GatedShape& shape, int rows, Block& block, bool slopes) {
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
inline void denseBackward(const GatedShape& shape, int rows, Block& block) {
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
