// SPDX-License-Identifier: GPL-3.0-or-later
// Message passing along angles, block by block, forward and backward. The backward pass computes the forward
// values of a block again: that is cheaper than writing them to memory and reading them back.
#pragma once

#include "core/potential/engine/gate_impl.h"
#include "core/potential/engine/row_impl.h"

namespace {

using ionscape::potential::engine::AnglePass;

IONSCAPE_INLINE void angleFirstLayer(const AnglePass& pass, long begin, int n, Block& block) {
    const int width = pass.gated->firstWidth();
    gemm(n, width, pass.angleWidth, row(pass.angles, begin, pass.angleWidth), pass.angleWidth,
         pass.angleForward, block.value[0], width, pass.bias, false);
    for (int r = 0; r < n; ++r) {
        float* value = row(block.value[0], r, width);
        const float* atom = row(pass.fromAtom, pass.atom[begin + r], width);
        const float* a = row(pass.fromA, pass.a[begin + r], width);
        const float* b = row(pass.fromB, pass.b[begin + r], width);
        for (int k = 0; k < width; k += lanes)
            store(value + k, (load(value + k) + load(atom + k)) + (load(a + k) + load(b + k)));
    }
}

void angleForward(const AnglePass& pass, long begin, long end, float* workspace) {
    const GatedShape& gated = *pass.gated;
    Block block(gated, workspace);
    const int out = gated.lastWidth();
    for (; begin < end; begin += blockRows) {
        const int n = blockSize(blockRows, begin, end);
        angleFirstLayer(pass, begin, n, block);
        denseForward(gated, n, block, false);
        gate(gated, n, block.value[gated.layers], block.y);
        for (int r = 0; r < n; ++r) {
            const float* y = row(block.y, r, out);
            if (!pass.weights) {
                const float* from = row(pass.angles, begin + r, out);
                float* to = row(pass.updated, begin + r, out);
                for (int k = 0; k < out; k += lanes)
                    store(to + k, load(from + k) + load(y + k));
                continue;
            }
            const float* wa = row(pass.weights, pass.a[begin + r], out);
            const float* wb = row(pass.weights, pass.b[begin + r], out);
            float* to = row(pass.sums, pass.a[begin + r], out);
            for (int k = 0; k < out; k += lanes)
                store(to + k, load(to + k) + load(y + k) * load(wa + k) * load(wb + k));
        }
    }
}

/// Gradients of a bond convolution's messages: dy from the sums' gradient, then the weights' from y.
IONSCAPE_INLINE void angleMessageGradient(const AnglePass& pass, long begin, int n, Block& block) {
    const int out = pass.gated->lastWidth();
    for (int r = 0; r < n; ++r) {
        const float* s = row(pass.sums, pass.a[begin + r], out);
        const float* wa = row(pass.weights, pass.a[begin + r], out);
        const float* wb = row(pass.weights, pass.b[begin + r], out);
        float* dy = row(block.dy, r, out);
        for (int k = 0; k < out; k += lanes)
            store(dy + k, load(s + k) * load(wa + k) * load(wb + k));
    }
}

IONSCAPE_INLINE void angleWeightGradient(const AnglePass& pass, long begin, int n, Block& block) {
    const int out = pass.gated->lastWidth();
    for (int r = 0; r < n; ++r) {
        const float* s = row(pass.sums, pass.a[begin + r], out);
        const float* wa = row(pass.weights, pass.a[begin + r], out);
        const float* wb = row(pass.weights, pass.b[begin + r], out);
        const float* y = row(block.y, r, out);
        float* da = row(pass.weightGradient, pass.a[begin + r], out);
        float* db = row(pass.weightGradient, pass.b[begin + r], out);
        for (int k = 0; k < out; k += lanes) {
            const F d = load(s + k) * load(y + k);
            store(da + k, load(da + k) + d * load(wb + k));
            store(db + k, load(db + k) + d * load(wa + k));
        }
    }
}

void angleBackward(const AnglePass& pass, long begin, long end, float* workspace) {
    const GatedShape& gated = *pass.gated;
    Block block(gated, workspace);
    const int width = gated.firstWidth();
    for (; begin < end; begin += blockRows) {
        const int n = blockSize(blockRows, begin, end);
        angleFirstLayer(pass, begin, n, block);
        denseForward(gated, n, block, true);
        float* const gradient = row(pass.angleGradient, begin, pass.angleWidth);
        if (pass.weights) {
            angleMessageGradient(pass, begin, n, block);
            gateBackward(gated, n, block.value[gated.layers], block.dy, block.y, block.slope[gated.layers]);
            angleWeightGradient(pass, begin, n, block);
        } else {
            gateBackward(gated, n, block.value[gated.layers], gradient, block.y, block.slope[gated.layers]);
        }
        denseBackward(gated, n, block);
        for (int r = 0; r < n; ++r) {
            const float* d = row(block.value[0], r, width);
            addRow(width, d, row(pass.atomGradient, pass.atom[begin + r], width));
            addRow(width, d, row(pass.aGradient, pass.a[begin + r], width));
            addRow(width, d, row(pass.bGradient, pass.b[begin + r], width));
        }
        gemm(n, pass.angleWidth, width, block.value[0], width, pass.angleBackward, gradient, pass.angleWidth,
             nullptr, true);
    }
}

}  // namespace
